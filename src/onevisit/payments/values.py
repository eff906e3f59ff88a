"""What the payments room is told and tells others: frozen values, never rows. All money is in yuan (CNY)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from onevisit.core.text import Text

ZERO = Decimal("0.00")


class Way(StrEnum):
    """How money came."""

    ONLINE = "online"
    CASH = "cash"
    POS = "pos"

    @property
    def at_window(self) -> bool:
        """Whether a clerk took it, and hands it back."""
        return self is not Way.ONLINE


class BillState(StrEnum):
    """Where a bill is."""

    NOTHING_DUE = "nothing_due"
    UNPAID = "unpaid"
    PAID = "paid"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line of a bill to be made. `reduction` is 0 or negative and has a basis of its own."""

    payee: str  # key of the agency that the money is for
    payee_name: Text
    label: Text
    amount: Decimal
    service: str
    basis: str
    reduction: Decimal = ZERO
    reduction_basis: str = ""


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as it stands."""

    id: UUID
    payee: str
    payee_name: Text
    label: Text
    amount: Decimal
    reduction: Decimal
    due: Decimal
    service: str
    basis: str
    reduction_basis: str
    refund: str  # "", or the number of the refund that gives it back
    refunded: bool  # and it has been given back

    @property
    def less(self) -> Decimal:
        """The reduction as people say it: by how much less."""
        return -self.reduction


@dataclass(frozen=True, slots=True)
class PayeeView:
    """What is for one payee."""

    payee: str
    name: Text
    due: Decimal
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One row of the ledger of money: what came (positive), or went back (negative)."""

    kind: str  # "payment" | "refund"
    number: str  # ours: of order or refund
    way: Way
    amount: Decimal
    at: datetime
    by_name: str  # who took it, or handed it back; of a refund that is not done, who ordered it; "" = the provider
    reason: str
    done: bool  # a refund that is ordered but not confirmed is not done
    surplus: bool  # money that came second, or the refund that gives it back
    refund: UUID | None
    receipt: UUID | None
    ready: bool  # whether its receipt has its document

    @property
    def less(self) -> Decimal:
        """What goes back as people say it."""
        return -self.amount


@dataclass(frozen=True, slots=True)
class BillView:
    """A bill whole."""

    id: UUID
    case: UUID
    case_number: str
    number: str
    supplement: bool
    revision: int
    state: BillState
    waiting: bool  # the payer was sent to the provider and nothing is known yet
    total: Decimal
    payees: tuple[PayeeView, ...]
    money: tuple[MoneyRow, ...]

    @property
    def lines(self) -> tuple[LineView, ...]:
        """All lines, payee by payee."""
        return tuple(line for payee in self.payees for line in payee.lines)

    @property
    def to_hand_back(self) -> tuple[MoneyRow, ...]:
        """What goes back that a window took, and has to hand out."""
        return tuple(row for row in self.money if row.refund and not row.done and row.way.at_window)

    @property
    def papers(self) -> tuple[MoneyRow, ...]:
        """What came or went back, of which there is a receipt."""
        return tuple(row for row in self.money if row.receipt)

    @property
    def held(self) -> Decimal:
        """Money that is here: taken less given back."""
        return sum((row.amount for row in self.money if row.done), ZERO)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a bill still wants of people, in a line."""

    case: UUID
    unpaid: Decimal
    back: Decimal  # money that a window took and has to hand back


@dataclass(frozen=True, slots=True)
class Difference:
    """A movement that only one side has, or has with another amount."""

    kind: str  # "payment" | "refund"
    number: str
    payee: str
    ours: Decimal | None
    theirs: Decimal | None

    @property
    def what(self) -> str:
        """ "missing_here", "missing_there" or "amount"."""
        if self.ours is None:
            return "missing_here"
        return "missing_there" if self.theirs is None else "amount"


@dataclass(frozen=True, slots=True)
class PayeeDay:
    """One payee's day on both sides."""

    payee: str
    paid_ours: Decimal
    paid_theirs: Decimal
    refunded_ours: Decimal
    refunded_theirs: Decimal


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A day in Shanghai, ours against the provider's statement."""

    day: date
    payees: tuple[PayeeDay, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Taking:
    """Money that a window took, or (negative) handed back, with the number of its slip."""

    at: datetime
    way: Way
    amount: Decimal
    slip: str
    case_number: str
    by_name: str


@dataclass(frozen=True, slots=True)
class Sum:
    """What came and what went back."""

    came: Decimal
    back: Decimal

    @property
    def left(self) -> Decimal:
        """What has to be there."""
        return self.came - self.back


@dataclass(frozen=True, slots=True)
class Takings:
    """A day of one hall's windows."""

    day: date
    rows: tuple[Taking, ...]
    ways: tuple[tuple[Way, Sum], ...]
    payees: tuple[tuple[Text, Sum], ...]
