"""Notices: written as one row, made by the worker, kept as they were sent."""

import io
from datetime import timedelta
from uuid import UUID, uuid4

import orjson
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader

from onevisit.notices import queries, tasks
from onevisit.notices.actions import new_notice_row
from onevisit.notices.errors import NoDocumentYet, NoticeNotFound
from onevisit.notices.models import Notice
from onevisit.notices.rules import TITLES, Kind, notice_number
from onevisit.paper import check
from tests.paper.samples import CASE, ISSUER, SAMPLES

pytestmark = pytest.mark.django_db
INSERT = "INSERT INTO notices_notice SELECT r.* FROM json_populate_recordset(NULL::notices_notice, %s::json) r"
ROW_OWN = ("number", "about", "issuer", "date", "at", "qr")


def row(now, kind="receipt", **others: object) -> dict[str, object]:
    data = {key: value for key, value in SAMPLES[kind].items() if key not in ROW_OWN}
    given: dict[str, object] = {
        "case": uuid4(),
        "procedure": None,
        "number": CASE,
        "agency": "market-regulation",
        "agency_name": ISSUER,
        "recipient": uuid4(),
        "data": data,
        "now": now,
    }
    return new_notice_row(kind, **(given | others))


def write(*made: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [orjson.dumps(made).decode()])


def test_a_row_has_the_tables_columns_in_their_order(now):
    assert list(row(now)) == [field.column for field in Notice._meta.concrete_fields]


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_is_written_made_and_sealed_by_its_issuer(now, kind):
    made = row(now, kind)
    write(made)
    (view,) = queries.of_case(UUID(str(made["case"])))
    assert (view.kind, view.title, view.ready) == (kind, TITLES[kind], False)
    with pytest.raises(NoDocumentYet):
        queries.document(view.id)
    assert tasks.render_pending(now) == 1
    pdf = queries.document(view.id)
    seal = check(pdf, folder=settings.SEAL_FOLDER)
    assert (seal.ok, seal.agency, seal.reason) == (True, ISSUER, f"文书 {view.number}")
    assert queries.notice(view.id).ready
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert view.number in said.replace("\n", "")


def test_numbers_name_what_the_notice_is_about_and_say_that_they_are_for_demonstration():
    assert notice_number(Kind.RECEIPT, CASE) == f"示范{CASE}收"
    assert notice_number(Kind.ACCEPTANCE, f"{CASE}-02") == f"示范{CASE}-02受"
    assert notice_number(Kind.REVOCATION, "示范330521-2026-1") == "示范330521-2026-1撤"
    assert len({notice_number(kind, "1") for kind in Kind}) == len(Kind)


def test_one_correction_notice_per_case_even_for_the_database(now):
    write(row(now, "correction"))
    with pytest.raises(DatabaseError), transaction.atomic():
        write(row(now, "correction"))


def test_an_unknown_kind_and_an_unknown_notice(now):
    with pytest.raises(ValueError, match="poem"):
        new_notice_row(
            "poem",
            case=uuid4(),
            procedure=None,
            number="1",
            agency="a",
            agency_name="b",
            recipient=uuid4(),
            data={},
            now=now,
        )
    with pytest.raises(NoticeNotFound):
        queries.document(uuid4())
    with pytest.raises(NoticeNotFound):
        queries.notice(uuid4())


def test_a_notice_that_cannot_be_made_blocks_nobody(now):
    write(row(now - timedelta(minutes=1), "correction", data={"items": [{"name": "图"}]}), row(now))
    assert tasks.render_pending(now) == 2
    assert Notice.objects.get(document__isnull=False).kind == "receipt"
    assert Notice.objects.get(document__isnull=True).attempts == 1


@pytest.mark.parametrize(
    "change",
    ["UPDATE notices_notice SET data = '{}'", "DELETE FROM notices_notice", "UPDATE notices_notice SET document = 'x'"],
)
def test_the_database_keeps_notices_as_they_were_sent(now, change):
    write(row(now))
    tasks.render_pending(now)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
