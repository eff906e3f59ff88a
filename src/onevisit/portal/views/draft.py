"""From the first question to the plan: begin, ask, change answers, show the plan, take or leave offers."""

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onevisit.cases import actions
from onevisit.cases.errors import AnswersRefused, NotFound
from onevisit.cases.values import DraftView
from onevisit.catalogue.queries import by_snapshot, calendar, current
from onevisit.core.parties import all_specs
from onevisit.core.text import Text
from onevisit.core.wording import value_words
from onevisit.people.access import Request, SignedInRequest, ask_to_sign_in, roles
from onevisit.people.actor import Role
from onevisit.portal import mine
from onevisit.portal.show import planned
from onevisit.portal.show.drawing import drawing_of
from onevisit.portal.show.questions import asked
from onevisit.ui.forms import field_of
from onevisit.ui.words import say


@require_POST
def start(request: Request) -> HttpResponse:
    """A new draft of the life event named in the form; the first question comes next."""
    published = current(request.POST.get("event", ""), settings.REGION)
    draft = actions.start_draft(published.event.key, settings.REGION, by=request.actor, now=timezone.now())
    mine.remember(request, draft)
    return redirect("questions", draft)


@require_safe
def resume(request: Request, draft: UUID) -> HttpResponse:
    """Where the draft goes on: its case, the next question, or the plan."""
    view = mine.open_draft(request, draft)
    if view.submitted_number:
        return redirect("receipt", view.submitted_number)
    return redirect("questions" if "questions" in view.ready else "plan", draft)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: Request, draft: UUID) -> HttpResponse:
    """One question a page; `?fact=` shows an answered one again."""
    try:
        view = mine.open_draft(request, draft)
    except NotFound:
        if request.method == "POST" and request.actor is None:  # as after a session has ended: the answer is carried
            return ask_to_sign_in(request)
        raise
    if view.submitted_number:
        return redirect("receipt", view.submitted_number)
    error, typed, wanted = None, None, request.GET.get("fact", "")
    if request.method == "POST":
        wanted = request.POST.get("fact", "")
        typed = request.POST.get(wanted, "")
        try:
            actions.answer(draft, {wanted: typed}, by=request.actor, now=timezone.now())
            if typed.strip():
                return redirect("questions", draft)
        except AnswersRefused as refused:
            error = next(iter(refused.errors.values()))
    question = asked(view, by_snapshot(view.snapshot).graph, wanted)
    if question is None:
        return redirect("plan", draft)
    if request.method == "POST" and error is None:
        error = Text("请先回答这一题，再往下走。", "Answer this question first.")
    field = field_of(question.spec, view.facts.get(question.spec.key), typed=typed, error=error)
    field = replace(field, label=say(question.spec.question))
    errors = {question.spec.key: error} if error else {}
    context = {"view": view, "question": question, "field": field, "errors": errors, "known": _already(view)}
    return render(request, "portal/question.html", context, status=422 if error else 200)


@never_cache
@require_safe
def plan(request: Request, draft: UUID) -> HttpResponse:
    """The plan, drawn, with who gives what, money, days, reasons, offers and what it assumes."""
    view = mine.open_draft(request, draft)
    if view.submitted_number:
        return redirect("receipt", view.submitted_number)
    event, made, today = view.event, view.plan, timezone.localdate()
    graph = by_snapshot(view.snapshot).graph
    context = {
        "view": view,
        "plan": made,
        "head": planned.head(made),
        "answers": _answers(view),
        "drawing": drawing_of(made, event, start=today, calendar=calendar()),
        "elsewhere": planned.elsewhere(made, event),
        "papers": planned.papers(made, event),
        "reasons": planned.reasons(made, event),
        "fees": planned.fees_total(made.fees),
        "payees": planned.fees_by_payee(made.fees),
        "when": planned.when(made, start=today, calendar=calendar()),
        "offers": planned.offers(made, event),
        "taken": planned.taken(event, sorted(graph.commitments), view.facts),
        "critical": planned.critical_words(made),
        "notices": planned.notices(made, event),
        "assumptions": planned.assumed(made),
        "open": sum(question.deciding for question in made.questions),
    }
    return render(request, "portal/plan.html", context)


@require_POST
def offer(request: Request, draft: UUID) -> HttpResponse:
    """Take a commitment that the plan offers, or take it back; the plan is made anew."""
    view = mine.open_draft(request, draft)
    fact = request.POST.get("fact", "")
    if fact in by_snapshot(view.snapshot).graph.commitments:
        actions.answer(draft, {fact: request.POST.get("value", "")}, by=request.actor, now=timezone.now())
    return redirect("plan", draft)


@require_POST
@roles(Role.APPLICANT)
def registers(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """Ask the registers again that did not answer."""
    mine.open_draft(request, draft)
    actions.adopt_draft(draft, by=request.actor, now=timezone.now())
    return redirect("plan", draft)


def _already(view: DraftView) -> list[tuple[object, object, object]]:
    """What registers have given so far, without what names or numbers a person in full."""
    return [
        (one.spec.label, one.shown, one.holder)
        for one in view.known
        if one.status != "disputed" and not one.spec.personal
    ]


def _answers(view: DraftView) -> list[tuple[str, object, object]]:
    """Answers that the plan rests on: fact, label, value in words."""
    graph = by_snapshot(view.snapshot).graph
    wanted = {domain.key for domain in graph.domains} - graph.commitments
    return [
        (spec.key, spec.label, say(value_words(spec, view.facts[spec.key])))
        for spec in all_specs(view.event).values()
        if spec.key in wanted and spec.key in view.facts
    ]
