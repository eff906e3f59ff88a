"""Letters that the hall prints for people who have no telephone."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from onevisit.core.text import gettext_noop as _
from onevisit.notices import queries as notices
from onevisit.notices.actions import make_now
from onevisit.notices.errors import NoticeNotFound
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actions import record_look
from onevisit.people.actor import Role
from onevisit.ui.files import pdf


@require_safe
@roles(Role.CLERK)
def letter(request: SignedInRequest, notice: UUID) -> HttpResponse:
    """One letter of the hall's print list; the look is recorded."""
    now, view = timezone.now(), notices.notice(notice)
    if not request.actor.hall or view.paper_at != request.actor.hall:
        raise NoticeNotFound("notice", subject=view.recipient, case=view.case)
    record_look(
        by=request.actor, subject=view.recipient, case=view.case, what=view.title, purpose=_("打印文书"), now=now
    )
    return pdf(make_now(notice, now=now), f"{gettext(view.title)}-{view.number}.pdf")
