"""Make the documents of receipts that have none yet."""

from datetime import datetime

from django.conf import settings

from onevisit import paper
from onevisit.core.china import day_of
from onevisit.paper.pending import make_pending
from onevisit.payments.models import Receipt

REASON = "收据 "  # begins the signature's reason; the number follows


def render_pending(now: datetime) -> int:
    """Typeset, seal and keep the documents that wait; how many rows were dealt with."""
    return make_pending(Receipt, _document, now=now)


def _document(receipt: Receipt) -> bytes:
    """The sealed PDF, dated as the money was recorded."""
    issuer = receipt.bill.issuer
    data = {
        **receipt.data,
        "issuer": issuer,
        "number": receipt.number,
        "date": day_of(receipt.issued_at).isoformat(),
        "qr": paper.qr(f"{settings.PUBLIC_URL}/cases/{receipt.bill.case_number}/pay"),
    }
    pdf = paper.typeset("payment", data, at=receipt.issued_at)
    return paper.seal(
        pdf,
        agency=issuer,
        reason=REASON + receipt.number,
        at=receipt.issued_at,
        folder=settings.SEAL_FOLDER,
    )
