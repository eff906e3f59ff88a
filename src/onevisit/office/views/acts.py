"""What an officer does with a procedure: each act a resource that is posted to. Typed words are never lost."""

import secrets
from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from onevisit.cases import actions, queries
from onevisit.cases.errors import CompetentMissing, GroundMissing, ReasonsMissing, TooLong
from onevisit.cases.party_errors import DeathDayWrong, ProofOfDeathMissing, WhoDiedMissing
from onevisit.cases.values import WorkView
from onevisit.core.errors import Refusal
from onevisit.core.law.procedure import State
from onevisit.office.page import page
from onevisit.office.views.work import show
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.refused import said
from onevisit.ui.templatetags.ui import moment
from onevisit.ui.words import say

FIELDS: dict[type[Refusal], str] = {  # what is wrong with which field of the form
    ReasonsMissing: "reasons", TooLong: "reasons", GroundMissing: "ground", CompetentMissing: "competent",
}  # fmt: skip
OF_DEATH: dict[type[Refusal], str] = {
    WhoDiedMissing: "party", DeathDayWrong: "died_on", ProofOfDeathMissing: "proof",
}  # fmt: skip
READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
@roles(Role.OFFICER)
def acceptance(request: SignedInRequest, procedure: UUID) -> HttpResponse:
    """Accept: the papers are complete."""
    return attempt(
        request,
        procedure,
        lambda: actions.accept(procedure, by=request.actor, now=timezone.now()),
        done=State.ACCEPTED,
    )


@require_POST
@roles(Role.OFFICER)
def grant(request: SignedInRequest, procedure: UUID) -> HttpResponse:
    """Grant: the licence is issued. The same key again is the same act."""
    key = request.POST.get("key", "")
    return attempt(request, procedure, lambda: actions.grant(procedure, key, by=request.actor, now=timezone.now()))


@READ_OR_SEND
@roles(Role.OFFICER)
def non_acceptance(request: SignedInRequest, procedure: UUID) -> HttpResponse:
    """Do not accept, with the ground and reasons; if another body is competent, with its name."""
    reasons, ground = request.POST.get("reasons", ""), request.POST.get("ground", "")
    competent = request.POST.get("competent", "")
    return _with_reasons(
        request, procedure, "not_accept",
        lambda: actions.not_accept(
            procedure, reasons, ground=ground, competent=competent, by=request.actor, now=timezone.now()
        ),
        kept=f"{reasons}\n{competent}".strip(),
    )  # fmt: skip


@READ_OR_SEND
@roles(Role.OFFICER)
def refusal(request: SignedInRequest, procedure: UUID) -> HttpResponse:
    """Refuse, with reasons; the remedies are shown as they will be printed."""
    reasons, key = request.POST.get("reasons", ""), request.POST.get("key", "")
    return _with_reasons(
        request, procedure, "refuse",
        lambda: actions.refuse(
            procedure, reasons, _article(request, procedure), key, by=request.actor, now=timezone.now()
        ),
        kept=reasons,
    )  # fmt: skip


@READ_OR_SEND
@roles(Role.OFFICER)
def end(request: SignedInRequest, procedure: UUID) -> HttpResponse:
    """End it because one of those who apply together has died: who, when, and how that was found."""
    typed = {name: request.POST.get(name, "") for name in ("party", "died_on", "proof")}
    kept = f"{typed['died_on']} {typed['proof']}".strip()
    problems = dict[str, str]()
    if request.method == "POST":
        try:
            return attempt(
                request, procedure,
                lambda: actions.end(procedure, **typed, by=request.actor, now=timezone.now()), kept=kept,
            )  # fmt: skip
        except tuple(OF_DEATH) as refused:
            problems = {OF_DEATH[type(refused)]: said(refused)}
    work = queries.work(procedure, by=request.actor, now=timezone.now())
    if "end" not in work.can:
        return not_now(request, work, kept=kept)
    context = {
        "work": work, "typed": typed, "error": problems,
        "known": [one for one in work.mortals if one.died_on],
        "errors": [(f"#{field}", problem) for field, problem in problems.items()],
    }  # fmt: skip
    return page(request, "office/end.html", context, status=422 if problems else 200)


def _article(request: SignedInRequest, procedure: UUID) -> str:
    """The article that was chosen, if it is one of those on which a refusal can rest."""
    wanted = request.POST.get("article", "")
    if not wanted:
        return ""
    return wanted if wanted in dict(queries.work(procedure, by=request.actor, now=timezone.now()).grounds) else ""


def _with_reasons(
    request: SignedInRequest, procedure: UUID, act: str, perform: Callable[[], object], *, kept: str
) -> HttpResponse:
    """The form of an act that needs reasons: shown, shown again with what is wrong, or done."""
    reasons, problems = request.POST.get("reasons", ""), dict[str, str]()
    if request.method == "POST":
        try:
            return attempt(request, procedure, perform, kept=kept)
        except tuple(FIELDS) as refused:
            problems = {FIELDS[type(refused)]: said(refused)}
    work = queries.work(procedure, by=request.actor, now=timezone.now())
    if act not in work.can:
        return not_now(request, work, kept=kept)
    refusing = act == "refuse"
    context = {
        "work": work, "reasons": reasons, "error": problems,
        "errors": [(f"#{field}", problem) for field, problem in problems.items()],
        "ground": request.POST.get("ground", ""), "competent": request.POST.get("competent", ""),
        "refusing": refusing, "words": say(work.refusal) if refusing else gettext("不予受理"),
        "article": request.POST.get("article", ""), "key": request.POST.get("key") or secrets.token_urlsafe(18),
    }  # fmt: skip
    return page(request, "office/refusal.html", context, status=422 if problems else 200)


def attempt(
    request: SignedInRequest,
    procedure: UUID,
    perform: Callable[[], object],
    *,
    kept: str = "",
    done: State | None = None,
) -> HttpResponse:
    """Do an act. If it cannot be done now, the procedure's page says why and what next, and shows what was typed.

    `done`: where the act leads; who has led it there himself, as by a double click, is not told that he failed.
    """
    try:
        perform()
    except Refusal as refused:
        if refused.status != HTTPStatus.CONFLICT:
            raise
        work = queries.work(procedure, by=request.actor, now=timezone.now())
        if done and work.procedure.state is done and work.procedure.holder == request.actor.account:
            return redirect("work", procedure)
        sentence = said(refused)
        if work.procedure.holder_name not in sentence:
            sentence = first(request, work) + sentence
        return show(request, work, error=sentence, kept=kept, status=HTTPStatus.CONFLICT)
    return redirect("work", procedure)


def not_now(request: SignedInRequest, work: WorkView, *, kept: str = "") -> HttpResponse:
    """The procedure's page instead of a form whose act is not lawful (any more): who was first, and where it is."""
    state = say(work.procedure.state_words)
    sentence = first(request, work) or gettext("这一步现在不能做，办件现在的状态是“%(state)s”。") % {"state": state}
    if work.cannot_why:
        sentence += say(work.cannot_why)
    return show(request, work, error=sentence, kept=kept, status=HTTPStatus.CONFLICT)


def first(request: SignedInRequest, work: WorkView) -> str:
    """Who did something with the procedure before, when, and what came of it; "" if nobody else did."""
    of = work.procedure
    when = of.decided_at or of.accepted_at
    if not of.holder_name or of.holder == request.actor.account or when is None:
        return ""
    return gettext("%(name)s已于%(when)s先办了，办件现在的状态是“%(state)s”。") % {
        "name": of.holder_name, "when": moment(when), "state": say(of.state_words),
    }  # fmt: skip
