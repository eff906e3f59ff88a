"""Drafts: each question once, what government has is fetched, nothing typed is lost, nobody sees another's."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onevisit.cases.actions import (
    adopt_draft,
    answer,
    confirm,
    dispute,
    mark_seen,
    remove_upload,
    start_draft,
    unmark_seen,
    upload,
)
from onevisit.cases.errors import AnswersRefused, NotFound, NotYourHall, OnlyApplicants
from onevisit.cases.models import Blob, Document, Draft
from onevisit.cases.queries import draft, drafts_of
from onevisit.cases.upload_errors import NotAskedFor, TooManyUploads
from onevisit.core.catalogue import AcceptKind
from onevisit.core.planning.model import Unavailable
from onevisit.exchange.actions import BREAKERS
from onevisit.people.actor import Actor
from onevisit.people.models import Look
from tests.cases.intake.conftest import ANSWERS, EVENT
from tests.fixtures.content import REGION
from tests.fixtures.files import pdf, picture
from tests.fixtures.register import Running

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def closed_breakers() -> None:
    BREAKERS.clear()


def kinds(view: object) -> dict[str, AcceptKind]:
    return {need.evidence: need.kind for need in view.plan.evidence}  # type: ignore[attr-defined]


def test_a_visitor_is_asked_everything_and_his_answers_stay_when_he_signs_in(xiaoman: Actor, now: datetime) -> None:
    mine = start_draft(EVENT, REGION, by=None, now=now)
    answer(mine, {**ANSWERS, "applicant.name": "满小陈"}, by=None, now=now)
    before = draft(mine, by=None, now=now, token_ok=True)
    assert not before.signed_in
    assert not before.known
    assert before.facts["applicant.name"] == "满小陈"
    adopt_draft(mine, by=xiaoman, now=now)
    after = draft(mine, by=xiaoman, now=now)
    assert after.signed_in
    assert after.facts["matter.shop_name"] == "小满面馆"
    assert after.facts["applicant.name"] == "陈小满", "the account says who he is"
    assert after.facts["matter.area"] == Decimal(320), "fetched by the certificate's number that he had typed"
    assert {k.spec.key: k.resource for k in after.known}["applicant.phone"] == "population"
    assert {k.status for k in after.known if k.resource != "account"} == {"open"}
    assert set(before.answered) <= set(after.answered)


def test_what_stands_in_the_way_gets_less_until_nothing_does(xiaoman: Actor, now: datetime) -> None:
    mine = start_draft(EVENT, REGION, by=xiaoman, now=now)
    assert draft(mine, by=xiaoman, now=now).ready == ("questions", "form", "confirm", "uploads")
    answer(mine, ANSWERS, by=xiaoman, now=now)
    view = draft(mine, by=xiaoman, now=now)
    assert view.ready == ("confirm", "uploads")
    confirm(mine, [k.spec.key for k in view.known], by=xiaoman, now=now)
    upload(mine, "layout", "平面图.pdf", pdf(), by=xiaoman, now=now)
    view = draft(mine, by=xiaoman, now=now)
    assert view.ready == () == view.missing
    assert [len(need.uploads) for need in view.needed] == [1]


def test_one_bad_answer_does_not_lose_the_good_ones(xiaoman: Actor, now: datetime) -> None:
    mine = start_draft(EVENT, REGION, by=None, now=now)
    with pytest.raises(AnswersRefused) as refused:
        answer(mine, {"matter.shop_name": "面馆", "matter.area": "很大", "matter.x": "1"}, by=None, now=now)
    assert set(refused.value.errors) == {"matter.area", "matter.x"}
    assert draft(mine, by=None, now=now, token_ok=True).facts == {"matter.shop_name": "面馆"}


def test_an_answer_can_be_taken_back(xiaoman: Actor, now: datetime) -> None:
    mine = start_draft(EVENT, REGION, by=xiaoman, now=now)
    answer(mine, ANSWERS, by=xiaoman, now=now)
    answer(mine, {"matter.premises_certificate": ""}, by=xiaoman, now=now)
    view = draft(mine, by=xiaoman, now=now)
    assert "matter.area" not in view.facts, "what came by its key goes with it"
    assert "matter.premises_certificate" not in view.answered


def test_another_certificate_brings_other_facts(xiaoman: Actor, now: datetime) -> None:
    mine = start_draft(EVENT, REGION, by=xiaoman, now=now)
    answer(mine, ANSWERS, by=xiaoman, now=now)
    confirm(mine, ["matter.area"], by=xiaoman, now=now)
    answer(mine, {"matter.premises_certificate": "浙(2024)德清县不动产权第9900002号"}, by=xiaoman, now=now)
    view = draft(mine, by=xiaoman, now=now)
    assert view.facts["matter.area"] == 48
    assert {k.spec.key: k.status for k in view.known}["matter.area"] == "open", "confirmed was the other one"
    answer(mine, {"matter.premises_certificate": "浙(2024)德清县不动产权第1号"}, by=xiaoman, now=now)
    view = draft(mine, by=xiaoman, now=now)
    assert "matter.area" not in view.facts
    assert kinds(view)["premises-proof"] is AcceptKind.UPLOAD
    assert dict(view.plan.unavailable)["real-estate"] is Unavailable.ABSENT


def test_a_disputed_fact_makes_his_own_evidence_count(xiaoman: Actor, now: datetime) -> None:
    mine = start_draft(EVENT, REGION, by=xiaoman, now=now)
    answer(mine, ANSWERS, by=xiaoman, now=now)
    dispute(mine, "matter.area", "300平方米", by=xiaoman, now=now)
    view = draft(mine, by=xiaoman, now=now)
    assert view.facts["matter.area"] == 300
    assert kinds(view)["premises-proof"] is AcceptKind.UPLOAD
    known = {k.spec.key: k for k in view.known}
    assert (known["matter.area"].status, known["matter.area"].value) == ("disputed", 320)
    confirm(mine, ["matter.area"], by=xiaoman, now=now)
    view = draft(mine, by=xiaoman, now=now)
    assert view.facts["matter.area"] == 320
    assert kinds(view)["premises-proof"] is AcceptKind.RESOURCE
    with pytest.raises(AnswersRefused):
        dispute(mine, "matter.area", " ", by=xiaoman, now=now)


def test_an_answer_beside_a_register_confirms_or_disputes_it(xiaoman: Actor, now: datetime) -> None:
    mine = start_draft(EVENT, REGION, by=xiaoman, now=now)
    answer(mine, {"applicant.phone": "139 0000 0001"}, by=xiaoman, now=now)
    assert {k.spec.key: k.status for k in draft(mine, by=xiaoman, now=now).known}["applicant.phone"] == "confirmed"
    answer(mine, {"applicant.phone": "13900000009"}, by=xiaoman, now=now)
    assert {k.spec.key: k.status for k in draft(mine, by=xiaoman, now=now).known}["applicant.phone"] == "disputed"
    answer(mine, {"applicant.phone": ""}, by=xiaoman, now=now)
    assert {k.spec.key: k.status for k in draft(mine, by=xiaoman, now=now).known}["applicant.phone"] == "open"


def test_nobody_types_himself_into_somebody_else(xiaoman: Actor, now: datetime) -> None:
    mine = start_draft(EVENT, REGION, by=xiaoman, now=now)
    with pytest.raises(AnswersRefused) as refused:
        answer(mine, {"applicant.id_number": "330521198412129962"}, by=xiaoman, now=now)
    assert "账号" in refused.value.errors["applicant.id_number"].zh
    assert draft(mine, by=xiaoman, now=now).facts["applicant.id_number"] == "330521199002149981"


def test_a_register_that_is_down_falls_back_and_comes_back(xiaoman: Actor, register: Running, now: datetime) -> None:
    register.switch(False)
    mine = start_draft(EVENT, REGION, by=xiaoman, now=now)
    answer(mine, ANSWERS, by=xiaoman, now=now)
    view = draft(mine, by=xiaoman, now=now)
    assert dict(view.plan.unavailable)["real-estate"] is Unavailable.DOWN
    assert kinds(view)["premises-proof"] is AcceptKind.UPLOAD
    assert view.facts["applicant.name"] == "王小满", "the account's own data is there all the same"
    assert next(n.reason for n in view.needed if n.evidence == "premises-proof")
    register.switch(True)
    adopt_draft(mine, by=xiaoman, now=now + timedelta(minutes=1))
    assert kinds(draft(mine, by=xiaoman, now=now))["premises-proof"] is AcceptKind.RESOURCE


def test_an_expired_record_is_no_evidence(xiaoman: Actor, now: datetime) -> None:
    later = now + timedelta(days=400)
    mine = start_draft(EVENT, REGION, by=xiaoman, now=later)
    answer(mine, ANSWERS, by=xiaoman, now=later)
    assert kinds(draft(mine, by=xiaoman, now=later))["health-certificates"] is AcceptKind.UPLOAD


def test_another_persons_draft_is_not_there(xiaoman: Actor, qiushi: Actor, clerk: Actor, now: datetime) -> None:
    mine = start_draft(EVENT, REGION, by=xiaoman, now=now)
    file = upload(mine, "layout", "a.pdf", pdf(), by=xiaoman, now=now)
    for other in (qiushi, clerk):
        for act in (
            lambda by: draft(mine, by=by, now=now, token_ok=True),
            lambda by: adopt_draft(mine, by=by, now=now),
            lambda by: answer(mine, {"matter.shop_name": "x"}, by=by, now=now),
            lambda by: confirm(mine, ["applicant.name"], by=by, now=now),
            lambda by: upload(mine, "layout", "a.pdf", pdf(), by=by, now=now),
            lambda by: remove_upload(file, by=by, now=now),
        ):
            with pytest.raises(NotFound):
                act(other)
    anonymous = start_draft(EVENT, REGION, by=None, now=now)
    with pytest.raises(NotFound):
        draft(anonymous, by=None, now=now, token_ok=False)
    with pytest.raises(OnlyApplicants):
        adopt_draft(anonymous, by=clerk, now=now)
    with pytest.raises(OnlyApplicants):
        start_draft(EVENT, REGION, by=clerk, now=now)


def test_a_clerk_keeps_a_draft_for_who_came(clerk: Actor, qiushi: Actor, now: datetime) -> None:
    theirs = start_draft(EVENT, REGION, by=clerk, now=now, walk_in=True, person=qiushi.person)
    answer(theirs, ANSWERS, by=clerk, now=now)
    view = draft(theirs, by=clerk, now=now)
    kept = Draft.objects.get(pk=theirs)
    assert (kept.walk_in, kept.hall, view.applicant_name) == (True, "county-hall", "吴秋实")
    assert Look.objects.filter(subject=qiushi.person).exists()
    assert {n.evidence: n.kind for n in view.needed} == {"layout": AcceptKind.COPY}
    assert "uploads" in view.ready
    mark_seen(theirs, "layout", by=clerk, now=now)
    view = draft(theirs, by=clerk, now=now)
    assert "uploads" not in view.ready
    assert view.seen == {"layout"}
    assert [row.id for row in drafts_of(clerk)] == [theirs]
    unmark_seen(theirs, "layout", by=clerk, now=now)
    unmark_seen(theirs, "layout", by=clerk, now=now)
    assert draft(theirs, by=clerk, now=now).seen == frozenset()
    with pytest.raises(NotAskedFor):
        mark_seen(theirs, "passport", by=clerk, now=now)


def test_only_a_clerk_of_a_hall_starts_for_others(qiushi: Actor, xiaoman: Actor, clerk: Actor, now: datetime) -> None:
    for by, person, hall in ((xiaoman, qiushi.person, ""), (clerk, None, ""), (clerk, qiushi.person, "other-hall")):
        with pytest.raises(NotYourHall):
            start_draft(EVENT, REGION, by=by, now=now, walk_in=True, person=person, hall=hall)
    mine = start_draft(EVENT, REGION, by=xiaoman, now=now)
    with pytest.raises(NotYourHall):
        mark_seen(mine, "layout", by=xiaoman, now=now)
    with pytest.raises(NotYourHall):
        unmark_seen(mine, "layout", by=xiaoman, now=now)


def test_uploads_once_each_a_few_for_one_evidence_and_only_what_is_asked(xiaoman: Actor, now: datetime) -> None:
    mine = start_draft(EVENT, REGION, by=xiaoman, now=now)
    first = upload(mine, "layout", "a.jpg", picture(), by=xiaoman, now=now)
    assert upload(mine, "layout", "b.jpg", picture(), by=xiaoman, now=now) == first
    for size in range(50, 54):
        upload(mine, "layout", "a.jpg", picture(size=(size, 20)), by=xiaoman, now=now)
    with pytest.raises(TooManyUploads):
        upload(mine, "layout", "a.jpg", picture(size=(60, 20)), by=xiaoman, now=now)
    with pytest.raises(NotAskedFor):
        upload(mine, "passport", "a.jpg", picture(), by=xiaoman, now=now)
    remove_upload(first, by=xiaoman, now=now)
    assert not Document.objects.filter(pk=first).exists()
    assert Blob.objects.count() == 4


def test_the_page_of_a_draft_takes_few_queries(xiaoman: Actor, now: datetime) -> None:
    mine = start_draft(EVENT, REGION, by=xiaoman, now=now)
    answer(mine, ANSWERS, by=xiaoman, now=now)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        draft(mine, by=xiaoman, now=now)
    assert len(queries) <= 4
    for _ in range(3):
        start_draft(EVENT, REGION, by=xiaoman, now=now)
    with CaptureQueriesContext(connection) as queries:
        assert len(drafts_of(xiaoman)) == 4
    assert len(queries) == 1


def test_a_draft_keeps_the_version_under_which_it_began(xiaoman: Actor, now: datetime) -> None:
    mine = start_draft(EVENT, REGION, by=xiaoman, now=now)
    assert draft(mine, by=xiaoman, now=now).snapshot == Draft.objects.get(pk=mine).snapshot != ""
