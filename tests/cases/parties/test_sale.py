"""Four people, one case: one form for all, some sign at home, some together at the hall, then it is registered."""

import json
from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client

from onevisit.cases.actions import (
    accept,
    answer,
    attend,
    correct_answer,
    grant,
    hand_over,
    rate,
    refuse,
    report_missing,
    sign,
    submit,
    supplement,
    withdraw,
)
from onevisit.cases.errors import (
    IdentityIsKnown,
    NotCheckedIn,
    NotFound,
    NothingToDeliver,
    NotOfThisService,
    NotYourHall,
    NotYoursToRate,
)
from onevisit.cases.models import Case, CaseParty, Entry, Procedure
from onevisit.cases.presence_errors import NothingToSign, NotPresent, PresenceMissing
from onevisit.cases.queries import case, cases_of, coming, draft, handed_over, open_steps
from onevisit.cases.rules.submission import facts_hash
from onevisit.cases.values import MissingInput
from onevisit.cases.window_errors import AlreadySigned
from onevisit.core.parties import party_name
from onevisit.halls.actions import check_in
from onevisit.licences.queries import of_case as licences_of
from onevisit.notices.models import Notice
from onevisit.people.actor import Actor
from onevisit.people.models import Account, Person
from tests.cases.parties.conftest import CLERK, OFFICER, SECOND_SELLER, STRANGER
from tests.cases.parties.event import EVENT
from tests.fixtures.people import PASSWORD, actor


def test_each_register_answers_for_each_party(mine: UUID, people: dict[str, Actor], now: datetime) -> None:
    view = draft(mine, by=people["buyer"], now=now)
    assert view.facts["buyer.name"] == "陈小满", "his own account and the register"
    assert (view.facts["seller.name"], view.facts["seller[2].name"]) == ("吴秋实", "沈知行")
    assert [(need.slot, need.name.zh) for need in view.needed] == [("identity-card--buyer-2", "身份证明（买方 2）")]
    assert [code for code, _ in view.missing] == ["uploads"]
    labels = {field.spec.key: field.spec.label.zh for field in view.fields}
    assert labels["seller[2].phone"] == "卖方 2：手机号码" and "seller[3].phone" not in labels
    assert (view.plan.count.worst.high, view.plan.count.total.high) == (1, 2)


def test_nobody_buys_from_himself(mine: UUID, people: dict[str, Actor], now: datetime) -> None:
    answer(mine, {"seller.id_number": SECOND_SELLER}, by=people["buyer"], now=now)
    said = [text.zh for _, text in draft(mine, by=people["buyer"], now=now).missing]
    assert "卖方 1和卖方 2的身份证号码是同一个，请核对。" in said


def test_fewer_people_leave_nothing_behind(mine: UUID, people: dict[str, Actor], now: datetime) -> None:
    by = people["buyer"]
    answer(mine, {"buyer.count": "1"}, by=by, now=now)
    done = submit(mine, "key", by=by, now=now)
    facts = case(done.number, by=by, now=now).facts
    assert not [one.key for one in facts if one.key.startswith("buyer[2]")]
    assert set(CaseParty.objects.values_list("party", flat=True)) == {"seller[1]", "seller[2]"}


def test_two_at_home_and_two_at_the_hall(number: str, people: dict[str, Actor], now: datetime) -> None:
    own = Procedure.objects.get()
    accept(own.pk, by=OFFICER, now=now)
    with pytest.raises(PresenceMissing, match="在网上签合同"):
        grant(own.pk, "grant-1", by=OFFICER, now=now)
    sign(number, by=people["seller"], now=now)
    with pytest.raises(NothingToSign):
        sign(number, by=people["seller"], now=now)
    assert [(step.step, step.parties) for step in open_steps(own.case_id, now=now)] == [
        ("hall", ("seller[2]", "buyer[2]"))
    ]
    shen, lin = people["shen"].person, Person.objects.get(id_number=STRANGER).pk
    assert shen is not None
    check_in(shen, "H", by=CLERK, now=now)
    with pytest.raises(NotPresent, match="林示范"):
        attend(own.pk, "hall", person=shen, by=CLERK, now=now)
    check_in(lin, "H", by=CLERK, now=now)
    attend(own.pk, "hall", person=shen, by=CLERK, now=now)
    assert grant(own.pk, "grant-2", by=OFFICER, now=now).outcome == "granted"
    kinds = list(Entry.objects.filter(case=own.case_id).order_by("seq").values_list("kind", flat=True))
    assert kinds.count("procedure.signed") == 1 and kinds.count("procedure.attended") == 1


def test_it_is_the_case_of_all(number: str, people: dict[str, Actor], now: datetime) -> None:
    for name, signs in (("seller", True), ("shen", False), ("buyer", False)):
        assert [row.number for row in cases_of(people[name]).rows] == [number]
        view = case(number, by=people[name], now=now)
        assert [one.can_sign for one in view.parties if one.you] == [signs]
        assert [one.role.zh for one in view.parties] == ["卖方 1", "卖方 2", "买方 1", "买方 2"]
        assert view.may_rate is False
    comes = {one.party: [text.zh for text in one.comes] for one in view.parties}
    assert comes == {
        "seller[1]": [],
        "buyer[1]": [],
        "seller[2]": ["到大厅一起签合同"],
        "buyer[2]": ["到大厅一起签合同"],
    }


def test_parties_do_not_see_each_others_numbers(number: str, people: dict[str, Actor], now: datetime) -> None:
    seen = {one.key for one in case(number, by=people["seller"], now=now).facts}
    assert {"seller.id_number", "seller.phone", "matter.home"} <= seen
    assert not {"seller[2].id_number", "buyer.phone", "buyer.id_number", "buyer[2].name"} & seen
    assert {"seller.phone", "buyer[2].id_number"} <= {
        one.key for one in case(number, by=people["buyer"], now=now).facts
    }
    others = [one.name for one in case(number, by=people["seller"], now=now).parties if not one.you]
    assert all("*" in name or "某" in name for name in others), others


def test_a_stranger_signs_nothing(
    number: str, accounts: dict[str, Account], people: dict[str, Actor], now: datetime
) -> None:
    with pytest.raises(NotFound):
        sign(number, by=actor(accounts["gongsi"]), now=now)
    with pytest.raises(NotFound):
        sign(number, by=people["buyer"], now=now)  # he has signed by submitting


def test_any_party_withdraws_before_it_is_registered(number: str, people: dict[str, Actor], now: datetime) -> None:
    withdraw(number, by=people["seller"], now=now)
    assert case(number, by=people["buyer"], now=now).state == "withdrawn"
    with pytest.raises(NothingToSign):
        sign(number, by=people["seller"], now=now)


def test_the_page_asks_him_to_read_and_to_declare(client: Client, number: str, people: dict[str, Actor]) -> None:
    client.post("/sign-in", {"username": "qiushi", "password": PASSWORD})
    assert "等您签字" in client.get(f"/cases/{number}").content.decode()
    page = client.get(f"/cases/{number}/signature")
    assert (
        page.status_code == 200
        and "示范小区1号" in page.content.decode()
        and "13900000001" not in page.content.decode()
    )
    refused = client.post(f"/cases/{number}/signature")
    assert refused.status_code == 422 and "请先勾选" in refused.content.decode()
    assert client.post(f"/cases/{number}/signature", {"declared": "1"}).status_code == 302
    assert "等您签字" not in client.get(f"/cases/{number}").content.decode()
    assert client.get(f"/cases/{number}/signature").status_code == 302


def test_parties_have_names(number: str) -> None:
    assert party_name(EVENT, "seller[2]").en == "seller 2" and party_name(EVENT, "nobody").zh == "nobody"


AGENT = "330521199802284014"


def test_an_agent_signs_for_who_cannot(mine: UUID, people: dict[str, Actor], now: datetime) -> None:
    """One agent for both sellers: asked for only of who has one; he signs once, and it is his case too."""
    by = people["buyer"]
    assert "seller.agent_name" not in {field.spec.key for field in draft(mine, by=by, now=now).fields}
    answer(mine, {"seller.signs": "mandate", "seller[2].signs": "mandate", "buyer.count": "1"}, by=by, now=now)
    asked = {field.spec.key for field in draft(mine, by=by, now=now).fields}
    assert {"seller.agent_name", "seller[2].agent_id_number"} <= asked
    given = {"agent_id_number": AGENT, "agent_name": "代理人（示范）", "agent_until": "2026-12-31"}
    answer(
        mine, {f"{who}.{key}": value for who in ("seller", "seller[2]") for key, value in given.items()}, by=by, now=now
    )
    number = submit(mine, "key", by=by, now=now).number
    assert [row.number for row in cases_of(people["seller"]).rows] == [], "who is abroad signs nothing himself"
    person = Person.objects.get(id_number=AGENT)
    agent = actor(Account.objects.create(username="agent", person=person))
    view = case(number, by=agent, now=now)
    assert [(one.party, one.agent) for one in view.parties if one.you] == [
        ("seller[1]", "代理人（示范）"),
        ("seller[2]", "代理人（示范）"),
    ]
    sign(number, by=agent, now=now)
    own = Procedure.objects.get(service="transfer")
    accept(own.pk, by=OFFICER, now=now)
    assert grant(own.pk, "grant", by=OFFICER, now=now).outcome == "granted"
    assert not CaseParty.objects.filter(awaited=True).exists()


def test_the_window_sees_what_somebody_has_come_for(number: str, people: dict[str, Actor], now: datetime) -> None:
    """The case was submitted at home; whoever comes is found by his card, and told for whom he waits."""
    shen, lin = people["shen"].person, Person.objects.get(id_number=STRANGER).pk
    seller = people["seller"].person
    assert shen is not None and seller is not None
    assert coming(seller, by=CLERK, now=now) == (), "he signs at home"
    check_in(shen, "H", by=CLERK, now=now)
    (found,) = coming(shen, by=CLERK, now=now)
    assert (found.number, found.step, found.ready) == (number, "hall", False)
    assert [(one.role.zh, one.here) for one in found.others] == [("买方 2", False)]
    check_in(lin, "H", by=CLERK, now=now)
    (found,) = coming(shen, by=CLERK, now=now)
    assert found.ready
    attend(found.procedure, found.step, person=shen, by=CLERK, now=now)
    assert coming(shen, by=CLERK, now=now) == coming(lin, by=CLERK, now=now) == ()
    with pytest.raises(NotYourHall):
        coming(shen, by=OFFICER, now=now)


def test_the_list_says_whose_signature_is_awaited(number: str, people: dict[str, Actor], now: datetime) -> None:
    def awaited(who: str) -> bool:
        return cases_of(people[who]).rows[0].to_sign

    assert [awaited(who) for who in ("seller", "shen", "buyer")] == [True, False, False]
    sign(number, by=people["seller"], now=now)
    assert not awaited("seller")


def test_a_party_is_led_to_no_file_of_the_others(number: str, people: dict[str, Actor], now: datetime) -> None:
    whole = case(number, by=people["buyer"], now=now).evidence
    assert any(one.document for one in whole) and len(whole) == 4
    seen = case(number, by=people["seller"], now=now).evidence
    assert len(seen) == 1 and not any(one.document for one in seen)


def test_what_somebody_has_signed_is_not_changed_behind_him(
    number: str, people: dict[str, Actor], now: datetime
) -> None:
    correct_answer(number, "matter.home", "示范小区2号", by=people["buyer"], now=now)
    sign(number, by=people["seller"], now=now)
    with pytest.raises(AlreadySigned, match="房屋"):
        correct_answer(number, "matter.home", "示范小区3号", by=people["buyer"], now=now)


def test_each_buyer_has_his_own_deed(number: str, people: dict[str, Actor], now: datetime) -> None:
    own = Procedure.objects.get()
    accept(own.pk, by=OFFICER, now=now)
    sign(number, by=people["seller"], now=now)
    shen, lin = people["shen"].person, Person.objects.get(id_number=STRANGER).pk
    assert shen is not None
    for one in (shen, lin):
        check_in(one, "H", by=CLERK, now=now)
    attend(own.pk, "hall", person=shen, by=CLERK, now=now)
    grant(own.pk, "grant", by=OFFICER, now=now)
    deeds = {one.holder_name: one for one in licences_of(own.case_id)}
    buyer = people["buyer"].person
    assert {name: one.holder_person for name, one in deeds.items()} == {"陈小满": buyer, "林示范": lin}
    assert [one.holder_name for one in case(number, by=people["buyer"], now=now).licences] == ["陈小满"]
    assert case(number, by=people["seller"], now=now).licences == ()

    with pytest.raises(NotCheckedIn):
        hand_over(deeds["陈小满"].id, by=CLERK, now=now)
    hand_over(deeds["林示范"].id, by=CLERK, now=now)
    assert Procedure.objects.get().state == "granted", "the other deed is still to be taken"
    assert handed_over(own.case_id) == {deeds["林示范"].id}
    with pytest.raises(NothingToDeliver):
        hand_over(deeds["林示范"].id, by=CLERK, now=now)
    hand_over(deeds["陈小满"].id, by=CLERK, now=now, taker=shen)
    assert Procedure.objects.get().state == "delivered"
    assert Notice.objects.filter(kind="delivery").count() == 2
    kinds = list(Entry.objects.filter(case=own.case_id).order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["licence.handed_over", "procedure.delivered"]


def test_an_agency_can_ask_about_any_party_but_not_who_he_is(
    number: str, people: dict[str, Actor], now: datetime
) -> None:
    own = Procedure.objects.get()
    for fact, refusal in (("seller[2].id_number", IdentityIsKnown), ("seller[4].phone", NotOfThisService)):
        with pytest.raises(refusal):
            report_missing(own.pk, [MissingInput("", fact, "核对")], by=OFFICER, now=now)
    report_missing(own.pk, [MissingInput("", "seller[2].phone", "打不通")], by=OFFICER, now=now)
    supplement(number, {"seller[2].phone": "13900000007"}, {}, by=people["buyer"], now=now)
    (phone,) = [one for one in case(number, by=people["buyer"], now=now).facts if one.key == "seller[2].phone"]
    assert phone.value == "13900000007"


def test_a_signature_says_what_was_signed(number: str, people: dict[str, Actor], now: datetime) -> None:
    def hashes() -> list[str]:
        bodies = Entry.objects.filter(kind__in=["case.submitted", "procedure.signed"]).order_by("seq")
        return [json.loads(one.body)["data"]["facts_sha256"] for one in bodies]

    correct_answer(number, "matter.home", "示范小区2号", by=people["buyer"], now=now)
    correct_answer(number, "matter.home", "示范小区1号", by=people["buyer"], now=now)
    sign(number, by=people["seller"], now=now)
    submitted, signed = hashes()
    assert signed == submitted
    facts = Case.objects.get().facts
    assert signed == facts_hash(facts) != facts_hash({**facts, "matter.home": "别处"})


def test_the_rating_is_the_applicants(number: str, people: dict[str, Actor], now: datetime) -> None:
    own = Procedure.objects.get()
    accept(own.pk, by=OFFICER, now=now)
    sign(number, by=people["seller"], now=now)
    refuse(own.pk, "房屋已被查封，不能转移", "", "no", by=OFFICER, now=now)
    with pytest.raises(NotYoursToRate):
        rate(number, 5, "", by=people["seller"], now=now)
    rate(number, 1, "", by=people["buyer"], now=now)
