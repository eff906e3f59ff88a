"""A county after some years: each table that grows holds 20,000 rows, copied from rows as the product makes them."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import connection

from onevisit.cases.models import Case, Draft
from onevisit.exchange.models import Fetch
from onevisit.halls.models import CheckIn
from onevisit.notices.models import Notice
from onevisit.people.actor import Actor, Role
from onevisit.people.models import Look, Organisation, Person
from tests.cases.procedures.conftest import APPLICANT, firm, make_case, publish
from tests.licences.making import issue

MANY = 20_000
AGENCY, OTHERS = "labour", ("tax", "fire", "food", "sign", "tobacco")
OLD = f"n <= {MANY // 2}"  # who was busy once: walking back from the latest row does not find him soon
HALL, QUIET = "county-hall", "quiet-hall"
WHERE = f"CASE WHEN n %% 2 = 1 THEN '' WHEN n = 2 THEN '{QUIET}' WHEN n %% 4 = 0 THEN '{HALL}' ELSE 'town' END"
COPY = """
INSERT INTO {table} SELECT copy.* FROM {table} one, generate_series(1, %(many)s) n,
LATERAL json_populate_record(one, json_build_object({changes})) copy WHERE one.{which}
"""
# one shop of all; else two signs and what every fifth shop is called
TITLE = """CASE WHEN n = 777 THEN '独一味酒家' ELSE
chr(19968 + (n::bigint * 7919 %% 3000)::int) || chr(19968 + (n::bigint * 104729 %% 3000)::int)
|| (ARRAY['面馆', '茶铺', '小吃店', '餐厅', '咖啡Bar'])[1 + n %% 5] END"""
STATE = "(ARRAY['received', 'accepted', 'received', 'granted'])[1 + ({n}) %% 4]"
CHECK = "(ARRAY['open', 'complete', 'missing', 'complete'])[1 + ({n}) %% 4]"


@dataclass(frozen=True)
class County:
    """Who looks in the tests: each has a long list."""

    officer: Actor  # of an agency that has a procedure in every case
    clerk: Actor
    quiet: Actor  # of a hall with one case, an old one
    person: Actor  # every fifth of the older cases is his, and every fiftieth licence
    other: Actor  # somebody with one case
    agent: Actor  # the account that submitted every fifth of the older cases for others
    company: Actor  # as the person
    applicant: Actor  # of the case
    number: str  # of the case with a long ledger


def id_of(kind: str, n: str = "n") -> str:
    """SQL of the n-th id of a kind (a hexadecimal digit); ids lie as n."""
    return f"('{kind}0000000-0000-7000-8000-' || lpad(to_hex({n}), 12, '0'))::uuid"


def uuid_of(kind: str, n: int) -> UUID:
    """The same id here."""
    return UUID(f"{kind}0000000-0000-7000-8000-{n:012x}")


def copy(table: str, which: str, many: int = MANY, **changes: str) -> None:
    """Copy the row that `which` finds so many times, with changes (SQL in `n`) by column."""
    pairs = ", ".join(f"'{column}', {words}" for column, words in changes.items())
    with connection.cursor() as cursor:
        cursor.execute(COPY.format(table=table, which=which, changes=pairs), {"many": many})
        assert cursor.rowcount == many


def fill(now: datetime) -> County:
    """Fill all tables, tell the planner."""
    publish()
    made = make_case(now, (AGENCY, OTHERS[0]))
    person, case = made.case.person, made.case
    company = firm(person)
    _people(person)
    _cases(case, person, company)
    _procedures(made.ids[AGENCY], made.ids[OTHERS[0]])
    _around(case)
    _licences(now, person, company)
    _logs(now, person)
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE, INDEX_CLEANUP ON) {table}")
    return County(
        officer=Actor(UUID(int=1), None, None, "李审批", Role.OFFICER, agency=AGENCY),
        clerk=Actor(UUID(int=2), None, None, "周窗口", Role.CLERK, hall=HALL),
        quiet=Actor(UUID(int=2), None, None, "周窗口", Role.CLERK, hall=QUIET),
        person=Actor(uuid_of("b", 2), person.pk, None, "王小满", Role.APPLICANT),
        other=Actor(uuid_of("b", 3), uuid_of("a", 3), None, "吴秋实", Role.APPLICANT),
        agent=Actor(uuid_of("b", 1), uuid_of("a", 5), None, "代办人", Role.APPLICANT),
        company=Actor(uuid_of("b", 4), person.pk, company.pk, "王小满", Role.APPLICANT),
        applicant=replace(APPLICANT, person=person.pk),
        number=case.number,
    )


TABLES = (
    "people_person", "people_look", "exchange_fetch", "halls_checkin", "notices_notice", "licences_licence",
    "licences_revocation", "cases_case", "cases_procedure", "cases_draft", "cases_entry", "cases_evidenceitem",
    "cases_correctionitem", "cases_correctionnotice", "cases_decision", "cases_tocome",
)  # fmt: skip


def _people(person: Person) -> None:
    copy("people_person", f"id = '{person.pk}'", id=id_of("a"), id_number="'N' || n")


def _cases(case: Case, person: Person, company: Organisation) -> None:
    copy(
        "cases_case", f"id = '{case.pk}'",
        id=id_of("c"), number="'330521202501' || lpad(n::text, 8, '0')", draft=id_of("d"), title=TITLE,
        person_id=f"CASE WHEN {OLD} AND n %% 5 = 0 THEN '{person.pk}' ELSE {id_of('a')} END",
        organisation_id=f"CASE WHEN {OLD} AND n %% 5 = 1 THEN '{company.pk}'::uuid END",
        account=f"CASE WHEN {OLD} AND n %% 5 = 2 THEN {id_of('b', '1')} ELSE {id_of('e')} END",
        walk_in="n %% 2 = 0",
        hall=WHERE,
    )  # fmt: skip


def _procedures(own: UUID, other: UUID) -> None:
    others = f"(ARRAY{list(OTHERS)})[1 + n %% {len(OTHERS)}]"
    far = "n / 4"  # the other agencies' procedures are in all states at each hall
    for place, row, kind, agency, by in ((1, own, "1", f"'{AGENCY}'", "n"), (2, other, "2", others, far)):
        copy(
            "cases_procedure", f"id = '{row}'",
            id=id_of(kind), case_id=id_of("c"), number=f"'330521202501' || lpad(n::text, 8, '0') || '-0{place}'",
            agency=agency, state=STATE.format(n=by), completeness=CHECK.format(n=by),
            check_due="'2026-11-24'::date + n %% 30",
            due="CASE WHEN n %% 4 IN (1, 3) THEN '2026-11-24'::date + n %% 40 END",
            decided_at="'2026-11-24T01:00Z'::timestamptz - n * interval '1 minute'", hall=WHERE,
        )  # fmt: skip


def _around(case: Case) -> None:
    """What belongs to a case, and drafts; the one case has a long ledger."""
    one = f"case_id = '{case.pk}'"
    copy("cases_evidenceitem", one, id=id_of("3"), case_id=id_of("c"))
    copy("cases_entry", f"{one} AND one.seq = 1", case_id=id_of("c"))
    copy("cases_entry", f"{one} AND one.seq = 1", 2000, seq="100 + n")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_decision SELECT id, 'granted', '', '', id, '', now() FROM cases_procedure"
            " WHERE state = 'granted'"
        )
        cursor.execute(
            "INSERT INTO cases_correctionnotice (case_id, issued_at, due)"
            " SELECT id, now(), '2026-12-30' FROM cases_case"
        )
        cursor.execute(
            "INSERT INTO cases_tocome (procedure_id, step, hall, last_day)"
            " SELECT id, 'sign', hall, CASE WHEN id > %(half)s THEN '9999-12-31' ELSE '2026-11-01'::date END"
            " FROM cases_procedure WHERE hall <> ''",
            {"half": uuid_of("1", MANY // 2)},
        )
        cursor.execute(
            "INSERT INTO cases_correctionitem (id, procedure_id, evidence, fact, what, officer, at)"
            " SELECT id, id, 'layout', '', '请重拍', id, now() FROM cases_procedure"
        )
    Draft.objects.create(
        id=UUID(int=4), region=case.region, event=case.event, snapshot=case.snapshot, person=case.person,
        created_at=case.submitted_at, updated_at=case.submitted_at,
    )  # fmt: skip
    copy(
        "cases_draft", f"id = '{UUID(int=4)}'", id=id_of("d"), walk_in="n %% 2 = 0",
        hall=f"CASE WHEN n %% 4 = 0 THEN '{HALL}' ELSE '' END", account=id_of("b", "2 + n %% 10"),
        updated_at="now() - n * interval '1 minute'", submitted_case=f"CASE WHEN n %% 40 > 3 THEN {id_of('c')} END",
    )  # fmt: skip


def _licences(now: datetime, person: Person, company: Organisation) -> None:
    one = issue(now)
    copy(
        "licences_licence", f"id = '{one}'",
        id=id_of("4"), number="'示范' || n", token="'token' || n", case=id_of("c"), procedure=id_of("1"),
        issued_at=f"'{now}'::timestamptz + n * interval '1 second'",
        agency=f"CASE WHEN {OLD} AND n %% 3 = 0 THEN '{AGENCY}' ELSE '{OTHERS[0]}' END",
        holder_person=f"CASE WHEN {OLD} AND n %% 50 < 2 THEN '{person.pk}' ELSE {id_of('a')} END",
        holder_organisation=f"CASE WHEN {OLD} AND n %% 50 = 1 THEN '{company.pk}'::uuid END",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO licences_revocation SELECT id, '69-2', 'x', 'x', id, 'x', now() FROM licences_licence"
            " ORDER BY id DESC LIMIT 5000"
        )


def _logs(now: datetime, person: Person) -> None:
    subject = f"CASE WHEN n %% 10 = 0 THEN '{person.pk}' ELSE {id_of('a')} END"
    look = Look.objects.create(at=now, account=person.pk, name="李审批", what="办件", purpose="审查", subject=person.pk)
    fetch = Fetch.objects.create(
        at=now, resource="population", purpose="x", subject=person.pk, account=person.pk, by_name="x", outcome="found"
    )
    seen = CheckIn.objects.create(person=person.pk, hall=HALL, day=now.date(), at=now, by=person.pk)
    notice = Notice.objects.create(
        kind="receipt", number="N", about="x", case=person.pk, agency="x", agency_name="x", recipient=person.pk,
        data={}, created_at=now, next_try_at=now,
    )  # fmt: skip
    ago = "now() - n * interval '1 minute'"
    copy("people_look", f"id = '{look.pk}'", id=id_of("5"), at=ago, subject=subject)
    copy("exchange_fetch", f"id = '{fetch.pk}'", id=id_of("6"), at=ago, subject=subject)
    copy(
        "halls_checkin", f"id = '{seen.pk}'", id=id_of("7"), person=id_of("a"), day="'2020-01-01'::date + n %% 2500",
        hall=f"CASE WHEN n %% 2 = 0 THEN '{HALL}' ELSE 'town' END",
    )  # fmt: skip
    copy(
        "notices_notice", f"id = '{notice.pk}'", id=id_of("8"), number="'N' || n", case=id_of("c"),
        paper_at=f"CASE WHEN n %% 10 = 0 THEN '{HALL}' ELSE '' END",
        posted_at="CASE WHEN n %% 40 = 0 THEN now() END",
    )  # fmt: skip
