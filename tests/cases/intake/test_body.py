"""For whom somebody applies: himself, or a business whose representative he is; and whose licences prove something."""

from uuid import uuid4

import pytest

from onevisit.cases.actions import accept, answer, confirm, grant, report_missing, start_draft, submit, upload
from onevisit.cases.errors import IdentityIsKnown, NotReady
from onevisit.cases.models import Case, EvidenceItem, Procedure
from onevisit.cases.queries import draft, work
from onevisit.cases.values import MissingInput
from onevisit.core.catalogue import AcceptKind
from onevisit.licences.actions import revoke
from onevisit.licences.queries import of_case, of_person, public
from onevisit.people.actor import Actor, Role
from tests.cases.intake.conftest import REGION
from tests.fixtures.files import pdf
from tests.fixtures.people import actor
from tests.licences.making import ENDLESS as BUSINESS
from tests.licences.making import OFFICER as ISSUER
from tests.licences.making import issue

SHOP = {
    "matter.area": "120",
    "matter.sign": "none",
    "matter.tobacco": "false",
    "matter.shop_name": "示范面馆",
    "matter.premises_certificate": "无",
    "matter.premises_address": "示范路8号（示范）",
    "matter.staff_ids": "330521199311059963",
    "matter.business_items": "hot",
    "matter.food_manager": "林一勺",
}
OWN = "91330521MA2B9XX18W"  # of which the register names 陈小满 as representative
OTHERS = "91330521MA2B9XX0XW"  # of which it names 沈知行
OFFICER = Actor(uuid4(), None, None, "方敏（示范）", Role.OFFICER, agency="market-supervision")
pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(accounts, register, content, now):
    """A draft of somebody's, answered and confirmed, with its papers."""

    def _drafted(who, kind, **more):
        by = actor(accounts[who])
        mine = start_draft("open-restaurant", REGION, by=by, now=now)
        answer(mine, {**SHOP, "matter.kind": kind, **more}, by=by, now=now)
        confirm(mine, [known.spec.key for known in draft(mine, by=by, now=now).known], by=by, now=now)
        for need in draft(mine, by=by, now=now).needed:
            upload(mine, need.evidence, "材料.pdf", pdf(), by=by, now=now)
        return by, mine

    return _drafted


def test_nobody_applies_in_a_strangers_name(drafted, now):
    by, mine = drafted("xiaoman", "company", **{"organisation.uscc": OTHERS})
    (said,) = draft(mine, by=by, now=now).hindrances
    assert "沈**" in said.zh and "沈知行" not in said.zh
    with pytest.raises(NotReady):
        submit(mine, "k", by=by, now=now)


def test_a_company_is_no_sole_trader(drafted, now):
    by, mine = drafted("gongsi", "new_sole")
    (said,) = draft(mine, by=by, now=now).hindrances
    assert "个体工商户设立登记" in said.zh
    with pytest.raises(NotReady):
        submit(mine, "k", by=by, now=now)


@pytest.mark.parametrize(
    ("who", "code", "name"), [("xiaoman", OWN, "德清示范小吃有限公司"), ("gongsi", "", "德清示范餐饮有限公司")]
)
def test_licences_are_issued_to_the_business(drafted, now, who, code, name):
    by, mine = drafted(who, "company", **({"organisation.uscc": code} if code else {}))
    assert draft(mine, by=by, now=now).hindrances == ()
    case = Case.objects.get(pk=submit(mine, "k", by=by, now=now).case)
    food = Procedure.objects.get(case=case, service="food-licence").pk
    shown = work(food, by=OFFICER, now=now)
    assert shown.applicant == name
    assert {"organisation.name", "organisation.legal_representative"} <= {fact.key for fact in shown.facts}
    accept(food, by=OFFICER, now=now)
    grant(food, "g", by=OFFICER, now=now)
    (licence,) = of_case(case.pk, now=now)
    assert (licence.holder_name, licence.holder_code) == (name, code or OTHERS)
    assert public(licence.token, now=now).holder == name


def test_whose_licence_it_is_stays_after_submission(drafted, now):
    by, mine = drafted("xiaoman", "company", **{"organisation.uscc": OWN})
    case = submit(mine, "k", by=by, now=now).case
    food = Procedure.objects.get(case=case, service="food-licence").pk
    for fact in ("organisation.uscc", "organisation.name", "organisation.legal_representative"):
        with pytest.raises(IdentityIsKnown):
            report_missing(food, [MissingInput("", fact, "请改填")], by=OFFICER, now=now)
    assert {fact.key for fact in work(food, by=OFFICER, now=now).facts if fact.identity} >= {"organisation.uscc"}


def test_ones_own_licence_proves_nothing_for_a_company(drafted, accounts, now):
    mine_it_is = actor(accounts["xiaoman"])
    issue(now, type_=BUSINESS, person=mine_it_is.person)
    by, company = drafted("xiaoman", "company", **{"organisation.uscc": OWN})
    assert _source(company, by, now) is AcceptKind.RESOURCE
    issue(now, type_=BUSINESS, person=by.person, code=OWN)
    by, company = drafted("xiaoman", "company", **{"organisation.uscc": OWN})
    assert _source(company, by, now) is AcceptKind.LICENCE
    case = submit(company, "k", by=by, now=now).case
    record = EvidenceItem.objects.get(case=case, evidence="business-licence").record
    numbers = {one.number for one in of_person(by.person, None, now=now).rows if one.holder_code == OWN}
    assert {record["number"]} == numbers


def test_a_licence_revoked_meanwhile_proves_nothing(drafted, accounts, now):
    held = issue(now, type_=BUSINESS, person=accounts["xiaoman"].person_id, code=OWN)
    by, mine = drafted("xiaoman", "company", **{"organisation.uscc": OWN})
    revoke(held, article="69-2", reason="以欺骗手段取得", by=ISSUER, now=now)
    with pytest.raises(NotReady):
        submit(mine, "k", by=by, now=now)
    assert _source(mine, by, now) is AcceptKind.RESOURCE
    submit(mine, "k", by=by, now=now)


def _source(mine, by, now):
    return next(e.kind for e in draft(mine, by=by, now=now).plan.evidence if e.evidence == "business-licence")
