"""A procedure's clock, explained: recomputed from its row, the catalogue and the calendar. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from onevisit.cases.rules.procedure import Setting, Standing, promised
from onevisit.cases.values import Clock, DayCell
from onevisit.core.basis import Basis
from onevisit.core.catalogue import Service
from onevisit.core.china import day_of
from onevisit.core.law import articles
from onevisit.core.law.procedure import Command, State, apply, check_period
from onevisit.core.text import Text, counted

MOST_CELLS = 60  # days of a line that is drawn; the numbers stay exact
NEAR = 5  # "near" begins when no more than a fifth of the days is left, at the latest on the last day


@dataclass(frozen=True, slots=True)
class Timed:
    """A procedure with its days, as its row has them."""

    standing: Standing
    accepted_at: datetime | None
    decided_at: datetime | None
    due: date | None
    statutory_due: date | None
    waits: tuple[Text, ...]  # names of services whose output or notice is still awaited
    correction_due: date | None  # the applicant's last day, once the one notice is out


def clock_of(timed: Timed, setting: Setting) -> Clock:
    """The clock at this moment: which one runs (check, decision, the applicant's), until when, what happens then."""
    of = timed.standing
    if of.state is State.ACCEPTED and timed.accepted_at and timed.due:
        return _deciding(timed, timed.accepted_at, timed.due, setting)
    if not of.state.open:
        return _done(timed, setting)
    if of.lacks:
        return _applicant(timed)
    if of.unchecked and of.check_due is not None:
        return _checking(timed, of.check_due, setting)
    return _still("waiting", _waiting_words(timed), (articles.ONE_AFTER_ANOTHER,))


def _still(status: str, words: Text, basis: tuple[Basis, ...]) -> Clock:
    return Clock(status, None, None, None, 0, 0, 0, (), basis, False, words)


def _waiting_words(timed: Timed) -> Text:
    names = Text.row(timed.waits)
    return Text(
        f"依法要等“{names.zh}”办完的书面告知才收件，之前不计时。",
        f"By law it is received with the notice that “{names.en}” is done; no clock runs before.",
    )


def _running(
    start: date, due: date, setting: Setting, words: Text, basis: tuple[Basis, ...], statutory: date | None = None
) -> Clock:
    """A clock that runs from `start` (not counted) to `due`."""
    calendar, today = setting.calendar, setting.today
    allowed, left = calendar.between(start, due), calendar.between(today, due)
    if today > due:
        status = "overdue"
        left = min(left, 0)
    else:
        status = "near" if left * NEAR <= max(allowed, NEAR) else "ontime"
    used = calendar.between(start, min(today, due)) if today >= start else 0
    provisional = calendar.provisional(due)
    cells = _cells(start, due, today, setting)
    return Clock(status, start, due, statutory, used, allowed, left, cells, basis, provisional, words)


def _cells(start: date, due: date, today: date, setting: Setting) -> tuple[DayCell, ...]:
    days = setting.calendar.working_days(start, max(due, today)) or (due,)
    cells = []
    for day in days[:MOST_CELLS]:
        kind = "today" if day == today and day <= due else "over" if day > due else "used" if day < today else "left"
        cells.append(DayCell(day, kind))
    return tuple(cells)


def _deciding(timed: Timed, accepted_at: datetime, due: date, setting: Setting) -> Clock:
    """The clock of the decision: by the promise, which counts when it is shorter than the law's (浙江规定 12)."""
    service = setting.services[timed.standing.service]
    day = Text.day(due)
    if setting.today > due:
        words = Text(f"应当在{day.zh}前决定，已经超期。", f"It was to be decided by {day.en} and is overdue.")
    else:
        words = Text(f"受理后在{day.zh}前作出决定。", f"It will be decided by {day.en}.")
    if timed.waits:
        names = Text.row(timed.waits)
        words = Text(
            f"{words.zh}还要用到“{names.zh}”的结果，时间照算。",
            f"{words.en} It still takes the result of “{names.en}”; the clock goes on.",
        )
    basis = _decision_basis(service, timed, setting)
    return _running(day_of(accepted_at), due, setting, words, basis, timed.statutory_due)


def _decision_basis(service: Service, timed: Timed, setting: Setting) -> tuple[Basis, ...]:
    promise = promised(service, setting.facts, on_promise=timed.standing.on_promise)
    bases = [promise.basis]
    if service.statutory is not None:
        bases.append(service.statutory.basis)
        if timed.due != timed.statutory_due:
            bases.append(articles.PROMISE_COUNTS)
    return tuple(dict.fromkeys([*bases, articles.WORKING_DAYS]))


def _checking(timed: Timed, check_due: date, setting: Setting) -> Clock:
    """The agency's clock to say what is missing."""
    day = Text.day(check_due)
    of = timed.standing
    silence = apply(of.regime, of.state, Command.ACCEPT_BY_SILENCE, of.check).basis
    words = Text(
        f"{day.zh}前核对材料，缺什么一次告知；不告知就算受理。",
        f"The papers are checked by {day.en}; what is missing is told once, and silence counts as acceptance.",
    )
    if of.state is State.WAITING:
        after = _waiting_words(timed)
        words = Text(f"{words.zh}{after.zh}", f"{words.en} {after.en}")
    begun = setting.calendar.back(check_due, check_period(of.regime, of.state).amount)
    return _running(begun, check_due, setting, words, (*silence, articles.OUR_PROMISE))


def _applicant(timed: Timed) -> Clock:
    """The applicant's time, or the wait until all agencies have checked."""
    if timed.correction_due is None:
        last = timed.standing.check_due
        day = Text.day(last) if last else Text("", "")
        words = Text(
            f"发现缺件，等各部门都看过后一次告知申请人，最迟{day.zh}；到时不告知就算受理。",
            f"Something is missing; one notice goes out when all have checked, by {day.en}, or it counts as accepted.",
        )
        return _still("waiting", words, (articles.TOLD_AT_ONCE, articles.OUR_PROMISE))
    day = Text.day(timed.correction_due)
    words = Text(
        f"等申请人补正，最迟{day.zh}；逾期没补齐，这一项视为撤回申请。",
        f"The applicant has until {day.en} to supply; after that it counts as withdrawn.",
    )
    return _still("waiting", words, (articles.TOLD_AT_ONCE, articles.TAKEN_AS_WITHDRAWN))


def _done(timed: Timed, setting: Setting) -> Clock:
    """What the clock came to."""
    if timed.accepted_at is None or timed.decided_at is None or timed.due is None:
        return _still("done", Text("已经结束，没有计时。", "It has ended; no clock ran."), ())
    start, end = day_of(timed.accepted_at), day_of(timed.decided_at)
    calendar = setting.calendar
    used, allowed = calendar.between(start, end), calendar.between(start, timed.due)
    day = Text.day(end)
    days = Text(f"用了 {used} 个工作日", counted(used, "working day")) if used else Text("当天", "the same day")
    words = Text(f"{day.zh}办结，{days.zh}。", f"Decided on {day.en}, {days.en}.")
    cells = tuple(
        DayCell(one, "over" if one > timed.due else "used") for one in calendar.working_days(start, end)[:MOST_CELLS]
    )
    service = setting.services[timed.standing.service]
    basis = _decision_basis(service, timed, setting)
    left = calendar.between(end, timed.due)
    return Clock("done", start, timed.due, timed.statutory_due, used, allowed, left, cells, basis, False, words)
