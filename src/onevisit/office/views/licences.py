"""Licences that the own agency has issued: the list, the document, and revocation by the law of each."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from onevisit.cases import actions
from onevisit.cases import queries as cases
from onevisit.cases.errors import NotRevocable, ReasonsMissing, TooLong
from onevisit.core.text import gettext_noop as _
from onevisit.licences import queries
from onevisit.licences.errors import AlreadyRevoked, LicenceNotFound, NoSuchGround
from onevisit.licences.values import LicenceView
from onevisit.office.page import page
from onevisit.office.views.acts import READ_OR_SEND
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actions import record_look
from onevisit.people.actor import Role
from onevisit.people.queries import masked_name
from onevisit.people.refused import said
from onevisit.ui.files import pdf

MOST = 20  # rows of the list


@require_safe
@roles(Role.OFFICER)
def licences(request: SignedInRequest) -> HttpResponse:
    """The newest licences of the own agency, or those whose number begins as typed."""
    q = request.GET.get("q", "").strip()
    found = queries.of_agency(request.actor.agency, q=q, limit=MOST)
    rows = [(one, one.holder_name if one.holder_organisation else masked_name(one.holder_name)) for one in found]
    return page(request, "office/licences.html", {"rows": rows, "q": q, "most": MOST, "full": len(found) == MOST})


@require_safe
@roles(Role.OFFICER)
def licence_pdf(request: SignedInRequest, licence: UUID) -> HttpResponse:
    """The sealed document; the look is recorded."""
    view = _own(request, licence)
    return pdf(queries.document(licence), f"{gettext(view.title)}-{view.number}.pdf")


@READ_OR_SEND
@roles(Role.OFFICER)
def revocation(request: SignedInRequest, licence: UUID) -> HttpResponse:
    """Revoke a licence: one of the grounds of its law, and what was found."""
    view = _own(request, licence)
    found = cases.revocable(view.procedure)
    if found.law is None and view.revocation is None:
        raise NotRevocable()
    ground, reasons = request.POST.get("ground", ""), request.POST.get("reasons", "")
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            actions.revoke(licence, ground, reasons, by=request.actor, now=timezone.now())
            return redirect("work-revocation", licence)
        except NoSuchGround as refused:
            errors["ground"] = said(refused)
        except (ReasonsMissing, TooLong) as refused:
            errors["reasons"] = said(refused)
        except AlreadyRevoked as refused:
            errors["done"] = said(refused)
            view = queries.licence(licence)
    context = {
        "licence": view, "law": found.law, "review": found.review, "ground": ground, "reasons": reasons,
        "error": errors,
        "summary": [("" if name == "done" else f"#{name}", words) for name, words in errors.items()],
    }  # fmt: skip
    return page(request, "office/revocation.html", context, status=_status(errors))


def _status(errors: dict[str, str]) -> int:
    return 409 if "done" in errors else 422 if errors else 200


def _own(request: SignedInRequest, licence: UUID) -> LicenceView:
    """A licence of the own agency; the look is recorded. Raises LicenceNotFound, which is logged, for another's."""
    view = queries.licence(licence)
    if view.agency != request.actor.agency:
        raise LicenceNotFound("licence", case=view.case, subject=view.holder_person)
    record_look(
        by=request.actor, subject=view.holder_person, case=view.case, what=view.number, purpose=_("证照管理"),
        now=timezone.now(),
    )  # fmt: skip
    return view
