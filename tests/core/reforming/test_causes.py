"""Causes are smallest: a cause alone, all other rules removed, costs the visit, and without any rule of it does not."""

from pathlib import Path

import pytest

from onevisit.catalogue.levers import Reform, read_levers
from onevisit.catalogue.load import read_content
from onevisit.config.environment import ROOT
from onevisit.core.basis import Mark
from onevisit.core.reforming.causes import why
from onevisit.core.reforming.rules import rules_of
from onevisit.core.reforming.without import Without


@pytest.fixture(scope="module")
def reforms() -> dict[str, Reform]:
    folder = Path(ROOT) / "content"
    return read_levers(folder, read_content(folder))


def test_each_cause_is_a_cause_and_smallest(reforms: dict[str, Reform]) -> None:
    picture = reforms["newborn"].illustration
    assert picture is not None
    found = why(picture.event, 1)
    assert found.people[0].core.choice.cost[0] == 8
    assert [visit.number for visit in found.people[0].visits] == list(range(2, 9))
    without = Without(picture.event, {rule.key: rule for rule in rules_of(picture.event)})
    for person in found.people:
        for visit in person.visits:
            for cause in visit.causes:
                keys = {rule.key for rule in cause}
                others = without.keys - keys
                slow = super(Without, without)
                assert slow.visits(others, person.applicant) >= visit.number
                assert all(slow.visits(others | {key}, person.applicant) < visit.number for key in keys)


def test_one_applicants_plan_is_the_same_with_and_without_compiling(reforms: dict[str, Reform]) -> None:
    picture = reforms["sell-home"].illustration
    assert picture is not None
    without = Without(picture.event, {rule.key: rule for rule in rules_of(picture.event)})
    (one, *_) = without.worst((False, True))
    for n, key in enumerate(sorted(without.keys)):
        gone = frozenset([key, *sorted(without.keys)[: n // 3]])
        assert without.visits(gone, one) == super(Without, without).visits(gone, one)


def test_what_the_law_demands_is_named_with_its_article() -> None:
    event = read_content(Path(ROOT) / "content").events["newborn"]
    found = why(event, 0, channels=(False,))
    (cause,) = found.people[0].visits[0].causes
    (rule,) = cause
    assert rule.basis is not None
    assert (rule.basis.mark, rule.basis.law) == (Mark.READ, "出境入境管理法")
    assert not found.helpless


def test_who_walks_in_comes_once_whatever_is_removed() -> None:
    event = read_content(Path(ROOT) / "content").events["open-restaurant"]
    found = why(event, 0)
    assert found.helpless
    assert [person.visits for person in found.people] == [()]


def test_nobody_past_the_target_has_no_cause() -> None:
    event = read_content(Path(ROOT) / "content").events["sell-home"]
    assert why(event, 1).people == ()
