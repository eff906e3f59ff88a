"""A case keeps the version that it was planned under, whatever comes in force or is withdrawn afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest

from onevisit.cases.actions import answer, confirm, start_draft, submit, upload
from onevisit.cases.models import Case, Procedure
from onevisit.cases.queries import case, draft, work
from onevisit.catalogue import queries
from onevisit.catalogue.actions import withdraw_version
from onevisit.catalogue.models import CatalogueVersion
from onevisit.core.text import Text
from onevisit.people.actor import Actor, Role
from onevisit.people.ids import new_id
from tests.cases.intake.conftest import ANSWERS, EVENT
from tests.cases.intake.event import EVENT as SMALL
from tests.fixtures.content import REGION, put_in_force
from tests.fixtures.files import pdf

pytestmark = pytest.mark.django_db
OFFICE = Actor(new_id(), None, None, "赵改革", Role.REFORM)


@pytest.fixture(autouse=True)
def _forget():
    yield
    queries.forget()


def second_in_force(now) -> None:
    """The event under another name and with one service less."""
    changed = replace(SMALL, name=Text("第二版", "second"), services=SMALL.services[:-1])
    put_in_force(changed, "second")
    CatalogueVersion.objects.filter(snapshot="second").update(in_force_from=now.date(), published_at=now)
    queries.forget()


def test_a_case_under_the_first_version_goes_on_under_it(xiaoman, qiushi, ready, now):
    mine = ready(xiaoman)
    second_in_force(now)
    assert queries.current(EVENT, REGION).snapshot == "second"
    number = submit(mine, "key", by=xiaoman, now=now).number
    row = Case.objects.get(number=number)
    assert row.snapshot == "small"
    view = case(number, by=xiaoman, now=now)
    assert view.event.name == SMALL.name
    first = Procedure.objects.filter(case=row).exclude(state="waiting").first()
    officer = Actor(new_id(), None, None, "方敏", Role.OFFICER, agency=first.agency)
    assert work(first.pk, by=officer, now=now).procedure.service == first.service
    fresh = start_draft(EVENT, REGION, by=qiushi, now=now)
    assert draft(fresh, by=qiushi, now=now).event.name.zh == "第二版"


def test_also_when_its_version_is_withdrawn_before_he_submits(xiaoman, now):
    mine = start_draft(EVENT, REGION, by=xiaoman, now=now)
    second_in_force(now)
    withdraw_version(CatalogueVersion.objects.get(snapshot="small").pk, "改了", by=OFFICE, now=now)
    queries.forget()
    queries.by_snapshot.cache_clear()
    answer(mine, ANSWERS, by=xiaoman, now=now)
    confirm(mine, [known.spec.key for known in draft(mine, by=xiaoman, now=now).known], by=xiaoman, now=now)
    upload(mine, "layout", "平面图.pdf", pdf(), by=xiaoman, now=now)
    number = submit(mine, "key", by=xiaoman, now=now + timedelta(minutes=1)).number
    assert Case.objects.get(number=number).snapshot == "small"
    assert case(number, by=xiaoman, now=now).event.name == SMALL.name
