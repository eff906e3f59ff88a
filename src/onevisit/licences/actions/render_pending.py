"""Make the documents of licences that have none yet."""

from datetime import datetime

from django.conf import settings

from onevisit import paper
from onevisit.core.china import day_of
from onevisit.licences.models import Licence
from onevisit.licences.rules import REASON
from onevisit.paper.pending import make_pending


def render_pending(now: datetime) -> int:
    """Typeset, seal and keep the documents that wait; how many rows were dealt with."""
    return make_pending(Licence, _document, now=now)


def _document(licence: Licence) -> bytes:
    """The sealed PDF, dated as the licence was issued."""
    data = {
        "title": licence.title,
        "number": licence.number,
        "holder": licence.holder_name,
        "issuer": licence.agency_name,
        "issued": day_of(licence.issued_at).isoformat(),
        "valid_until": licence.valid_until.isoformat() if licence.valid_until else "",
        "fields": licence.fields,
        "qr": paper.qr(f"{settings.PUBLIC_URL}/verify/{licence.token}"),
    }
    pdf = paper.typeset("licence", data, at=licence.issued_at)
    return paper.seal(
        pdf,
        agency=licence.agency_name,
        reason=REASON + licence.number,
        at=licence.issued_at,
        folder=settings.SEAL_FOLDER,
    )
