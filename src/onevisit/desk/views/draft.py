"""Somebody at the window: the same questions, the same plan, his papers one by one, one submission."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from onevisit.cases import actions, queries
from onevisit.cases.errors import AnswersRefused, KeyMissing, NotCheckedIn, NotReady
from onevisit.cases.upload_errors import UploadRefused
from onevisit.cases.values import DraftView
from onevisit.cases.window_values import Intake
from onevisit.core.text import Text
from onevisit.desk.page import page
from onevisit.desk.sheet import OTHER, Typed, askable, only_papers, sheet
from onevisit.halls.actions import check_in
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.queries import find_person
from onevisit.people.refused import said
from onevisit.ui.files import as_file
from onevisit.ui.words import say


@require_safe
@roles(Role.CLERK)
def draft(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """All of it on one page, in the order of work."""
    view = _view(request, draft)
    if view.submitted_number:
        return redirect("desk-case", view.submitted_number)
    return _page(request, view, Typed())


@require_POST
@roles(Role.CLERK)
def answers(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """Keep what he answered; what cannot be read stays as typed. An answer that is emptied is taken back."""
    view = _view(request, draft)
    typed = {
        key: request.POST[key] for key in askable(view)
        if key in request.POST and (request.POST[key].strip() or key in view.answered)
    }  # fmt: skip
    try:
        actions.answer(draft, dict(typed), by=request.actor, now=timezone.now())
    except AnswersRefused as refused:
        return _page(request, _view(request, draft), Typed(typed, refused.errors))
    return redirect("desk-draft", draft)


@require_POST
@roles(Role.CLERK)
def confirmation(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """He has heard what registers say of him and agrees; or he disputes one of them, and his own word counts."""
    view = _view(request, draft)
    heard = [one.spec.key for one in view.known if one.status == "open"]
    said_otherwise = {key: request.POST.get(OTHER + key, "").strip() for key in heard}
    wrong = {key: value for key, value in said_otherwise.items() if value}
    errors: dict[str, Text] = {}
    for key, value in wrong.items():
        try:
            actions.dispute(draft, key, value, by=request.actor, now=timezone.now())
        except AnswersRefused as refused:
            errors.update(refused.errors)
    right = tuple(key for key in heard if key not in wrong)
    actions.confirm(draft, right, by=request.actor, now=timezone.now())
    if errors:
        return _page(request, _view(request, draft), Typed(others=wrong, other_errors=errors))
    return redirect("desk-draft", draft)


@require_POST
@roles(Role.CLERK)
def papers(request: SignedInRequest, draft: UUID, evidence: str) -> HttpResponse:
    """A paper was seen or its copy taken, which may be taken back, or its scan is uploaded."""
    file = request.FILES.get("file")
    try:
        if file is not None:
            content = actions.contents(file)
            actions.upload(draft, evidence, file.name or "", content, by=request.actor, now=timezone.now())
        elif "scan" in request.POST:
            problem = gettext("还没有选扫描件。请先选文件，再点“传扫描件”。")
            return _page(request, _view(request, draft), Typed(problems=((f"#paper-{evidence}", problem),)))
        elif "unseen" in request.POST:
            actions.unmark_seen(draft, evidence, by=request.actor, now=timezone.now())
        else:
            actions.mark_seen(draft, evidence, by=request.actor, now=timezone.now())
    except UploadRefused as refused:
        return _page(request, _view(request, draft), Typed(problems=((f"#paper-{evidence}", said(refused)),)))
    if "unseen" in request.POST:
        return _back(draft, f"paper-{evidence}")
    return redirect("desk-draft", draft)


@require_POST
@roles(Role.CLERK)
def removal(request: SignedInRequest, draft: UUID, document: UUID) -> HttpResponse:
    """A wrong scan is taken out."""
    actions.remove_upload(document, by=request.actor, now=timezone.now())
    return _back(draft, "papers")


@require_safe
@roles(Role.CLERK)
def document(request: SignedInRequest, document: UUID) -> HttpResponse:
    """A scan, shown, never run; the look is recorded."""
    view, content = queries.document(document, by=request.actor, now=timezone.now())
    return as_file(content, view.media, view.name)


@require_POST
@roles(Role.CLERK)
def arrival(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """He has come again, on another day than that on which the draft was begun."""
    view = _view(request, draft)
    person = find_person(view.id_number)
    if person is not None:
        check_in(person.id, request.actor.hall, by=request.actor, now=timezone.now())
    return redirect("desk-draft", draft)


@require_POST
@roles(Role.CLERK)
def submission(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """Submit for him, after he has declared. Sent twice, it is one submission."""
    view, key = _view(request, draft), request.POST.get("key", "")
    if view.submitted_number:
        return redirect("desk-case", view.submitted_number)
    problems: tuple[tuple[str, str], ...]
    if not request.POST.get("declared"):
        problems = (("#declared", gettext("请先请他看过并作出承诺，再提交。")),)
        return _page(request, view, Typed(problems=problems))
    try:
        intake = Intake(accepts="accept" in request.POST)
        done = actions.submit(draft, key, by=request.actor, now=timezone.now(), intake=intake)
    except NotReady as refused:
        problems = tuple(("", say(sentence)) for _, sentence in refused.missing)
    except NotCheckedIn as refused:
        return _page(request, view, Typed(problems=(("#arrive", said(refused)),), absent=True))
    except KeyMissing as refused:
        problems = (("", said(refused)),)
    else:
        return redirect("desk-case", done.number)
    return _page(request, view, Typed(problems=problems))


def _view(request: SignedInRequest, draft: UUID) -> DraftView:
    return queries.draft(draft, by=request.actor, now=timezone.now())


def _back(draft: UUID, place: str) -> HttpResponseRedirect:
    """To the page, where the clerk was."""
    return HttpResponseRedirect(f"{reverse('desk-draft', args=[draft])}#{place}")


def _page(request: SignedInRequest, view: DraftView, typed: Typed) -> HttpResponse:
    shown = sheet(view, typed)
    return page(
        request,
        "desk/draft.html",
        {"view": view, "sheet": shown, "tellable": only_papers(view), "declared": "declared" in request.POST},
        status=422 if shown.errors else 200,
    )
