"""The real content walked through: nobody has to come who applies online, and who walks in comes once."""

import random
from collections.abc import Iterator

import pytest

from onevisit.cases.actions import answer, confirm, mark_seen, start_draft, submit, upload
from onevisit.cases.errors import NotCheckedIn
from onevisit.cases.models import Attendance
from onevisit.cases.queries import draft
from onevisit.cases.queries.presence import surely_away
from onevisit.catalogue import queries
from onevisit.catalogue.actions import publish_content
from onevisit.core.catalogue import AcceptKind
from onevisit.exchange.actions import BREAKERS
from onevisit.halls.actions import check_in
from onevisit.people.actor import SYSTEM
from onevisit.people.models import Account
from tests.fixtures.content import REGION
from tests.fixtures.files import pdf
from tests.fixtures.people import actor
from tests.fixtures.register import ROOT, Running
from tests.fixtures.shop import COMPANY, LARGE, typed
from tests.walker.walking import find, keeps_its_promise
from tests.walker.world import World, at, submitted

pytestmark = pytest.mark.django_db
HALL = "county-hall"


@pytest.fixture(autouse=True)
def published(register: Running) -> Iterator[None]:
    BREAKERS.clear()
    publish_content(ROOT / "content", by=SYSTEM, now=at(0))
    queries.forget()
    yield
    queries.forget()


def opened(accounts: dict[str, Account], kind: str, *, walk_in: bool) -> World:
    """A restaurant applied for: online by its owner, or at the window, where he is checked in."""
    owner = actor(accounts["qiushi" if kind == "sole" else "xiaoman"])  # the register has 吴秋实 as the sole trader
    clerk, today = actor(accounts["clerk"]), at(0)
    assert owner.person is not None
    by = clerk if walk_in else owner
    mine = start_draft("open-restaurant", REGION, by=by, now=today, walk_in=walk_in, person=owner.person)
    uscc = {"organisation.uscc": "92330521MA2B9XX34F"} if kind == "sole" else {}
    more = COMPANY if kind == "new_company" else {}
    answer(mine, {**typed(LARGE, but=("matter.area",)), "matter.kind": kind, **uscc, **more}, by=by, now=today)
    view = draft(mine, by=by, now=today)
    confirm(mine, tuple(known.spec.key for known in view.known), by=by, now=today)
    for need in draft(mine, by=by, now=today).needed:
        if need.kind is AcceptKind.UPLOAD:
            upload(mine, need.evidence, "材料.pdf", pdf(), by=by, now=today)
        else:
            mark_seen(mine, need.evidence, by=by, now=today)
    plan = draft(mine, by=by, now=today).plan
    if walk_in:
        with pytest.raises(NotCheckedIn):
            submit(mine, "key", by=by, now=today)
        check_in(owner.person, HALL, by=clerk, now=today)
    made = submitted(submit(mine, "key", by=by, now=today).case, plan, {"applicant": owner.person})
    if walk_in:
        made.now.visits["applicant"] = 1  # he was there to hand it in
    return made


@pytest.mark.parametrize("kind", ["new_sole", "sole", "new_company"])
def test_online_nobody_comes(accounts: dict[str, Account], kind: str) -> None:
    made = opened(accounts, kind, walk_in=False)
    assert (made.plan.count.worst.high, made.required) == (0, frozenset())
    assert all(surely_away(made.plan.snapshot, service) for service in made.procedures), "a grant need not look"
    made.hurry(random.Random(1).randint)
    keeps_its_promise(made, (0, 0))


@pytest.mark.parametrize("kind", ["new_sole", "sole", "new_company"])
def test_who_walks_in_comes_once(accounts: dict[str, Account], kind: str) -> None:
    made = opened(accounts, kind, walk_in=True)
    assert made.plan.count.worst.high == 1
    assert made.required
    assert Attendance.objects.count() == len(made.required), "handing it in at the window is all that he comes for"
    keeps_its_promise(made, (1, 1))
    assert not find(made, 0, 0)
