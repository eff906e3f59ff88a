"""The documents of receipts."""

from uuid import UUID

from onevisit.payments.errors import BillNotFound, NoReceiptYet
from onevisit.payments.models import Receipt


def receipt(receipt_id: UUID, *, case_number: str) -> tuple[str, bytes]:
    """Number and sealed PDF of a receipt of this case, which the caller may read.

    Raises BillNotFound (404), NoReceiptYet (409) while the worker is at it.
    """
    row = Receipt.objects.filter(pk=receipt_id, bill__case_number=case_number).only("number", "document").first()
    if row is None:
        raise BillNotFound("receipt")
    if row.document is None:
        raise NoReceiptYet
    return row.number, bytes(row.document)
