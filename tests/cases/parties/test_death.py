"""A party dies before the register has written: what is open ends, the others are told, what was paid goes back."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from onevisit.cases.actions import accept, attend, end, grant, sign
from onevisit.cases.errors import AlreadyDecided, NotFound
from onevisit.cases.models import CaseParty, Decision, Entry, PartyDeath, Procedure
from onevisit.cases.party_errors import DeathDayWrong, PartyDied, ProofOfDeathMissing, WhoDiedMissing
from onevisit.cases.queries import case, cases_of, work
from onevisit.core.law.procedure import NotLawful
from onevisit.halls.actions import check_in
from onevisit.notices.models import Notice
from onevisit.people.actions import make_accounts
from onevisit.people.actor import Actor, Role
from onevisit.people.models import Person
from onevisit.people.values import AccountSpec
from tests.cases.parties.conftest import CLERK, OFFICER, SECOND_SELLER, STRANGER, TAXMAN
from tests.cases.parties.test_money import bill, pay, procedure
from tests.fixtures.people import PASSWORD

DAY, PROOF = "2026-11-20", "居民死亡医学证明 示范0001"
pytestmark = pytest.mark.django_db(transaction=True)


def registered_as_dead(now: datetime, party: str = "seller[1]", service: str = "transfer") -> None:
    end(procedure(service), party, DAY, PROOF, by=OFFICER if service == "transfer" else TAXMAN, now=now)


def states() -> dict[str, str]:
    return dict(Procedure.objects.values_list("service", "state"))


def test_a_seller_dies_between_signing_and_register(taxed: str, people: dict[str, Actor], now: datetime) -> None:
    for service, by in (("tax", TAXMAN), ("transfer", OFFICER)):
        accept(procedure(service), by=by, now=now)
    pay(now)
    grant(procedure("tax"), "tax", by=TAXMAN, now=now)
    sign(taxed, by=people["seller"], now=now)
    for number in (SECOND_SELLER, STRANGER):
        check_in(Person.objects.get(id_number=number).pk, "H", by=CLERK, now=now)
    attend(procedure("transfer"), "hall", person=Person.objects.get(id_number=STRANGER).pk, by=CLERK, now=now)
    registered_as_dead(now)
    assert states() == {"tax": "granted", "transfer": "ended"}
    with pytest.raises(AlreadyDecided):
        grant(procedure("transfer"), "deed", by=OFFICER, now=now)
    decision = Decision.objects.get(outcome="ended")
    assert "卖方 1已于2026年11月20日去世" in decision.reasons and decision.article == "《民法典》第十三条"
    assert [row.amount for row in bill().money if row.kind == "refund"] == [Decimal("-3080.00")], "tax too (契税法 12)"
    assert Entry.objects.filter(kind="case.party_died").count() == 1
    view = case(taxed, by=people["buyer"], now=now)
    assert (view.state, view.state_words.zh) == ("ended", "已终止") and "告知书" in view.now_words.zh


def test_the_others_are_told_and_the_dead_is_not(taxed: str, people: dict[str, Actor], now: datetime) -> None:
    registered_as_dead(now)
    letters = {one.recipient: one.data for one in Notice.objects.filter(kind="ended")}
    lin = Person.objects.get(id_number=STRANGER).pk
    assert set(letters) == {people["buyer"].person, people["shen"].person, lin}
    said = letters[lin]
    assert (said["applicant"], said["died"], said["agent"], said["money"]) == ("林示范", DAY, "", True)
    assert said["who"].startswith("卖方 1") and "秋实" not in said["who"] and PROOF not in str(said)
    without = Notice.objects.get(kind="ended", recipient=lin)
    assert without.paper_at == "H", "he has no account: the hall prints and posts it"
    assert Notice.objects.get(kind="ended", recipient=people["shen"].person).paper_at == ""


def test_a_death_before_all_have_signed(number: str, people: dict[str, Actor], now: datetime) -> None:
    """Nobody signs for him any more; the list of who signs by mandate loses it too."""
    registered_as_dead(now)
    with pytest.raises(PartyDied, match="卖方 1已于2026年11月20日去世"):
        sign(number, by=people["seller"], now=now)
    assert not CaseParty.objects.get(party="seller[1]").awaited
    assert not cases_of(people["seller"]).rows[0].to_sign


def test_an_agency_that_knows_stops_the_other_one(taxed: str, people: dict[str, Actor], now: datetime) -> None:
    """The tax office found it out: the register cannot write, its officer is told why and ends it himself."""
    accept(procedure("transfer"), by=OFFICER, now=now)
    registered_as_dead(now, "seller[2]", "tax")
    assert states() == {"tax": "ended", "transfer": "ended"}, "it takes the tax certificate"
    assert Decision.objects.count() == 1, "the other one ends by consequence"
    with pytest.raises(NotLawful):
        grant(procedure("transfer"), "deed", by=OFFICER, now=now)


def test_what_takes_no_result_of_it_is_left_to_its_agency(taxed: str, now: datetime) -> None:
    tax = procedure("tax")
    accept(tax, by=TAXMAN, now=now)
    registered_as_dead(now)
    assert states() == {"tax": "accepted", "transfer": "ended"}
    view = work(tax, by=TAXMAN, now=now)
    assert "end" in view.can and [one.died_on is not None for one in view.mortals] == [True, False, False, False]
    end(tax, "seller[1]", "", "", by=TAXMAN, now=now)  # as recorded: neither day nor proof again
    assert states()["tax"] == "ended" and PartyDeath.objects.count() == 1


def test_without_an_applicant_nothing_is_granted(taxed: str, people: dict[str, Actor], now: datetime) -> None:
    accept(procedure("tax"), by=TAXMAN, now=now)
    registered_as_dead(now, "buyer[1]")
    with pytest.raises(PartyDied, match="登记中心记录"):
        grant(procedure("tax"), "tax", by=TAXMAN, now=now)
    why = work(procedure("tax"), by=TAXMAN, now=now).cannot_why
    assert why is not None and why.zh.endswith("不能准予，请终止办理。")


@pytest.mark.parametrize(
    ("party", "day", "proof", "refusal"),
    [
        ("seller[4]", DAY, PROOF, WhoDiedMissing),
        ("", DAY, PROOF, WhoDiedMissing),
        ("seller[1]", "2026-11-25", PROOF, DeathDayWrong),
        ("seller[1]", "昨天", PROOF, DeathDayWrong),
        ("seller[1]", DAY, " ", ProofOfDeathMissing),
        ("seller[1]", DAY, "长" * 201, ProofOfDeathMissing),
    ],
)
def test_what_is_recorded_is_whole(
    number: str, now: datetime, party: str, day: str, proof: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        end(procedure("transfer"), party, day, proof, by=OFFICER, now=now)
    assert not PartyDeath.objects.exists() and states() == {"transfer": "received"}


def test_only_the_own_agency_and_only_once(number: str, people: dict[str, Actor], now: datetime) -> None:
    with pytest.raises(NotFound):
        end(procedure("transfer"), "seller[1]", DAY, PROOF, by=replace(OFFICER, agency="tax"), now=now)
    registered_as_dead(now)
    with pytest.raises(AlreadyDecided):
        registered_as_dead(now)
    with pytest.raises(DatabaseError), transaction.atomic():
        PartyDeath.objects.update(died_on="2026-11-21")


def test_the_officers_page(client: Client, number: str, people: dict[str, Actor]) -> None:
    make_accounts((AccountSpec("dengji", "登记员", role=Role.OFFICER, agency="register"),), password=PASSWORD)
    client.post("/sign-in", {"username": "dengji", "password": PASSWORD})
    own = f"/office/procedures/{procedure('transfer')}"
    assert "有当事人去世，终止办理" in client.get(own).content.decode()
    assert "卖方 2" in client.get(f"{own}/end").content.decode()
    wrong = client.post(f"{own}/end", {"party": "seller[1]", "died_on": "", "proof": PROOF})
    assert wrong.status_code == 422 and PROOF in wrong.content.decode() and "不能晚于今天" in wrong.content.decode()
    assert client.post(f"{own}/end", {"party": "seller[1]", "died_on": DAY, "proof": PROOF}).status_code == 302
    page = client.get(own).content.decode()
    assert "已终止" in page and "/end" not in page
    assert client.get(f"{own}/end").status_code == 409
    client.post("/sign-out")
    client.post("/sign-in", {"username": "xiaoman", "password": PASSWORD})
    page = client.get(f"/cases/{number}").content.decode()
    assert "有当事人去世，没有办完的已经终止" in page and "终止办理告知书" in page
