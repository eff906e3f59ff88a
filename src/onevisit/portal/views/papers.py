"""Licences and notices of one's own, documents, and the public page that says whether a licence is valid."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onevisit.cases import queries as cases
from onevisit.licences import queries as licences
from onevisit.licences.values import LicenceView
from onevisit.notices import queries as notices
from onevisit.notices.errors import NoticeNotFound
from onevisit.notices.values import NoticeView
from onevisit.people.access import Request, SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.refused import said
from onevisit.portal.often import WITHIN, CheckedTooOften, count
from onevisit.portal.show.letters import letter
from onevisit.ui.files import as_file, pdf

LARGEST = 20 * 1024 * 1024  # bytes of a file to be verified


@require_safe
@roles(Role.APPLICANT)
def my_licences(request: SignedInRequest) -> HttpResponse:
    """Everything that has been issued to me or my organisation."""
    actor = request.actor
    assert actor.person is not None
    found = licences.of_person(actor.person, actor.organisation, before=request.GET.get("before", ""))
    return render(request, "portal/licences.html", {"licences": found})


@require_safe
@roles(Role.APPLICANT)
def licence(request: SignedInRequest, licence_id: UUID) -> HttpResponse:
    """One of my licences."""
    return render(request, "portal/licence.html", {"licence": _mine(request, licence_id)})


@require_safe
@roles(Role.APPLICANT)
def licence_pdf(request: SignedInRequest, licence_id: UUID) -> HttpResponse:
    """Its sealed document."""
    view = _mine(request, licence_id)
    return pdf(licences.document(view.id), f"{gettext(view.title)}-{view.number}.pdf")


def _mine(request: SignedInRequest, licence_id: UUID) -> LicenceView:
    """One of his own; raises LicenceNotFound, which is logged, for another's."""
    assert request.actor.person is not None
    return licences.licence_of(request.actor.person, request.actor.organisation, licence_id)


@require_safe
@roles(Role.APPLICANT)
def notice(request: SignedInRequest, notice_id: UUID) -> HttpResponse:
    """What a notice says, as a page in the reader's language; the sealed document binds."""
    view = _sent_to_me(request, notice_id)
    said = letter(notices.contents(notice_id))
    context = {"notice": view, "said": said, "letter": f"portal/letters/{view.kind}.html"}
    return render(request, "portal/letter.html", context)


def _sent_to_me(request: SignedInRequest, notice_id: UUID) -> NoticeView:
    """Raises NoticeNotFound, which is logged, for another's."""
    view = notices.notice(notice_id)
    if view.recipient != request.actor.person:
        raise NoticeNotFound("notice", subject=view.recipient, case=view.case)
    return view


@require_safe
@roles(Role.APPLICANT)
def notice_pdf(request: SignedInRequest, notice_id: UUID) -> HttpResponse:
    """A notice that was sent to me."""
    view = _sent_to_me(request, notice_id)
    return pdf(notices.document(notice_id), f"{gettext(view.title)}-{view.number}.pdf")


@require_safe
def document(request: Request, document_id: UUID) -> HttpResponse:
    """A document that was uploaded, to those who may see it; shown, never run."""
    view, content = cases.document(document_id, by=request.actor, now=timezone.now())
    return as_file(content, view.media, view.name)


@never_cache
@require_safe
def verify(request: Request, token: str) -> HttpResponse:
    """What the QR code's address says to anybody: valid, revoked, expired, or unknown."""
    found = licences.public(token)
    status = 404 if found.status == "unknown" else 200
    return render(request, "portal/verify.html", {"licence": found, "now": timezone.now()}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request: Request) -> HttpResponse:
    """Check a licence by its file: every altered byte is found. Nobody has to sign in, nothing is kept."""
    context: dict[str, object] = {"now": timezone.now()}
    status = 200
    if request.method == "POST":
        try:
            context |= _verified(request)
            status = 422 if "error" in context else 200
        except CheckedTooOften as refused:
            context["error"], status = said(refused), refused.status
    if "error" in context:
        context["error_list"] = [("#file", str(context["error"]))]
    response = render(request, "portal/verify_file.html", context, status=status)
    if status == CheckedTooOften.status:
        response["Retry-After"] = str(WITHIN)
    return response


def _verified(request: Request) -> dict[str, object]:
    """What the page says of the file that was sent. Raises CheckedTooOften."""
    file = request.FILES.get("file")
    if file is None or not file.size:
        return {"error": gettext("还没有选文件。请选一份电子证照的 PDF。")}
    if file.size > LARGEST:
        return {"error": gettext("文件超过 20 MB，不会是电子证照。请选证照的 PDF。")}
    count(request)
    verdict = licences.verify_file(file.read())
    return {"verdict": verdict, "reasons": [gettext(reason) for reason in verdict.reasons], "name": file.name}
