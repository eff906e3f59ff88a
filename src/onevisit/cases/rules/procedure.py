"""What an act on one procedure means for it and for its case. Pure: rows come in frozen, moves go out."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from onevisit.core.basis import Basis, Period
from onevisit.core.catalogue import AcceptKind, LifeEvent, Output, Regime, Service
from onevisit.core.catalogue import Actor as Acts
from onevisit.core.china import SHANGHAI, day_of
from onevisit.core.conditions import evaluate
from onevisit.core.facts import Facts
from onevisit.core.law import articles
from onevisit.core.law.procedure import (
    FAILED,
    SUCCEEDED,
    Check,
    ClockEffect,
    Command,
    State,
    Transition,
    apply,
    check_period,
)
from onevisit.core.law.worktime import Calendar
from onevisit.core.parties import persons_of

NOTICE_HOUR = 17  # on the last day to say what is missing, the notice goes out at this hour (our own choice)
CHECKED_STATES = (State.RECEIVED, State.WAITING)


@dataclass(frozen=True, slots=True)
class Standing:
    """A procedure as decisions about it need it."""

    id: UUID
    number: str
    service: str
    agency: str
    regime: Regime
    state: State
    check: Check
    on_promise: bool
    needs: tuple[str, ...]
    ordered_after: tuple[str, ...]
    received_at: datetime | None
    check_due: date | None

    @property
    def unchecked(self) -> bool:
        """Whether its agency still has to say whether the papers are complete."""
        return self.state in CHECKED_STATES and self.check in (Check.OPEN, Check.SUPPLIED)

    @property
    def lacks(self) -> bool:
        """Whether its agency said that something is missing, and nothing came yet."""
        return self.state in CHECKED_STATES and self.check is Check.MISSING

    def silent(self, today: date, *, told: bool) -> bool:
        """Whether the last day passed without a word to the applicant: accepted by law (行政许可法 32(1)(4)).

        `told`: the case's one notice is out. What was only reported inside, and never told, is silence too.
        """
        unsaid = self.unchecked or (self.lacks and not told)
        return unsaid and self.check_due is not None and self.check_due < today


STANDING = (  # the columns that `standing` needs
    "id",
    "number",
    "service",
    "agency",
    "regime",
    "state",
    "completeness",
    "on_promise",
    "needs",
    "ordered_after",
    "received_at",
    "check_due",
)


def standing(row: Mapping[str, Any]) -> Standing:
    """The standing of a row of the table, by column (STANDING)."""
    return Standing(
        id=row["id"],
        number=row["number"],
        service=row["service"],
        agency=row["agency"],
        regime=Regime(row["regime"]),
        state=State(row["state"]),
        check=Check(row["completeness"]),
        on_promise=row["on_promise"],
        needs=tuple(row["needs"]),
        ordered_after=tuple(row["ordered_after"]),
        received_at=row["received_at"],
        check_due=row["check_due"],
    )


@dataclass(frozen=True, slots=True)
class Move:
    """A lawful step of one procedure, with the columns that it sets."""

    of: Standing
    step: Transition
    columns: Mapping[str, Any]
    basis: tuple[Basis, ...]  # the step's, and for a decision the service's own

    def after(self) -> Standing:
        """The procedure as it then stands."""
        received = self.columns.get("received_at", self.of.received_at)
        return replace(self.of, state=self.step.to, check=self.step.check, received_at=received)


@dataclass(frozen=True, slots=True)
class Setting:
    """What acts need to know beside the rows: the case's catalogue version, its facts, the calendar, the moment."""

    event: LifeEvent
    facts: Facts
    calendar: Calendar
    now: datetime
    services: Mapping[str, Service] = field(default_factory=dict)

    @classmethod
    def of(cls, event: LifeEvent, facts: Facts, calendar: Calendar, now: datetime) -> "Setting":
        """With the services by key."""
        return cls(event, facts, calendar, now, {service.key: service for service in event.services})

    @property
    def today(self) -> date:
        """The day in China."""
        return day_of(self.now)


def act(of: Standing, command: Command, setting: Setting, *, since: datetime | None = None) -> Move:
    """One step. `since`: from when silence counts, where that is not the receipt. Raises NotLawful."""
    step = apply(of.regime, of.state, command, of.check)
    service = setting.services[of.service]
    columns: dict[str, Any] = {"state": step.to.value, "completeness": step.check.value}
    if step.to in (State.RECEIVED, State.ACCEPTED) and of.state is State.WAITING:
        columns["received_at"] = setting.now
        columns["check_due"] = _checked_by(of, step.to, setting)
    if step.clock in (ClockEffect.START, ClockEffect.START_AT_RECEIPT):
        begun = setting.now
        if step.clock is ClockEffect.START_AT_RECEIPT:
            begun = since or of.received_at or setting.now
        columns["accepted_at"] = begun
        columns |= _clock(of, service, setting, day_of(begun))
    if command in (Command.GRANT, Command.REFUSE, Command.NOT_ACCEPT, Command.END):
        columns["decided_at"] = setting.now
    if command is Command.DELIVER:
        columns["delivered_at"] = setting.now
    own = service.legal_basis[:1] if command in (Command.GRANT, Command.REFUSE) else ()
    if command is Command.GRANT and of.on_promise:
        own += (promise_basis(service),)
    return Move(of, step, columns, (*step.basis, *own))


def _checked_by(of: Standing, to: State, setting: Setting) -> date | None:
    """The last day to check what was waiting and is received now: no later than was promised at submission."""
    last = setting.calendar.last_day(setting.today, check_period(of.regime, to))
    return min(of.check_due, last) if of.check_due else last


def promise_basis(service: Service) -> Basis:
    """What orders the check after a grant on a promise: the service's own law, where it has a rule (消防法 15)."""
    fire = any(basis.law == articles.FIRE_ON_PROMISE.law for basis in service.legal_basis)
    return articles.FIRE_ON_PROMISE if fire else articles.ON_PROMISE


def _clock(of: Standing, service: Service, setting: Setting, start: date) -> dict[str, date | None]:
    """The last days by promise and by law, from the day of acceptance, which is not counted."""
    due = setting.calendar.last_day(start, promised(service, setting.facts, on_promise=of.on_promise))
    statutory = setting.calendar.last_day(start, service.statutory) if service.statutory else None
    return {"due": min(due, statutory) if statutory else due, "statutory_due": statutory}


def promised(service: Service, facts: Facts, *, on_promise: bool) -> Period:
    """The promised period; for one granted on a promise, what its agency's remaining steps take."""
    if not on_promise:
        return service.promise
    steps = [step for step in service.steps if step.actor is Acts.AGENCY]
    days = sum(step.most for step in steps if step.when is None or evaluate(step.when, facts) is not False)
    return replace(service.promise, amount=min(days, service.promise.amount))


def follow_up(moves: Sequence[Move], all_of_case: Iterable[Standing], setting: Setting) -> list[Move]:
    """The moves, and what they make of procedures that an article orders after them (浙江规定 5).

    One whose predecessors have all succeeded is received by this notice; one whose predecessor failed is not.
    """
    found = list(moves)
    now = {one.service: one for one in all_of_case} | {move.of.service: move.after() for move in moves}
    changed = True
    while changed:
        changed = False
        for one in list(now.values()):
            if one.state is not State.WAITING or not one.ordered_after:
                continue
            before = {now[service].state for service in one.ordered_after if service in now}
            if before & FAILED:
                command = Command.ABANDON
            elif before <= SUCCEEDED:
                command = Command.RECEIVE
            else:
                continue
            move = act(one, command, setting)
            found.append(move)
            now[one.service] = move.after()
            changed = True
    return found


def states_after(moves: Iterable[Move], all_of_case: Iterable[Standing]) -> list[Standing]:
    """The case's procedures as they stand after the moves."""
    moved = {move.of.id: move.after() for move in moves}
    return [moved.get(one.id, one) for one in all_of_case]


def notice_is_due(all_of_case: Sequence[Standing], now: datetime, *, told: bool) -> bool:
    """Whether the one correction notice goes out now: something is missing, and all have checked or it is the last day.

    Never after that day: who was not told by then is accepted (行政许可法 32(1)(4)).
    """
    lacking = [one for one in all_of_case if one.lacks]
    if told or not lacking:
        return False
    last = min((one.check_due for one in lacking if one.check_due), default=date.max)
    local = now.astimezone(SHANGHAI)
    if local.date() > last:
        return False
    return not any(one.unchecked for one in all_of_case) or (local.date() == last and local.hour >= NOTICE_HOUR)


def correction_period(event: LifeEvent) -> Period:
    """How long the applicant has to supply; the law leaves it to the agency (浙江规定 11)."""
    own = next((parameter for parameter in event.parameters if parameter.key == "correction_days"), None)
    if own is None:
        return articles.CORRECTION
    return replace(articles.CORRECTION, amount=int(own.value), basis=own.basis)


def outputs_of(service: Service, facts: Facts) -> tuple[Output, ...]:
    """The licences that a grant issues for these facts."""
    return tuple(out for out in service.outputs if out.when is None or evaluate(out.when, facts) is True)


def licences_due(service: Service, event: LifeEvent, facts: Facts) -> Iterator[tuple[Output, str]]:
    """Every licence that a grant issues, with the party in whose name it is ("" = the applicant's)."""
    roles = {role.key: role for role in event.roles}
    for output in outputs_of(service, facts):
        for party in persons_of(roles[output.role], facts) if output.role else ("",):
            yield output, party


def missing_outputs(one: Standing, all_of_case: Iterable[Standing]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Services whose output the decision takes: (those still to be decided, those that failed)."""
    states = {other.service: other.state for other in all_of_case}
    waiting = tuple(key for key in one.needs if key in states and states[key] not in SUCCEEDED | FAILED)
    failed = tuple(key for key in one.needs if key in states and states[key] in FAILED)
    return waiting, failed


def lost_licences(
    taken: Iterable[tuple[str, str, str]], revoked: Iterable[str], in_force: Collection[str]
) -> tuple[str, ...]:
    """Types of licences that a procedure's evidence rests on and that count no more (行政许可法 69, 70(4)).

    `taken`: kind, licence type and number of each evidence; an output counts until its type is `revoked` in its case,
    a licence held while its number is among those `in_force`. Without a number, as cases from before numbers were kept
    have it, nobody can look.
    """
    gone, lost = set(revoked), []
    for kind, ref, number in taken:
        void = number and number not in in_force
        if (kind == AcceptKind.OUTPUT and ref in gone) or (kind == AcceptKind.LICENCE and void):
            lost.append(ref)
    return tuple(dict.fromkeys(lost))
