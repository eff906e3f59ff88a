"""The page of the lever workbench. The address holds which levers are pulled, so that it can be kept and sent on."""

import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from onevisit.core.levers.model import Lever
from onevisit.core.reforming.cheapest import NOTHING, cost_of
from onevisit.core.text import Text
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.reform.means import means
from onevisit.reform.sources import source_words
from onevisit.reform.workbench import Bench, bench_of
from onevisit.ui.words import say

TARGET = 1
SECONDS = 20.0  # for the cheapest levers; then the best that was found


@dataclass(frozen=True, slots=True)
class Row:
    """One lever on the page."""

    lever: Lever
    owner: Text
    cost: str
    source: str
    pulled: bool


@require_safe
@roles(Role.REFORM)
def workbench(request: SignedInRequest, slug: str) -> HttpResponse:
    """An event's levers: switch them, see the visits change. `cheapest`: those that reach one visit for least money."""
    unreformed = request.GET.get("of") != "now"
    bench = bench_of(Path(settings.CONTENT), slug, unreformed=unreformed)
    if bench is None:
        raise Http404
    if "cheapest" in request.GET:
        end = time.monotonic() + SECONDS
        answer = bench.cheapest(TARGET, lambda: end - time.monotonic())
        keys = frozenset(bench.levers) if answer.helpless else answer.keys
        return HttpResponseRedirect(f"{reverse('workbench', args=[slug])}?{_query(unreformed, keys)}")
    keys = frozenset(key for key in request.GET.getlist("pull") if key in bench.levers)
    channels = tuple(bench.shown(keys))
    best = bench.best.get(TARGET)
    found = best if best is not None and best.keys == keys and not best.helpless else None
    context = {
        "bench": bench,
        "slug": slug,
        "unreformed": unreformed,
        "has_picture": bench.reform.illustration is not None,
        "rows": [_row(bench, lever, keys) for lever in bench.levers.values()],
        "channels": channels,
        "reached": all(one.proved and one.worst <= TARGET for one in channels),
        "cost": f"{bench.cost(keys):,}",
        "pulled": len(keys),
        "found": found,
        "groups": len(found.needed) if found else 0,
        "least": f"{found.bound:,}" if found else "",
        "applicants": bench.averages(NOTHING).applicants,
        "means": means(bench.averages(NOTHING), bench.averages(keys)),
    }
    return render(request, "reform/workbench.html", context)


def _query(unreformed: bool, keys: frozenset[str]) -> str:
    return urlencode([("of", "unreformed" if unreformed else "now"), *(("pull", key) for key in sorted(keys))])


def _row(bench: Bench, lever: Lever, keys: frozenset[str]) -> Row:
    return Row(lever, lever.owner(bench.event), f"{cost_of(lever):,}", _source(lever), lever.key in keys)


def _source(lever: Lever) -> str:
    basis = lever.basis
    return say(basis.note) if basis.note and not basis.law else source_words(basis)
