"""One visit a day and hall, recorded by a clerk of that hall."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from onevisit.halls.actions import check_in
from onevisit.halls.errors import NotThisHall
from onevisit.halls.queries import is_present, visits_of
from onevisit.people.actor import Actor, Role

CLERK = Actor(uuid4(), None, None, "周窗口", Role.CLERK, hall="county-hall")


@pytest.mark.django_db
def test_twice_on_a_day_is_one_visit_and_tomorrow_another(now: datetime) -> None:
    person = uuid4()
    today, tomorrow = now.date(), now.date() + timedelta(days=1)
    assert not is_present(person, "county-hall", today)
    for at in (now, now + timedelta(hours=2), now + timedelta(days=1)):
        check_in(person, "county-hall", by=CLERK, now=at)
    assert is_present(person, "county-hall", today)
    assert not is_present(person, "other-hall", today)
    assert visits_of(person, today) == [("county-hall", today), ("county-hall", tomorrow)]
    assert visits_of(person, tomorrow) == [("county-hall", tomorrow)]


@pytest.mark.django_db
def test_only_a_clerk_of_that_hall(now: datetime) -> None:
    for by, hall in ((replace(CLERK, role=Role.APPLICANT), "county-hall"), (CLERK, "other-hall"), (CLERK, "")):
        with pytest.raises(NotThisHall):
            check_in(uuid4(), hall, by=by, now=now)
