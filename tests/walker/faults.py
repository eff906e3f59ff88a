"""Faults planted in the planner, each of a kind that would promise too few visits. Only tests can plant them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pytest

from onevisit.core.catalogue import Role, Step
from onevisit.core.facts import Facts
from onevisit.core.planning import choosing, core, network, parts, services
from onevisit.core.planning.network import Edge, Network, Schedule
from onevisit.core.planning.options import Item, Source
from onevisit.core.planning.visits import Order, VisitProblem
from tests.walker.events import HALLS

Plant = Callable[[pytest.MonkeyPatch], None]


def _changed(monkeypatch: pytest.MonkeyPatch, change: Callable[[VisitProblem], VisitProblem]) -> None:
    """Let the planner solve a changed visit problem."""

    def wrong(net: Network, plan: Schedule, extra: Iterable[Edge], at: dict[int, tuple[str, ...]]) -> VisitProblem:
        return change(network.visit_problem(net, plan, extra, at))

    _solved_as(monkeypatch, wrong)


def _solved_as(
    monkeypatch: pytest.MonkeyPatch,
    problem: Callable[[Network, Schedule, Iterable[Edge], dict[int, tuple[str, ...]]], VisitProblem],
) -> None:
    """Let the planner take `problem` for its visit problem; its dates, which do not fit these visits, stay."""
    monkeypatch.setattr(choosing, "visit_problem", problem)
    monkeypatch.setattr(core, "together", lambda net, extra, groups, plan: plan)
    monkeypatch.setattr(parts, "latest_begins", lambda net, plan, extra, groups: plan.begins)


def dropped_split(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days between two steps are taken for an on-the-spot promise."""
    _changed(monkeypatch, lambda p: replace(p, order=tuple(replace(o, wait=None) for o in p.order)))


def shared_across_halls(monkeypatch: pytest.MonkeyPatch) -> None:
    """One visit serves several halls."""
    _changed(monkeypatch, lambda p: replace(p, steps=tuple(replace(s, at=HALLS) for s in p.steps)))


def ignored_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """First and last days are forgotten."""
    _changed(monkeypatch, lambda p: replace(p, steps=tuple(replace(s, window=None) for s in p.steps)))


def ignored_joint_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who signs together is thought to sign whenever he likes."""
    right = services._doers

    def wrong(
        step: Step, roles: Mapping[str, Role], natural: str, facts: Facts
    ) -> Iterable[tuple[str, tuple[str, ...]]]:
        return right(replace(step, together=False), roles, natural, facts)

    monkeypatch.setattr(services, "_doers", wrong)


def ignored_carried_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """A licence that has to be carried to the next office is thought to be there already."""
    right = choosing.edges_of

    def wrong(net: Network, item: Item, source: Source) -> list[Edge]:
        return right(net, item, source) if source.internal else []

    monkeypatch.setattr(choosing, "edges_of", wrong)


def ignored_order_by_way_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only steps that follow each other directly are kept in order, not those with an office's work between."""

    def wrong(net: Network, plan: Schedule, extra: Iterable[Edge], at: dict[int, tuple[str, ...]]) -> VisitProblem:
        problem = network.visit_problem(net, plan, extra, at)
        before = network.with_edges(net, extra)
        direct = {(net.acts[a].key, net.acts[b].key) for b in at for a in before[b] if a in at}
        kept: tuple[Order, ...] = tuple(o for o in problem.order if (o.earlier, o.later) in direct)
        return replace(problem, order=kept)

    _solved_as(monkeypatch, wrong)


def needless_split(monkeypatch: pytest.MonkeyPatch) -> None:
    """An on-the-spot promise is taken for days: a visit too many."""
    _changed(monkeypatch, lambda p: replace(p, order=tuple(replace(o, wait=o.wait or 1) for o in p.order)))


FAULTS: dict[str, tuple[Plant, str]] = {  # fault → how to plant it, and a walk that shows it
    "dropped split": (dropped_split, "collect_days_later"),
    "visit shared across halls": (shared_across_halls, "two_halls_in_a_circle"),
    "ignored window": (ignored_window, "last_day_meets_a_wait"),
    "ignored joint step": (ignored_joint_step, "joint_signing_in_the_middle"),
    "ignored carried output": (ignored_carried_output, "carried_by_hand"),
    "ignored order by way of other steps": (ignored_order_by_way_of_others, "passed_inside"),
}
