"""After submission: what is missing is supplied, an application withdrawn, a case rated, a document seen by who may."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from onevisit.cases.actions.accept import accept
from onevisit.cases.actions.grant import grant
from onevisit.cases.actions.rate import rate
from onevisit.cases.actions.report_missing import report_missing
from onevisit.cases.actions.submit import submit
from onevisit.cases.actions.supplement import MOST_WAITING, supplement, upload_missing
from onevisit.cases.actions.upload import upload
from onevisit.cases.actions.withdraw import withdraw
from onevisit.cases.errors import (
    AnswersRefused,
    BadGrade,
    NotFound,
    NothingToSupply,
    NotYetToRate,
    OnlyApplicants,
    TooLateToWithdraw,
)
from onevisit.cases.models import (
    Case,
    CorrectionItem,
    CorrectionNotice,
    Document,
    Entry,
    EvidenceItem,
    Procedure,
    Rating,
)
from onevisit.cases.queries.documents import document
from onevisit.cases.rules.uploads import PER_EVIDENCE
from onevisit.cases.upload_errors import EmptyUpload, TooManyUploads
from onevisit.cases.values import MissingInput
from onevisit.exchange.actions import BREAKERS
from onevisit.people.actor import Actor, Role
from onevisit.people.models import Account, Look
from tests.fixtures.files import pdf, picture
from tests.fixtures.people import actor

pytestmark = pytest.mark.django_db
AGENCIES = {"business": "market", "food": "market", "sign": "city", "tobacco": "tobacco"}


@pytest.fixture(autouse=True)
def closed_breakers() -> None:
    BREAKERS.clear()


@pytest.fixture
def case(xiaoman: Actor, ready: Callable[[Actor], UUID], now: datetime) -> Case:
    return Case.objects.get(pk=submit(ready(xiaoman), "key-1", by=xiaoman, now=now).case)


@pytest.fixture
def officer(accounts: dict[str, Account]) -> Callable[[str], Actor]:
    return lambda agency: replace(actor(accounts["officer"]), role=Role.OFFICER, agency=agency)


def of(case: Case, service: str) -> UUID:
    return Procedure.objects.get(case=case, service=service).pk


@pytest.fixture
def told(case: Case, officer: Callable[[str], Actor], now: datetime) -> Case:
    return told_of(case, officer, now)


def told_of(case: Case, officer: Callable[[str], Actor], now: datetime) -> Case:
    """The case, now that its one correction notice asks for another layout and another staff list."""
    report_missing(
        of(case, "food"),
        [MissingInput("layout", "", "看不清，请重传"), MissingInput("", "matter.staff_ids", "少一个人")],
        by=officer("market"),
        now=now,
    )
    accept(of(case, "business"), by=officer("market"), now=now)
    accept(of(case, "tobacco"), by=officer("tobacco"), now=now)
    assert CorrectionNotice.objects.filter(pk=case.pk).exists()
    return case


def items(case: Case) -> tuple[CorrectionItem, CorrectionItem]:
    rows = CorrectionItem.objects.filter(procedure__case=case)
    return rows.get(evidence="layout"), rows.get(fact="matter.staff_ids")


def test_all_supplied_goes_back_to_the_agency(told: Case, xiaoman: Actor, now: datetime) -> None:
    layout, _ = items(told)
    file = upload_missing(told.number, layout.pk, "新图.png", picture("PNG"), by=xiaoman, now=now)
    later = now + timedelta(days=1)
    supplement(told.number, {"matter.staff_ids": "330521199311059963"}, {layout.pk: file}, by=xiaoman, now=later)
    procedure = Procedure.objects.get(pk=of(told, "food"))
    assert (procedure.state, procedure.completeness) == ("received", "supplied")
    told.refresh_from_db()
    assert told.facts["matter.staff_ids"] == "330521199311059963"
    assert CorrectionNotice.objects.get(pk=told.pk).supplied_at == later
    new = EvidenceItem.objects.get(case=told, document=file)
    assert (new.evidence, new.services) == ("layout", ["food"])
    kinds = list(Entry.objects.filter(case=told).order_by("seq").values_list("kind", flat=True))
    assert kinds[-3:] == ["item.supplied", "item.supplied", "procedure.supplied"]
    with pytest.raises(NothingToSupply):
        supplement(told.number, {}, {layout.pk: file}, by=xiaoman, now=later)
    with pytest.raises(NothingToSupply):
        upload_missing(told.number, layout.pk, "a.pdf", pdf(), by=xiaoman, now=later)


def test_a_part_is_kept_until_the_rest_comes(told: Case, xiaoman: Actor, now: datetime) -> None:
    layout, staff = items(told)
    supplement(told.number, {"matter.staff_ids": "330521199311059963"}, {}, by=xiaoman, now=now)
    staff.refresh_from_db()
    layout.refresh_from_db()
    assert (staff.supplied_at, layout.supplied_at) == (now, None)
    assert Procedure.objects.get(pk=of(told, "food")).completeness == "missing"


def test_what_is_wrong_is_not_handed_in(told: Case, xiaoman: Actor, qiushi: Actor, now: datetime) -> None:
    layout, staff = items(told)
    for answers in ({"matter.staff_ids": "1"}, {"matter.staff_ids": ""}, {"matter.area": "3"}):
        with pytest.raises(AnswersRefused):
            supplement(told.number, answers, {}, by=xiaoman, now=now)
    for documents in ({layout.pk: uuid4()}, {uuid4(): uuid4()}, {}):
        with pytest.raises(NothingToSupply):
            supplement(told.number, {}, documents, by=xiaoman, now=now)
    with pytest.raises(EmptyUpload):
        upload_missing(told.number, layout.pk, "a.pdf", b"", by=xiaoman, now=now)
    with pytest.raises(NotFound):
        upload_missing(told.number, layout.pk, "a.pdf", pdf(), by=qiushi, now=now)
    with pytest.raises(NotFound):
        upload_missing(told.number, uuid4(), "a.pdf", pdf(), by=xiaoman, now=now)
    staff.refresh_from_db()
    assert staff.supplied_at is None


def test_an_item_of_another_case_is_none_of_this(
    told: Case, xiaoman: Actor, ready: Callable[[Actor], UUID], now: datetime
) -> None:
    other = Case.objects.get(pk=submit(ready(xiaoman), "key-2", by=xiaoman, now=now).case)
    with pytest.raises(NotFound):
        upload_missing(other.number, items(told)[0].pk, "a.pdf", pdf(), by=xiaoman, now=now)


def test_as_many_files_as_were_submitted_leave_room_for_what_is_missing(
    xiaoman: Actor, ready: Callable[[Actor], UUID], officer: Callable[[str], Actor], now: datetime
) -> None:
    draft = ready(xiaoman)
    for pages in range(2, PER_EVIDENCE + 1):
        upload(draft, "layout", "图.pdf", pdf(pages=pages), by=xiaoman, now=now)
    with pytest.raises(TooManyUploads):
        upload(draft, "layout", "图.pdf", pdf(pages=9), by=xiaoman, now=now)
    case = told_of(Case.objects.get(pk=submit(draft, "key-1", by=xiaoman, now=now).case), officer, now)
    layout, _ = items(case)
    later = now + timedelta(days=1)
    for pages in range(20, 22 + MOST_WAITING):  # each time an answer beside it was wrong, and another file is tried
        file = upload_missing(case.number, layout.pk, "新图.pdf", pdf(pages=pages), by=xiaoman, now=later)
    assert Document.objects.filter(case=case.pk).count() == PER_EVIDENCE + MOST_WAITING
    supplement(case.number, {}, {layout.pk: file}, by=xiaoman, now=later)
    assert EvidenceItem.objects.filter(case=case, evidence="layout").count() == PER_EVIDENCE + 1


def test_nothing_to_supply_before_the_notice(case: Case, xiaoman: Actor, now: datetime) -> None:
    with pytest.raises(NothingToSupply):
        supplement(case.number, {"matter.staff_ids": "330521199311059963"}, {}, by=xiaoman, now=now)


def test_withdrawn_as_a_whole_before_the_decision(case: Case, xiaoman: Actor, qiushi: Actor, now: datetime) -> None:
    with pytest.raises(NotFound) as hidden:
        withdraw(case.number, by=qiushi, now=now)
    assert (hidden.value.case, hidden.value.subject) == (case.pk, case.person_id), "so that the look can be logged"
    withdraw(case.number, by=xiaoman, now=now)
    assert set(Procedure.objects.filter(case=case).values_list("state", flat=True)) == {"withdrawn"}
    assert Entry.objects.filter(case=case, kind="procedure.withdrawn").count() == 4
    with pytest.raises(TooLateToWithdraw):
        withdraw(case.number, by=xiaoman, now=now)


def test_what_is_decided_stays(case: Case, xiaoman: Actor, officer: Callable[[str], Actor], now: datetime) -> None:
    accept(of(case, "business"), by=officer("market"), now=now)
    grant(of(case, "business"), "key", by=officer("market"), now=now)
    withdraw(case.number, by=xiaoman, now=now)
    states = dict(Procedure.objects.filter(case=case).values_list("service", "state"))
    assert states.pop("business") == "granted"
    assert set(states.values()) == {"withdrawn"}


def test_rated_once_in_five_grades_after_something_was_decided(
    case: Case, xiaoman: Actor, clerk: Actor, officer: Callable[[str], Actor], now: datetime
) -> None:
    with pytest.raises(NotYetToRate):
        rate(case.number, 1, "", by=xiaoman, now=now)
    accept(of(case, "business"), by=officer("market"), now=now)
    grant(of(case, "business"), "key", by=officer("market"), now=now)
    for grade, words in ((0, ""), (6, ""), (1, "x" * 501)):
        with pytest.raises(BadGrade):
            rate(case.number, grade, words, by=xiaoman, now=now)
    with pytest.raises(OnlyApplicants):
        rate(case.number, 1, "", by=clerk, now=now)
    rate(case.number, 2, " 很快 ", by=xiaoman, now=now)
    assert (Rating.objects.get().grade, Rating.objects.get().words) == (2, "很快")
    with pytest.raises(NotYetToRate):
        rate(case.number, 1, "", by=xiaoman, now=now)


def test_a_document_is_shown_to_its_owner_and_to_the_agency_that_needs_it(
    case: Case, xiaoman: Actor, qiushi: Actor, clerk: Actor, officer: Callable[[str], Actor], now: datetime
) -> None:
    layout = EvidenceItem.objects.get(case=case, evidence="layout").document_id
    assert layout is not None
    view, content = document(layout, by=xiaoman, now=now)
    assert (view.media, content[:5]) == ("application/pdf", b"%PDF-")
    assert not Look.objects.exists()
    assert document(layout, by=officer("market"), now=now)[1] == content
    look = Look.objects.get()
    assert (look.subject, look.case, look.agency, look.purpose) == (xiaoman.person, case.pk, "market", "审查申请材料")
    for other in (qiushi, clerk, officer("city"), None):
        with pytest.raises(NotFound):
            document(layout, by=other, now=now, token_ok=True)
