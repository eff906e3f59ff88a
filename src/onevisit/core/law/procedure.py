"""The legal state machine of a procedure: a table per regime, each row with its article.

A row says: in this state, this command leads to that state, is written to the ledger under this kind, does this to the
clock, on this basis. What is in no row is not lawful. Pure; the tests run random histories over it.

Our promise is stricter than the law: every procedure of a case is checked for completeness at submission, and all that
is missing goes out in one notice, at the latest on the fifth working day, never a second time.
"""

from dataclasses import dataclass
from enum import StrEnum

from onevisit.core.catalogue import Basis, Mark, Regime
from onevisit.core.errors import Refusal
from onevisit.core.text import Text

COMPLETENESS_DAYS = 5  # working days to say what is missing: 行政许可法 32(4), 82
DELIVERY_DAYS = 10  # working days to deliver after the decision: 行政许可法 44, 82


class State(StrEnum):
    """Where a procedure stands."""

    WAITING = "waiting"  # 依次办理: no clock before the predecessor's notice (浙江规定 5)
    RECEIVED = "received"  # 收件
    CORRECTING = "correcting"  # the one notice is out; the applicant's time runs
    SUPPLIED = "supplied"  # what was missing has come in
    ACCEPTED = "accepted"  # 受理; the agency's clock runs
    NOT_ACCEPTED = "not_accepted"  # 不予受理
    WITHDRAWN = "withdrawn"  # 撤回, or silent past the time given
    GRANTED = "granted"  # 准予
    REFUSED = "refused"  # 不予
    DELIVERED = "delivered"  # 送达

    @property
    def open(self) -> bool:
        """Whether somebody still has to act before it is decided."""
        return self in (State.WAITING, State.RECEIVED, State.CORRECTING, State.SUPPLIED, State.ACCEPTED)


class Command(StrEnum):
    """What is done to a procedure, and by whom."""

    RECEIVE = "receive"  # predecessor's written notice has arrived
    FIND_MISSING = "find_missing"  # officer: something is missing; goes into the one notice
    SEND_NOTICE = "send_notice"  # system: the one notice goes out
    SUPPLY = "supply"  # applicant
    ACCEPT = "accept"  # officer
    DEEM_ACCEPTED = "deem_accepted"  # system: agency silent for five working days
    NOT_ACCEPT = "not_accept"  # officer
    LAPSE = "lapse"  # system: applicant silent past the time given
    WITHDRAW = "withdraw"  # applicant
    GRANT = "grant"  # officer
    REFUSE = "refuse"  # officer
    DELIVER = "deliver"  # system or clerk


class Clock(StrEnum):
    """What a command does to the agency's clock."""

    NOTHING = "nothing"
    START = "start"  # from the day of acceptance
    START_FROM_RECEIPT = "start_from_receipt"  # deemed accepted: from the day of receipt
    END = "end"


@dataclass(frozen=True, slots=True)
class Transition:
    """One lawful step: where it leads, how the ledger calls it, what the clock does, on what basis."""

    to: State
    kind: str
    basis: tuple[Basis, ...]
    clock: Clock = Clock.NOTHING


class NotLawful(Refusal):
    """The law's table has no such step from this state."""

    code = "not-lawful"
    sentence = "这个办件现在是“{state}”，不能这样做。请刷新页面，看看现在可以做什么。"


def _article(law: str, article: str) -> Basis:
    return Basis(Mark.READ, law, article)


LICENSING = "行政许可法"
ZHEJIANG = "浙江省保障“最多跑一次”改革规定"
REGISTERING = "市场主体登记管理条例"
PROMISE = Basis(Mark.DERIVED, note=Text("我们的承诺，比法律更严", "our promise, stricter than the law"))

_ACCEPT = (_article(LICENSING, "32"), _article(ZHEJIANG, "11"))
_WITHDRAW = Transition(State.WITHDRAWN, "withdrawn", (_article(ZHEJIANG, "11"), PROMISE), Clock.END)

Table = dict[tuple[State, Command], Transition]

# 许可: 行政许可法 32 (intake), 38 (decision with reasons), 42 (time), 44 (delivery); 浙江规定 5, 11.
LICENCE: Table = {
    (State.WAITING, Command.RECEIVE): Transition(State.RECEIVED, "received", (_article(ZHEJIANG, "5"),)),
    (State.WAITING, Command.FIND_MISSING): Transition(State.WAITING, "found_missing", (PROMISE,)),
    (State.WAITING, Command.SUPPLY): Transition(State.WAITING, "supplied", (_article(ZHEJIANG, "11"),)),
    (State.WAITING, Command.LAPSE): Transition(State.WITHDRAWN, "lapsed", (_article(ZHEJIANG, "11"),)),
    (State.WAITING, Command.WITHDRAW): _WITHDRAW,
    (State.RECEIVED, Command.FIND_MISSING): Transition(
        State.RECEIVED, "found_missing", (_article(LICENSING, "32"), PROMISE)),
    (State.RECEIVED, Command.SEND_NOTICE): Transition(
        State.CORRECTING, "notice_sent", (_article(LICENSING, "32"), _article(ZHEJIANG, "11"))),
    (State.RECEIVED, Command.ACCEPT): Transition(State.ACCEPTED, "accepted", _ACCEPT, Clock.START),
    (State.RECEIVED, Command.DEEM_ACCEPTED): Transition(
        State.ACCEPTED, "deemed_accepted", (_article(LICENSING, "32"),), Clock.START_FROM_RECEIPT),
    (State.RECEIVED, Command.NOT_ACCEPT): Transition(
        State.NOT_ACCEPTED, "not_accepted", (_article(LICENSING, "32"),), Clock.END),
    (State.RECEIVED, Command.WITHDRAW): _WITHDRAW,
    (State.CORRECTING, Command.SUPPLY): Transition(State.SUPPLIED, "supplied", (_article(ZHEJIANG, "11"),)),
    (State.CORRECTING, Command.LAPSE): Transition(State.WITHDRAWN, "lapsed", (_article(ZHEJIANG, "11"),), Clock.END),
    (State.CORRECTING, Command.WITHDRAW): _WITHDRAW,
    (State.SUPPLIED, Command.ACCEPT): Transition(State.ACCEPTED, "accepted", _ACCEPT, Clock.START),
    (State.SUPPLIED, Command.DEEM_ACCEPTED): Transition(
        State.ACCEPTED, "deemed_accepted", (_article(LICENSING, "32"), PROMISE), Clock.START_FROM_RECEIPT),
    (State.SUPPLIED, Command.NOT_ACCEPT): Transition(
        State.NOT_ACCEPTED, "not_accepted", (_article(ZHEJIANG, "11"),), Clock.END),
    (State.SUPPLIED, Command.WITHDRAW): _WITHDRAW,
    (State.ACCEPTED, Command.GRANT): Transition(State.GRANTED, "granted", (_article(LICENSING, "38"),), Clock.END),
    (State.ACCEPTED, Command.REFUSE): Transition(State.REFUSED, "refused", (_article(LICENSING, "38"),), Clock.END),
    (State.ACCEPTED, Command.WITHDRAW): _WITHDRAW,
    (State.GRANTED, Command.DELIVER): Transition(State.DELIVERED, "delivered", (_article(LICENSING, "44"),)),
    (State.REFUSED, Command.DELIVER): Transition(State.DELIVERED, "delivered", (_article(LICENSING, "38"),)),
}

# 登记: form review, on the spot or in three working days, three more (条例 19); not registered with reasons (20).
REGISTRATION: Table = {
    **LICENCE,
    (State.RECEIVED, Command.FIND_MISSING): Transition(
        State.RECEIVED, "found_missing", (_article(REGISTERING, "19"), PROMISE)),
    (State.RECEIVED, Command.SEND_NOTICE): Transition(
        State.CORRECTING, "notice_sent", (_article(REGISTERING, "19"), _article(ZHEJIANG, "11"))),
    (State.RECEIVED, Command.ACCEPT): Transition(
        State.ACCEPTED, "accepted", (_article(ZHEJIANG, "11"),), Clock.START),
    (State.RECEIVED, Command.DEEM_ACCEPTED): Transition(
        State.ACCEPTED, "deemed_accepted", (PROMISE,), Clock.START_FROM_RECEIPT),
    (State.RECEIVED, Command.NOT_ACCEPT): Transition(
        State.NOT_ACCEPTED, "not_accepted", (_article(ZHEJIANG, "11"),), Clock.END),
    (State.SUPPLIED, Command.ACCEPT): Transition(
        State.ACCEPTED, "accepted", (_article(ZHEJIANG, "11"),), Clock.START),
    (State.SUPPLIED, Command.DEEM_ACCEPTED): Transition(
        State.ACCEPTED, "deemed_accepted", (PROMISE,), Clock.START_FROM_RECEIPT),
    (State.ACCEPTED, Command.GRANT): Transition(
        State.GRANTED, "granted", (_article(REGISTERING, "19"), _article(REGISTERING, "21")), Clock.END),
    (State.ACCEPTED, Command.REFUSE): Transition(State.REFUSED, "refused", (_article(REGISTERING, "20"),), Clock.END),
    (State.GRANTED, Command.DELIVER): Transition(State.DELIVERED, "delivered", (_article(REGISTERING, "21"),)),
    (State.REFUSED, Command.DELIVER): Transition(State.DELIVERED, "delivered", (_article(REGISTERING, "20"),)),
}

# 备案 and public service: 浙江规定 11-13 alone.
FILING: Table = {
    **REGISTRATION,
    (State.RECEIVED, Command.FIND_MISSING): Transition(
        State.RECEIVED, "found_missing", (_article(ZHEJIANG, "11"), PROMISE)),
    (State.RECEIVED, Command.SEND_NOTICE): Transition(State.CORRECTING, "notice_sent", (_article(ZHEJIANG, "11"),)),
    (State.ACCEPTED, Command.GRANT): Transition(State.GRANTED, "granted", (_article(ZHEJIANG, "13"),), Clock.END),
    (State.ACCEPTED, Command.REFUSE): Transition(State.REFUSED, "refused", (_article(ZHEJIANG, "13"),), Clock.END),
    (State.GRANTED, Command.DELIVER): Transition(State.DELIVERED, "delivered", (_article(ZHEJIANG, "5"),)),
    (State.REFUSED, Command.DELIVER): Transition(State.DELIVERED, "delivered", (_article(ZHEJIANG, "5"),)),
}

TABLES: dict[Regime, Table] = {
    Regime.LICENCE: LICENCE,
    Regime.REGISTRATION: REGISTRATION,
    Regime.FILING: FILING,
    Regime.PUBLIC_SERVICE: FILING,
}


def first_state(regime: Regime, *, ordered_after: bool) -> State:
    """The state at submission: received by all agencies at once, or waiting where an article orders it (浙江规定 5).

    Raises NotLawful for a regime that has no table yet.
    """
    if regime not in TABLES:
        raise NotLawful(state=regime.value)
    return State.WAITING if ordered_after else State.RECEIVED


def apply(regime: Regime, state: State, command: Command) -> Transition:
    """The lawful step for a command in a state; raises NotLawful if the regime's table has none."""
    found = TABLES.get(regime, {}).get((state, command))
    if found is None:
        raise NotLawful(state=state.value)
    return found


def lawful(regime: Regime, state: State) -> frozenset[Command]:
    """The commands that the regime's table allows in a state."""
    return frozenset(command for (at, command) in TABLES.get(regime, {}) if at is state)
