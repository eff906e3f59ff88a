"""The lock under which everything about one bill happens."""

from uuid import UUID

from onevisit.payments.errors import BillNotFound
from onevisit.payments.models import Bill, Payment, Revision


def lock(bill: UUID) -> Bill:
    """The bill, locked until the transaction ends. Raises BillNotFound."""
    row = Bill.objects.select_for_update().filter(pk=bill).first()
    if row is None:
        raise BillNotFound("bill")
    return row


def case_of(bill: UUID) -> UUID:
    """Whose case it is, without a lock: that never changes. Raises BillNotFound."""
    case = Bill.objects.filter(pk=bill).values_list("case", flat=True).first()
    if case is None:
        raise BillNotFound("bill")
    return case


def settled(bill: Bill) -> Payment | None:
    """The payment that settles it."""
    return Payment.objects.filter(bill=bill, settles=True).first()


def current(bill: Bill) -> Revision:
    """What it asks for now."""
    return Revision.objects.get(bill=bill, number=bill.revision)
