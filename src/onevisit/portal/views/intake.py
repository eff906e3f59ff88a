"""From the plan to the submission: what government knows, the one form, uploads, the declaration."""

import secrets
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from onevisit.cases import actions
from onevisit.cases.errors import AnswersRefused, NotReady
from onevisit.cases.upload_errors import UploadRefused
from onevisit.cases.values import DraftView
from onevisit.catalogue.queries import by_snapshot
from onevisit.core.text import Text
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.refused import said
from onevisit.portal import mine
from onevisit.portal.show import form as forms
from onevisit.portal.show import planned
from onevisit.ui.words import say

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])
FILES = 5  # uploads taken from one request


@READ_OR_SEND
@roles(Role.APPLICANT)
def known(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """What registers gave: each fact is confirmed, or disputed with what is right (浙江规定 7)."""
    view = mine.open_draft(request, draft)
    if view.submitted_number:
        return redirect("receipt", view.submitted_number)
    errors: dict[str, Text] = {}
    if request.method == "POST":
        now, right = timezone.now(), []
        for one in view.known:
            other = request.POST.get(f"other-{one.spec.key}", "").strip()
            if not other:
                right.append(one.spec.key)
                continue
            try:
                actions.dispute(draft, one.spec.key, other, by=request.actor, now=now)
            except AnswersRefused as refused:
                errors[f"other-{one.spec.key}"] = refused.errors[one.spec.key]
        actions.confirm(draft, tuple(right), by=request.actor, now=now)
        if not errors:
            return redirect("form", draft)
    elif not view.known and not planned.notices(view.plan, view.event):
        return redirect("form", draft)
    rows = forms.known_rows(view, request.POST if errors else {}, errors)
    context = {"view": view, "rows": rows, "errors": errors, "notices": planned.notices(view.plan, view.event)}
    return render(request, "portal/known.html", context, status=422 if errors else 200)


@READ_OR_SEND
@roles(Role.APPLICANT)
def form(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """The one form for all agencies. What cannot be read stays as typed, with a sentence; the rest is kept."""
    view = mine.open_draft(request, draft)
    if view.submitted_number:
        return redirect("receipt", view.submitted_number)
    errors: dict[str, Text] = {}
    typed: dict[str, str] = {}
    if request.method == "POST":
        typed = {key: request.POST[key] for key in forms.own_keys(view) if key in request.POST}
        try:
            actions.answer(draft, typed, by=request.actor, now=timezone.now())
        except AnswersRefused as refused:
            errors.update(refused.errors)
        view = mine.open_draft(request, draft)
        errors.update(forms.left_empty(view, typed, errors))
        if not errors and not forms.unanswered(view):
            return redirect("known" if "confirm" in view.ready else "uploads", draft)
    deciding = frozenset(domain.key for domain in by_snapshot(view.snapshot).graph.domains)
    groups = forms.groups(view, typed, errors, deciding)
    new = request.method == "POST" and not errors
    context = {"view": view, "groups": groups, "errors": errors, "new": new}
    return render(request, "portal/form.html", context, status=422 if errors else 200)


@READ_OR_SEND
@roles(Role.APPLICANT)
def uploads(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """One set of documents for all agencies: each is given once, whoever asks for it."""
    view = mine.open_draft(request, draft)
    if view.submitted_number:
        return redirect("receipt", view.submitted_number)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        pressed = request.POST.get("evidence", "")  # the button beside one document; none for going on
        errors = _take(request, view, pressed)
        view = mine.open_draft(request, draft)
        if not errors and pressed:
            return redirect(f"{request.path}#{pressed}")
        if not errors and "uploads" not in view.ready:
            return redirect(f"{reverse('check', args=[draft])}#main")  # else the address would keep a row's fragment
        if not pressed:
            told = {anchor for anchor, _ in errors}
            missing = [n for n in forms.to_upload(view) if f"#{n.slot}" not in told]
            errors += [(f"#{n.slot}", gettext("还没传：%(name)s") % {"name": say(n.name)}) for n in missing]
    beside = {anchor[1:]: sentence for anchor, sentence in errors}
    rows = [(need, beside.get(need.slot, "")) for need in view.needed]
    context = {"view": view, "rows": rows, "errors": errors, "left": len(forms.to_upload(view))}
    return render(request, "portal/uploads.html", context, status=422 if errors else 200)


def _take(request: SignedInRequest, view: DraftView, pressed: str) -> list[tuple[str, str]]:
    """Keep all files that were chosen, whichever button was pressed; a sentence for each that cannot be taken."""
    errors = []
    chosen = [(need.slot, file) for need in view.needed for file in request.FILES.getlist(f"file-{need.slot}")[:FILES]]
    if pressed and all(evidence != pressed for evidence, _ in chosen):
        errors.append((f"#{pressed}", gettext("还没有选文件。请先选一个文件，再按“上传”。")))
    for evidence, file in chosen:
        name = file.name or ""
        try:
            content = actions.contents(file)
            actions.upload(view.id, evidence, name, content, by=request.actor, now=timezone.now())
        except UploadRefused as refused:
            errors.append(
                (f"#{evidence}", gettext("%(label)s：%(value)s") % {"label": name[:60], "value": said(refused)})
            )
    return errors


@require_POST
@roles(Role.APPLICANT)
def removal(request: SignedInRequest, draft: UUID, document: UUID) -> HttpResponse:
    """Take a document out again."""
    actions.remove_upload(document, by=request.actor, now=timezone.now())
    return redirect("uploads", draft)


@READ_OR_SEND
@roles(Role.APPLICANT)
def check(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """Everything once more, the declaration, and the one submission; a repeat lands on the receipt."""
    if request.method == "POST":
        return _submit(request, draft)  # which reads the draft itself, once, under its lock
    view = mine.open_draft(request, draft)
    if view.submitted_number:
        return redirect("receipt", view.submitted_number)
    undeclared = "undeclared" in request.GET
    context = {
        "view": view,
        "errors": [("#declared", gettext("请先勾选“我承诺”，再提交。"))] if undeclared else [],
        "missing": forms.missing_rows(view.missing),
        "groups": forms.summary(view),
        "head": planned.head(view.plan),
        "key": secrets.token_urlsafe(18),
    }
    return render(request, "portal/check.html", context)


def _submit(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """Submit and go on to the receipt; otherwise back to the page by address, so that the back button never repeats."""
    if not request.POST.get("declared"):
        return redirect(f"{request.path}?undeclared#errors")  # else #main stays
    try:
        done = actions.submit(draft, request.POST.get("key", ""), by=request.actor, now=timezone.now())
    except NotReady:
        return redirect("check", draft)
    return redirect("receipt", done.number)
