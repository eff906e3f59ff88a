"""Averages are of the same people whichever levers are pulled, and what each of them is asked is his plan's."""

from pathlib import Path

import pytest

from onevisit.catalogue.levers import Reform, read_levers
from onevisit.catalogue.load import read_content
from onevisit.catalogue.synthetic import APPLICANTS, people_of
from onevisit.config.environment import ROOT
from onevisit.core.conditions import evaluate
from onevisit.core.levers.applying import apply
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.plan import make_plan
from onevisit.core.reforming.averages import averages
from onevisit.core.reforming.pulled import filled

SLUGS = ["newborn", "open-restaurant", "sell-home"]


@pytest.fixture(scope="module")
def reforms() -> dict[str, Reform]:
    folder = Path(ROOT) / "content"
    return read_levers(folder, read_content(folder))


@pytest.mark.parametrize("slug", SLUGS)
def test_visits_papers_and_days_are_those_of_the_peoples_plans(slug: str, reforms: dict[str, Reform]) -> None:
    reform = reforms[slug]
    assert reform.illustration is not None
    event = apply(reform.illustration.event, reform.levers[::2])
    people = people_of(reform.illustration.event, reform)[:20]
    found = averages(event, people)
    graph = compile_event(event, "")
    plans = [make_plan(graph, filled(graph, one.facts), walk_in=one.walk_in) for one in people]
    assert found.applicants == 20
    assert found.visits == sum(plan.count.worst.high for plan in plans) / 20
    assert found.days == sum(plan.days.high for plan in plans) / 20


@pytest.mark.parametrize("slug", SLUGS)
def test_the_people_are_the_same_every_time_and_could_exist(slug: str, reforms: dict[str, Reform]) -> None:
    reform = reforms[slug]
    assert reform.illustration is not None
    people = people_of(reform.illustration.event, reform)
    again = people_of(reform.illustration.event, reform)
    assert [(one.walk_in, one.facts) for one in people] == [(one.walk_in, one.facts) for one in again]
    assert len(people) == APPLICANTS
    assert {one.walk_in for one in people} == {False, True}
    rules = reform.illustration.event.constraints
    assert all(evaluate(rule, one.facts) is not False for rule in rules for one in people)


@pytest.mark.parametrize("slug", SLUGS)
def test_levers_make_nobody_come_more_often_on_average(slug: str, reforms: dict[str, Reform]) -> None:
    reform = reforms[slug]
    assert reform.illustration is not None
    people = people_of(reform.illustration.event, reform)
    visits = [
        averages(apply(reform.illustration.event, reform.levers[:number]), people).visits
        for number in range(0, len(reform.levers) + 1, 4)
    ]
    assert visits == sorted(visits, reverse=True)
