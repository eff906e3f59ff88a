"""The examination's findings as a work list: whose each is, until when, and what was decided about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onevisit.catalogue.examining.remark import Severity
from onevisit.core.errors import Refusal
from onevisit.core.text import Text
from onevisit.insight import actions, queries
from onevisit.insight.errors import (
    DayUnreadable,
    DueMissing,
    DuePast,
    OwnerMissing,
    ReasonMissing,
    StateMissing,
    TooLong,
)
from onevisit.insight.states import State
from onevisit.insight.values import FindingView
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.refused import said
from onevisit.ui.bars import Bar
from onevisit.ui.forms import Choice, Field
from onevisit.ui.words import say

GONE = Text("已经没有了", "found no more")
TODO = ("open", "working")  # what is shown until something else is chosen
FIELDS: dict[type[Refusal], str] = {
    StateMissing: "state", OwnerMissing: "owner", DayUnreadable: "due", DueMissing: "due", DuePast: "due",
    ReasonMissing: "reason", TooLong: "reason",
}  # fmt: skip
NAMES = ("state", "owner", "due", "reason", "seen")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for; "" is all of it (of the states: what is still to be done)."""

    owner: str = ""
    severity: str = ""
    state: str = ""

    def fits(self, one: FindingView) -> bool:
        """Whether the finding is asked for."""
        state = one.where in TODO if not self.state else self.state in (one.where, "all")
        return state and self.owner in ("", one.owner) and self.severity in ("", one.severity.value)

    def address(self, **other: str) -> str:
        """The address with one thing chosen otherwise."""
        wanted = {"owner": self.owner, "severity": self.severity, "state": self.state} | other
        return f"?{urlencode({key: value for key, value in wanted.items() if value})}"


@require_safe
@roles(Role.REFORM)
def findings(request: SignedInRequest) -> HttpResponse:
    """The work list, with how much there is of what; every filter is a link."""
    chosen = Chosen(*(request.GET.get(name, "") for name in ("owner", "severity", "state")))
    every = queries.findings(settings.REGION, timezone.localdate())
    context = {
        "examined": queries.examined(settings.REGION),
        "rows": [one for one in every if chosen.fits(one)],
        "all": len(every),
        "states": _states(every, chosen),
        "severities": _bars(every, chosen, "severity", [(one.value, one.words) for one in Severity]),
        "owners": _bars(every, chosen, "owner", _owners(every)),
        "filtered": bool(chosen.owner or chosen.severity),
        "unfiltered": Chosen(state=chosen.state).address(),
    }
    return render(request, "reform/findings.html", context)


@require_POST
@roles(Role.REFORM)
def examination(request: SignedInRequest) -> HttpResponse:
    """Examine the catalogue in force once more."""
    actions.examine(settings.REGION, by=request.actor, now=timezone.now())
    return redirect("findings")


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.REFORM)
def finding(request: SignedInRequest, finding: UUID) -> HttpResponse:
    """One finding with its record; what is decided about it is typed here, and stays when something is wrong."""
    problem, sentence, status = "", "", 200
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in NAMES}
        try:
            actions.decide(finding, typed, by=request.actor, now=timezone.now())
            return redirect("finding", finding)
        except Refusal as refused:
            if refused.status in (403, 404):
                raise
            problem, sentence, status = FIELDS.get(type(refused), ""), said(refused), refused.status
    view = queries.finding(finding, settings.REGION, timezone.localdate())
    shown = typed if request.method == "POST" else {}
    context = {
        "view": view,
        "fields": _fields(view, shown, problem, sentence),
        "errors": [(problem, sentence)] if sentence else [],
        "kept": "\n".join(shown[name] for name in ("due", "reason") if shown[name]) if shown else "",
        "record": queries.record(finding, settings.REGION),
    }
    return render(request, "reform/finding.html", context, status=status)


def _fields(view: FindingView, typed: dict[str, str], problem: str, sentence: str) -> list[Field]:
    """The form's fields, as they are or as they were typed."""
    known = {"state": view.state.value, "owner": view.owner, "due": str(view.due or ""), "reason": view.reason} | typed
    states = tuple(Choice(one.value, say(one.words)) for one in State)
    owners = tuple(Choice(one.key, say(one.name)) for one in queries.owners(view.event, settings.REGION))
    error = {problem: sentence}
    return [
        Field("state", gettext("怎么处理"), value=known["state"], options=states, error=error.get("state", "")),
        Field(
            "owner", gettext("归谁管"), value=known["owner"], options=owners, error=error.get("owner", ""),
            hint=gettext("先按规则分：事项的归它的部门，整件事的归改革办。可以改。"),
        ),
        Field(
            "due", gettext("最迟哪天改好"), value=known["due"], error=error.get("due", ""), autocomplete="off",
            hint=gettext("例如 2026-12-08。正在改的必须写。"),
        ),
        Field(
            "reason", gettext("说明"), value=known["reason"], error=error.get("reason", ""), lines=4,
            hint=gettext("改好了，写怎么改的；不改，写为什么。这两种必须写。"),
        ),
    ]  # fmt: skip


def _states(every: Sequence[FindingView], chosen: Chosen) -> list[tuple[str, int, str, bool]]:
    """Links to each state: words, how many, address, whether it is shown."""
    words = [("", gettext("要处理的")), *((one.value, say(one.words)) for one in State), ("gone", say(GONE))]
    found = []
    for key, word in [*words, ("all", gettext("全部"))]:
        asked = Chosen(state=key)
        found.append((word, sum(map(asked.fits, every)), chosen.address(state=key), key == chosen.state))
    return found


def _owners(every: Sequence[FindingView]) -> list[tuple[str, Text]]:
    return list({one.owner: (one.owner, one.owner_name) for one in every}.values())


def _bars(every: Sequence[FindingView], chosen: Chosen, name: str, values: Sequence[tuple[str, Text]]) -> list[Bar]:
    """How many findings there are of each value, as the other filters leave them; the most first for owners."""
    value: Callable[[FindingView], str] = (
        (lambda one: one.owner) if name == "owner" else (lambda one: one.severity.value)
    )
    rest = Chosen(**{"owner": chosen.owner, "severity": chosen.severity, "state": chosen.state, name: ""})
    left = [value(one) for one in every if rest.fits(one)]
    current = chosen.owner if name == "owner" else chosen.severity
    rows = []
    for key, words in values:
        here = key == current
        rows.append(Bar(say(words), (left.count(key),), chosen.address(**{name: "" if here else key}), here))
    if name == "severity":
        return rows
    return sorted((one for one in rows if one.counts[0] or one.here), key=lambda one: -one.counts[0])
