"""Recording steps in person: who, where, when, in which order; and no decision before them."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from onevisit.cases.actions import attend, grant, withdraw
from onevisit.cases.errors import NotFound, NotYourHall
from onevisit.cases.models import Attendance, Case, Entry
from onevisit.cases.presence_errors import (
    ElsewhereOnly,
    NoStepsLeft,
    NotHisStep,
    NotPresent,
    OutOfDays,
    PresenceMissing,
    StepDone,
    TooEarly,
)
from onevisit.cases.queries import open_steps, verify
from onevisit.cases.values import Asked
from onevisit.catalogue import queries
from onevisit.halls.actions import check_in
from onevisit.people.actor import Actor, Role
from tests.walker import events
from tests.walker.world import World, at, clerk, officer, world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    queries.forget()


def come(of: World, service: str, step: str, party: str, hall: str, day: int = 0, *, arrives: bool = True) -> None:
    if arrives:
        check_in(of.people[party], hall, by=clerk(hall), now=at(day))
    attend(of.procedures[service][0], step, person=of.people[party], by=clerk(hall), now=at(day))


def shown(of: World, day: int = 0) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(step.service, step.step, step.parties) for step in open_steps(of.case, now=at(day))}


class TestRelay:
    """x applies at H or G; two days later y signs at G; then it is decided."""

    @pytest.fixture
    def case(self) -> World:
        return world(events.relay(), "attend-relay")

    def test_what_is_open_to_whom_and_where(self, case: World) -> None:
        assert shown(case) == {("p", "apply", ("x",)), ("f", "file", ("x",))}
        step = next(step for step in open_steps(case.case, now=at(0)) if step.step == "apply")
        assert (step.places, step.together, step.last_day) == (("H", "G"), False, None)
        come(case, "p", "apply", "x", "H")
        assert shown(case) == {("f", "file", ("x",))}
        assert shown(case, 1) == {("f", "file", ("x",))}, "the agency looks at it for two days"
        assert shown(case, 2) == {("f", "file", ("x",)), ("p", "sign", ("y",))}

    def test_kept_for_good_and_in_the_ledger(self, case: World) -> None:
        come(case, "p", "apply", "x", "H")
        row = Attendance.objects.get()
        assert (row.step, row.party, row.person, row.hall, row.at, row.by) == (
            "apply", "x", case.people["x"], "H", at(0), clerk("H").account,
        )  # fmt: skip
        last = Entry.objects.filter(case=case.case).order_by("seq").last()
        assert last is not None
        assert last.kind == "procedure.attended"
        assert '"parties":"x"' in (last.body or "")
        assert verify() == []
        with pytest.raises(DatabaseError, match="for good"), transaction.atomic():
            Attendance.objects.update(hall="G")

    def test_only_who_has_come_today_to_this_hall(self, case: World) -> None:
        with pytest.raises(NotPresent, match="王示范"):
            come(case, "p", "apply", "x", "H", arrives=False)
        check_in(case.people["x"], "G", by=clerk("G"), now=at(0))
        with pytest.raises(NotPresent):
            come(case, "p", "apply", "x", "H", arrives=False)
        with pytest.raises(NotPresent):
            come(case, "p", "apply", "x", "G", day=1, arrives=False)

    def test_only_a_clerk_of_a_hall_where_it_is_done(self, case: World) -> None:
        with pytest.raises(ElsewhereOnly, match="H、G"):
            come(case, "p", "apply", "x", "K")
        for by in (officer("p"), Actor(uuid4(), case.people["x"], None, "王示范", Role.APPLICANT)):
            with pytest.raises(NotYourHall):
                attend(case.procedures["p"][0], "apply", person=case.people["x"], by=by, now=at(0))
        with pytest.raises(NotFound):
            attend(uuid4(), "apply", person=case.people["x"], by=clerk("H"), now=at(0))

    def test_only_his_own_step_and_once(self, case: World) -> None:
        with pytest.raises(NotHisStep):
            come(case, "p", "apply", "y", "H")
        with pytest.raises(NotHisStep):
            come(case, "p", "collect", "x", "H")  # a courier brings it
        with pytest.raises(NotHisStep):
            come(case, "p", "nothing", "x", "H")
        come(case, "p", "apply", "x", "H")
        with pytest.raises(StepDone):
            come(case, "p", "apply", "x", "H")

    def test_not_before_what_it_follows(self, case: World) -> None:
        with pytest.raises(TooEarly, match="p的“look”"):
            come(case, "p", "sign", "y", "G")
        come(case, "p", "apply", "x", "H")
        with pytest.raises(TooEarly):
            come(case, "p", "sign", "y", "G", day=1)
        come(case, "p", "sign", "y", "G", day=2)

    def test_no_grant_before_it_and_few_round_trips(self, case: World) -> None:
        procedure = case.procedures["p"][0]
        come(case, "p", "apply", "x", "H")
        with pytest.raises(PresenceMissing, match="sign"):
            grant(procedure, "key-1", by=officer("p"), now=at(2))
        come(case, "p", "sign", "y", "G", day=2)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            grant(procedure, "key-2", by=officer("p"), now=at(4))
        assert len([one for one in seen if "SAVEPOINT" not in one["sql"]]) <= 5

    def test_nobody_comes_for_what_was_withdrawn(self, case: World) -> None:
        withdraw(Case.objects.get().number, Asked.LETTER, by=clerk("D"), now=at(0))
        assert shown(case) == set()
        with pytest.raises(NoStepsLeft):
            come(case, "p", "apply", "x", "H")


def test_a_joint_step_needs_all_of_them_at_one_hall_and_is_one_moment() -> None:
    case = world(events.four_sign_together(), "attend-four")
    everybody = ("seller[1]", "seller[2]", "x", "y")
    assert shown(case) == {("p", "sign", everybody)}
    for party in everybody[:3]:
        check_in(case.people[party], "H", by=clerk("H"), now=at(0))
    check_in(case.people["y"], "G", by=clerk("G"), now=at(0))
    with pytest.raises(NotPresent, match=r"^吴示范今天"):
        come(case, "p", "sign", "x", "H", arrives=False)
    with pytest.raises(PresenceMissing):
        grant(case.procedures["p"][0], "key", by=officer("p"), now=at(0))
    check_in(case.people["y"], "H", by=clerk("H"), now=at(0))
    come(case, "p", "sign", "seller[2]", "H", arrives=False)
    assert set(Attendance.objects.values_list("party", "at")) == {(party, at(0)) for party in everybody}
    with pytest.raises(StepDone):
        come(case, "p", "sign", "x", "H", arrives=False)


def test_first_and_last_days() -> None:
    case = world(events.windows_apart(), "attend-windows")
    with pytest.raises(OutOfDays, match="2026年12月1日起2026年12月4日止"):
        come(case, "q", "apply", "x", "H", day=4)
    assert {step[0] for step in shown(case, 3)} == {"p"}
    assert {step[0] for step in shown(case, 5)} == {"q"}
    with pytest.raises(OutOfDays):
        come(case, "p", "apply", "x", "H", day=4)
    come(case, "q", "apply", "x", "H", day=8)


def test_a_carried_licence_has_to_be_in_hand() -> None:
    case = world(events.carried_by_hand(), "attend-carried")
    come(case, "p", "apply", "x", "H")
    grant(case.procedures["p"][0], "key", by=officer("p"), now=at(2))
    with pytest.raises(TooEarly, match="collect"):
        come(case, "q", "apply", "x", "H", day=2)
    come(case, "p", "collect", "x", "H", day=2)
    come(case, "q", "apply", "x", "H", day=2)
