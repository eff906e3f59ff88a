"""One applicant by the catalogue in force and by the draft: what his plan comes to, and whether he is better off."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from onevisit.core.facts import Facts
from onevisit.core.parties import those_there
from onevisit.core.planning.completing import completions, number_of
from onevisit.core.planning.core import Core, core_of
from onevisit.core.planning.deriving import is_derived
from onevisit.core.planning.graph import Classes, Graph, remember
from onevisit.core.planning.model import Range
from onevisit.core.planning.options import Context
from onevisit.core.planning.plan import form_facts
from onevisit.core.planning.relevance import outlook
from onevisit.core.replay.pairs import Pair, fitting, forget_if_full, kind_of

MOST_AHEAD = 256  # ways of completing what is known that are looked at for one applicant


class Verdict(StrEnum):
    """What the draft means to an applicant: by visits (trips elsewhere last among them), then days, then evidence."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    OPEN = "open"  # it depends on an answer that nobody gave


class Numbers(NamedTuple):
    """What a plan asks of its applicant, most important first; compared in this order, but for the questions."""

    visits: int  # of the worst-off person
    all_visits: int
    trips: int  # elsewhere: a notary, a bank
    days: int  # working days, promised, whole event
    originals: int
    copies: int
    uploads: int
    questions: int  # facts that its forms or the event's conditions ask of him: at most so many questions


class Load(NamedTuple):
    """What one service is to its agency: whether it is a procedure (0 to 1 while open), and promised agency days."""

    service: str
    agency: str
    procedures: Range
    days: Range


@dataclass(frozen=True, slots=True)
class Figures:
    """An applicant's plans by one catalogue; ranges where an answer is missing."""

    low: Numbers
    high: Numbers
    loads: tuple[Load, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One applicant by both catalogues."""

    verdict: Verdict
    before: Figures
    after: Figures
    gained: tuple[str, ...]  # services that he needs only by the draft
    lost: tuple[str, ...]
    missing: tuple[str, ...]  # facts that decide something by the draft and that nobody gave

    @property
    def effect(self) -> tuple[object, ...]:
        """What the draft does to him, whoever he is."""
        if self.before == self.after and not self.missing:
            return (self.verdict,)
        numbers = self.before.low, self.before.high, self.after.low, self.after.high
        return self.verdict, *numbers, self.gained, self.lost, self.missing


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of completing what is known of an applicant, and its plan."""

    facts: Facts
    core: Core


def compare(pair: Pair, facts: Facts, context: Context) -> Difference | None:
    """The applicant by both catalogues; None when too many answers are missing to look at every plan.

    `facts`: what he answered, offers that he took included. An answer that a catalogue has no place for is open there.
    """
    key = (kind_of(pair, facts), context)
    found = pair.kept.get(key)
    if found is None:
        forget_if_full(pair)
        found = remember(pair.kept, key, _compared(pair, facts, context) or "too open")
    return found if isinstance(found, Difference) else None


def figures_of(graph: Graph, facts: Facts, context: Context) -> Figures:
    """What one catalogue asks of an applicant of whom everything is known that decides something."""
    return _figures(graph, _ways(graph, facts, context))


def _compared(pair: Pair, facts: Facts, context: Context) -> Difference | None:
    after = _ways(pair.after, facts, context)
    before = _ways(pair.before, facts, context)
    if not after or not before:
        return None
    if len(after) == len(before) == 1:
        couples = [(before[0], after[0])]
    else:  # what is open in both has the same answer in both
        forth = [(was, way) for way in after for was in _ways(pair.before, {**way.facts, **facts}, context)]
        back = [(was, way) for was in before for way in _ways(pair.after, {**was.facts, **facts}, context)]
        couples = [*forth, *back]
    verdicts = {_verdict(was.core, way.core) for was, way in couples}
    new = _figures(pair.after, after)
    same = pair.asks_alike and len(couples) == 1 and before[0].core is after[0].core
    old = new if same else _figures(pair.before, before)
    return Difference(
        verdict=verdicts.pop() if len(verdicts) == 1 else Verdict.OPEN,
        before=old,
        after=new,
        gained=tuple(sorted(_certain(new) - _possible(old))),
        lost=tuple(sorted(_certain(old) - _possible(new))),
        missing=_missing(pair.after, facts, context) if len(after) > 1 else (),
    )


def _verdict(before: Core, after: Core) -> Verdict:
    one, other = _order(before), _order(after)
    return Verdict.SAME if one == other else Verdict.BETTER if other < one else Verdict.WORSE


def _order(core: Core) -> tuple[int, ...]:
    """The plan's numbers, most important first."""
    visits, all_visits, trips, originals, copies, uploads, _ = core.choice.cost
    return visits, all_visits, trips, core.days, originals, copies, uploads


def _ways(graph: Graph, facts: Facts, context: Context) -> list[_Way]:
    """Every way in which real applicants can complete the facts; none when they are too many."""
    known, usual = fitting(graph, facts), graph.context(context)
    classes = graph.classify(known)
    whole = _whole(graph, classes, known)
    if whole is not None:
        return [_Way(known, core_of(graph, whole, usual))]
    if number_of(graph, classes) > MOST_AHEAD:
        return []
    every = completions(graph, classes)
    return [_Way({**graph.facts_at(own), **known}, core_of(graph, own, usual)) for own in every]


def _whole(graph: Graph, classes: Classes, facts: Facts) -> Classes | None:
    """The classes when everything is known: offers not taken are not, parties that are not there have the first."""
    found = list(classes)
    opened = [graph.domains[position].key for position, own in enumerate(classes) if own is None]
    there = those_there(graph.event, opened, facts) if opened else ()
    for position, own in enumerate(classes):
        if own is None:
            domain = graph.domains[position]
            if domain.key in graph.commitments:
                found[position] = graph.default(position)
            elif domain.key not in there:
                found[position] = domain.possible[0]
            else:
                return None
    return tuple(found)


def _questions(graph: Graph, way: _Way) -> int:
    forms = form_facts(graph, {state.key for state in way.core.states}, way.facts)
    deciding = (d.key for d in graph.domains if d.key not in graph.commitments and not is_derived(d.key))
    return len(forms.keys() | those_there(graph.event, deciding, way.facts))


def _figures(graph: Graph, ways: Sequence[_Way]) -> Figures:
    every = [(*_order(way.core), _questions(graph, way)) for way in ways]
    low, high = (Numbers(*map(of, zip(*every, strict=True))) for of in (min, max))
    return Figures(low, high, tuple(_loads([way.core for way in ways])))


def _loads(cores: Sequence[Core]) -> Iterator[Load]:
    """Each service that some of the plans have, in the order in which they come."""
    plans = [dict(_days(core)) for core in {id(core): core for core in cores}.values()]
    for service, agency in dict.fromkeys(key for plan in plans for key in plan):
        days = [plan.get((service, agency), 0) for plan in plans]
        always = all((service, agency) in plan for plan in plans)
        yield Load(service, agency, Range(int(always), 1), Range(min(days), max(days)))


def _days(core: Core) -> Iterator[tuple[tuple[str, str], int]]:
    """(service, agency) and the promised working days of the agency's own steps."""
    for state in core.states:
        yield (state.key, state.service.agency), sum(act.days for act in state.acts if act.agency)


def _certain(figures: Figures) -> set[str]:
    return {load.service for load in figures.loads if load.procedures.low}


def _possible(figures: Figures) -> set[str]:
    return {load.service for load in figures.loads}


def _missing(graph: Graph, facts: Facts, context: Context) -> tuple[str, ...]:
    """Open facts that decide something by the draft, those that decide most first."""
    seen = outlook(graph, graph.classify(fitting(graph, facts)), graph.context(context))
    return tuple(graph.domains[one.position].key for one in seen.deciding)
