"""Documents that are demanded: each fault is found with its line, and nothing else is."""

from pathlib import Path

import pytest
from django.conf import settings

from onevisit.catalogue.examining.naming import catch_all
from onevisit.catalogue.load import read_content
from tests.catalogue.examining.conftest import FACTS, FOOD, PAPERS, REGISTRATION, is_told

OUTPUT = "{kind: output, ref: business-licence, when: matter.kind = 'new'}"
LAYOUT = "{zh: 摊位布局图, en: layout of the stall}"


def test_nothing_proves_it_for_some(planted):
    register = "          - {kind: resource, ref: companies, when: matter.kind = 'have'}\n"
    upload = ("{kind: upload, when: matter.kind = 'have'}", "{kind: copy, when: matter.chain}")
    found = planted(FOOD, (register, ""), upload)
    told = [one for one in found if one[0] != "demanded-though-known"]
    is_told(told, "proved-by-nothing", "error", FOOD, "- evidence: business-licence")


def test_the_output_of_a_service_that_is_not_in_the_plan_proves_nothing(planted):
    """Whoever has a business is not registered: nothing is issued to him that he could show."""
    register = "          - {kind: resource, ref: companies, when: matter.kind = 'have'}\n"
    found = planted(
        FOOD,
        (OUTPUT, "{kind: output, ref: business-licence}"),
        (register, ""),
        ("          - {kind: upload, when: matter.kind = 'have'}\n", ""),
    )
    is_told(found, "proved-by-nothing", "error", FOOD, "- evidence: business-licence")


def test_it_is_demanded_though_another_agency_issues_it(planted):
    found = planted(FOOD, (OUTPUT, "{kind: upload, when: matter.kind = 'new'}"))
    told = [one for one in found if one[0] != "licence-not-taken"]
    is_told(told, "demanded-though-issued", "error", FOOD, "- evidence: business-licence")


def test_it_is_demanded_though_a_register_has_it(planted):
    found = planted(REGISTRATION, ("          - {kind: resource, ref: population}\n", ""))
    is_told(found, "demanded-though-known", "error", REGISTRATION, "- evidence: identity-card")


def test_a_register_that_cannot_be_asked_about_him_has_nothing(planted):
    """Of helpers no number is asked, so that the population register cannot be asked about them."""
    card = "- evidence: health-card"
    assert planted(FOOD, (card, "- evidence: identity-card")) == []


def test_it_is_asked_though_a_register_has_it(planted):
    found = planted(FACTS, (", resource: population", ""))
    is_told(found, "asked-though-known", "warning", FACTS, "- {key: applicant.name")


@pytest.mark.parametrize(
    "name",
    [
        "{zh: 其他材料, en: more}",
        "{zh: 其他有关材料, en: more}",
        "{zh: 法律法规规定的其他材料, en: more}",
        "{zh: 相关资料, en: more}",
        "{zh: 身份证等材料, en: more}",
        "{zh: 更多, en: other required documents}",
    ],
)
def test_evidence_that_names_no_document(planted, name):
    is_told(planted(PAPERS, (LAYOUT, name)), "catch-all", "error", PAPERS, "- {key: layout")


@pytest.mark.parametrize("name", ["{zh: 其他股东的身份证, en: of other members}", "{zh: 其他人的同意, en: x}"])
def test_a_document_of_other_people_is_one(planted, name):
    assert planted(PAPERS, (LAYOUT, name)) == []


def test_no_document_of_the_content_is_taken_for_a_catch_all():
    for event in read_content(Path(settings.CONTENT)).events.values():
        assert list(catch_all(event)) == []


@pytest.mark.parametrize(
    "name", ["{zh: 身份证（复印件）, en: id}", "{zh: 申请人身份证明, en: id}", "{zh: 证件, en: Identity card}"]
)
def test_two_names_for_one_document(planted, name):
    is_told(planted(PAPERS, (LAYOUT, name)), "two-names", "warning", PAPERS, "- {key: layout")
