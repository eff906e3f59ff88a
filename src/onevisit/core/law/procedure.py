"""What may be done to a procedure in each state, by regime, with its event, article and effect on the clock.

A row is (state, what the check of completeness says, command) → (next state, next check, event, articles, clock).
What has no row is not lawful.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from onevisit.core.basis import Basis, Period
from onevisit.core.catalogue import Regime
from onevisit.core.errors import Refusal
from onevisit.core.law import articles as law


class State(StrEnum):
    """Where a procedure stands."""

    WAITING = "waiting"  # serial: no clock before the predecessor's notice
    RECEIVED = "received"  # 收件
    ACCEPTED = "accepted"  # 受理
    NOT_RECEIVED = "not_received"  # its predecessor failed, so that it never came to be received
    NOT_ACCEPTED = "not_accepted"  # 不予受理
    ACCEPTANCE_REVOKED = "acceptance_revoked"  # 撤销受理: accepted provisionally, and what was missing never came
    WITHDRAWN = "withdrawn"  # by himself, or taken as such
    ENDED = "ended"  # 终止办理: one of those who apply has died
    GRANTED = "granted"  # 准予
    REFUSED = "refused"  # 不予
    DELIVERED = "delivered"  # 送达

    @property
    def open(self) -> bool:
        """Whether it can still be decided, or withdrawn."""
        return self in (State.WAITING, State.RECEIVED, State.ACCEPTED)


class Check(StrEnum):
    """What the agency's check of completeness says."""

    OPEN = "open"  # nobody has looked
    COMPLETE = "complete"
    MISSING = "missing"  # something is missing: it goes into the case's one notice
    SUPPLIED = "supplied"  # the applicant has answered the notice
    PROVISIONAL = "provisional"  # accepted while something minor is missing (容缺受理)


class Command(StrEnum):
    """What is done to a procedure."""

    SUBMIT = "submit"
    SUBMIT_SERIAL = "submit_serial"  # an article orders another one first
    ACCEPT = "accept"
    ACCEPT_PROVISIONALLY = "accept_provisionally"  # what the guide lets come later is missing
    REVOKE_ACCEPTANCE = "revoke_acceptance"  # it did not come in time
    ACCEPT_BY_SILENCE = "accept_by_silence"  # nobody said a word to the applicant in time
    REPORT_MISSING = "report_missing"
    SUPPLY = "supply"
    NOT_ACCEPT = "not_accept"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"  # the applicant let his time pass
    RECEIVE = "receive"  # the last predecessor's notice came
    ABANDON = "abandon"  # a predecessor failed
    END = "end"  # one of those who apply has died
    GRANT = "grant"
    REFUSE = "refuse"
    DELIVER = "deliver"


class ClockEffect(StrEnum):
    """What an event does to the clock of the decision."""

    NONE = "none"
    START = "start"  # from the day of the event
    START_AT_RECEIPT = "start_at_receipt"  # from the day of receipt (行政许可法 32)


DECIDED = frozenset({State.GRANTED, State.REFUSED, State.DELIVERED, State.NOT_ACCEPTED})
FINAL = DECIDED | {State.WITHDRAWN, State.NOT_RECEIVED, State.ACCEPTANCE_REVOKED, State.ENDED}
SUCCEEDED = frozenset({State.GRANTED, State.DELIVERED})
FAILED = FINAL - SUCCEEDED


class NotLawful(Refusal):
    """A command that the law does not know in this state."""

    code = "not-lawful"
    status = 409
    sentence: ClassVar[str] = "这个事项现在不能这样处理。请刷新页面，看最新的状态和可以做的事。"


@dataclass(frozen=True, slots=True)
class Transition:
    """What a command leads to."""

    to: State
    check: Check
    kind: str  # of the ledger entry
    basis: tuple[Basis, ...]
    clock: ClockEffect = ClockEffect.NONE


Key = tuple[State | None, Check, Command]
Table = dict[Key, Transition]
_S, _C, _K = State, Check, Command
UNDECIDED = (Check.OPEN, Check.COMPLETE, Check.MISSING, Check.SUPPLIED)


def _common() -> Table:
    """Rows that every regime shares: intake as one, the one notice, withdrawal, sequences."""
    start = ClockEffect.START
    rows: Table = {
        (None, _C.OPEN, _K.SUBMIT): Transition(_S.RECEIVED, _C.OPEN, "procedure.received", (law.ALL_AT_ONCE,)),
        (None, _C.OPEN, _K.SUBMIT_SERIAL): Transition(
            _S.WAITING, _C.OPEN, "procedure.waiting", (law.ONE_AFTER_ANOTHER, law.OUR_PROMISE)
        ),
    }
    for state in (_S.RECEIVED, _S.WAITING):
        missing = Transition(state, _C.MISSING, "procedure.missing_reported", (law.TOLD_AT_ONCE, law.OUR_PROMISE))
        rows[state, _C.OPEN, _K.REPORT_MISSING] = missing
        rows[state, _C.MISSING, _K.SUPPLY] = Transition(state, _C.SUPPLIED, "procedure.supplied", (law.TOLD_AT_ONCE,))
        lapsed = Transition(_S.WITHDRAWN, _C.MISSING, "procedure.lapsed", (law.TAKEN_AS_WITHDRAWN,))
        rows[state, _C.MISSING, _K.LAPSE] = lapsed
        rows[state, _C.SUPPLIED, _K.NOT_ACCEPT] = Transition(
            _S.NOT_ACCEPTED, _C.SUPPLIED, "procedure.not_accepted", (law.STILL_WRONG,)
        )
        for check in UNDECIDED:
            rows[state, check, _K.WITHDRAW] = Transition(_S.WITHDRAWN, check, "procedure.withdrawn", (law.OWN_WISH,))
    for check in (_C.OPEN, _C.SUPPLIED):
        rows[_S.WAITING, check, _K.ACCEPT] = Transition(
            _S.WAITING, _C.COMPLETE, "procedure.checked", (law.OUR_PROMISE,)
        )
        rows[_S.RECEIVED, check, _K.ACCEPT] = Transition(
            _S.ACCEPTED, _C.COMPLETE, "procedure.accepted", (law.ACCEPTED,), start
        )
    for check in (_C.OPEN, _C.MISSING, _C.SUPPLIED):  # what is missing but was never told is silence too
        rows[_S.WAITING, check, _K.ACCEPT_BY_SILENCE] = Transition(
            _S.WAITING, _C.COMPLETE, "procedure.checked_by_silence", (law.SILENCE_LIKEWISE,)
        )
        rows[_S.RECEIVED, check, _K.ACCEPT_BY_SILENCE] = Transition(
            _S.ACCEPTED,
            _C.COMPLETE,
            "procedure.accepted_by_silence",
            (law.SILENCE_LIKEWISE,),
            ClockEffect.START_AT_RECEIPT,
        )
        rows[_S.WAITING, check, _K.RECEIVE] = Transition(
            _S.RECEIVED, check, "procedure.received", (law.ONE_AFTER_ANOTHER,)
        )
    rows[_S.WAITING, _C.COMPLETE, _K.RECEIVE] = Transition(
        _S.ACCEPTED, _C.COMPLETE, "procedure.accepted", (law.ONE_AFTER_ANOTHER,), start
    )
    for check in UNDECIDED:
        rows[_S.WAITING, check, _K.ABANDON] = Transition(
            _S.NOT_RECEIVED, check, "procedure.not_received", (law.ONE_AFTER_ANOTHER, law.PREDECESSOR_FAILED)
        )
    rows[_S.ACCEPTED, _C.COMPLETE, _K.WITHDRAW] = Transition(
        _S.WITHDRAWN, _C.COMPLETE, "procedure.withdrawn", (law.OWN_WISH,)
    )
    return rows | _provisional() | _ends()


def _ends() -> Table:
    """终止办理: whatever is open has lost one of those who applied (民法典 13)."""
    basis = (law.NO_CAPACITY, law.ENDED_BY_DEATH)
    at = [(state, check) for state in (_S.RECEIVED, _S.WAITING) for check in UNDECIDED]
    at += [(_S.ACCEPTED, _C.COMPLETE), (_S.ACCEPTED, _C.PROVISIONAL)]
    return {(state, check, _K.END): Transition(_S.ENDED, check, "procedure.ended", basis) for state, check in at}


def _provisional() -> Table:
    """容缺受理 (浙江规定 11(2)): accepted, nothing decided before the rest has come, revoked when it does not."""
    minor = _C.PROVISIONAL
    return {
        (_S.RECEIVED, _C.OPEN, _K.ACCEPT_PROVISIONALLY): Transition(
            _S.ACCEPTED, minor, "procedure.accepted_provisionally", (law.PROVISIONALLY,), ClockEffect.START
        ),
        (_S.ACCEPTED, minor, _K.SUPPLY): Transition(
            _S.ACCEPTED, _C.COMPLETE, "procedure.completed", (law.PROVISIONALLY,)
        ),
        (_S.ACCEPTED, minor, _K.REVOKE_ACCEPTANCE): Transition(
            _S.ACCEPTANCE_REVOKED, minor, "procedure.acceptance_revoked", (law.NEVER_COMPLETED,)
        ),
        (_S.ACCEPTED, minor, _K.WITHDRAW): Transition(_S.WITHDRAWN, minor, "procedure.withdrawn", (law.OWN_WISH,)),
    }


def _decide(event: str, to: State, *basis: Basis) -> Transition:
    return Transition(to, Check.COMPLETE, event, basis)


def _deliver(*basis: Basis) -> Transition:
    return Transition(State.DELIVERED, Check.COMPLETE, "procedure.delivered", basis)


def _licence() -> Table:
    """行政许可: accepted from receipt when nobody speaks for five working days (32); decided in writing (38)."""
    rows = _common()
    rows[_S.RECEIVED, _C.OPEN, _K.NOT_ACCEPT] = Transition(
        _S.NOT_ACCEPTED, _C.OPEN, "procedure.not_accepted", (law.NOT_NEEDED, law.NOT_COMPETENT)
    )
    for check in (_C.OPEN, _C.SUPPLIED):
        rows[_S.RECEIVED, check, _K.ACCEPT] = Transition(
            _S.ACCEPTED, _C.COMPLETE, "procedure.accepted", (law.MUST_ACCEPT, law.ACCEPTED), ClockEffect.START
        )
    for check in (_C.OPEN, _C.MISSING, _C.SUPPLIED):
        silence = law.SILENCE_LIKEWISE if check is _C.SUPPLIED else law.TOLD_IN_FIVE_DAYS
        rows[_S.RECEIVED, check, _K.ACCEPT_BY_SILENCE] = Transition(
            _S.ACCEPTED, _C.COMPLETE, "procedure.accepted_by_silence", (silence,), ClockEffect.START_AT_RECEIPT
        )
    rows[_S.ACCEPTED, _C.COMPLETE, _K.GRANT] = _decide("procedure.granted", _S.GRANTED, law.GRANT)
    rows[_S.ACCEPTED, _C.COMPLETE, _K.REFUSE] = _decide("procedure.refused", _S.REFUSED, law.REFUSE)
    rows[_S.GRANTED, _C.COMPLETE, _K.DELIVER] = _deliver(law.DELIVER)
    return rows


def _decided_in_writing(kind: str = "procedure.granted") -> Table:
    """Examined, decided in writing (浙江规定 13); that a refusal gives reasons is by analogy of 行政许可法 38."""
    rows = _common()
    rows[_S.ACCEPTED, _C.COMPLETE, _K.GRANT] = _decide(kind, _S.GRANTED, law.IN_WRITING)
    rows[_S.ACCEPTED, _C.COMPLETE, _K.REFUSE] = _decide(
        "procedure.refused", _S.REFUSED, law.IN_WRITING, law.REASONS_LIKEWISE
    )
    rows[_S.GRANTED, _C.COMPLETE, _K.DELIVER] = _deliver(law.IN_WRITING)
    return rows


def _received_by(rows: Table, *basis: Basis) -> Table:
    """The rows, with the law by which 浙江规定 holds for this regime at all."""
    for key in ((None, _C.OPEN, _K.SUBMIT), (None, _C.OPEN, _K.SUBMIT_SERIAL)):
        rows[key] = replace(rows[key], basis=(*rows[key].basis, *basis))
    return rows


def _registration() -> Table:
    """登记: form is examined, decided in writing; the service's own law says on the spot or within which days.

    户口登记条例 has no rule of intake of its own, so that registering a birth or a move goes by these rows too.
    """
    return _decided_in_writing()


def _real_estate() -> Table:
    """不动产登记: not told on the spot, in writing, that it is not accepted means accepted (不动产登记暂行条例 17).

    What is incomplete is not accepted (17(1)(3)): the province's 容缺受理 does not go against that.
    """
    minor = _provisional().keys() | {(_S.ACCEPTED, _C.PROVISIONAL, _K.END)}
    rows = {key: row for key, row in _decided_in_writing().items() if key not in minor}
    rows[_S.RECEIVED, _C.OPEN, _K.REPORT_MISSING] = Transition(
        _S.RECEIVED, _C.MISSING, "procedure.missing_reported", (law.ESTATE_TOLD, law.SAME_DAY_IS_AT_ONCE)
    )
    rows[_S.RECEIVED, _C.OPEN, _K.NOT_ACCEPT] = Transition(
        _S.NOT_ACCEPTED, _C.OPEN, "procedure.not_accepted", (law.ESTATE_ELSEWHERE,)
    )
    rows[_S.RECEIVED, _C.SUPPLIED, _K.NOT_ACCEPT] = Transition(
        _S.NOT_ACCEPTED, _C.SUPPLIED, "procedure.not_accepted", (law.ESTATE_TOLD,)
    )
    for check in (_C.OPEN, _C.SUPPLIED):
        rows[_S.RECEIVED, check, _K.ACCEPT] = Transition(
            _S.ACCEPTED, _C.COMPLETE, "procedure.accepted", (law.ESTATE_ACCEPTED,), ClockEffect.START
        )
    for check in (_C.OPEN, _C.MISSING, _C.SUPPLIED):
        rows[_S.RECEIVED, check, _K.ACCEPT_BY_SILENCE] = Transition(
            _S.ACCEPTED,
            _C.COMPLETE,
            "procedure.accepted_by_silence",
            (law.ESTATE_SILENCE, law.SAME_DAY_IS_AT_ONCE),
            ClockEffect.START_AT_RECEIPT,
        )
    for (state, check, command), row in list(rows.items()):
        if command is _K.WITHDRAW:
            rows[state, check, command] = replace(row, basis=(law.ESTATE_WITHDRAWN,))
        if command is _K.END:  # nobody can apply jointly with the dead; who inherits is registered first (民法典 232)
            rows[state, check, command] = replace(row, basis=(law.ESTATE_JOINT, law.ESTATE_UNLAWFUL))
    rows[_S.ACCEPTED, _C.COMPLETE, _K.GRANT] = _decide(
        "procedure.registered", _S.GRANTED, law.ESTATE_RECORDED, law.ESTATE_EXAMINED
    )
    rows[_S.ACCEPTED, _C.COMPLETE, _K.REFUSE] = _decide("procedure.refused", _S.REFUSED, law.ESTATE_REFUSED)
    rows[_S.GRANTED, _C.COMPLETE, _K.DELIVER] = _deliver(law.ESTATE_CERTIFICATE)
    return rows


def _tax() -> Table:
    """税: declared, assessed, paid; the law leaves no choice, so that nothing is refused on its merits (征管法 28).

    What still lacks something after it was asked for is not accepted: that is form, and the duty to declare remains.
    """
    rows = _received_by(_common(), law.DECLARED, law.STATIONED_LIKEWISE)
    rows[_S.ACCEPTED, _C.COMPLETE, _K.GRANT] = _decide("procedure.assessed", _S.GRANTED, law.ASSESSED)
    rows[_S.GRANTED, _C.COMPLETE, _K.DELIVER] = _deliver(law.TAX_RECEIPT)
    return rows


def _public_service() -> Table:
    """公共服务: of utilities by reference (浙江规定 47); not refused without good reason (12)."""
    rows = _received_by(_decided_in_writing("procedure.served"), law.UTILITIES_LIKEWISE)
    rows[_S.ACCEPTED, _C.COMPLETE, _K.REFUSE] = _decide(
        "procedure.refused", _S.REFUSED, law.NOT_WITHOUT_REASON, law.REASONS_LIKEWISE
    )
    return rows


def _filing() -> Table:
    """备案: complete on receipt, recorded, never refused."""
    received = Transition(
        _S.ACCEPTED, _C.COMPLETE, "procedure.accepted", (law.ALL_AT_ONCE, law.FILED_ON_RECEIPT), ClockEffect.START
    )
    rows = {key: row for key, row in _common().items() if key[0] is not _S.RECEIVED}
    rows[None, _C.OPEN, _K.SUBMIT] = received
    for check in UNDECIDED:
        rows[_S.WAITING, check, _K.RECEIVE] = Transition(
            _S.ACCEPTED,
            _C.COMPLETE,
            "procedure.accepted",
            (law.ONE_AFTER_ANOTHER, law.FILED_ON_RECEIPT),
            ClockEffect.START,
        )
    rows[_S.ACCEPTED, _C.COMPLETE, _K.GRANT] = _decide("procedure.recorded", _S.GRANTED, law.FILED_ON_RECEIPT)
    rows[_S.GRANTED, _C.COMPLETE, _K.DELIVER] = _deliver(law.FILED_ON_RECEIPT)
    return rows


TABLES: dict[Regime, Table] = {
    Regime.LICENCE: _licence(),
    Regime.REGISTRATION: _registration(),
    Regime.REAL_ESTATE: _real_estate(),
    Regime.CONFIRMATION: _received_by(_decided_in_writing("procedure.confirmed"), law.COVERED),
    Regime.BENEFIT: _received_by(_decided_in_writing("procedure.awarded"), law.COVERED),
    Regime.FILING: _filing(),
    Regime.TAX: _tax(),
    Regime.PUBLIC_SERVICE: _public_service(),
}


def check_period(regime: Regime, state: State) -> Period:
    """How long a body has to say what is missing, from receipt: five working days (行政许可法 32; else our promise).

    A real-estate registry says it on the spot (不动产登记暂行条例 17); while an article has it wait, nothing is
    received yet, so that our promise holds for it too.
    """
    return law.AT_ONCE if regime is Regime.REAL_ESTATE and state is not State.WAITING else law.CHECK


def apply(regime: Regime, state: State | None, command: Command, check: Check | None = None) -> Transition:
    """What `command` does to a procedure of that regime (`state` None: not submitted yet). Raises NotLawful.

    `check` may be left out where it makes no difference, as for a withdrawal.
    """
    table = TABLES[regime]
    if check is not None:
        rows = [table[state, check, command]] if (state, check, command) in table else []
    else:
        rows = [row for (at, _, does), row in table.items() if at is state and does is command]
    if len({(row.to, row.kind) for row in rows}) != 1:
        raise NotLawful
    return rows[0]


def lawful(regime: Regime, state: State | None, check: Check) -> frozenset[Command]:
    """The commands that the law knows there."""
    return frozenset(command for at, c, command in TABLES[regime] if at is state and c is check)


def submitted(regime: Regime, *, serial: bool) -> Transition:
    """How a procedure begins when its case is submitted; `serial`: an article orders another one first."""
    return apply(regime, None, Command.SUBMIT_SERIAL if serial else Command.SUBMIT)
