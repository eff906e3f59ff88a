"""A real case on simulated days: the real actions, officers who keep their promises, and who came where.

The walker sees of it only what is open to whom and where. A visit is an arrival: a person comes to a hall at a moment,
and whatever he does there until he leaves is one visit. All who are out at one moment are out at the same time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

from onevisit.cases.actions import accept, answer, attend, grant, start_draft, submit
from onevisit.cases.models import Procedure
from onevisit.cases.party_values import OpenStep
from onevisit.cases.queries import draft, open_steps
from onevisit.cases.queries.presence import present_at
from onevisit.cases.rules.presence import Day
from onevisit.core.law.procedure import State
from onevisit.core.law.worktime import Calendar
from onevisit.core.planning.model import Plan
from onevisit.halls.actions import check_in
from onevisit.payments.actions import pay_at_window
from onevisit.payments.queries import bill_of
from onevisit.payments.values import BillState, Way
from onevisit.people.actions import register_walk_in
from onevisit.people.actor import Actor, Role
from tests.fixtures.content import put_in_force
from tests.walker.events import DESK, Walk

PEOPLE = {
    "x": ("王示范", "330521199002149981"),
    "y": ("吴示范", "330521198412129962"),
    "seller[1]": ("沈示范", "330521198506189974"),
    "seller[2]": ("林示范", "330521199311059963"),
}
START = date(2026, 11, 24)
CALENDAR = Calendar(last_year=2026)
LONGEST = 40  # working days
StepKey = tuple[str, str, str]  # service, step, party


def clerk(hall: str) -> Actor:
    return Actor(UUID(int=500 + ord(hall[0])), None, None, f"{hall}窗口", Role.CLERK, hall=hall)


def officer(agency: str) -> Actor:
    return Actor(UUID(int=700), None, None, "审批员", Role.OFFICER, agency=agency)


def at(day: int) -> datetime:
    """The morning of a working day, counted from the start."""
    return datetime.combine(CALENDAR.add(START, day), time(1, 30), UTC)


@dataclass
class Now:
    """What changes as days go by; copied when a walker tries something and takes it back."""

    day: int = 0
    visits: dict[str, int] = field(default_factory=dict)
    here: dict[str, str] = field(default_factory=dict)  # party → hall, at this moment
    done: dict[StepKey, int] = field(default_factory=dict)  # → day
    due: dict[str, int] = field(default_factory=dict)  # service → day on which its officer decides
    granted: frozenset[str] = frozenset()
    open: tuple[OpenStep, ...] = ()
    coming: bool = False  # something will open by itself
    lost: bool = False  # a last day has passed

    def copy(self) -> "Now":
        return replace(
            self, visits=dict(self.visits), here=dict(self.here), done=dict(self.done), due=dict(self.due)
        )  # fmt: skip

    @property
    def key(self) -> object:
        """Equal for two moments from which the same can happen at the same cost."""
        kept = (self.visits, self.here, self.done, self.due)
        return self.day, self.granted, *(frozenset(one.items()) for one in kept)


@dataclass
class World:
    """A submitted case."""

    case: UUID
    plan: Plan
    people: dict[str, UUID]
    procedures: dict[str, tuple[UUID, str]]  # service → id, agency
    required: frozenset[StepKey]  # steps in person that the plan chose
    pace: dict[str, int] = field(
        default_factory=dict
    )  # service → days its officer takes, the promised ones if not here
    now: Now = field(default_factory=Now)

    def hurry(self, choose: Callable[[int, int], int]) -> None:
        """Every officer takes a time of his choice within his promise: never none where it is not on the spot."""
        course = present_at(self.case, at(self.now.day)).day.course
        self.pace = {
            act.service: choose(max(1, act.step.least), act.days)
            for act in course.acts.values()
            if act.decides and act.days
        }

    def settle(self) -> None:
        """Everybody who is somewhere does what is open to him there; officers decide what is due; until all rests."""
        while True:
            today = at(self.now.day)
            while self._decide(today) or self._pay(today):
                pass
            self.now.open = open_steps(self.case, now=today)
            step = next((s for s in self.now.open if self._all_here(s)), None)
            if step is None:
                return
            hall = self.now.here[step.parties[0]]
            attend(step.procedure, step.step, person=self.people[step.parties[0]], by=clerk(hall), now=today)
            self.now.done |= {(step.service, step.step, party): self.now.day for party in step.parties}

    def _all_here(self, step: OpenStep) -> bool:
        halls = {self.now.here.get(party, "") for party in step.parties}
        return len(halls) == 1 and halls <= set(step.places)

    def _pay(self, today: datetime) -> bool:
        """Whoever is to pay does so: at the window if he is there, online if he need not come; whether anybody did."""
        acts = present_at(self.case, today).day.to_pay()
        here = [act for act in acts if not act.places or self.now.here.get(act.parties[0], "") in act.places]
        bill = bill_of(self.case) if here else None
        if bill is None or bill.state is not BillState.UNPAID:
            return False
        hall = next(iter(here[0].places), DESK)
        pay_at_window(bill.id, way=Way.POS, amount=bill.total, receipt_number="POS", by=clerk(hall), now=today)
        self.now.done |= {(act.service, act.step.key, who): self.now.day for act in here for who in act.parties}
        return True

    def _decide(self, today: datetime) -> bool:
        """Officers decide what is due today; whether that changed anything."""
        now, day = self.now, present_at(self.case, today).day
        ready = [a for a in day.course.acts.values() if a.decides and day.done_on(a.key) is None]
        ready = [act for act in ready if not day.waits_for(act)]
        for act in ready:
            now.due.setdefault(act.service, now.day + self.pace.get(act.service, act.days))
        due = [act.service for act in ready if now.due[act.service] <= now.day]
        for service in due:
            procedure, agency = self.procedures[service]
            grant(procedure, f"grant-{service}", by=officer(agency), now=today)
        now.granted |= set(due)
        self._look_ahead(day)
        return bool(due)

    def _look_ahead(self, day: Day) -> None:
        undone = day.left(day.course.acts.values())
        windows = [act.step.window for act in undone if act.in_person and act.step.window]
        working = [act for act in undone if not act.in_person and not day.waits_for(act)]
        self.now.coming = bool(working) or any(first > self.now.day for first, _ in windows)
        self.now.lost = any(last < self.now.day for _, last in windows)

    def arrive(self, group: dict[str, str]) -> None:
        """These come to these halls at this moment."""
        for party, hall in group.items():
            check_in(self.people[party], hall, by=clerk(hall), now=at(self.now.day))
            self.now.visits[party] = self.now.visits.get(party, 0) + 1
        self.now.here |= group
        self.settle()

    def leave(self) -> None:
        """All go home: who comes again today makes another visit."""
        self.now.here = {}

    def sleep(self) -> None:
        """The next working day."""
        self.leave()
        self.now.day += 1
        self.settle()

    @property
    def left(self) -> frozenset[StepKey]:
        """Steps that somebody still has to come for."""
        return self.required - self.now.done.keys()

    def finish(self) -> None:
        """Wait until all is decided."""
        while len(self.now.granted) < len(self.procedures):
            assert self.now.day < LONGEST, "the case never ends"
            self.sleep()
        assert not self.now.open


def world(walk: Walk, snapshot: str) -> World:
    """The event published, a case of it submitted, and accepted by every agency."""
    put_in_force(walk.event, snapshot)
    today = at(0)
    people = {key: register_walk_in(*who, "", by=clerk(DESK), now=today) for key, who in PEOPLE.items()}
    if walk.walk_in:
        by, more = clerk(DESK), {"walk_in": True, "person": people["x"]}
    else:
        by, more = Actor(uuid4(), people["x"], None, "王示范", Role.APPLICANT), {}
    mine = start_draft(walk.event.key, walk.event.region, by=by, now=today, **more)  # type: ignore[arg-type]
    numbers = {f"{party.removesuffix('[1]')}.id_number": number for party, (_, number) in PEOPLE.items()}
    numbers.pop("x.id_number")
    answer(mine, {"matter.name": "示范", **numbers}, by=by, now=today)
    plan = draft(mine, by=by, now=today).plan
    return submitted(submit(mine, "key", by=by, now=today).case, plan, people)


def submitted(case: UUID, plan: Plan, people: dict[str, UUID], kind: "type[World] | None" = None) -> World:
    """The world of a case that was just submitted: every agency accepts at once."""
    procedures = {}
    for row in Procedure.objects.filter(case=case):
        procedures[row.service] = (row.pk, row.agency)
        if row.state in (State.RECEIVED, State.WAITING):
            accept(row.pk, by=officer(row.agency), now=at(0))
    steps = [step for step in plan.steps if step.mode is not None and step.mode.in_person]
    required = frozenset((step.service, step.step, person) for step in steps for person in step.persons)
    came = present_at(case, at(0)).day.progress.attended
    made = (kind or World)(case, plan, people, procedures, required)
    made.now.done = dict(came)
    made.settle()
    return made
