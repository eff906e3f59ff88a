"""Submitting: all at once, once only, durable when answered, in few round trips."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from stdnum.iso7064 import mod_37_36

from onevisit.cases.actions import adopt_draft, answer, confirm, mark_seen, remove_upload, start_draft, submit, upload
from onevisit.cases.errors import AlreadySubmitted, KeyMissing, NotCheckedIn, NotFound, NotReady
from onevisit.cases.models import Case, Document, Draft, Entry, EvidenceItem, Procedure
from onevisit.cases.queries import document, draft
from onevisit.cases.rules.submission import case_number
from onevisit.core.ledger import origin
from onevisit.exchange.actions import BREAKERS
from onevisit.halls.actions import check_in
from onevisit.notices.queries import of_case
from onevisit.people.actor import Actor
from tests.cases.intake.conftest import ANSWERS, EVENT
from tests.fixtures.content import REGION
from tests.fixtures.files import pdf

Ready = Callable[[Actor], UUID]
ROUND_TRIPS = 8  # all in all, with the session's and the connection's own


@pytest.fixture(autouse=True)
def closed_breakers() -> None:
    BREAKERS.clear()


@pytest.mark.django_db
class TestOneSubmission:
    @pytest.fixture
    def case(self, xiaoman: Actor, ready: Ready, now: datetime) -> Case:
        return Case.objects.get(pk=submit(ready(xiaoman), "key-1", by=xiaoman, now=now).case)

    def test_the_case_holds_what_was_known_and_from_where(self, case: Case, xiaoman: Actor) -> None:
        assert (case.title, case.region, case.planned_visits, case.walk_in) == ("小满面馆", REGION, 0, False)
        assert (case.account, case.person_id, case.submitted_by) == (xiaoman.account, xiaoman.person, xiaoman.account)
        assert case.facts["matter.area"] == "320"
        assert case.sources["matter.area"] == "real-estate"
        assert case.sources["matter.shop_name"] == "answer"
        assert case.sources["applicant.id_number"] == "account"
        assert case.snapshot == "small"
        assert mod_37_36.validate(case.number) == case.number

    def test_received_by_all_at_once_but_what_an_article_orders_after_another_waits(
        self, case: Case, now: datetime
    ) -> None:
        rows = {p.service: p for p in Procedure.objects.filter(case=case)}
        assert {key: row.state for key, row in rows.items()} == {
            "business": "received",
            "food": "received",
            "sign": "accepted",
            "tobacco": "waiting",
        }
        assert rows["food"].received_at == now
        assert rows["tobacco"].received_at is None
        assert rows["tobacco"].ordered_after == ["business"]
        assert rows["food"].needs == ["business"]
        assert rows["food"].due is None
        assert {rows[key].check_due for key in ("business", "food", "tobacco")} == {date(2026, 12, 1)}
        assert rows["sign"].due == date(2026, 12, 1), "a filing is complete on receipt: its clock runs"
        assert sorted(row.number for row in rows.values()) == [f"{case.number}-{n:02}" for n in range(1, 5)]

    def test_evidence_with_its_source(self, case: Case) -> None:
        rows = {item.evidence: item for item in EvidenceItem.objects.filter(case=case)}
        assert {key: row.kind for key, row in rows.items()} == {
            "identity-card": "resource",
            "premises-proof": "resource",
            "business-licence": "output",
            "layout": "upload",
            "health-certificates": "resource",
        }
        assert rows["premises-proof"].record["number"] == "浙(2024)德清县不动产权第9900001号"
        assert rows["premises-proof"].services == ["business", "sign"]
        assert rows["layout"].document_id is not None
        assert Document.objects.get(pk=rows["layout"].document_id).case == case.pk

    def test_ledger_and_receipt(self, case: Case) -> None:
        entries = list(Entry.objects.filter(case=case).order_by("seq"))
        assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
        assert entries[0].kind == "case.submitted"
        assert bytes(entries[0].previous) == origin(case.pk)
        assert (case.head_seq, bytes(case.head_hash)) == (5, bytes(entries[-1].hash))
        assert sorted(notice.kind for notice in of_case(case.pk)) == ["acceptance", "receipt"]

    def test_the_draft_is_closed(self, case: Case, xiaoman: Actor, now: datetime) -> None:
        assert case.draft is not None
        for act in (
            lambda: answer(case.draft, {"matter.shop_name": "x"}, by=xiaoman, now=now),  # type: ignore[arg-type]
            lambda: adopt_draft(case.draft, by=xiaoman, now=now),  # type: ignore[arg-type]
        ):
            with pytest.raises(AlreadySubmitted):
                act()
        assert draft(case.draft, by=xiaoman, now=now).submitted_number == case.number


@pytest.mark.django_db
def test_a_repeat_gets_the_first_answer_whatever_its_key(xiaoman: Actor, ready: Ready, now: datetime) -> None:
    mine = ready(xiaoman)
    first = submit(mine, "key-1", by=xiaoman, now=now)
    assert submit(mine, "key-1", by=xiaoman, now=now + timedelta(hours=1)) == first
    assert submit(mine, "key-2", by=xiaoman, now=now) == first, "the back button, and a new page"
    assert Case.objects.count() == 1
    other = ready(xiaoman)
    with pytest.raises(KeyMissing):
        submit(other, "key-1", by=xiaoman, now=now)
    for key in ("", "x" * 101):
        with pytest.raises(KeyMissing):
            submit(other, key, by=xiaoman, now=now)


@pytest.mark.django_db
def test_what_is_missing_is_said_all_at_once_and_nothing_is_written(xiaoman: Actor, now: datetime) -> None:
    mine = start_draft(EVENT, REGION, by=xiaoman, now=now)
    answer(mine, {"matter.kind": "sole", "matter.tobacco": "no"}, by=xiaoman, now=now)
    with pytest.raises(NotReady) as refused:
        submit(mine, "key-1", by=xiaoman, now=now)
    codes = [code for code, _ in refused.value.missing]
    assert set(codes) == {"form", "confirm", "uploads"}
    assert "店名" in str(refused.value)
    assert "layout" in str(refused.value)
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_another_persons_draft_cannot_be_submitted(xiaoman: Actor, qiushi: Actor, ready: Ready, now: datetime) -> None:
    mine = ready(xiaoman)
    nobodys = start_draft(EVENT, REGION, by=None, now=now)
    for draft_id in (mine, nobodys, uuid4()):
        with pytest.raises(NotFound):
            submit(draft_id, "key-1", by=qiushi, now=now)


@pytest.mark.django_db
def test_a_walk_in_must_be_there_and_his_paper_seen(clerk: Actor, qiushi: Actor, now: datetime) -> None:
    theirs = start_draft(EVENT, REGION, by=clerk, now=now, walk_in=True, person=qiushi.person)
    answer(theirs, ANSWERS, by=clerk, now=now)
    confirm(theirs, [known.spec.key for known in draft(theirs, by=clerk, now=now).known], by=clerk, now=now)
    with pytest.raises(NotReady):
        submit(theirs, "key-1", by=clerk, now=now)
    mark_seen(theirs, "layout", by=clerk, now=now)
    with pytest.raises(NotCheckedIn):
        submit(theirs, "key-1", by=clerk, now=now)
    assert qiushi.person is not None
    check_in(qiushi.person, clerk.hall, by=clerk, now=now)
    case = Case.objects.get(pk=submit(theirs, "key-1", by=clerk, now=now).case)
    assert (case.account, case.person_id, case.submitted_by) == (None, qiushi.person, clerk.account)
    assert (case.walk_in, case.hall) == (True, "county-hall")
    item = EvidenceItem.objects.get(case=case, evidence="layout")
    assert (item.kind, item.seen_by, item.seen_at) == ("copy", clerk.account, now)


@pytest.mark.django_db(transaction=True)
def test_round_trips(xiaoman: Actor, ready: Ready, now: datetime) -> None:
    mine = ready(xiaoman)
    connection.close()
    with CaptureQueriesContext(connection) as queries:
        submit(mine, "key-1", by=xiaoman, now=now)
    assert len(queries) + 1 <= ROUND_TRIPS, "and one for the connection's health check"
    assert len(queries) == 4, [query["sql"][:60] for query in queries]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_case(xiaoman: Actor, ready: Ready, now: datetime) -> None:
    mine = ready(xiaoman)
    start = threading.Barrier(6)

    def one(key: str) -> object:
        start.wait()
        try:
            return submit(mine, key, by=xiaoman, now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = set(pool.map(one, ["a", "a", "b", "b", "c", "d"]))
    assert len(answers) == Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_key_at_once_for_two_drafts(xiaoman: Actor, ready: Ready, now: datetime) -> None:
    def one(mine: UUID, key: str) -> str:
        try:
            return submit(mine, key, by=xiaoman, now=now).number
        except KeyMissing:
            return ""
        finally:
            connection.close()

    for key in "abcdef":  # not all of them meet
        with ThreadPoolExecutor(2) as pool:
            answers = sorted(pool.map(one, [ready(xiaoman), ready(xiaoman)], [key, key]))
        assert answers[0] == "" and answers[1]
    assert Case.objects.count() == 6


WAITS_FOR_ME = "SELECT pid FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"


def _when_waited_for(act: Callable[[], object], other: Callable[[], object]) -> object:
    """What `other` answers in a thread of its own that has to wait until the transaction of `act` ends."""

    def apart() -> object:
        try:
            return other()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            act()
            answer = pool.submit(apart)
            end = time.monotonic() + 20
            while not cursor.execute(WAITS_FOR_ME).fetchone():
                assert not answer.done() and time.monotonic() < end, "it did not wait"
                time.sleep(0.01)
        return answer.result(timeout=20)


@pytest.mark.django_db(transaction=True)
class TestWhoWaitsForTheDraft:
    def test_a_document_that_came_meanwhile_is_evidence(self, xiaoman: Actor, ready: Ready, now: datetime) -> None:
        mine = ready(xiaoman)
        _when_waited_for(
            lambda: upload(mine, "layout", "新图.pdf", pdf(pages=2), by=xiaoman, now=now),
            lambda: submit(mine, "key-1", by=xiaoman, now=now),
        )
        shown = EvidenceItem.objects.filter(evidence="layout").values_list("document", flat=True)
        assert set(shown) == set(Document.objects.values_list("pk", flat=True))
        assert len(shown) == 2

    def test_a_document_that_went_meanwhile_is_missed(self, xiaoman: Actor, ready: Ready, now: datetime) -> None:
        mine = ready(xiaoman)
        file = Document.objects.get()
        with pytest.raises(NotReady) as refused:
            _when_waited_for(
                lambda: remove_upload(file.pk, by=xiaoman, now=now), lambda: submit(mine, "key-1", by=xiaoman, now=now)
            )
        assert {code for code, _ in refused.value.missing} == {"uploads"}
        assert not Case.objects.exists()

    def test_bytes_that_another_draft_takes_meanwhile_stay(self, xiaoman: Actor, ready: Ready, now: datetime) -> None:
        mine, same = ready(xiaoman), pdf()
        first, other = Document.objects.get(), start_draft(EVENT, REGION, by=xiaoman, now=now)
        answer(other, ANSWERS, by=xiaoman, now=now)
        _when_waited_for(
            lambda: upload(other, "layout", "同一张图.pdf", same, by=xiaoman, now=now),
            lambda: remove_upload(first.pk, by=xiaoman, now=now),
        )
        assert document(Document.objects.get(draft=other).pk, by=xiaoman, now=now)[1] == same
        assert not Document.objects.filter(draft=mine).exists()


CRASH = """
import os, sys, uuid, datetime
import django
django.setup()
from onevisit.cases.actions import submit
from onevisit.people.actor import Actor, Role
account, person, draft, now = sys.argv[1:]
by = Actor(uuid.UUID(account), uuid.UUID(person), None, "x", Role.APPLICANT)
print(submit(uuid.UUID(draft), "k", by=by, now=datetime.datetime.fromisoformat(now)).number, flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.mark.django_db(transaction=True)
def test_an_answered_submission_survives_the_kill_of_its_process(xiaoman: Actor, ready: Ready, now: datetime) -> None:
    mine = ready(xiaoman)
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    killed = subprocess.run(
        [sys.executable, "-c", CRASH, str(xiaoman.account), str(xiaoman.person), str(mine), now.isoformat()],
        env={"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "onevisit.config.settings", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert killed.returncode == -9, killed.stderr
    assert Case.objects.get().number == killed.stdout.strip()
    assert Draft.objects.get(pk=mine).submitted_case == Case.objects.get().pk


def test_case_numbers_have_a_check_character() -> None:
    number = case_number("330521", date(2026, 11, 24), 7)
    assert number.startswith("33052120261124000007")
    assert mod_37_36.validate(number)
    assert case_number("330521", date(2026, 11, 24), 1_000_007) == number
