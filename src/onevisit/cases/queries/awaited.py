"""Items that can still be supplied: the one query of all who take them in or show them."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from onevisit.cases.models import CorrectionItem
from onevisit.core.law.procedure import Check, State


def awaited_items(case: UUID, today: date) -> QuerySet[CorrectionItem]:
    """What the case's one notice asks for, and what it was accepted without; nothing of what has ended, or too late."""
    notice = "procedure__case__correction"
    told = Q(
        due=None,
        procedure__completeness=Check.MISSING,
        procedure__state__in=[State.RECEIVED, State.WAITING],
        **{f"{notice}__supplied_at": None, f"{notice}__due__gte": today},
    )
    later = Q(due__gte=today, procedure__completeness=Check.PROVISIONAL, procedure__state=State.ACCEPTED)
    rows = CorrectionItem.objects.filter(told | later, procedure__case=case, supplied_at=None)
    return rows.select_related("procedure").order_by("pk")
