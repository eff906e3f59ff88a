"""What conditions say of people: each fault is found with its line, and nothing else is."""

from pathlib import Path

import pytest

from onevisit.catalogue.examining.examine import examine, examined
from onevisit.catalogue.load import read_content
from onevisit.core.facts import FactType
from tests.catalogue.examining.conftest import CLEAN, EVENT, FACTS, FOOD, STREET, is_told
from tests.core.planning.catalogues import event, fact, service

CHAIN = "applies_when: matter.area > parameter.small and matter.chain"
COOKS = "when: party.cooks\n        basis"
FEE = 'article: "10"}}'
LARGE = "matter.area < 900 or matter.kind = 'have'"


def test_a_clean_catalogue_has_no_remark():
    assert examined(read_content(Path(CLEAN))) == ()


@pytest.mark.parametrize(
    ("code", "severity", "when"),
    [
        ("never-true", "error", "matter.area < 2 and matter.area > 3"),
        ("never-true", "warning", "matter.area > parameter.small and matter.area < parameter.small"),
        ("always-true", "warning", "matter.area > parameter.small or matter.area <= 20"),
        ("value-outside", "error", "matter.chain and matter.area < 1500"),
        ("value-outside", "error", "matter.chain and matter.area != 0"),
    ],
)
def test_of_a_service(planted, code, severity, when):
    found = planted(STREET, (CHAIN, f"applies_when: {when}"), ("{kind: output, ref: food-licence}", "{kind: upload}"))
    told = [one for one in found if one[2].startswith(f"{STREET}: applies_when")]
    is_told(told, code, severity, STREET, "applies_when: ")


@pytest.mark.parametrize(
    ("code", "severity", "when"),
    [
        ("never-true", "error", "party.cooks and not party.cooks"),
        ("always-true", "warning", "party.cooks or not party.cooks"),
        ("contradiction", "error", "matter.area < 10"),
        ("contradiction", "error", "not any(helper, helper.cooks or not helper.cooks)"),
        ("needless-condition", "note", "matter.area > 15 and any(helper, helper.cooks or not helper.cooks)"),
        ("value-outside", "error", "matter.area = 1001 or party.cooks"),
    ],
)
def test_of_one_of_several_people(planted, code, severity, when):
    found = planted(FOOD, (COOKS, f"when: {when}\n        basis"))
    is_told(found, code, severity, FOOD, "when: ")


@pytest.mark.parametrize(
    ("code", "severity", "when"),
    [
        ("contradiction", "error", "not matter.chain"),
        ("contradiction", "error", "matter.kind = 'new'"),
        ("needless-condition", "note", "matter.kind = 'have'"),
    ],
)
def test_against_what_stands_around_it(planted, code, severity, when):
    """A chain has a licence already, by a constraint; so has who files the street."""
    found = planted(STREET, (FEE, f'article: "10"}}, when: {when}}}'))
    is_told(found, code, severity, STREET, "- {payee:")


def test_constraints_that_leave_nobody(planted):
    found = planted(EVENT, (LARGE, "matter.kind = 'new' and matter.chain"))
    is_told(found, "contradiction", "error", EVENT, "- matter.kind = 'new'")


def test_a_constraint_that_excludes_nobody(planted):
    found = planted(EVENT, (LARGE, "matter.area < 900 or matter.area > 800"))
    is_told(found, "always-true", "warning", EVENT, "- matter.area < 900")


def test_an_answer_that_nobody_can_give(planted):
    never = "      - {value: never, label: {zh: 从不, en: never}}\n"
    planted(FACTS, ("      - {value: have", f"{never}      - {{value: have"))
    found = planted(EVENT, (LARGE, "matter.kind in ['new', 'have']"))
    is_told(found, "unreachable-situation", "warning", FACTS, "- {value: never")


def test_a_number_of_people_that_nobody_can_give(planted):
    """One helper and two helpers, both at the line of their number."""
    found = planted(EVENT, (LARGE, "not any(helper, helper.cooks or not helper.cooks)"))
    assert [one[:2] for one in found] == [("unreachable-situation", "warning")] * 2
    assert all("key: helper.count" in line for *_, line in found)


def test_what_is_too_large_to_decide_is_said_to_be_undecided_and_nothing_is_claimed():
    """Seven pigeons never fit into six holes: that takes more than the limit to find out."""
    pigeons, holes = range(7), range(6)
    everyone = " and ".join("(" + " or ".join(f"matter.p{p}_{h}" for h in holes) + ")" for p in pigeons)
    alone = " and ".join(
        f"not (matter.p{p}_{h} and matter.p{q}_{h})" for h in holes for p in pigeons for q in pigeons if p < q
    )
    facts = tuple(fact(f"matter.p{p}_{h}", FactType.BOOL) for p in pigeons for h in holes)
    found = {one.code for one in examine(event((service("x", f"{everyone} and {alone}"),), facts))}
    assert "undecided" in found
    assert not found & {"never-true", "always-true", "contradiction"}
