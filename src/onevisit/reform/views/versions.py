"""Versions of life events on their way through the gate: the list, a draft handed in, and one version's page."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from onevisit.catalogue import actions, queries
from onevisit.catalogue.errors import BadDraft
from onevisit.catalogue.examining.remark import Severity
from onevisit.catalogue.queries import VersionView
from onevisit.catalogue.values import Finding
from onevisit.core.comparing.differences import differences
from onevisit.core.text import Text
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.ids import id_in
from onevisit.reform.show.forms import Sent, comment_fields, forms
from onevisit.reform.show.record import record

LARGEST = 5 * 1024 * 1024  # bytes of a document


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.REFORM)
def versions(request: SignedInRequest) -> HttpResponse:
    """All versions with where they stand and what is next; a document that is sent becomes a draft."""
    problems: tuple[str, ...] = ()
    missing = False
    if request.method == "POST":
        file = request.FILES.get("document")
        missing = file is None or not file.size or file.size > LARGEST
        try:
            if file is not None and not missing:
                made = actions.hand_in(file.read(), settings.REGION, by=request.actor, now=timezone.now())
                return redirect("version", made)
        except BadDraft as refused:
            problems = refused.problems
    rows = queries.versions(settings.REGION, timezone.localdate())
    error = gettext("请选一份版本文档（JSON，最大 5 MB）。") if missing else ""
    context = {"rows": rows, "problems": problems, "error": error}
    return render(request, "reform/versions.html", context, status=422 if problems or missing else 200)


@require_safe
@roles(Role.REFORM)
def version(request: SignedInRequest, version: UUID) -> HttpResponse:
    """One version: figures, proof, findings, comments, what may be done now, and what has changed."""
    return show(request, version)


def show(
    request: SignedInRequest, version: UUID, sent: Sent | None = None, error: str = "", status: int = 200
) -> HttpResponse:
    """The page; after a form that cannot be done as it was sent, with all that was typed."""
    today = timezone.localdate()
    view = queries.version(version, today, settings.REGION)
    other = id_in(request.GET.get("with", ""))
    base = queries.version(other, today, settings.REGION).life_event if other else view.base
    context = {
        "view": view,
        "findings": _findings(view),
        "faulty": any(one.severity is Severity.ERROR for one in view.findings or ()),
        "forms": forms(view, today, sent),
        "list": _chosen(view, sent),
        "declared": bool(sent and sent.typed.get("declared")),
        "problems": sent.problems if sent else {},
        "error": error,
        "comments": comment_fields(view, sent),
        "record": record(view.acts),
        "differences": None if base is None else differences(base, view.life_event),
        "other": other,
    }
    return render(request, "reform/version.html", context, status=status)


def _findings(view: VersionView) -> list[tuple[Finding, Text | None]]:
    """What the examination found, each with the agency that has to mend it."""
    names = {agency.key: agency.name for agency in view.life_event.agencies}
    return [(one, names.get(one.agency)) for one in view.findings or ()]


def _chosen(view: VersionView, sent: Sent | None) -> str:
    """Which public list's form is open."""
    if sent and sent.typed.get("list"):
        return sent.typed["list"]
    return view.entry.list if view.entry else ""
