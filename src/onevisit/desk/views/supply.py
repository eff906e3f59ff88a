"""What the applicant does about a case after the submission, at the window: supply what is missing, withdraw."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from onevisit.cases import actions
from onevisit.cases.errors import ItemsRefused, NameOfMandataryMissing, TooLong, WhoAskedMissing
from onevisit.cases.values import Asked, CaseView
from onevisit.core.catalogue import AcceptKind
from onevisit.desk.page import case_of, page
from onevisit.halls.actions import check_in
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.refused import said
from onevisit.ui import supply
from onevisit.ui.forms import Choice, Field


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.CLERK)
def supplement(request: SignedInRequest, number: str) -> HttpResponse:
    """Everything that agencies found missing: typed, scanned or looked at. Whoever comes for it has made a visit."""
    view = case_of(request, number)
    refused: ItemsRefused | None = None
    if request.method == "POST" and view.correction is not None:
        now, given = timezone.now(), supply.sent(request, view.correction.items)
        if request.POST.get("came"):
            check_in(view.person, request.actor.hall, by=request.actor, now=now)
        try:
            actions.supply(number, given.answers, given.files, given.seen, by=request.actor, now=now)
            return redirect("desk-case", number)
        except ItemsRefused as some:
            refused = some
            view = case_of(request, number)
    if view.correction is None or not any(item.open for item in view.correction.items):
        return redirect("desk-case", number)
    errors = refused.errors if refused else {}
    rows = supply.rows(view.correction.items, view.event.facts, request, errors, _looks(view))
    context = {
        "case": view, "rows": rows,
        "errors": supply.summary(rows), "refused": said(refused) if refused else "",
    }  # fmt: skip
    return page(request, "desk/supplement.html", context, status=422 if refused else 200)


def _looks(view: CaseView) -> dict[UUID, str]:
    """What the clerk says of a paper that he may take in place of a scan."""
    words = {AcceptKind.ORIGINAL: gettext("看过原件，当场退还"), AcceptKind.COPY: gettext("收下一份复印件")}
    items = view.correction.items if view.correction else ()
    return {item.id: words[item.paper] for item in items if item.paper in words}


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.CLERK)
def withdrawal(request: SignedInRequest, number: str) -> HttpResponse:
    """Withdraw the application, after asking who wants that and showing what stops."""
    view = case_of(request, number)
    if not view.can_withdraw:
        return redirect("desk-case", number)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _withdraw(request, view)
            return redirect("desk-case", number)
        except WhoAskedMissing as refused:
            errors["asked"] = said(refused)
        except (NameOfMandataryMissing, TooLong) as refused:
            errors["mandatary"] = said(refused)
    context = {"case": view, "fields": _fields(request, errors), "errors": errors}
    return page(request, "desk/withdrawal.html", context, status=422 if errors else 200)


def _withdraw(request: SignedInRequest, view: CaseView) -> None:
    """Who asks at the window has come: that is a visit like any other."""
    now, asked = timezone.now(), request.POST.get("asked", "")
    if asked == Asked.HIMSELF:
        check_in(view.person, request.actor.hall, by=request.actor, now=now)
    who = Asked(asked) if asked in set(Asked) else None
    actions.withdraw(view.number, who, request.POST.get("mandatary", ""), by=request.actor, now=now)


def _fields(request: SignedInRequest, errors: dict[str, str]) -> list[Field]:
    asked = (
        Choice(Asked.HIMSELF, gettext("他本人，今天在窗口"), gettext("核对过身份证；登记他今天到场")),
        Choice(Asked.LETTER, gettext("他寄来的信"), gettext("签了名的撤回申请，不用他跑")),
        Choice(Asked.MANDATARY, gettext("受他委托的人"), gettext("看过委托书和受托人的身份证")),
    )
    fields = [
        Field("asked", gettext("谁要撤回"), options=asked),
        Field("mandatary", gettext("受托人姓名"), hint=gettext("受托人来办才填，照身份证填"), autocomplete="off"),
    ]
    typed = request.POST
    return [replace(one, value=typed.get(one.name, ""), error=errors.get(one.name, "")) for one in fields]
