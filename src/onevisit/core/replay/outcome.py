"""What a replay found out of one life event, with the words in which it is told, and as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onevisit.core.catalogue import LifeEvent
from onevisit.core.facts import spec_of
from onevisit.core.parties import all_specs
from onevisit.core.replay.comparing import Figures, Numbers, Verdict
from onevisit.core.replay.pairs import Options
from onevisit.core.replay.proofs import ProofLine
from onevisit.core.replay.tally import OPEN, Example, Tally, Total
from onevisit.core.text import Text

Json = dict[str, object]
NUMBERS = Numbers._fields


@dataclass(frozen=True, slots=True)
class Outcome:
    """One life event by both catalogues: all its applicants, and its proofs."""

    before: LifeEvent
    after: LifeEvent
    snapshots: tuple[str, str]
    tally: Tally
    proofs: tuple[ProofLine, ...]
    lone: Options  # options that only one catalogue has, by fact

    @property
    def agencies(self) -> dict[str, Text]:
        """Names of the agencies of either, the draft's first."""
        return {one.key: one.short for event in (self.before, self.after) for one in event.agencies}

    @property
    def services(self) -> dict[str, Text]:
        """Names of the services of either."""
        return {one.key: one.name for event in (self.before, self.after) for one in event.services}

    def label(self, fact: str) -> Text:
        """What a fact is called."""
        found = [spec_of(fact, all_specs(event)) for event in (self.after, self.before)]
        return next((spec.label for spec in found if spec is not None), Text(fact))


def outcome_to_json(one: Outcome, lang: str) -> Json:
    """One event of the JSON that docs/catalogue-authors.md describes."""
    tally = one.tally
    return {
        "event": one.after.key,
        "name": one.after.name.of(lang),
        "snapshots": {"before": one.snapshots[0], "after": one.snapshots[1]},
        "applicants": tally.applicants,
        "too_open": tally.too_open,
        "verdicts": {verdict.value: tally.verdicts[verdict] for verdict in Verdict},
        "totals": {"before": _numbers(tally.before), "after": _numbers(tally.after)},
        "spread": {"before": _spread(tally.before), "after": _spread(tally.after)},
        "agencies": _agencies(one, lang),
        "services": {"gained": _counted(tally.gained), "lost": _counted(tally.lost)},
        "missing": {"applicants": tally.undecided, "facts": _counted(tally.missing)},
        "examples": {v.value: [_example(e, lang) for e in tally.examples.get(v, ())] for v in Verdict},
        "lone_options": {fact: [str(value) for value in values] for fact, values in one.lone.items()},
        "proofs": [
            {"key": p.key, "name": p.name.of(lang), "before": p.before.of(lang), "after": p.after.of(lang)}
            for p in one.proofs
        ],
    }


def _ranges(low: Sequence[int], high: Sequence[int]) -> Json:
    return {name: {"low": a, "high": b} for name, a, b in zip(NUMBERS, low, high, strict=True)}


def _numbers(total: Total) -> Json:
    return _ranges(total.low, total.high)


def _spread(total: Total) -> Json:
    """How many applicants have how much, the least first; "open": it depends on an answer that nobody gave."""
    return {
        name: {"open" if much == OPEN else str(much): counts[much] for much in sorted(counts)}
        for name, counts in total.spread.items()
    }


def _agencies(one: Outcome, lang: str) -> list[Json]:
    before, after = one.tally.before.agencies, one.tally.after.agencies
    return [
        {
            "agency": key,
            "name": name.of(lang),
            "before": _load(before.get(key, [0] * 4)),
            "after": _load(after.get(key, [0] * 4)),
        }
        for key, name in one.agencies.items()
        if key in before or key in after
    ]


def _load(sums: Sequence[int]) -> Json:
    return {"procedures": {"low": sums[0], "high": sums[1]}, "days": {"low": sums[2], "high": sums[3]}}


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _example(one: Example, lang: str) -> Json:
    found = one.difference
    return {
        "walk_in": one.walk_in,
        "answers": [{"label": label.of(lang), "value": value.of(lang)} for label, value in one.answers],
        "before": _plan(found.before),
        "after": _plan(found.after),
        "gained": list(found.gained),
        "lost": list(found.lost),
        "missing": list(found.missing),
    }


def _plan(figures: Figures) -> Json:
    return {**_ranges(figures.low, figures.high), "services": [load.service for load in figures.loads]}
