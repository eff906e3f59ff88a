"""What a hall waits for: whoever has to come there, also for a case that was submitted at home."""

from datetime import datetime
from uuid import UUID

import pytest

from onevisit.cases.actions import attend, withdraw
from onevisit.cases.models import Procedure, ToCome
from onevisit.cases.queries import waiting
from onevisit.halls.actions import check_in
from onevisit.people.actor import Actor, Role
from onevisit.people.models import Person
from tests.cases.parties.conftest import CLERK, OFFICER, SECOND_SELLER, STRANGER

FAR = Actor(UUID(int=3), None, None, "窗口", Role.CLERK, hall="elsewhere")


@pytest.mark.django_db(transaction=True)
def test_who_has_to_come_waits_at_that_hall_until_he_did(number: str, now: datetime) -> None:
    (row,) = waiting(by=CLERK, now=now)
    assert (row.number, [step.zh for step in row.steps], row.supply, row.hand_out) == (
        number, ["到大厅一起签合同"], 0, 0,
    )  # fmt: skip
    assert (row.here, row.title, row.due) == (False, "", None) and "*" in row.applicant
    assert waiting(by=FAR, now=now) == waiting(by=OFFICER, now=now) == ()
    people = [Person.objects.get(id_number=one).pk for one in (SECOND_SELLER, STRANGER)]
    for person in people:
        check_in(person, "H", by=CLERK, now=now)
    attend(Procedure.objects.get(service="transfer").pk, "hall", person=people[0], by=CLERK, now=now)
    assert waiting(by=CLERK, now=now) == () and not ToCome.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_withdrawn_waits_for_nobody(number: str, people: dict[str, Actor], now: datetime) -> None:
    assert waiting(by=CLERK, now=now)
    withdraw(number, by=people["buyer"], now=now)
    assert waiting(by=CLERK, now=now) == () and not ToCome.objects.exists()
