"""What a replay found, for a person at a terminal, and as JSON for programs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onevisit.config.cli.drawing import pad, width
from onevisit.core.replay.comparing import Figures, Verdict
from onevisit.core.replay.outcome import NUMBERS, Outcome, outcome_to_json
from onevisit.core.replay.tally import Example
from onevisit.core.text import Text

SYNTHETIC = Text("合成的申请人，不是真人", "synthetic applicants, nobody real")
PAST = Text("过去的办件", "past cases")
_VERDICTS = {
    Verdict.BETTER: Text("更好", "better off"),
    Verdict.WORSE: Text("更差", "worse off"),
    Verdict.SAME: Text("一样", "the same"),
    Verdict.OPEN: Text("看没回答的问题", "depends on an answer"),
}
_NAMES = {
    "visits": Text("跑得最多的人跑几次", "visits of the worst-off person"),
    "all_visits": Text("所有人合计跑几次", "visits of all people"),
    "trips": Text("别处的路（公证、银行等）", "trips elsewhere (notary, bank …)"),
    "days": Text("承诺工作日", "promised working days"),
    "originals": Text("带原件", "originals"),
    "copies": Text("带复印件", "copies"),
    "uploads": Text("上传", "uploads"),
    "questions": Text("最多要答的问题", "questions, at most"),
}
_MOST = 40  # lines of services, facts and the like in one list


@dataclass(frozen=True, slots=True)
class Replay:
    """A whole replay: whose applicants, by which catalogues, and what came out of each event."""

    synthetic: bool
    source: Mapping[str, object]  # seed and number, or period and cases
    draft: str
    base: str
    outcomes: tuple[Outcome, ...]
    unchanged: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


def as_json(replay: Replay, lang: str) -> str:
    """In the form that docs/catalogue-authors.md describes."""
    found = {
        "source": "synthetic" if replay.synthetic else "past",
        "notice": (SYNTHETIC if replay.synthetic else PAST).of(lang),
        **replay.source,
        "before": replay.base,
        "draft": replay.draft,
        "unchanged": list(replay.unchanged),
        "added": list(replay.added),
        "removed": list(replay.removed),
        "events": [outcome_to_json(one, lang) for one in replay.outcomes],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def as_text(replay: Replay, lang: str) -> str:
    """All of it as lines."""
    return "\n".join(_Report(replay, lang).lines())


class _Report:
    """Writes one replay in one language."""

    def __init__(self, replay: Replay, lang: str) -> None:
        self.replay, self.lang = replay, lang
        self.mark = SYNTHETIC if replay.synthetic else PAST

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def lines(self) -> Iterator[str]:
        """Header, then each event."""
        replay = self.replay
        source = ", ".join(f"{key} {value}" for key, value in replay.source.items())
        yield f"{self.mark.of(self.lang)} ({source})"
        yield self.say(f"现行：{replay.base}；草稿：{replay.draft}", f"in force: {replay.base}; draft: {replay.draft}")
        for words, slugs in (
            (self.say("没有改动", "unchanged"), replay.unchanged),
            (self.say("只在草稿里", "only in the draft"), replay.added),
            (self.say("草稿里没有了", "not in the draft any more"), replay.removed),
        ):
            if slugs:
                yield f"{words}: {', '.join(slugs)}"
        for one in replay.outcomes:
            yield from self.event(one)

    def event(self, one: Outcome) -> Iterator[str]:
        """One event whole."""
        tally = one.tally
        yield ""
        count = self.say(f"比较了 {tally.applicants:,} 个", f"{tally.applicants:,} compared")
        yield f"{one.after.name.of(self.lang)} ({one.after.key}): {count}, {self.mark.of(self.lang)}"
        parts = (f"{words.of(self.lang)} {self._share(one, verdict)}" for verdict, words in _VERDICTS.items())
        yield "  " + "  ".join(parts)
        yield from self.unknown(one)
        yield from self.totals(one)
        yield from self.agencies(one)
        yield from self.services(one)
        yield from self.proofs(one)
        for verdict, words in _VERDICTS.items():
            for example in tally.examples.get(verdict, ()):
                yield from self.example(one, words, example)

    def _share(self, one: Outcome, verdict: Verdict) -> str:
        number = one.tally.verdicts[verdict]
        return f"{number:,} ({number / max(one.tally.applicants, 1):.0%})"

    def unknown(self, one: Outcome) -> Iterator[str]:
        """What could not be told, and why."""
        tally = one.tally
        if tally.undecided:
            facts = Text.row(one.label(fact) for fact, _ in tally.missing.most_common(_MOST)).of(self.lang)
            yield self.say(
                f"  {tally.undecided:,} 个还要一个没人给过的回答：{facts}。下面对他们按最少和最多算。",
                f"  {tally.undecided:,} need an answer that nobody gave: {facts}. Below they count by least and most.",
            )
        if tally.too_open:
            yield self.say(
                f"  {tally.too_open:,} 个没有比较：缺的回答太多。",
                f"  {tally.too_open:,} were not compared: too many answers are missing.",
            )
        for fact, values in one.lone.items():
            label, options = one.label(fact).of(self.lang), ", ".join(map(str, values))
            yield self.say(
                f"  只有一份目录有的选项：{label}：{options}；合成的申请人不选。",
                f"  Options of one catalogue only: {label}: {options}; synthetic applicants do not choose them.",
            )

    def totals(self, one: Outcome) -> Iterator[str]:
        """Sums over all applicants, before and after."""
        before, after = one.tally.before, one.tally.after
        yield "  " + self.say("所有人加起来（现行 → 草稿）", "all of them together (in force → draft)")
        both = zip(
            NUMBERS, zip(before.low, before.high, strict=True), zip(after.low, after.high, strict=True), strict=True
        )
        rows = [(_NAMES[name].of(self.lang), _change(was, now)) for name, was, now in both]
        yield from _table(rows)

    def agencies(self, one: Outcome) -> Iterator[str]:
        """Workload by agency."""
        before, after = one.tally.before.agencies, one.tally.after.agencies
        rows = []
        for key, name in one.agencies.items():
            if key in before or key in after:
                was, now = before.get(key, [0] * 4), after.get(key, [0] * 4)
                procedures = _change((was[0], was[1]), (now[0], now[1]))
                days = _change((was[2], was[3]), (now[2], now[3]))
                work = self.say(
                    f"办件 {procedures}；承诺工作日 {days}", f"procedures {procedures}; promised days {days}"
                )
                rows.append((name.of(self.lang), work))
        if rows:
            yield "  " + self.say("各部门的工作量", "workload by agency")
            yield from _table(rows)

    def services(self, one: Outcome) -> Iterator[str]:
        """Services that somebody needs only by one of the catalogues."""
        for counts, words in (
            (one.tally.gained, self.say("按草稿才要办", "needed only by the draft")),
            (one.tally.lost, self.say("按草稿不用办了", "not needed any more")),
        ):
            for service, number in counts.most_common(_MOST):
                yield f"  {words}: {one.services[service].of(self.lang)} {number:,}"

    def proofs(self, one: Outcome) -> Iterator[str]:
        """What holds for everybody, where it differs."""
        yield "  " + self.say("证明（对每一个人）", "proofs (for everybody)")
        if not one.proofs:
            yield "    " + self.say("没有变化", "no difference")
        for line in one.proofs:
            was, now = line.before.of(self.lang) or "–", line.after.of(self.lang) or "–"
            yield f"    {line.name.of(self.lang)}: {was} → {now}"

    def example(self, one: Outcome, words: Text, example: Example) -> Iterator[str]:
        """An applicant in plain words, and what the draft does to him."""
        kind = self.say("例，合成", "example, synthetic") if self.replay.synthetic else self.say("例", "example")
        channel = self.say("来窗口", "walks in") if example.walk_in else self.say("网上办", "online")
        answers = "; ".join(f"{label.of(self.lang)}: {value.of(self.lang)}" for label, value in example.answers)
        yield f"  {words.of(self.lang)} ({kind}): {channel}; {answers}"
        found = example.difference
        changes = [*self.changed(found.before, found.after)]
        for sign, keys in (("+", found.gained), ("−", found.lost)):
            changes += [f"{sign} {one.services[key].of(self.lang)}" for key in keys]
        missing = Text.row(one.label(fact) for fact in found.missing).of(self.lang)
        changes += [self.say(f"没回答：{missing}", f"not answered: {missing}")] if missing else []
        yield "    " + ("; ".join(changes) or self.say("没有变化", "no difference"))

    def changed(self, before: Figures, after: Figures) -> Iterator[str]:
        """The numbers of one applicant that differ."""
        for n, name in enumerate(NUMBERS):
            was, now = (before.low[n], before.high[n]), (after.low[n], after.high[n])
            if was != now:
                yield f"{_NAMES[name].of(self.lang)} {_span(was)} → {_span(now)}"


def _span(both: tuple[int, int]) -> str:
    low, high = both
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _change(was: tuple[int, int], now: tuple[int, int]) -> str:
    exact = was[0] == was[1] and now[0] == now[1]
    return f"{_span(was)} → {_span(now)}" + (f" ({now[0] - was[0]:+,})" if exact and was != now else "")


def _table(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    widest = max(width(name) for name, _ in rows)
    yield from (f"    {pad(name, widest)}  {figures}" for name, figures in rows)
