"""What the hall's windows took in a day: to count the drawer against, and to hand in."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onevisit.desk.page import page
from onevisit.payments import queries
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role


@require_safe
@roles(Role.CLERK)
def takings(request: SignedInRequest) -> HttpResponse:
    """One day of this hall: by cash and card, by payee, and every movement with its slip."""
    today = timezone.localdate()
    day, unread = _day(request.GET.get("day", ""), today)
    context = {
        "found": queries.takings(request.actor.hall, day),
        "today": today,
        "before": day - timedelta(days=1),
        "unread": unread,
    }
    return page(request, "desk/takings.html", context, status=422 if unread else 200)


def _day(typed: str, today: date) -> tuple[date, str]:
    """The day that was asked for, today without one; and what was typed when it is no day that has been."""
    try:
        day = date.fromisoformat(typed) if typed else today
    except ValueError:
        return today, typed
    return (day, "") if date(2020, 1, 1) <= day <= today else (today, typed)
