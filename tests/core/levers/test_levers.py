"""Levers on the three illustrations: any order, once or twice is the same, and none makes anybody come more."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from onevisit.catalogue.levers import Reform, read_levers, snapshot_of_event
from onevisit.catalogue.load import read_content
from onevisit.core.catalogue import LifeEvent
from onevisit.core.conditions import evaluate
from onevisit.core.facts import Value
from onevisit.core.levers.applying import apply
from onevisit.core.levers.model import ChangeKind, Lever
from onevisit.core.planning.graph import Graph, compile_event
from onevisit.core.planning.plan import make_plan

FOLDER = Path(settings.CONTENT)
CONTENT = read_content(FOLDER)
REFORMS = read_levers(FOLDER, CONTENT)
SLUGS = sorted(REFORMS)


def before(reform: Reform) -> LifeEvent:
    assert reform.illustration is not None
    return reform.illustration.event


def some(reform: Reform) -> st.SearchStrategy[list[Lever]]:
    """Some of the levers, in any order."""
    return st.permutations(reform.levers).flatmap(
        lambda levers: st.integers(0, len(levers)).map(lambda n: list(levers[:n]))
    )


def applicants(graph: Graph) -> st.SearchStrategy[dict[str, Value]]:
    """All facts of somebody who can exist."""
    each = st.tuples(*(st.sampled_from(domain.possible) for domain in graph.domains))
    return each.map(graph.facts_at).filter(
        lambda facts: all(evaluate(condition, facts) is not False for _, condition in graph.constraints)
    )


def visits(event: LifeEvent, facts: Mapping[str, Value], *, walk_in: bool) -> tuple[int, int]:
    graph = compile_event(event, "")
    plan = make_plan(graph, facts, walk_in=walk_in)
    assert plan.count.worst.exact
    return plan.count.worst.low, plan.count.total.low


@pytest.mark.parametrize("slug", SLUGS)
@runs(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_order_gives_the_same_event(slug: str, data: st.DataObject) -> None:
    levers = data.draw(some(REFORMS[slug]))
    event = before(REFORMS[slug])
    again = data.draw(st.permutations(levers))
    changed = apply(event, levers)
    assert apply(event, again) == changed
    assert snapshot_of_event(apply(event, again)) == snapshot_of_event(changed)


@pytest.mark.parametrize("slug", SLUGS)
@runs(deadline=None, max_examples=60)
@given(data=st.data())
def test_levers_that_merge_nothing_can_also_be_pulled_one_by_one(slug: str, data: st.DataObject) -> None:
    levers = data.draw(some(REFORMS[slug]))
    levers = [one for one in levers if all(change.kind is not ChangeKind.MERGE for change in one.changes)]
    event = before(REFORMS[slug])
    for lever in levers:
        event = apply(event, [lever])
    assert event == apply(before(REFORMS[slug]), levers)


@pytest.mark.parametrize("slug", SLUGS)
@runs(deadline=None, max_examples=60)
@given(data=st.data())
def test_pulled_twice_is_pulled_once(slug: str, data: st.DataObject) -> None:
    levers = data.draw(some(REFORMS[slug]))
    once = apply(before(REFORMS[slug]), levers)
    assert apply(once, levers) == once
    assert apply(before(REFORMS[slug]), [*levers, *levers]) == once


@pytest.mark.parametrize("slug", SLUGS)
@runs(deadline=None, max_examples=60)
@given(data=st.data())
def test_no_lever_makes_anybody_come_more_often(slug: str, data: st.DataObject) -> None:
    event = before(REFORMS[slug])
    *others, lever = data.draw(some(REFORMS[slug]).filter(bool))
    facts = data.draw(applicants(compile_event(event, "")))
    walk_in = data.draw(st.booleans())
    fewer = visits(apply(event, [*others, lever]), facts, walk_in=walk_in)
    assert fewer <= visits(apply(event, others), facts, walk_in=walk_in), (lever.key, [one.key for one in others])
