"""Issue, document, revoke, verify: on the real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction

from onevisit.licences import queries, tasks
from onevisit.licences.actions import revoke
from onevisit.licences.errors import (
    AlreadyRevoked,
    LicenceNotFound,
    NoDocumentYet,
    NoSuchGround,
)
from onevisit.licences.models import Licence, Revocation
from onevisit.licences.rules import Status
from onevisit.paper import seal
from onevisit.paper.checking import NOT_WHOLE
from tests.licences.making import ENDLESS, OFFICER, PERSON, STRANGER, issue, rows, write

pytestmark = pytest.mark.django_db
REASON = "提交的健康证明系伪造，经核查属实。"


def test_a_row_has_the_tables_columns_in_their_order(now):
    assert list(rows(now)[0]) == [field.column for field in Licence._meta.concrete_fields]


def test_issued_it_is_there_at_once_and_its_document_follows(now):
    licence_id = issue(now)
    view = queries.licence(licence_id, now=now)
    assert (view.status, view.ready, view.valid_until) == (Status.VALID, False, date(2031, 11, 23))
    assert len(view.token) == 32
    with pytest.raises(NoDocumentYet):
        queries.document(licence_id)
    assert tasks.render_pending(now) == 1
    assert tasks.render_pending(now) == 0
    assert queries.licence(licence_id, now=now).ready
    assert queries.document(licence_id).startswith(b"%PDF-")


def test_a_rendered_licence_verifies_and_any_other_byte_does_not(now):
    licence_id = issue(now)
    tasks.render_pending(now)
    pdf = queries.document(licence_id)
    verdict = queries.verify_file(pdf, now=now)
    assert (verdict.ok, verdict.reasons, verdict.status) == (True, (), "valid")
    assert verdict.number == queries.licence(licence_id).number
    assert "真实有效" in str(verdict)
    assert queries.verify_file(pdf + b" ", now=now).reasons == (NOT_WHOLE,)
    assert not queries.verify_file(pdf[:-1], now=now).ok
    assert not queries.verify_file(b"", now=now).ok


def test_a_file_says_when_it_is_revoked_or_expired(now):
    licence_id = issue(now)
    tasks.render_pending(now)
    pdf = queries.document(licence_id)
    later = now + timedelta(days=5 * 366)
    assert queries.verify_file(pdf, now=later).status == "expired"
    revoke(licence_id, article="69-2", reason=REASON, by=OFFICER, now=now)
    verdict = queries.verify_file(pdf, now=now)
    assert (verdict.ok, verdict.reasons) == (False, (queries.WAS_REVOKED,))
    assert "不能认可" in str(verdict)


def test_our_seal_on_what_is_not_on_file_or_no_licence(now):
    pdf = queries.document(_rendered(now))
    plain = pdf[: pdf.index(b"%%EOF") + 5]
    again = {"agency": "示范县市场监督管理局", "at": now, "folder": settings.SEAL_FOLDER}
    forged = seal(plain, reason="电子证照 示范330521-2026-00000-00000-0", **again)
    assert queries.verify_file(forged, now=now).reasons == (queries.NOT_ON_FILE,)
    notice = seal(plain, reason="文书 示范33052120261124000017X收", **again)
    assert queries.verify_file(notice, now=now).reasons == (queries.NOT_A_LICENCE,)


def test_without_a_database_the_file_alone_is_judged(now, monkeypatch):
    pdf = queries.document(_rendered(now))

    def unreachable(*_args: object) -> None:
        raise DatabaseError("no connection")

    monkeypatch.setattr(connection, "cursor", unreachable)
    verdict = queries.verify_file(pdf, now=now)
    assert (verdict.ok, verdict.status, verdict.reasons) == (True, "unchecked", (queries.NO_REGISTER,))


def _rendered(now) -> UUID:
    licence_id = issue(now)
    tasks.render_pending(now)
    return licence_id


def test_the_public_page_masks_the_holder_and_never_says_why(now):
    licence_id = issue(now)
    token = queries.licence(licence_id).token
    seen = queries.public(token, now=now)
    assert (seen.status, seen.holder, seen.issued_on) == (Status.VALID, "王**", date(2026, 11, 24))
    assert queries.public(token, now=now + timedelta(days=2000)).status is Status.EXPIRED
    revoke(licence_id, article="69-1-4", reason=REASON, by=OFFICER, now=now + timedelta(days=1))
    gone = queries.public(token, now=now + timedelta(days=2))
    assert (gone.status, gone.revoked_on) == (Status.REVOKED, date(2026, 11, 25))
    assert gone.article == "《中华人民共和国行政许可法》第六十九条第一款第四项"
    assert REASON not in str(gone)
    assert "王小满" not in str(gone)


def test_an_organisations_name_is_public(now):
    for others in ({"organisation": uuid4()}, {"code": "91330521MA2B9XX0XW"}):
        licence_id = issue(now, holder_name="示范餐饮有限公司", **others)
        assert queries.public(queries.licence(licence_id).token, now=now).holder == "示范餐饮有限公司"


@pytest.mark.parametrize("token", ["", "x", "x" * 32, "%", "' OR 1=1 --"])
def test_a_token_that_is_not_ours(now, token):
    issue(now)
    assert queries.public(token, now=now).status is Status.UNKNOWN


def test_revoking_needs_a_ground_reasons_and_the_issuer(now):
    licence_id = issue(now)
    with pytest.raises(NoSuchGround):
        revoke(licence_id, article="70-1", reason=REASON, by=OFFICER, now=now)
    with pytest.raises(ValueError, match="for a reason"):
        revoke(licence_id, article="69-2", reason=" \n", by=OFFICER, now=now)
    with pytest.raises(ValueError, match="by the agency that issued it"):
        revoke(licence_id, article="69-2", reason=REASON, by=STRANGER, now=now)
    with pytest.raises(Licence.DoesNotExist):
        revoke(uuid4(), article="69-2", reason=REASON, by=OFFICER, now=now)
    assert Revocation.objects.count() == 0
    revoke(licence_id, article="69-2", reason=REASON, by=OFFICER, now=now)
    view = queries.licence(licence_id, now=now)
    assert view.status is Status.REVOKED
    assert view.revocation is not None
    assert view.revocation.article == "《中华人民共和国行政许可法》第六十九条第二款"
    with pytest.raises(AlreadyRevoked, match=r"2026年11月24日 由李审批撤销"):
        revoke(licence_id, article="69-2", reason=REASON, by=OFFICER, now=now)


def test_what_he_holds(now):
    organisation = uuid4()
    mine = issue(now)
    issue(now, type_=ENDLESS)
    issue(now, type_=ENDLESS, organisation=organisation, code="91330521MA2B9XX0XW")

    def types(who, day=now):
        return {(one.type, one.code) for one in queries.held(PERSON, who, now=day)}

    assert types(None) == {("food-licence", ""), ("business-licence", "")}
    assert types(organisation) == {("business-licence", "91330521MA2B9XX0XW")}
    assert types(None, now + timedelta(days=2000)) == {("business-licence", "")}
    numbers = [one.number for one in queries.held(PERSON, None, now=now)]
    assert queries.in_force(numbers, now=now) == set(numbers)
    revoke(mine, article="69-2", reason=REASON, by=OFFICER, now=now)
    assert types(None) == {("business-licence", "")}
    assert len(queries.in_force(numbers, now=now)) == 1
    assert len(queries.of_person(PERSON, None, now=now).rows) == 2
    assert len(queries.of_person(PERSON, organisation, now=now).rows) == 1
    assert queries.of_case(uuid4()) == []


def test_pages_of_a_long_list_follow_each_other(now):
    made = [issue(now) for _ in range(5)][::-1]
    issue(now, person=uuid4())
    first = queries.of_person(PERSON, None, limit=2, now=now)
    second = queries.of_person(PERSON, None, before=first.older, limit=2, now=now)
    third = queries.of_person(PERSON, None, before=second.older, limit=2, now=now)
    assert [row.id for page in (first, second, third) for row in page.rows] == made
    assert third.older == ""
    assert queries.of_person(PERSON, None, limit=5, now=now).older == "", "a full page with nothing behind it"
    assert queries.of_person(PERSON, None, before="nonsense", limit=2, now=now) == first


def test_one_of_his_own_and_no_other(now):
    organisation = uuid4()
    mine, ours = issue(now), issue(now, organisation=organisation)
    assert queries.licence_of(PERSON, None, mine).id == mine
    assert queries.licence_of(uuid4(), organisation, ours).id == ours
    for person, firm, other in ((PERSON, None, ours), (PERSON, organisation, mine), (uuid4(), None, mine)):
        with pytest.raises(LicenceNotFound) as refused:
            queries.licence_of(person, firm, other)
        assert refused.value.subject == PERSON
    with pytest.raises(LicenceNotFound):
        queries.licence_of(PERSON, None, uuid4())


def test_an_agencys_list_and_the_beginning_of_a_number(now):
    made = [issue(now) for _ in range(3)][::-1]
    numbers = {row.id: row.number for row in queries.of_agency(OFFICER.agency, now=now)}
    assert list(numbers) == made
    whole = numbers[made[1]]
    assert [row.id for row in queries.of_agency(OFFICER.agency, q=whole, now=now)] == [made[1]]
    common = queries.of_agency(OFFICER.agency, q=whole[:8], now=now)
    assert [row.number for row in common] == sorted(numbers.values(), reverse=True)
    assert queries.of_agency(OFFICER.agency, q=f"{whole}0", now=now) == []
    assert queries.of_agency(OFFICER.agency, q="%", now=now) == []
    assert queries.of_agency("tobacco", q=whole, now=now) == []


def test_one_query_each(now, django_assert_num_queries):
    licence_id = issue(now)
    token = queries.licence(licence_id).token
    for ask in (
        lambda: queries.public(token, now=now),
        lambda: queries.of_person(PERSON, None, now=now),
        lambda: queries.held(PERSON, None, now=now),
        lambda: queries.licence(licence_id, now=now),
        lambda: queries.licence_of(PERSON, None, licence_id),
    ):
        with django_assert_num_queries(1):
            ask()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE licences_licence SET holder_name = 'x'",
        "UPDATE licences_licence SET valid_until = NULL",
        "UPDATE licences_licence SET document = 'x', document_sha256 = 'x'",
        "DELETE FROM licences_licence",
        "UPDATE licences_revocation SET reason = 'x'",
        "DELETE FROM licences_revocation",
    ],
)
def test_the_database_keeps_licences_as_they_were_issued(now, change):
    revoke(_rendered(now), article="69-2", reason=REASON, by=OFFICER, now=now)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"ground": "70"}])
def test_the_database_refuses_a_revocation_without_reason_or_ground(now, wrong):
    fields = {"ground": "69-2", "reason": "x", "article": "x", "by": uuid4(), "by_name": "x", "at": now}
    with pytest.raises(IntegrityError), transaction.atomic():
        Revocation.objects.create(licence_id=issue(now), **(fields | wrong))


def test_a_document_that_cannot_be_made_waits_and_blocks_nobody(now):
    bad = rows(now)[0] | {"fields": "not a list of fields", "next_try_at": now - timedelta(hours=1)}
    write([bad, *rows(now, many=3)])
    assert tasks.render_pending(now) == 4
    assert Licence.objects.filter(document__isnull=False).count() == 3
    row = Licence.objects.get(document__isnull=True)
    assert (row.attempts, row.next_try_at) == (1, now + timedelta(seconds=30))
    assert tasks.render_pending(now + timedelta(seconds=29)) == 0
    for minutes in range(1, 60 * 24):
        tasks.render_pending(now + timedelta(minutes=minutes))
    row.refresh_from_db()
    assert 20 < row.attempts < 40, "it rests longer each time, at most an hour"


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_queue_and_make_each_document_once(now):
    write(rows(now, many=12))

    def work() -> int:
        try:
            return tasks.render_pending(now)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        done = [future.result() for future in [pool.submit(work) for _ in range(3)]]
    assert sum(done) == 12
    assert set(Licence.objects.values_list("attempts", flat=True)) == {1}
    assert Licence.objects.filter(document__isnull=True).count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_officers_revoke_at_once_and_one_wins(now):
    licence_id = issue(now)

    def act() -> str:
        try:
            revoke(licence_id, article="69-2", reason=REASON, by=OFFICER, now=now)
            return "revoked"
        except AlreadyRevoked:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = [future.result() for future in [pool.submit(act) for _ in range(4)]]
    assert sorted(answers) == ["revoked", "told", "told", "told"]
