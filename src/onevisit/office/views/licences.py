"""Licences that the own agency has issued, and their revocation by 行政许可法 69."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onevisit.cases import actions
from onevisit.cases.errors import NotFound, ReasonsMissing, TooLong
from onevisit.licences import queries
from onevisit.licences.errors import NoSuchGround
from onevisit.office.views.acts import said
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role


@require_safe
@roles(Role.OFFICER)
def licences(request: SignedInRequest) -> HttpResponse:
    """The newest licences of the own agency, or those whose number or holder is looked for."""
    q = request.GET.get("q", "").strip()
    rows = queries.of_agency(request.actor.agency, q=q)
    return render(request, "office/licences.html", {"licences": rows, "q": q})


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.OFFICER)
def revocation(request: SignedInRequest, licence: UUID) -> HttpResponse:
    """Revoke a licence: one of the grounds of article 69, and what happened."""
    view = queries.licence(licence)
    if view.agency != request.actor.agency:
        raise NotFound("licence", case=view.case, subject=view.holder_person)
    errors: list[tuple[str, str]] = []
    ground, reasons = request.POST.get("ground", ""), request.POST.get("reasons", "")
    if request.method == "POST":
        try:
            actions.revoke(licence, ground, reasons, by=request.actor, now=timezone.now())
            return redirect("work", view.procedure)
        except NoSuchGround as refused:
            errors = [("#ground", said(refused))]
        except (ReasonsMissing, TooLong) as refused:
            errors = [("#reasons", said(refused))]
    context = {
        "licence": view, "grounds": queries.grounds(), "errors": errors, "ground": ground, "reasons": reasons,
    }  # fmt: skip
    return render(request, "office/revocation.html", context, status=422 if errors else 200)
