"""Home, the guide of a life event."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onevisit.cases import queries
from onevisit.catalogue.queries import current, events, record_of
from onevisit.people.access import Request
from onevisit.people.actor import Role
from onevisit.portal.show import guide as guides
from onevisit.portal.show.words import days_words

SHOWN = 3  # cases and drafts on the home page


@require_safe
def home(request: Request) -> HttpResponse:
    """Life events as tiles, those that fit what was typed, and what one has running."""
    query = request.GET.get("q", "").strip()[:80]
    found = events(settings.REGION)
    context: dict[str, object] = {"query": query, "tiles": [guides.tile(p) for p in found if guides.matches(p, query)]}
    if query and not context["tiles"]:
        context["others"] = [guides.tile(p) for p in found]
    actor = request.actor
    if actor and actor.role is Role.APPLICANT and not query:
        context["cases"] = queries.cases_of(actor, limit=SHOWN).rows
        context["drafts"] = queries.drafts_of(actor, limit=SHOWN)
    return render(request, "portal/home.html", context)


@require_safe
def guide(request: Request, slug: str) -> HttpResponse:
    """At most how many visits and why, days, fees, what to have at hand; online and for walk-ins."""
    published = current(slug, settings.REGION)
    figures = published.guide
    record = record_of(published.snapshot, timezone.localdate())
    context = {
        "event": published.event,
        "guide": figures,
        "days": days_words(figures.promised_days),
        "statutory": days_words(figures.statutory_days),
        "fees": guides.fees(figures),
        "hand": guides.at_hand(published),
        "witness": guides.witness(published),
        "services": guides.services(published),
        "places": published.event.places,
        "version": record.row,
        "at_once": not record.commented,
        "entry": record.entry,
    }
    return render(request, "portal/guide.html", context)
