"""A paper that is missing is one party's: told by name, and given by him, or by the applicant for him."""

from dataclasses import replace
from datetime import datetime

import pytest

from onevisit.cases.actions import answer, confirm, report_missing, start_draft, submit, supplement, upload_missing
from onevisit.cases.errors import NothingToSupply, NotOfThisService
from onevisit.cases.models import CorrectionItem, EvidenceItem, Procedure
from onevisit.cases.queries import case, draft
from onevisit.cases.values import MissingInput
from onevisit.cases.window_errors import NotAsked
from onevisit.cases.window_values import Intake
from onevisit.core.text import Text
from onevisit.halls.actions import check_in
from onevisit.notices.models import Notice
from onevisit.people.actor import Actor
from onevisit.people.models import Account, Person
from tests.cases.parties.conftest import ANSWERS, OFFICER, STRANGER
from tests.cases.parties.event import EVENT
from tests.fixtures.content import REGION, put_in_force
from tests.fixtures.files import picture
from tests.fixtures.people import actor
from tests.fixtures.register import Running

ENTRUSTED = replace(EVENT, services=tuple(replace(one, window_accepts=True) for one in EVENT.services))
CARD, WHAT = "identity-card--buyer-2", "看不清，请重拍"


@pytest.fixture
def lin(number: str) -> Actor:
    """The second buyer, with an account of his own."""
    return actor(Account.objects.create(username="lin", person=Person.objects.get(id_number=STRANGER)))


def told(now: datetime, thing: str = CARD) -> CorrectionItem:
    report_missing(Procedure.objects.get().pk, [MissingInput(thing, "", WHAT)], by=OFFICER, now=now)
    return CorrectionItem.objects.get()


@pytest.mark.django_db(transaction=True)
def test_it_is_told_by_name_and_only_to_him_and_the_applicant(
    number: str, people: dict[str, Actor], lin: Actor, now: datetime
) -> None:
    item = told(now)
    assert (item.evidence, item.party) == ("identity-card", "buyer[2]")
    letter = Notice.objects.get(kind="correction")
    assert letter.data["items"][0]["name"] == "身份证明（买方 2）"
    for who in (people["buyer"], lin):
        seen = case(number, by=who, now=now)
        assert seen.correction and [one.name.zh for one in seen.correction.items] == ["身份证明（买方 2）"]
        assert seen.state == "correction"
    other = case(number, by=people["shen"], now=now)
    assert other.correction is None and other.state == "running"


@pytest.mark.django_db(transaction=True)
def test_he_gives_it_himself_and_nobody_else_but_the_applicant(
    number: str, people: dict[str, Actor], lin: Actor, now: datetime
) -> None:
    item = told(now)
    for who in (people["shen"], people["seller"]):
        with pytest.raises(NothingToSupply):
            upload_missing(number, item.pk, "身份证.png", picture("PNG"), by=who, now=now)
    document = upload_missing(number, item.pk, "身份证.png", picture("PNG"), by=lin, now=now)
    with pytest.raises(NothingToSupply):
        supplement(number, {}, {item.pk: document}, by=people["shen"], now=now)
    supplement(number, {}, {item.pk: document}, by=lin, now=now)
    given = EvidenceItem.objects.get(document=document)
    assert (given.evidence, given.party) == ("identity-card", "buyer[2]")
    assert Notice.objects.get(kind="supplied").data["items"][0]["name"] == "身份证明（买方 2）"


@pytest.mark.django_db(transaction=True)
def test_the_applicant_gives_it_for_him(number: str, people: dict[str, Actor], now: datetime) -> None:
    item, by = told(now), people["buyer"]
    document = upload_missing(number, item.pk, "身份证.png", picture("PNG"), by=by, now=now)
    supplement(number, {}, {item.pk: document}, by=by, now=now)
    assert EvidenceItem.objects.get(document=document).party == "buyer[2]"


@pytest.mark.django_db(transaction=True)
def test_without_a_party_it_is_the_applicants_and_nobody_who_is_not_there_has_any(number: str, now: datetime) -> None:
    with pytest.raises(NotOfThisService):
        told(now, "identity-card--buyer-4")
    assert told(now, "identity-card").party == "buyer[1]"


@pytest.mark.django_db(transaction=True)
def test_rows_of_before_are_the_applicants(number: str, people: dict[str, Actor], now: datetime) -> None:
    item = told(now, "identity-card")
    CorrectionItem.objects.update(party="")
    seen = case(number, by=people["buyer"], now=now).correction
    assert seen and [one.name for one in seen.items] == [Text("身份证明", "identity card")]
    with pytest.raises(NothingToSupply):
        upload_missing(number, item.pk, "身份证.png", picture("PNG"), by=people["shen"], now=now)
    document = upload_missing(number, item.pk, "身份证.png", picture("PNG"), by=people["buyer"], now=now)
    supplement(number, {}, {item.pk: document}, by=people["buyer"], now=now)


@pytest.mark.django_db(transaction=True)
def test_the_window_tells_on_the_spot_whose_paper_is_missing(
    accounts: dict[str, Account], register: Running, now: datetime
) -> None:
    put_in_force(ENTRUSTED, "sale")
    clerk, buyer = actor(accounts["clerk"]), accounts["xiaoman"].person_id
    assert buyer is not None
    mine = start_draft(EVENT.key, REGION, by=clerk, now=now, walk_in=True, person=buyer)
    answer(mine, ANSWERS, by=clerk, now=now)
    confirm(mine, [known.spec.key for known in draft(mine, by=clerk, now=now).known], by=clerk, now=now)
    check_in(buyer, clerk.hall, by=clerk, now=now)
    with pytest.raises(NotAsked):
        submit(mine, "a", by=clerk, now=now, intake=Intake(accepts=True, lacks={"identity-card": "没带"}))
    told = Intake(accepts=True, lacks={CARD: "没带来，请补"})
    number = submit(mine, "key", by=clerk, now=now, intake=told).number
    item = CorrectionItem.objects.get()
    assert (item.evidence, item.party, item.what) == ("identity-card", "buyer[2]", "没带来，请补")
    assert Notice.objects.get(kind="correction").data["items"][0]["name"] == "身份证明（买方 2）"
    assert Notice.objects.get(kind="receipt").data["missing"] == ["身份证明（买方 2）"]
    assert not EvidenceItem.objects.filter(evidence="identity-card", party="buyer[2]").exists()
    document = upload_missing(number, item.pk, "身份证.png", picture("PNG"), by=clerk, now=now)
    supplement(number, {}, {item.pk: document}, by=clerk, now=now)
    assert EvidenceItem.objects.get(document=document).party == "buyer[2]"
