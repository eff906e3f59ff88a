"""Persons, walk-ins, accounts, masks and the log of looks."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from onevisit.core.codes import BadCode
from onevisit.people import queries
from onevisit.people.actions import correct_name, make_accounts, record_look, record_refused_look, register_walk_in
from onevisit.people.actor import Actor, Role
from onevisit.people.errors import NameMissing, NotYours, OnlyClerks, OtherName
from onevisit.people.ids import new_id
from onevisit.people.models import Account, Look, Person
from onevisit.people.rules import masked_id, masked_name, masked_phone
from tests.fixtures.people import PASSWORD, PEOPLE

CLERK = Actor(uuid4(), None, None, "周窗口", Role.CLERK, hall="county-hall")
APPLICANT = Actor(uuid4(), uuid4(), None, "王小满", Role.APPLICANT)


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (masked_name, "王小满", "王**"),
        (masked_name, "王", "王*"),
        (masked_name, "王小满（示范）", "王**（示范）"),
        (masked_name, "", ""),
        (masked_id, "330521199002149981", "330***********9981"),
        (masked_id, "12", "**"),
        (masked_phone, "13900000001", "139****0001"),
    ],
)
def test_masks(mask, text, shown):
    assert mask(text) == shown


def test_making_accounts_again_changes_nothing(accounts):
    before = accounts["xiaoman"].password
    assert make_accounts(PEOPLE, password="another") == 0
    assert Account.objects.get(username="xiaoman").password == before
    assert Account.objects.get(username="xiaoman").check_password(PASSWORD)
    assert make_accounts(PEOPLE, password="another", renew=True) == 0
    assert Account.objects.get(username="xiaoman").check_password("another")


def test_a_person_and_a_company_as_others_see_them(accounts):
    found = queries.find_person("330521 19900214 9981")
    assert found is not None
    assert queries.person(found.id).name == "王小满"
    company = queries.organisation(accounts["gongsi"].organisation_id)
    assert (company.name, company.legal_representative.name) == ("示范餐饮有限公司", "沈知行")
    assert queries.find_person("330521199311059963") is None
    with pytest.raises(NotYours):
        queries.person(uuid4())
    with pytest.raises(NotYours):
        queries.organisation(uuid4())


def test_a_clerk_registers_somebody_who_came(accounts, now):
    made = register_walk_in(" 林一勺 ", "330521199311059963", "", by=CLERK, now=now)
    again = register_walk_in("林一勺", "330521 19931105 9963", "13900000009", by=CLERK, now=now)
    assert made == again
    assert [look.what for look in queries.looks_at(made)] == ["身份信息", "身份信息"]
    assert queries.person(made).phone == "13900000009", "kept where none was known"
    register_walk_in("林一勺", "330521199311059963", "13900000008", by=CLERK, now=now)
    assert queries.person(made).phone == "13900000009", "what is known is not overwritten"


def test_a_walk_in_with_somebody_elses_number_is_refused(accounts, now):
    with pytest.raises(OtherName):
        register_walk_in("张三", "330521199002149981", "", by=CLERK, now=now)
    with pytest.raises(BadCode):
        register_walk_in("张三", "330521199002149982", "", by=CLERK, now=now)
    with pytest.raises(NameMissing):
        register_walk_in(" ", "330521199002149981", "", by=CLERK, now=now)
    with pytest.raises(OnlyClerks):
        register_walk_in("张三", "330521199002149981", "", by=APPLICANT, now=now)
    look = Look.objects.get()  # the refusal told that the number is known here; the others told nothing
    assert (look.subject, look.name, look.refused) == (Person.objects.get(name="王小满").pk, "周窗口", True)
    assert not Person.objects.filter(name="张三").exists()


def test_a_name_is_corrected_by_a_clerk_and_both_names_are_kept(accounts, now):
    person = register_walk_in("林一勺", "330521199311059963", "", by=CLERK, now=now)
    with pytest.raises(OnlyClerks):
        correct_name(person, "林一芍", why="w", by=APPLICANT, now=now)
    with pytest.raises(NameMissing):
        correct_name(person, " ", why="w", by=CLERK, now=now)
    correct_name(person, " 林一芍 ", why="照身份证", by=CLERK, now=now)
    assert queries.person(person).name == "林一芍"
    told = {(look.what, look.purpose, look.name) for look in queries.looks_at(person)}
    assert ("更正姓名：林一勺 → 林一芍", "照身份证", "周窗口") in told


def test_whoever_signs_in_for_himself_or_his_company_has_an_account(accounts, now):
    assert queries.has_account(accounts["xiaoman"].person_id)
    assert queries.has_account(queries.organisation(accounts["gongsi"].organisation_id).legal_representative.id)
    assert not queries.has_account(register_walk_in("林一勺", "330521199311059963", "", by=CLERK, now=now))


def test_everybody_reads_who_looked_at_his_data(accounts, now):
    person = Person.objects.get(name="王小满").pk
    record_look(by=CLERK, subject=person, case=None, what="申请表", purpose="审查", now=now)
    record_refused_look(by=APPLICANT, what="办件", subject=person, now=now)
    for _ in range(205):
        record_refused_look(by=APPLICANT, what="办件", subject=person, now=now)
    assert [(look.name, look.what, look.refused) for look in queries.looks_at(person)] == [("周窗口", "申请表", False)]
    ((look, times),) = queries.refused_looks_at(person)
    assert (look.name, look.what, look.refused, times) == ("王**", "办件", True, 200)
    for _ in range(3):
        record_look(by=CLERK, subject=person, case=None, what="申请表", purpose="审查", now=now)
    first, second = queries.looks_at(person, limit=2)
    rest = queries.looks_at(person, before=second.place)
    assert len({look.place for look in (first, second, *rest)}) == 4, "all of one moment, none twice, none left out"
    assert queries.looks_at(person, before=rest[-1].place) == []
    assert len(queries.looks_at(person, before="2026-11-24~x")) == 4, "what cannot be read begins anew"
    assert queries.looks_at(uuid4()) == []


@pytest.mark.parametrize("change", ["UPDATE people_look SET name = 'x'", "DELETE FROM people_look"])
def test_the_database_keeps_the_log_of_looks(accounts, now, change):
    record_look(by=CLERK, subject=None, case=None, what="申请表", purpose="审查", now=now)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        transaction.get_connection().cursor().execute(change)


def test_ids_made_at_once_lie_in_the_order_in_which_they_were_made():
    made = [new_id() for _ in range(3000)]
    assert made == sorted(set(made))
