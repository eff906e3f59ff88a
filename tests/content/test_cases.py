"""The cases of each life event, written from the law, against the planner; they cover every condition both ways."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from onevisit.catalogue.load import read_content
from onevisit.core.catalogue import LifeEvent
from onevisit.core.conditions import ALWAYS, Condition, bind, evaluate, facts_of
from onevisit.core.facts import PARTY, OwnFacts
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.model import Plan, Truth, Unavailable
from onevisit.core.planning.plan import make_plan
from onevisit.core.planning.services import persons_of

CONTENT = read_content(Path(settings.CONTENT))
FILES = sorted(Path(settings.CONTENT).glob("events/*/cases/*.yaml"))
GRAPHS = {slug: compile_event(event, CONTENT.snapshots[slug]) for slug, event in CONTENT.events.items()}
START = date(2026, 11, 2)  # a Monday, and no holiday in the five weeks after it


def case_of(path: Path) -> dict[str, Any]:
    """The case, its numbers as the product reads them."""
    case: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    known = case["facts"].items()
    case["facts"] = {key: Decimal(str(value)) if isinstance(value, float) else value for key, value in known}
    return case


def plan_of(path: Path, case: dict[str, Any], *, walk_in: bool = False) -> Plan:
    unavailable = {key: Unavailable(why) for key, why in case.get("unavailable", {}).items()}
    held = frozenset(case.get("held", []))
    return make_plan(
        GRAPHS[path.parts[-3]],
        case["facts"],
        walk_in=walk_in,
        unavailable=unavailable,
        held=held,
        start=START,
        calendar=CONTENT.calendar,
    )


def sources(plan: Plan) -> dict[str, str]:
    """Where each document comes from, all ways of it; where several people act in a role, whose document it is."""
    several = {role.key for role in CONTENT.events[plan.event].roles if role.most > 1 and role.natural}
    found: dict[str, set[str]] = {}
    for item in plan.evidence:
        key = f"{item.evidence} of {item.party}" if item.role in several else item.evidence
        found.setdefault(key, set()).add(f"{item.kind.value} {item.ref}".strip())
    return {evidence: " / ".join(sorted(ways)) for evidence, ways in found.items()}


def written_out(slug: str, facts: dict[str, Any], expected: dict[str, str]) -> dict[str, str]:
    """What a case expects, with `identity-card of seller` written out for every seller that there is."""
    people = {role.key: persons_of(role, facts) for role in CONTENT.events[slug].roles}
    found = {}
    for key, source in expected.items():
        document, _, whose = key.partition(" of ")
        for party in people.get(whose, (whose,)):
            found[f"{document} of {party}" if whose else document] = source
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_plan_is_what_the_law_says(path: Path):
    case = case_of(path)
    slug, expect = path.parts[-3], case["expect"]
    evidence = {key: written_out(slug, case["facts"], expect[key]) for key in expect if key.startswith("evidence")}
    plan, walk_in = plan_of(path, case), plan_of(path, case, walk_in=True)
    needed = [one for one in plan.procedures if one.status is Truth.YES]
    assert {one.service for one in needed} == set(expect["procedures"])
    assert not [one for one in plan.procedures if one.status is Truth.OPEN]
    assert {one.service for one in needed if one.on_promise} == set(expect.get("on_promise", []))
    assert sources(plan) == evidence["evidence"]
    assert sources(walk_in) == evidence.get("evidence_walk_in", sources(walk_in))
    assert plan.count.worst.low == plan.count.worst.high == expect["visits"]["online"]
    assert walk_in.count.worst.low == walk_in.count.worst.high == expect["visits"]["walk_in"]
    for key, own in (("online_all", plan), ("walk_in_all", walk_in)):
        assert own.count.total.low == own.count.total.high == expect["visits"].get(key, own.count.total.high)
    assert plan.trips == walk_in.trips == expect.get("trips", 0)
    assert plan.days.low == plan.days.high == expect["days"]["promised"]
    limits = [one.statutory_ends for one in needed]
    statutory = "none" if None in limits else max(limits)
    assert statutory == expect["days"]["statutory"]
    assert sum(line.low for line in plan.fees) == sum(line.high for line in plan.fees) == expect["fees"]
    assert plan.dates.promised_end == CONTENT.calendar.add(START, expect["days"]["promised"])


def conditions(value: Any) -> Iterator[Condition]:
    if isinstance(value, Condition):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from conditions(getattr(value, one.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from conditions(item)


def of_roles(event: LifeEvent) -> Iterator[tuple[str, Condition]]:
    """Conditions of what belongs to parties, once for each role whose party may be meant."""
    natural = tuple(role.key for role in event.roles if role.natural)
    for service in event.services:
        for step in service.steps:
            yield from product(step.roles or natural, conditions(step))
        for need in service.evidence:
            yield from product((need.role,), conditions(need))


@pytest.mark.parametrize("slug", CONTENT.events)
def test_every_condition_is_true_in_some_case_and_false_in_another(slug: str):
    event = CONTENT.events[slug]
    parameters = {one.key: one.value for one in event.parameters}
    roles = {role.key: role for role in event.roles}
    facts = [case_of(path)["facts"] for path in FILES if path.parts[-3] == slug]
    constraints = {bind(one, parameters, roles) for one in event.constraints}
    for condition in {bind(one, parameters, roles) for one in conditions(event)} - {ALWAYS} - constraints:
        if not any(key.startswith(f"{PARTY}.") for key in facts_of(condition)):
            seen = {evaluate(condition, one) for one in facts}
            assert {True, False} <= seen, f"{condition.source}: only {seen}"
    for role, condition in {(role, bind(one, parameters, roles)) for role, one in of_roles(event)}:
        if any(key.startswith(f"{PARTY}.") for key in facts_of(condition)):
            people = [OwnFacts(one, party) for one in facts for party in persons_of(roles[role], one)]
            seen = {evaluate(condition, one) for one in people}
            assert {True, False} <= seen, f"{condition.source} of {role}: only {seen}"
    assert not [c.source for c in constraints for one in facts if evaluate(c, one) is False], "no such applicant"


@pytest.mark.parametrize("slug", CONTENT.events)
def test_the_cases_are_many_and_different(slug: str):
    plans = []
    for path in FILES:
        if path.parts[-3] == slug:
            plan = plan_of(path, case_of(path))
            plans.append(
                (
                    frozenset((p.service, p.on_promise) for p in plan.procedures if p.status is Truth.YES),
                    tuple(sorted(sources(plan).items())),
                )
            )
    assert len(plans) >= 12
    assert len({procedures for procedures, _ in plans}) >= 6


def test_a_fact_that_an_applicant_cannot_have_is_not_asked():
    known = {"matter.area": 60, "matter.sign": "none", "matter.tobacco": False}
    sure = {"matter.company_others": False, "matter.employs": False, "matter.bank": False}
    asked = {
        kind: {one.fact for one in make_plan(GRAPHS["open-restaurant"], {"matter.kind": kind, **known}).questions}
        for kind in ("new_sole", "sole", "company", "new_company")
    }
    assert {kind for kind, facts in asked.items() if "organisation.uscc" in facts} == {"sole", "company"}
    assert {kind for kind, facts in asked.items() if facts & {"matter.company_name", *sure}} == {"new_company"}
    assert {"matter.company_name", *sure} <= asked["new_company"]
    assert not any("matter.company_code" in facts for facts in asked.values())  # only the registration gives it


def test_what_only_a_new_company_decides_is_not_asked_before_somebody_founds_one():
    everybody = {"matter.area", "matter.sign", "matter.tobacco"}
    founders = {"matter.company_others", "matter.employs", "matter.bank"}
    for known, expected in (
        ({}, everybody | {"matter.kind"}),
        ({"matter.kind": "sole"}, everybody),
        ({"matter.kind": "new_company"}, everybody | founders),
    ):
        plan = make_plan(GRAPHS["open-restaurant"], known)
        assert {one.fact for one in plan.questions if one.deciding} == expected


def test_employees_are_named_only_where_there_are_some():
    known = {"matter.kind": "new_company", "matter.area": 60, "matter.sign": "none", "matter.tobacco": False}
    for employs in (True, False):
        plan = make_plan(GRAPHS["open-restaurant"], {**known, "matter.employs": employs})
        assert ("matter.employee_ids" in {one.fact for one in plan.questions}) == employs


def test_that_the_founder_acts_alone_is_printed_with_the_plan():
    small = {"matter.area": 40, "matter.sign": "none", "matter.tobacco": False}
    texts = {
        kind: " ".join(
            one.text.zh for one in make_plan(GRAPHS["open-restaurant"], {"matter.kind": kind, **small}).assumptions
        )
        for kind in ("new_sole", "new_company")
    }
    assert "由他一人代表公司来办" in texts["new_company"]
    assert "由他一人代表公司来办" not in texts["new_sole"]
