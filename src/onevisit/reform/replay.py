"""Replays in the reform office: what a change would mean for past cases, or for synthetic applicants."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onevisit.catalogue.queries import events
from onevisit.core.errors import Refusal
from onevisit.core.text import Text
from onevisit.insight import actions, queries
from onevisit.insight.errors import CountWrong, FirstDayWrong, LastDayWrong, NoCases, SourceMissing, TooManyCases
from onevisit.insight.replaying.changes import Change
from onevisit.insight.values import ReplayView
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.ids import id_in
from onevisit.people.refused import said
from onevisit.reform.replayed import Shown, shown
from onevisit.reform.workbench import has_levers
from onevisit.ui.forms import Choice, Field
from onevisit.ui.words import in_source

SECONDS = 3  # after which the page of a run that goes on comes anew
FIELDS: dict[type[Refusal], str] = {
    SourceMissing: "source", CountWrong: "count", FirstDayWrong: "first_day", LastDayWrong: "last_day",
    NoCases: "last_day", TooManyCases: "last_day",
}  # fmt: skip
NAMES = ("source", "count", "first_day", "last_day")
STATES = {
    "waiting": Text("等着算", "waits"),
    "running": Text("正在算", "being computed"),
    "done": Text("算好了", "done"),
    "failed": Text("没有算成", "failed"),
    "stopped": Text("停掉了", "stopped"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A run on the list."""

    view: ReplayView
    state: Text


@require_safe
@roles(Role.REFORM)
def replays(request: SignedInRequest) -> HttpResponse:
    """The latest runs, and where the next one begins: at an event's levers."""
    views = queries.replays(settings.REGION, timezone.now(), by=request.actor)
    levered = [one for one in events(settings.REGION) if has_levers(Path(settings.CONTENT), one.event.key)]
    context = {"rows": [Row(one, STATES[one.state]) for one in views], "events": levered}
    return render(request, "reform/replays.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.REFORM)
def begin(request: SignedInRequest, slug: str) -> HttpResponse:
    """Whose plans are made with the levers that the address names; asked for, it leads to the run's page."""
    change = _change(request, slug)
    found = queries.change_of(change)
    typed = {name: request.POST.get(name, "") for name in NAMES}
    problem, sentence, status = "", "", 200
    if request.method == "POST":
        try:
            return redirect("replay", actions.start_replay(change, typed, by=request.actor, now=timezone.now()))
        except Refusal as refused:
            if refused.status in (403, 404):
                raise
            problem, sentence, status = FIELDS.get(type(refused), ""), said(refused), refused.status
    else:
        typed = {"source": "synthetic" if change.unreformed else "", "count": "1000", **_this_year()}
    context = {
        "event": found.sides.before,
        "unreformed": change.unreformed,
        "draft": change.draft,
        "levers": found.levers,
        "fields": _fields(typed, {problem: sentence}, change),
        "errors": [(problem, sentence)] if sentence else [],
        "back": request.GET.urlencode(),
        "slug": slug,
    }
    return render(request, "reform/replay_begin.html", context, status=status)


def _change(request: SignedInRequest, slug: str) -> Change:
    """What the address changes: a draft of the event, or levers."""
    draft = id_in(request.GET.get("draft", ""))
    if draft is not None:
        return Change(slug, draft=draft)
    return Change(slug, request.GET.get("of") != "now", tuple(sorted(set(request.GET.getlist("pull")))))


def _this_year() -> dict[str, str]:
    today = timezone.localdate()
    return {"first_day": f"{today.year}-01-01", "last_day": str(today)}


def _fields(typed: dict[str, str], error: dict[str, str], change: Change) -> list[Field]:
    synthetic = Choice(
        "synthetic", gettext("合成的申请人"), gettext("按目录的条件随机抽，不是真人，也说不出县里有多少这样的人")
    )
    past = Choice(
        "past", gettext("过去的办件"), gettext("用真人的回答重新算方案；看汇总和几个不带姓名的例子，会记进查看记录")
    )
    return [
        Field(
            "source", gettext("拿谁来试"), value=typed["source"], error=error.get("source", ""),
            options=(synthetic,) if change.unreformed else (past, synthetic),
        ),
        Field(
            "count", gettext("多少个合成的申请人"), value=typed["count"], error=error.get("count", ""),
            hint=gettext("最多 10,000。只用合成的申请人时要写。"), inputmode="numeric", autocomplete="off",
        ),
        *(() if change.unreformed else (
            Field(
                "first_day", gettext("过去的办件：从哪天提交的起"), value=typed["first_day"],
                error=error.get("first_day", ""), hint=gettext("例如 2026-01-01"), autocomplete="off",
            ),
            Field(
                "last_day", gettext("过去的办件：到哪天提交的为止"), value=typed["last_day"],
                error=error.get("last_day", ""), hint=gettext("例如 2026-06-30"), autocomplete="off",
            ),
        )),
    ]  # fmt: skip


@require_safe
@roles(Role.REFORM)
def replay(request: SignedInRequest, replay: UUID) -> HttpResponse:
    """One run: how far it is, and once it is done what came out. While it goes on the page comes anew by itself."""
    lang = "zh" if in_source() else "en"
    view = queries.replay(replay, settings.REGION, timezone.now(), by=request.actor, lang=lang)
    found: Shown | None = shown(view.result) if view.result else None
    context = {"view": view, "state": STATES[view.state], "found": found, "seconds": SECONDS}
    answer = render(request, "reform/replay.html", context)
    if view.state in ("waiting", "running"):
        answer["Refresh"] = str(SECONDS)
    return answer


@require_POST
@roles(Role.REFORM)
def stop(request: SignedInRequest, replay: UUID) -> HttpResponse:
    """End one's own run."""
    actions.stop_replay(replay, by=request.actor, now=timezone.now())
    return redirect("replay", replay)
