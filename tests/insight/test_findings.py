"""Findings as a work list: known again, gone by themselves, back again; decided by the reform office alone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from onevisit.catalogue.examining.remark import Remark, Severity
from onevisit.core.text import Text
from onevisit.insight import actions, queries
from onevisit.insight.errors import (
    DayUnreadable,
    DecidedMeanwhile,
    DueMissing,
    DuePast,
    FindingGone,
    OnlyReformOffice,
    OwnerMissing,
    ReasonMissing,
    StateMissing,
    TooLong,
)
from onevisit.insight.models import FindingAct
from onevisit.insight.rules.subjects import named
from onevisit.insight.states import State
from onevisit.insight.tasks import examine_new
from onevisit.insight.values import FindingView
from onevisit.people.actor import SYSTEM, Actor
from tests.core.planning.catalogues import restaurant
from tests.fixtures.content import REGION
from tests.insight.conftest import SEAL

pytestmark = pytest.mark.django_db
UNREAD = "{mark: memory, note: {zh: 国务院关于国家行政机关"
MENDED = "{mark: V, law: 税收征收管理法, article: '15', note: {zh: 国务院关于国家行政机关"
WHY = "规定还没有读到，读到以后再写"


def listed(now: datetime) -> dict[tuple[str, str], FindingView]:
    return {(one.rule, one.event): one for one in queries.findings(REGION, now.date())}


def seal(now: datetime) -> FindingView:
    return listed(now)["power-without-article", "open-restaurant"]


def kinds(finding: UUID) -> list[str]:
    return [act.kind for act in reversed(queries.record(finding, REGION))]


def typed(view: FindingView, **more: str) -> dict[str, str]:
    return {"state": "working", "owner": view.owner, "due": "2026-12-08", "reason": "", "seen": str(view.acts)} | more


def test_what_the_content_has_with_place_and_owner(content: None, now: datetime):
    assert actions.examine(REGION, by=SYSTEM, now=now) == len(queries.findings(REGION, now.date())) == 19
    found = seal(now)
    assert (found.severity, found.owner, found.state) == (Severity.WARNING, "police", State.OPEN)
    assert (found.file, found.line) == (SEAL, 7)
    assert found.place.of("en") == "Filing of the company's seal"
    assert found.event_name.zh == "开餐饮店"
    assert kinds(found.id) == ["found"]
    gravity = [list(Severity).index(one.severity) for one in queries.findings(REGION, now.date())]
    assert gravity == sorted(gravity)


def test_the_worker_examines_what_is_new_in_force_and_only_that(content: None, mend, now: datetime):
    assert examine_new(now) == 19
    assert examine_new(now) == 0
    mend(SEAL, (UNREAD, MENDED), now=now + timedelta(hours=1))
    assert examine_new(now + timedelta(hours=2)) == 18


def test_known_again_gone_by_itself_and_back(content: None, mend: Callable[..., None], officer: Actor, now: datetime):
    actions.examine(REGION, by=SYSTEM, now=now)
    found = seal(now)
    actions.decide(found.id, typed(found), by=officer, now=now)
    mend(SEAL, ("promise: {amount: 1,", "promise: {amount: 2,"), now=now + timedelta(hours=1))  # another version
    actions.examine(REGION, by=officer, now=now + timedelta(hours=1))
    again = seal(now)
    assert (again.id, again.state, again.found_at) == (found.id, State.WORKING, found.found_at)
    assert again.file == ""  # what lies in content/ is not what is in force
    mend(SEAL, (UNREAD, MENDED), now=now + timedelta(hours=2))
    actions.examine(REGION, by=SYSTEM, now=now + timedelta(hours=2))
    gone = seal(now)
    assert gone.gone_at == now + timedelta(hours=2)
    assert not gone.overdue
    with pytest.raises(FindingGone):
        actions.decide(gone.id, typed(gone), by=officer, now=now)
    mend(SEAL, ("promise: {amount: 1,", "promise: {amount: 2,"), now=now + timedelta(hours=3))
    actions.examine(REGION, by=SYSTEM, now=now + timedelta(hours=3))
    back = seal(now)
    assert (back.id, back.gone_at, back.state, back.due) == (found.id, None, State.OPEN, None)
    assert kinds(found.id) == ["found", "decided", "gone", "back"]


def test_said_to_be_done_and_still_found_in_a_later_version(content: None, mend, officer: Actor, now: datetime):
    actions.examine(REGION, by=SYSTEM, now=now)
    found = seal(now)
    actions.decide(found.id, typed(found, state="done", reason="写上了"), by=officer, now=now)
    actions.examine(REGION, by=SYSTEM, now=now)
    assert seal(now).state is State.DONE  # of the same version nothing else can be expected
    mend(SEAL, ("promise: {amount: 1,", "promise: {amount: 2,"), now=now + timedelta(hours=1))
    actions.examine(REGION, by=SYSTEM, now=now + timedelta(hours=1))
    assert seal(now).state is State.OPEN
    assert kinds(found.id) == ["found", "decided", "reopened"]


def test_what_will_not_be_changed_stays_so(content: None, mend, officer: Actor, now: datetime):
    actions.examine(REGION, by=SYSTEM, now=now)
    found = seal(now)
    actions.decide(found.id, typed(found, state="wont", owner="reform", due="", reason=WHY), by=officer, now=now)
    mend(SEAL, ("promise: {amount: 1,", "promise: {amount: 2,"), now=now + timedelta(hours=1))
    actions.examine(REGION, by=SYSTEM, now=now + timedelta(hours=1))
    kept = seal(now)
    assert (kept.state, kept.reason, kept.owner) == (State.WONT, WHY, "reform")
    act = queries.record(found.id, REGION)[0]
    assert (act.name, act.state, act.reason) == ("赵改革", State.WONT, WHY)


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        ({"state": "nothing"}, StateMissing),
        ({"owner": "tobacco-of-elsewhere"}, OwnerMissing),
        ({"due": "下周"}, DayUnreadable),
        ({"due": ""}, DueMissing),
        ({"due": "2026-11-23"}, DuePast),
        ({"state": "wont"}, ReasonMissing),
        ({"state": "done", "reason": "  "}, ReasonMissing),
        ({"reason": "长" * 1001}, TooLong),
        ({"seen": "7"}, DecidedMeanwhile),
    ],
)
def test_what_is_refused(content: None, officer: Actor, now: datetime, wrong: dict[str, str], refused: type[Exception]):
    actions.examine(REGION, by=SYSTEM, now=now)
    found = seal(now)
    with pytest.raises(refused):
        actions.decide(found.id, typed(found, **wrong), by=officer, now=now)
    assert seal(now) == found


def test_due_and_over(content: None, officer: Actor, now: datetime):
    actions.examine(REGION, by=SYSTEM, now=now)
    found = seal(now)
    actions.decide(found.id, typed(found, due="2026-11-24"), by=officer, now=now)
    assert not seal(now).overdue
    assert seal(now + timedelta(days=1)).overdue


def test_only_the_reform_office_decides_and_what_was_done_is_kept(content: None, now: datetime):
    actions.examine(REGION, by=SYSTEM, now=now)
    with pytest.raises(OnlyReformOffice):
        actions.decide(seal(now).id, typed(seal(now)), by=SYSTEM, now=now)
    with transaction.atomic(), pytest.raises(DatabaseError):
        FindingAct.objects.update(name="别人")


def test_subjects_do_not_depend_on_places_in_lists():
    event = restaurant()
    said = Text("坏")

    def remarks(*numbers: int):
        return [Remark("bad", Severity.ERROR, ("services", n, "steps", 0, "modes", 0), said, said) for n in numbers]

    first, second = named(event, remarks(0, 1))
    assert first.subject.startswith(f"services/{event.services[0].key}/steps/{event.services[0].steps[0].key}/modes/")
    assert (first.owner, second.owner) == (event.services[0].agency, event.services[1].agency)
    twice = [one.subject for one in named(event, remarks(0, 0))]
    assert twice == [first.subject, f"{first.subject}#2"]
    (whole,) = named(event, [Remark("bad", Severity.NOTE, ("constraints",), said, said)])
    assert (whole.owner, whole.place) == ("reform", event.name)


@pytest.mark.django_db(transaction=True)
def test_the_migration_goes_back_and_forth():
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes("insight")
    executor.migrate([("insight", None)])
    assert not any(name.startswith("insight_") for name in connection.introspection.table_names())
    MigrationExecutor(connection).migrate(latest)
    assert "insight_finding" in connection.introspection.table_names()
