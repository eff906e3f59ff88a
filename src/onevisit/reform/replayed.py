"""What a replay found, for the page: bars, sums, what differs in the proofs, examples in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from onevisit.ui.bars import Bar
from onevisit.ui.words import listed

MOST_ROWS = 10  # of a distribution; more values are put together
OPEN = "open"

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sum:
    """One number of all applicants together, and for each of them, before and after."""

    name: str
    before: str
    after: str
    each_before: str
    each_after: str


@dataclass(frozen=True, slots=True)
class Example:
    """One applicant in words, without anything that says who he is."""

    walk_in: bool
    answers: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Examples of those for whom the change means one thing."""

    words: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A result as the page shows it."""

    applicants: int
    too_open: int
    undecided: int
    better: int
    worse: int
    verdicts: tuple[Bar, ...]
    spreads: tuple[tuple[str, tuple[Bar, ...]], ...]
    procedures: tuple[Bar, ...]
    days: tuple[Bar, ...]
    sums: tuple[Sum, ...]
    proofs: tuple[Json, ...]
    groups: tuple[Group, ...]


def verdict_words() -> dict[str, str]:
    """What the change means to somebody."""
    return {
        "better": gettext("变好的"),
        "worse": gettext("变差的"),
        "same": gettext("一样的"),
        "open": gettext("说不定：少一个没人给过的回答"),
    }


def number_words() -> dict[str, str]:
    """The numbers of a plan."""
    return {
        "visits": gettext("跑得最多的人跑几次"),
        "all_visits": gettext("所有人合计跑几次"),
        "trips": gettext("另去医院、银行、公证处"),
        "days": gettext("承诺工作日"),
        "originals": gettext("带原件"),
        "copies": gettext("带复印件"),
        "uploads": gettext("上传"),
        "questions": gettext("最多要答的问题"),
    }


def shown(result: Json) -> Shown:
    """The result of one event."""
    verdicts = result["verdicts"]
    names = {"visits": gettext("跑几次"), "papers": gettext("自己带几样材料"), "days": gettext("承诺几个工作日")}
    before, after = result["spread"]["before"], result["spread"]["after"]
    return Shown(
        applicants=result["applicants"],
        too_open=result["too_open"],
        undecided=result["missing"]["applicants"],
        better=verdicts["better"],
        worse=verdicts["worse"],
        verdicts=tuple(Bar(words, (verdicts[key],)) for key, words in verdict_words().items()),
        spreads=tuple((words, tuple(_spread(before[key], after[key]))) for key, words in names.items()),
        procedures=tuple(_work(result["agencies"], "procedures")),
        days=tuple(_work(result["agencies"], "days")),
        sums=tuple(_sums(result)),
        proofs=tuple(result["proofs"]),
        groups=tuple(_groups(result)),
    )


def _spread(before: Json, after: Json) -> Iterator[Bar]:
    """How many applicants have how much, by both; many values are put together in steps of one width."""
    values = sorted({int(key) for key in (*before, *after) if key != OPEN})
    width = 1
    if values:
        width = max(1, -(-(values[-1] - values[0] + 1) // MOST_ROWS))
        for low in range(values[0], values[-1] + 1, width):
            inside = [str(value) for value in range(low, low + width)]
            counts = tuple(sum(side.get(one, 0) for one in inside) for side in (before, after))
            high = low + width - 1
            if any(counts) or width == 1:
                yield Bar(str(low) if width == 1 else f"{low}–{high}", counts)
    if before.get(OPEN) or after.get(OPEN):
        yield Bar(gettext("说不定"), (before.get(OPEN, 0), after.get(OPEN, 0)))


def _work(agencies: list[Json], what: str) -> Iterator[Bar]:
    """Work of each agency, by both; what is open counts at most."""
    for one in agencies:
        sides = one["before"][what], one["after"][what]
        yield Bar(one["name"], tuple(side["high"] for side in sides), said=tuple(map(_span, sides)))


def _span(both: Json) -> str:
    low, high = both["low"], both["high"]
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _sums(result: Json) -> Iterator[Sum]:
    before, after = result["totals"]["before"], result["totals"]["after"]
    number = max(result["applicants"], 1)
    for key, words in number_words().items():
        was, now = before[key], after[key]
        yield Sum(words, _span(was), _span(now), _each(was, number), _each(now, number))


def _each(both: Json, number: int) -> str:
    low, high = both["low"] / number, both["high"] / number
    return f"{low:.2f}" if low == high else f"{low:.2f}–{high:.2f}"


def _groups(result: Json) -> Iterator[Group]:
    for key, words in verdict_words().items():
        examples = tuple(_example(one, result["names"]) for one in result["examples"].get(key, ()))
        if examples:
            yield Group(words, examples)


def _example(one: Json, names: Json) -> Example:
    changes = []
    for key, words in number_words().items():
        if one["before"][key] != one["after"][key]:
            changes.append(f"{words} {_span(one['before'][key])} → {_span(one['after'][key])}")
    changes += [gettext("要多办%(service)s") % {"service": names["services"].get(key, key)} for key in one["gained"]]
    changes += [gettext("不用办%(service)s") % {"service": names["services"].get(key, key)} for key in one["lost"]]
    if one["missing"]:
        facts = listed(names["facts"].get(key, key) for key in one["missing"])
        changes.append(gettext("没有回答：%(facts)s") % {"facts": facts})
    answers = tuple(gettext("%(label)s：%(value)s") % answer for answer in one["answers"])
    return Example(one["walk_in"], answers, tuple(changes) or (gettext("没有变化"),))
