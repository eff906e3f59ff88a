"""Somebody at the window: the same questions, the same plan, his papers one by one, one submission."""

import secrets
from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from onevisit.cases import actions, queries
from onevisit.cases.errors import AnswersRefused, NotReady, UploadRefused
from onevisit.cases.values import DraftView
from onevisit.core.planning.model import Truth
from onevisit.core.text import Text
from onevisit.desk.views.today import said
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.ui.forms import Field, field_of

NO_TEXT: Mapping[str, Text] = {}
NO_TYPED: Mapping[str, str] = {}


@require_safe
@roles(Role.CLERK)
def draft(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """All of it on one page, what is next on top."""
    view = _view(request, draft)
    if view.submitted_number:
        return redirect("desk-case", view.submitted_number)
    return _page(request, view)


@require_POST
@roles(Role.CLERK)
def answers(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """Keep what he answered; what cannot be read stays as typed."""
    view = _view(request, draft)
    typed = {field.name: request.POST[field.name] for field in _fields(view) if request.POST.get(field.name)}
    errors: dict[str, Text] = {}
    try:
        actions.answer(draft, dict(typed), by=request.actor, now=timezone.now())
    except AnswersRefused as refused:
        errors.update(refused.errors)
    if not errors:
        return redirect("desk-draft", draft)
    return _page(request, _view(request, draft), typed=typed, errors=errors)


@require_POST
@roles(Role.CLERK)
def confirmation(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """He has heard what registers say of him, and agrees; or he disputes one of them."""
    view, wrong = _view(request, draft), {}
    for one in view.known:
        other = request.POST.get(f"other-{one.spec.key}", "").strip()
        if other:
            wrong[one.spec.key] = other
    errors: dict[str, Text] = {}
    for key, value in wrong.items():
        try:
            actions.dispute(draft, key, value, by=request.actor, now=timezone.now())
        except AnswersRefused as refused:
            errors.update(refused.errors)
    right = tuple(one.spec.key for one in view.known if one.spec.key not in wrong)
    actions.confirm(draft, right, by=request.actor, now=timezone.now())
    if errors:
        return _page(request, _view(request, draft), errors=errors)
    return redirect("desk-draft", draft)


@require_POST
@roles(Role.CLERK)
def papers(request: SignedInRequest, draft: UUID, evidence: str) -> HttpResponse:
    """A paper is seen, or its scan is taken."""
    file = request.FILES.get("file")
    try:
        if file is not None:
            actions.upload(draft, evidence, file.name or "", file.read(), by=request.actor, now=timezone.now())
        else:
            actions.mark_seen(draft, evidence, by=request.actor, now=timezone.now())
    except UploadRefused as refused:
        return _page(request, _view(request, draft), problems=[(f"#{evidence}", said(refused))])
    return redirect("desk-draft", draft)


@require_POST
@roles(Role.CLERK)
def submission(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """Submit for him, after he has declared."""
    if not request.POST.get("declared"):
        sentence = gettext("请先请他看过并作出承诺，再提交。")
        return _page(request, _view(request, draft), problems=[("#declared", sentence)])
    try:
        done = actions.submit(draft, request.POST.get("key", ""), by=request.actor, now=timezone.now())
    except NotReady as refused:
        problems = [("", _in_words(sentence)) for _, sentence in refused.missing]
        return _page(request, _view(request, draft), problems=problems)
    return redirect("desk-case", done.number)


def _view(request: SignedInRequest, draft: UUID) -> DraftView:
    return queries.draft(draft, by=request.actor, now=timezone.now(), token_ok=False)


def _in_words(text: Text) -> str:
    return gettext(text.zh)


def _fields(view: DraftView) -> list[Field]:
    """What is still to be asked: deciding questions first, then the form's."""
    specs = {spec.key: spec for spec in view.event.facts}
    return [field_of(specs[question.fact]) for question in view.plan.questions if question.fact in specs]


def _page(
    request: SignedInRequest, view: DraftView, *, typed: Mapping[str, str] = NO_TYPED,
    errors: Mapping[str, Text] = NO_TEXT, problems: list[tuple[str, str]] | None = None,
) -> HttpResponse:  # fmt: skip
    specs = {spec.key: spec for spec in view.event.facts}
    fields = [
        field_of(specs[field.name], typed=typed.get(field.name), error=errors.get(field.name))
        for field in _fields(view)
    ]
    summary: list[tuple[str, str]] = [*((key, text.zh) for key, text in errors.items()), *(problems or [])]
    context = {
        "view": view, "fields": fields, "errors": summary, "key": secrets.token_urlsafe(18),
        "open_known": [one for one in view.known if one.status == "open"],
        "needed": [(one, one.evidence in view.seen or bool(one.uploads)) for one in view.needed],
        "procedures": [one for one in view.plan.procedures if one.status is not Truth.NO],
        "known": [one for one in view.fields if one.value is not None],
    }  # fmt: skip
    return render(request, "desk/draft.html", context, status=422 if summary else 200)
