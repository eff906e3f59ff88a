"""What is missing is supplied with one form, online or at the window, with a receipt; or all is withdrawn there."""

import io
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from onevisit.cases.actions import supplement, supply, withdraw
from onevisit.cases.errors import (
    ItemsRefused,
    NameOfMandataryMissing,
    NotFound,
    NothingGiven,
    NothingToSupply,
    NotYourHall,
    TooLong,
    WhoAskedMissing,
)
from onevisit.cases.models import Case, CorrectionItem, Draft, Entry, EvidenceItem, Procedure
from onevisit.cases.presence_errors import NotPresent
from onevisit.cases.queries import case as case_view
from onevisit.cases.rules.uploads import LARGEST
from onevisit.cases.values import Asked, WantedView
from onevisit.core.catalogue import AcceptKind
from onevisit.halls.actions import check_in
from onevisit.notices.models import Notice
from onevisit.notices.queries import document as notice_document
from onevisit.notices.tasks import render_pending
from onevisit.people.actor import Actor
from tests.cases.intake.test_after import case, closed_breakers, items, officer, told
from tests.cases.intake.test_uploads import picture

__all__ = ["case", "closed_breakers", "officer", "told"]
pytestmark = pytest.mark.django_db
STAFF = "330521199311059963"


@pytest.fixture
def at_window(told: Case, clerk: Actor) -> Case:
    """The same, taken in at the clerk's hall."""
    for table, row in ((Case, told.pk), (Draft, told.draft)):
        table.objects.filter(pk=row).update(walk_in=True, hall=clerk.hall)
    return told


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("图.png", picture("PNG"))


class Endless(SimpleUploadedFile):
    """More bytes than anybody may send; who reads them has lost."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("read before its size was looked at")


def seen_by(by: Actor, told: Case, now: datetime) -> dict[str, WantedView]:
    view = case_view(told.number, by=by, now=now)
    assert view.correction is not None
    return {item.evidence or item.fact: item for item in view.correction.items}


def receipts(told: Case) -> list[Notice]:
    return list(Notice.objects.filter(case=told.pk, kind="supplied").order_by("created_at"))


def test_what_is_good_is_kept_where_something_else_is_not(told: Case, xiaoman: Actor, now: datetime) -> None:
    layout, staff = items(told)
    with pytest.raises(ItemsRefused) as refused:
        supply(told.number, {staff.pk: "1"}, {layout.pk: photo()}, by=xiaoman, now=now)
    assert set(refused.value.errors) == {staff.pk}
    assert {key: item.supplied for key, item in seen_by(xiaoman, told, now).items()} == {
        "layout": True,
        "matter.staff_ids": False,
    }
    with pytest.raises(ItemsRefused):
        supply(told.number, {staff.pk: "2"}, {}, by=xiaoman, now=now)
    supply(told.number, {staff.pk: STAFF}, {}, by=xiaoman, now=now)
    assert Procedure.objects.get(case=told, service="food").completeness == "supplied"


def test_a_bad_file_does_not_stop_an_answer(told: Case, xiaoman: Actor, now: datetime) -> None:
    layout, staff = items(told)
    with pytest.raises(ItemsRefused) as refused:
        supply(told.number, {staff.pk: STAFF}, {layout.pk: SimpleUploadedFile("图.png", b"hello")}, by=xiaoman, now=now)
    assert set(refused.value.errors) == {layout.pk}
    assert [key for key, item in seen_by(xiaoman, told, now).items() if item.open] == ["layout"]


def test_a_file_that_is_too_large_is_not_even_read(told: Case, xiaoman: Actor, now: datetime) -> None:
    layout, _ = items(told)
    large = Endless("图.png", b"")
    large.size = LARGEST + 1
    with pytest.raises(ItemsRefused) as refused:
        supply(told.number, {}, {layout.pk: large}, by=xiaoman, now=now)
    assert "MB" in str(refused.value.errors[layout.pk])


def test_an_empty_form_and_somebody_elses(told: Case, xiaoman: Actor, qiushi: Actor, now: datetime) -> None:
    with pytest.raises(NothingGiven):
        supply(told.number, {}, {}, by=xiaoman, now=now)
    with pytest.raises(NotFound):
        supply(told.number, {}, {}, by=qiushi, now=now)
    assert not receipts(told)


def test_the_clerk_looks_at_a_paper(at_window: Case, clerk: Actor, now: datetime) -> None:
    layout, _ = items(at_window)
    assert seen_by(clerk, at_window, now)["layout"].paper is AcceptKind.COPY
    assert seen_by(clerk, at_window, now)["matter.staff_ids"].paper is None
    supply(at_window.number, {}, {}, {layout.pk}, by=clerk, now=now)
    new = EvidenceItem.objects.get(case=at_window, seen_at=now)
    assert (new.evidence, new.kind, new.services, new.seen_by) == ("layout", "copy", ["food"], clerk.account)
    assert new.document is None
    told_of = Entry.objects.filter(case=at_window, kind="item.supplied").get().body
    assert told_of is not None and '"seen":"at the window"' in told_of


def test_a_paper_that_is_scanned_too_is_one_evidence(at_window: Case, clerk: Actor, now: datetime) -> None:
    layout, _ = items(at_window)
    supply(at_window.number, {}, {layout.pk: photo()}, {layout.pk}, by=clerk, now=now)
    new = EvidenceItem.objects.get(case=at_window, seen_at=now)
    assert new.kind == "copy" and new.document is not None


def test_what_nobody_may_say_was_seen(at_window: Case, xiaoman: Actor, clerk: Actor, now: datetime) -> None:
    layout, staff = items(at_window)
    Case.objects.filter(pk=at_window.pk).update(account=xiaoman.account)
    with pytest.raises(NotYourHall):
        supply(at_window.number, {}, {}, {layout.pk}, by=xiaoman, now=now)
    for thing in (staff.pk, uuid4()):  # a fact is no paper
        with pytest.raises(NothingToSupply):
            supply(at_window.number, {}, {}, {thing}, by=clerk, now=now)
    assert not EvidenceItem.objects.filter(case=at_window, seen_at=now).exists()
    assert not CorrectionItem.objects.exclude(supplied_at=None).exists()


def test_each_time_there_is_a_receipt(at_window: Case, clerk: Actor, now: datetime) -> None:
    layout, staff = items(at_window)
    supply(at_window.number, {}, {}, {layout.pk}, by=clerk, now=now)
    supply(at_window.number, {staff.pk: STAFF}, {}, by=clerk, now=now + timedelta(days=1))
    first, last = receipts(at_window)
    assert (first.recipient, first.procedure, first.data["applicant"]) == (at_window.person_id, None, "王小满")
    assert [item["way"] for item in first.data["items"]] == ["窗口收的复印件"]
    assert [line.partition("：")[2] for line in first.data["left"]] == [staff.what]
    assert first.data["due"] == at_window.correction.due.isoformat()
    assert (last.data["left"], last.data["items"][0]["way"]) == ([], "填写")
    assert STAFF not in str(last.data), "a receipt names what came, it does not repeat it"
    assert render_pending(now + timedelta(days=1)) >= 2
    for one, words in ((first, "还差下面"), (last, "已经全部收到")):
        said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(notice_document(one.pk))).pages)
        assert words in said.replace("\n", "") and at_window.number in said.replace("\n", "")


def test_after_the_last_day_nothing_is_open(told: Case, xiaoman: Actor, now: datetime) -> None:
    layout, _ = items(told)
    late = now + timedelta(days=60)
    assert not any(item.open for item in seen_by(xiaoman, told, late).values())
    with pytest.raises(NothingToSupply):
        supplement(told.number, {"matter.staff_ids": STAFF}, {}, by=xiaoman, now=late)
    with pytest.raises(NothingToSupply):
        supply(told.number, {}, {layout.pk: photo()}, by=xiaoman, now=late)


def test_what_has_ended_asks_for_nothing_more(told: Case, xiaoman: Actor, now: datetime) -> None:
    Procedure.objects.filter(case=told, service="food").update(state="withdrawn")
    assert not any(item.open for item in seen_by(xiaoman, told, now).values())


def test_a_clerk_says_who_wants_to_withdraw(at_window: Case, clerk: Actor, now: datetime) -> None:
    for asked, name, refusal in (
        (None, "", WhoAskedMissing),
        (Asked.MANDATARY, " ", NameOfMandataryMissing),
        (Asked.MANDATARY, "张" * 51, TooLong),
        (Asked.HIMSELF, "", NotPresent),
    ):
        with pytest.raises(refusal):
            withdraw(at_window.number, asked, name, by=clerk, now=now)
    assert not Procedure.objects.filter(case=at_window, state="withdrawn").exists()
    check_in(at_window.person_id, clerk.hall, by=clerk, now=now)
    withdraw(at_window.number, Asked.HIMSELF, by=clerk, now=now)
    assert told_last(at_window, clerk, now).endswith("撤回申请（本人到窗口提出）")


@pytest.mark.parametrize(
    ("asked", "name", "words"),
    [(Asked.LETTER, "", "（本人来信提出）"), (Asked.MANDATARY, " 张三 ", "（受托人提出：张三）")],
)
def test_the_history_says_who_asked(
    at_window: Case, clerk: Actor, now: datetime, asked: Asked, name: str, words: str
) -> None:
    withdraw(at_window.number, asked, name, by=clerk, now=now)
    assert told_last(at_window, clerk, now).endswith(f"撤回申请{words}")


def test_an_applicant_is_asked_nothing(told: Case, xiaoman: Actor, now: datetime) -> None:
    withdraw(told.number, by=xiaoman, now=now)
    assert told_last(told, xiaoman, now).endswith("撤回申请")


def told_last(case: Case, by: Actor, now: datetime) -> str:
    return case_view(case.number, by=by, now=now).history[-1].words.zh
