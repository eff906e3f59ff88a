"""Today's desk: somebody comes, is identified and checked in, and his thing is begun."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from onevisit.cases import actions, queries
from onevisit.cases.errors import NameNotOnRegister, NotFound, RegisterSilent
from onevisit.catalogue.queries import events
from onevisit.core.codes import BadCode, check_phone, check_ric
from onevisit.desk.cards import CardUnreadable, parse
from onevisit.desk.page import page
from onevisit.halls.actions import check_in
from onevisit.halls.queries import came_on
from onevisit.notices import queries as notices
from onevisit.notices.values import NoticeView
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actions import record_refused_look, register_walk_in
from onevisit.people.actor import Role
from onevisit.people.errors import NameMissing, OtherName
from onevisit.people.queries import masked_name, people
from onevisit.people.refused import said
from onevisit.ui.forms import Choice, Field
from onevisit.ui.words import say


@require_safe
@roles(Role.CLERK)
def today(request: SignedInRequest) -> HttpResponse:
    """Somebody new, what is half done, what this hall has taken in."""
    return _page(request, {}, {})


@require_POST
@roles(Role.CLERK)
def arrivals(request: SignedInRequest) -> HttpResponse:
    """Identify somebody who came and check him in; then begin what he wants, or show what he has here."""
    now, by = timezone.now(), request.actor
    try:
        typed = _typed(request)
    except CardUnreadable as refused:
        return _page(request, {}, {"#reader": said(refused)})
    errors = _problems(typed)
    if errors:
        return _page(request, typed, errors)
    try:
        if _affirmed(request, typed):
            event = typed["event"] or events(settings.REGION)[0].event.key
            actions.correct_name(typed["id_number"], typed["name"], event, settings.REGION, by=by, now=now)
        person = register_walk_in(typed["name"], typed["id_number"], typed["phone"], by=by, now=now)
    except (OtherName, RegisterSilent) as refused:
        return _page(request, typed, {"name": said(refused)}, card=_card(typed))
    except NameNotOnRegister as refused:
        return _page(request, typed, {"name": said(refused)})
    check_in(person, by.hall, by=by, now=now)
    if not typed["event"]:
        return redirect("desk-person", person)
    draft = actions.start_draft(
        typed["event"], settings.REGION, by=by, now=now, walk_in=True, hall=by.hall, person=person
    )
    return redirect("desk-draft", draft)


def _typed(request: SignedInRequest) -> dict[str, str]:
    """What was typed, or what a reader read. Raises CardUnreadable."""
    typed = {name: request.POST.get(name, "").strip() for name in ("id_number", "name", "phone", "event")}
    if "reader" in request.POST:
        card = parse(request.POST["reader"])
        typed |= {"id_number": card.id_number, "name": card.name}
    return typed


def _card(typed: Mapping[str, str]) -> str:
    """The number and name that the clerk says he read on the card: his word holds for no other."""
    return f"{typed['id_number']} {typed['name']}"


def _affirmed(request: SignedInRequest, typed: Mapping[str, str]) -> bool:
    return request.POST.get("card") == _card(typed)


def _problems(typed: Mapping[str, str]) -> dict[str, str]:
    """Everything that is wrong, at once."""
    missing = gettext("请填身份证号码，照身份证填，18 位。")
    found = {"id_number": _wrong(check_ric, typed["id_number"]) if typed["id_number"] else missing}
    found["name"] = "" if typed["name"] else said(NameMissing())
    found["phone"] = _wrong(check_phone, typed["phone"]) if typed["phone"] else ""
    known = {"", *(one.event.key for one in events(settings.REGION))}
    found["event"] = "" if typed["event"] in known else gettext("请选要办的事。")
    return {name: sentence for name, sentence in found.items() if sentence}


def _wrong(check: Callable[[str], None], number: str) -> str:
    """The sentence of a number that cannot be right."""
    try:
        check(number)
    except BadCode as refused:
        return said(refused)
    return ""


@require_safe
@roles(Role.CLERK)
def find(request: SignedInRequest) -> HttpResponse:
    """To the case of a number, as on a receipt."""
    typed = request.GET.get("number", "").strip()
    if not typed:
        return redirect("desk")
    try:
        return redirect("desk-case", queries.reach(typed.upper(), by=request.actor))
    except NotFound as refused:
        now = timezone.now()
        record_refused_look(by=request.actor, what=refused.what, subject=refused.subject, case=refused.case, now=now)
    error = gettext("这个大厅没有收过这个办件号的件。请照回执再对一遍；在别的大厅交的，请他到那里办。")
    return _page(request, {"number": typed}, {"#number": error})


def _page(
    request: SignedInRequest, typed: Mapping[str, str], errors: Mapping[str, str], *, card: str = ""
) -> HttpResponse:
    """`card`: the number and name to be affirmed where another name is on file; "" for none."""
    fields = _fields(typed, {name: words for name, words in errors.items() if not name.startswith("#")})
    affirmed = "name" in typed and _affirmed(request, typed)
    context = {
        "fields": fields, "errors": errors, "drafts": queries.drafts_of(request.actor),
        "cases": queries.cases_of(request.actor, before=request.GET.get("before", "")),
        "waiting": queries.waiting(by=request.actor, now=timezone.now()), "came": _came(request),
        "to_post": _to_post(request),
        "card": _card(typed) if affirmed else card, "affirmed": affirmed,
        "name": typed.get("name", ""), "number": typed.get("number", ""),
        "reader_error": errors.get("#reader", ""),
    }  # fmt: skip
    return page(request, "desk/today.html", context, status=422 if errors else 200)


def _came(request: SignedInRequest) -> list[tuple[UUID, str, datetime]]:
    """Who was here today, by masked name."""
    came = came_on(request.actor.hall, timezone.localdate())
    known = people(person for person, _ in came)
    return [(person, masked_name(known[person].name), at) for person, at in came if person in known]


def _to_post(request: SignedInRequest) -> list[tuple[NoticeView, str]]:
    """Letters for people without telephone, each with the masked name of whom it goes to."""
    letters = notices.to_post(request.actor.hall)
    known = people(one.recipient for one in letters) if letters else {}
    return [(one, masked_name(known[one.recipient].name)) for one in letters if one.recipient in known]


def _fields(typed: Mapping[str, str], errors: Mapping[str, str]) -> list[Field]:
    """Who he is and what he wants; with one life event there is nothing to choose."""
    choices = tuple(Choice(one.event.key, say(one.event.name)) for one in events(settings.REGION))
    only = choices[0].value if len(choices) == 1 else ""
    fields = [
        Field("id_number", gettext("身份证号码"), hint=gettext("照身份证填，18 位"), autocomplete="off"),
        Field("name", gettext("姓名"), autocomplete="off"),
        Field(
            "phone",
            gettext("手机号码"),
            hint=gettext("还不知道就先空着。他没有电话的也空着，下一页点“没有电话”，通知全部给纸质的"),
            type="tel",
            inputmode="tel",
            autocomplete="off",
        ),
        Field("event", gettext("办什么事"), value=only, options=choices),
    ]
    return [replace(one, value=typed.get(one.name, one.value), error=errors.get(one.name, "")) for one in fields]
