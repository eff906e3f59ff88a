"""What others may ask the payments room."""

from onevisit.payments.queries.bills import bill, bill_of, bills_by_number, bills_of, owed, sums_of
from onevisit.payments.queries.receipts import receipt
from onevisit.payments.queries.reconciling import reconcile
from onevisit.payments.queries.takings import takings

__all__ = ["bill", "bill_of", "bills_by_number", "bills_of", "owed", "receipt", "reconcile", "sums_of", "takings"]
