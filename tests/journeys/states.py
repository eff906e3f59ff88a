"""Drafts and cases in every state, made by the actions in the installation's own database; prints where each page is.

A program of its own, because the installation has another database than the tests: `python -m tests.journeys.states`.
"""

import json
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import django

django.setup()

from django.utils import timezone  # noqa: E402 - Django's models exist only after setup

from onevisit.cases import actions  # noqa: E402
from onevisit.cases.models import Procedure  # noqa: E402
from onevisit.cases.queries import draft as read  # noqa: E402
from onevisit.cases.values import Asked, MissingInput  # noqa: E402
from onevisit.catalogue import actions as versions  # noqa: E402
from onevisit.catalogue.entry import EntryInput  # noqa: E402
from onevisit.core.catalogue import AcceptKind  # noqa: E402
from onevisit.core.facts import FactSpec, FactType  # noqa: E402
from onevisit.halls.actions import check_in  # noqa: E402
from onevisit.insight.actions import advance, decide, examine, start_replay  # noqa: E402
from onevisit.insight.queries import findings, replay  # noqa: E402
from onevisit.insight.replaying.changes import Change  # noqa: E402
from onevisit.licences.models import Licence  # noqa: E402
from onevisit.licences.tasks import render_pending  # noqa: E402
from onevisit.payments.actions import pay_at_window  # noqa: E402
from onevisit.payments.queries import bills_by_number  # noqa: E402
from onevisit.payments.values import Way  # noqa: E402
from onevisit.people.actions import register_walk_in  # noqa: E402
from onevisit.people.actor import SYSTEM, Actor, Role  # noqa: E402
from onevisit.people.ids import new_id  # noqa: E402
from onevisit.people.models import Account  # noqa: E402
from tests.catalogue.gate.making import card  # noqa: E402
from tests.fixtures.content import REGION  # noqa: E402
from tests.fixtures.files import pdf, picture  # noqa: E402
from tests.fixtures.people import actor  # noqa: E402
from tests.fixtures.shop import DECIDING, LARGE, SHOP, SMALL, typed  # noqa: E402
from tests.journeys.stories import SALE, TWINS  # noqa: E402

AT_HOME = SALE | {f"{who}.signs": "online" for who in ("seller", "seller[2]", "buyer", "buyer[2]")}
WALK_IN = ("高静（示范）", "330521196808080027")
FOOD = "food-licence"


def now() -> datetime:
    return timezone.now()


def who(username: str) -> Actor:
    return actor(Account.objects.get(username=username))


def begun(event: str, by: Actor, facts: Mapping[str, str], **more: object) -> UUID:
    """A draft with these answers, and all that registers say confirmed."""
    mine = actions.start_draft(event, REGION, by=by, now=now(), **more)  # type: ignore[arg-type]
    actions.answer(mine, dict(facts), by=by, now=now())
    for _ in range(4):
        view = read(mine, by=by, now=now())
        actions.confirm(mine, [one.spec.key for one in view.known], by=by, now=now())
        left = {one.spec.key: any_value(one.spec) for one in view.fields if one.value is None}
        if not left or set(facts) == set(DECIDING):
            break
        actions.answer(mine, left, by=by, now=now())
    return mine


def any_value(spec: FactSpec) -> str:
    """What the story does not care about."""
    if spec.options:
        return spec.options[0].value
    if spec.type is FactType.BOOL:
        return "false"
    return "1" if spec.type in (FactType.INTEGER, FactType.DECIMAL) else "示范"


def filled(mine: UUID, by: Actor) -> UUID:
    """Its papers uploaded, or seen at the window."""
    for n, need in enumerate(read(mine, by=by, now=now()).needed):
        if by.role is Role.CLERK and need.kind is not AcceptKind.UPLOAD:
            actions.mark_seen(mine, need.slot, by=by, now=now())
        elif n % 2:
            actions.upload(mine, need.slot, "扫描件.pdf", pdf(), by=by, now=now())
        else:
            actions.upload(mine, need.slot, "照片.jpg", picture(), by=by, now=now())
    return mine


def filed(event: str, by: Actor, facts: Mapping[str, str], **more: object) -> str:
    """A case's number."""
    mine = filled(begun(event, by, facts, **more), by)
    return actions.submit(mine, f"key-{mine}", by=by, now=now()).number


def rows(number: str) -> list[Procedure]:
    return list(Procedure.objects.filter(case__number=number).exclude(state="waiting"))


def officer(row: Procedure) -> Actor:
    return Actor(new_id(), None, None, "方敏（示范）", Role.OFFICER, agency=row.agency)


def tell_what_is_missing(number: str) -> None:
    """One agency misses a paper and an answer; the others accept, so that the notice goes out."""
    plan = MissingInput("layout-plan", "", "图上看不清洗手池，请重画")
    manager = MissingInput("", "matter.food_manager", "请写真实姓名")
    for row in rows(number):
        if row.service == FOOD:
            actions.report_missing(row.pk, [plan, manager], by=officer(row), now=now())
        else:
            actions.accept(row.pk, by=officer(row), now=now())


def grant_all(number: str) -> Licence:
    """One of its licences, with its document."""
    for row in rows(number):
        actions.accept(row.pk, by=officer(row), now=now())
        actions.grant(row.pk, f"key-{row.pk}", by=officer(row), now=now())
    render_pending(now())
    return Licence.objects.filter(procedure__in=[row.pk for row in rows(number)]).earliest("pk")


def online() -> dict[str, str]:
    """What applicants did themselves."""
    chen, gu, buyer = who("chen"), who("gu"), who("wenyuan")
    half = begun("open-restaurant", chen, {key: LARGE[key] for key in DECIDING})
    fresh = actions.start_draft("open-restaurant", REGION, by=chen, now=now())
    actions.answer(fresh, {key: SHOP[key] for key in DECIDING[:2]}, by=chen, now=now())
    ready = filled(begun("open-restaurant", chen, typed(SMALL)), chen)
    twins = begun("newborn", gu, TWINS)
    running, missed = filed("open-restaurant", chen, typed(LARGE)), filed("open-restaurant", chen, typed(SHOP))
    tell_what_is_missing(missed)
    done = filed("open-restaurant", chen, typed(SMALL))
    licence = grant_all(done)
    sale = filed("sell-home", buyer, AT_HOME)
    birth = filed("newborn", gu, TWINS)
    small = next(row for row in rows(running) if row.service == FOOD)
    told = next(row for row in rows(missed) if row.service != FOOD)
    return {
        "fresh": f"/drafts/{fresh}", "half": f"/drafts/{half}", "ready": f"/drafts/{ready}",
        "twins": f"/drafts/{twins}",
        "running": f"/cases/{running}", "missed": f"/cases/{missed}", "done": f"/cases/{done}",
        "sale": f"/cases/{sale}", "birth": f"/cases/{birth}",
        "licence": f"/licences/{licence.pk}", "verify": f"/verify/{licence.token}",
        "work": f"/office/procedures/{small.pk}", "accepted": f"/office/procedures/{told.pk}",
        "granted": f"/office/procedures/{licence.procedure}", "revocation": f"/office/licences/{licence.pk}/revocation",
    }  # fmt: skip


def office() -> dict[str, str]:
    """What the reform office has to do: findings, one of which should have been mended by now."""
    past = now() - timedelta(days=20)
    examine(REGION, by=SYSTEM, now=past)
    late, new, *_ = findings(REGION, past.date())
    due = str((past + timedelta(days=5)).date())
    typed_ = {"state": "working", "owner": late.owner, "due": due, "reason": "请写上条文", "seen": "0"}
    decide(late.id, typed_, by=who("gaige"), now=past)
    run = replayed(who("gaige"))
    proved, commenting = drafts(who("gaige"))
    return {
        "proved": f"/reform/versions/{proved}", "commenting": f"/reform/versions/{commenting}",
        "consultation": f"/consultations/{commenting}",
        "finding": f"/reform/findings/{new.id}", "finding_late": f"/reform/findings/{late.id}",
        "replay": f"/reform/replay/{run}",
    }  # fmt: skip


def drafts(by: Actor) -> tuple[UUID, UUID]:
    """Two versions of an event past one visit: one is proved, one is open for comment and has one."""
    made = [
        versions.draft_version(card(key="reading-room", name="进阅览室", sent=False, days=days), by=by, now=now())
        for days in (5, 3)
    ]
    for one in made:
        versions.prove_version(one, by=by, now=now())
    today = timezone.localdate()
    entry = EntryInput(
        "not-yet", causes="证要到窗口领", who="示范图书馆", change="证可以寄", until=today + timedelta(days=200)
    )
    versions.enter_list(made[1], entry, by=by, now=now())
    versions.open_comment(made[1], today, today + timedelta(days=29), by=by, now=now())
    versions.comment(made[1], "key", "一个读者", "请寄到家。", by=None, now=now())
    return made[0], made[1]


def replayed(by: Actor) -> UUID:
    """A birth of before reforms with two levers, for some synthetic applicants; by whichever worker takes it up."""
    change = Change("newborn", unreformed=True, levers=("courier-results", "hall-insurance"))
    run = start_replay(change, {"source": "synthetic", "count": "40"}, by=by, now=now())
    while replay(run, REGION, now(), by=by, lang="zh").state in ("waiting", "running"):
        if not advance(now()):
            time.sleep(0.2)
    return run


def paid_back(clerk: Actor, buyer: UUID) -> str:
    """A sale that was paid at the window and withdrawn there: the money is still to be handed back."""
    number = filed("sell-home", clerk, AT_HOME | {"buyer.signs": "window"}, walk_in=True, person=buyer)
    for bill in bills_by_number(number):
        pay_at_window(bill.id, way=Way.CASH, amount=bill.total, receipt_number="收据 1", by=clerk, now=now())
    actions.withdraw(number, Asked.HIMSELF, by=clerk, now=now())
    return number


def window() -> dict[str, str]:
    """What a clerk did for people who came."""
    clerk = who("chuangkou")
    person = register_walk_in(*WALK_IN, "13900000020", by=clerk, now=now())
    check_in(person, clerk.hall, by=clerk, now=now())
    here = {"walk_in": True, "person": person}
    shop = typed(SMALL, but=("matter.premises_promise",)) | {"applicant.phone": "13900000020"}
    large = shop | {key: LARGE[key] for key in ("matter.area", "matter.premises_certificate")}
    asked = actions.start_draft("open-restaurant", REGION, by=clerk, now=now(), **here)
    papers = begun("open-restaurant", clerk, large, **here)
    seen = filled(begun("open-restaurant", clerk, shop, **here), clerk)
    running = filed("open-restaurant", clerk, large, **here)
    missed = filed("open-restaurant", clerk, large, **here)
    tell_what_is_missing(missed)
    done = filed("open-restaurant", clerk, shop, **here)
    grant_all(done)
    check_in(buyer := who("wenyuan").person, clerk.hall, by=clerk, now=now())  # type: ignore[arg-type]
    sold = filed("sell-home", clerk, AT_HOME | {"buyer.signs": "window"}, walk_in=True, person=buyer)
    check_in(chen := who("chen").person, clerk.hall, by=clerk, now=now())  # type: ignore[arg-type]
    heard = actions.start_draft("open-restaurant", REGION, by=clerk, now=now(), walk_in=True, person=chen)
    return {
        "heard": f"/desk/drafts/{heard}", "paid_back": f"/desk/cases/{paid_back(clerk, buyer)}",
        "person": f"/desk/people/{person}", "asked": f"/desk/drafts/{asked}", "papers": f"/desk/drafts/{papers}",
        "seen": f"/desk/drafts/{seen}", "walk_in": f"/desk/cases/{running}",
        "walk_in_missed": f"/desk/cases/{missed}", "walk_in_done": f"/desk/cases/{done}", "sold": f"/desk/cases/{sold}",
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(online() | window() | office()))
