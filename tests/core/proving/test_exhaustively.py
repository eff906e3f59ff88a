"""The prover against brute force: every applicant of random small events, planned one by one."""

from collections.abc import Iterator
from itertools import count, islice

import pytest

from onevisit.core.planning.choosing import NoPlan
from onevisit.core.planning.completing import Crowd, completions, number_of
from onevisit.core.planning.core import core_of
from onevisit.core.planning.graph import Graph, compile_event
from onevisit.core.planning.options import Context
from onevisit.core.proving import covering, ordering
from onevisit.core.proving.proof import check, prove
from onevisit.core.proving.search import Search
from onevisit.core.solving.circuit import FALSE
from tests.core.proving.random_parties import random_event

MOST = 200  # applicants of an event here, so that each can be planned


def small(windows: bool = False) -> Iterator[tuple[int, Graph]]:
    """Random events with few applicants, by their seeds."""
    for seed in count():
        graph = compile_event(random_event(seed, windows=windows), "snapshot")
        if number_of(graph, (None,) * len(graph.domains), commitments_open=True) <= MOST:
            yield seed, graph


def most(graph: Graph, *, walk_in: bool) -> int:
    context = graph.context(Context(walk_in))
    nothing = (None,) * len(graph.domains)
    every = completions(graph, nothing, commitments_open=True, crowd=Crowd.ALL)
    return max(core_of(graph, classes, context).choice.cost[0] for classes in every)


def compare(seed: int, graph: Graph) -> tuple[int, int] | None:
    """What enumeration and prover say of a random event; None where somebody in it has no plan at all."""
    try:
        truth = tuple(most(graph, walk_in=walk_in) for walk_in in (False, True))
    except NoPlan:
        return None
    found = tuple(Search(graph, Context(walk_in)).run() for walk_in in (False, True))
    assert all(one is not None and one.proved for one in found)
    assert tuple(one.worst for one in found if one) == truth, seed
    return truth[0], truth[1]


@pytest.mark.parametrize("windows", [False, True])
def test_the_worst_applicant_is_that_of_the_enumeration(windows: bool) -> None:
    numbers = [compare(seed, graph) for seed, graph in islice(small(windows), 25)]
    assert {number for pair in numbers if pair for number in pair} >= {0, 1, 2}, "the events differ"


@pytest.mark.parametrize("seed", range(100, 112))
def test_a_proof_checks_and_a_lower_number_does_not(seed: int) -> None:
    graph = compile_event(random_event(seed), "snapshot")
    proof = prove(graph)
    check(graph, proof)
    for channel in proof.channels:
        search = Search(graph, Context(channel.walk_in))
        singles = [dict(one) for one in channel.singles]
        assert search.all_covered(channel.worst, channel.schemes, singles)
        if channel.worst:
            assert not search.all_covered(channel.worst - 1, channel.schemes, ())


def no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covering.Paths, "longer", lambda self, moment, n, days: FALSE)


def no_outputs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering.Ordering, "of_output", lambda self, need, given: iter(()))


def no_sequences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering.Ordering, "_sequences", lambda self: iter(()))


def papers_by_any_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covering, "takes", lambda kind, burden: True)


def anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = covering.Cover._act

    def act(self, act, papers, moment, chosen):  # type: ignore[no-untyped-def]
        whole(self, act, papers, moment, chosen)
        return self.logic.any((1,)) if moment is not None else whole(self, act, papers, moment, chosen)

    monkeypatch.setattr(covering.Cover, "_act", act)


@pytest.mark.parametrize("plant", [no_waits, no_outputs, no_sequences, papers_by_any_mode, anywhere])
def test_a_fault_planted_in_the_prover_is_found(plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        for seed, graph in islice(small(), 200):
            compare(seed, graph)
