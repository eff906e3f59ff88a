"""The row of a new notice, for the one statement of the act that it tells of."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from onevisit.notices.rules import Kind, notice_number
from onevisit.notices.values import NoticeData
from onevisit.people.ids import new_id


def new_notice_row(
    kind: str,
    *,
    case: UUID,
    procedure: UUID | None,
    number: str,
    agency: str,
    agency_name: str,
    recipient: UUID,
    data: NoticeData | Mapping[str, object],
    now: datetime,
    paper_at: str = "",
) -> dict[str, object]:
    """A row of `notices_notice` by column, for `json_populate_record(NULL::notices_notice, …)`.

    `number` is that of the case, procedure or licence that the notice is about; the notice's own derives from it.
    `data` is what values.py says for the kind. `paper_at`: the hall that prints and posts it.
    Makes no round trip. Raises ValueError for an unknown kind.
    """
    return {
        "id": new_id(),
        "kind": Kind(kind).value,
        "number": notice_number(Kind(kind), number),
        "about": number,
        "case": case,
        "procedure": procedure,
        "agency": agency,
        "agency_name": agency_name,
        "recipient": recipient,
        "data": dict(data),
        "created_at": now,
        "document": None,
        "document_sha256": None,
        "attempts": 0,
        "next_try_at": now,
        "paper_at": paper_at,
        "posted_at": None,
        "posted_by": None,
    }
