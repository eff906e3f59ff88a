"""One document with its bytes, for those who may see it."""

from datetime import datetime
from uuid import UUID

from onevisit.cases.errors import NotFound
from onevisit.cases.models import Document, EvidenceItem, Procedure
from onevisit.cases.queries.drafts import upload_view
from onevisit.cases.queries.loading import held_of
from onevisit.cases.rules.intake import may_touch
from onevisit.cases.values import UploadView
from onevisit.core.text import gettext_noop as _
from onevisit.people.actions import record_look
from onevisit.people.actor import Actor, Role


def document(document_id: UUID, *, by: Actor | None, now: datetime, token_ok: bool = False) -> tuple[UploadView, bytes]:
    """The document for its owner, a clerk of the hall that keeps its draft, or an officer whose procedure needs it.

    `token_ok`: this visitor's session made the draft (before sign-in). Staff's looks are recorded. Raises NotFound.
    """
    row = Document.objects.select_related("blob", "draft").filter(pk=document_id).first()
    if row is None or not _may_see(row, by, token_ok):
        raise NotFound("document", subject=row.draft.person_id if row else None, case=row.case if row else None)
    if by is not None and by.is_staff:
        purpose = _("审查申请材料") if by.role is Role.OFFICER else _("窗口代为申请")
        record_look(by=by, subject=row.draft.person_id, case=row.case, what=row.name, purpose=purpose, now=now)
    return upload_view(row), bytes(row.blob.content)


def _may_see(row: Document, by: Actor | None, token_ok: bool) -> bool:
    if row.draft.account is None:
        return token_ok
    if by is None:
        return False
    if by.role is Role.OFFICER:
        return row.case is not None and _examines(row, by.agency)
    return may_touch(held_of(row.draft), by)


def _examines(row: Document, agency: str) -> bool:
    """Whether a procedure of the agency is among the services for which this document was given."""
    services = set(Procedure.objects.filter(case=row.case, agency=agency).values_list("service", flat=True))
    items = EvidenceItem.objects.filter(case=row.case, document=row.pk).values_list("services", flat=True)
    return any(services & set(asked) for asked in items)
