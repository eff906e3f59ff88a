"""The same request with the same key is done once and answered twice (draft-ietf-httpapi-idempotency-key-header)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from onevisit.machines.errors import KeyInUse, KeyMissing, KeyReused
from onevisit.machines.models import Answer
from onevisit.machines.rules import LONGEST_KEY
from onevisit.machines.values import Kept

KEPT = timedelta(days=7)
WORKS = timedelta(seconds=60)  # longer than any act takes: a claim that is older was left by one that died
_CLAIM = """
INSERT INTO machines_answer (account, key, fingerprint, body, at) VALUES (%s, %s, %s, '', %s)
ON CONFLICT DO NOTHING
"""


def begin(account: UUID, key: str, fingerprint: bytes, *, now: datetime) -> Kept | None:
    """Claim the key, or the answer that was given before.

    Of two at once with one key the second waits while the first has its claim and its act in one transaction; where
    the claim was committed before the act, it is refused. Raises KeyMissing, KeyReused, KeyInUse.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise KeyMissing(most=LONGEST_KEY)
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [account, key, fingerprint, now])
        if cursor.rowcount:
            return None
    row = Answer.objects.filter(account=account, key=key).first()
    if row is None:  # forgotten, or given back, since the claim met it
        raise KeyInUse()
    if bytes(row.fingerprint) != fingerprint:
        raise KeyReused()
    if row.status is not None:
        return Kept(row.status, row.body)
    left = Answer.objects.filter(account=account, key=key, status=None, at__lt=now - WORKS)
    if not left.update(at=now):
        raise KeyInUse()
    return None


def release(account: UUID, key: str) -> None:
    """Give a claim back whose act was refused: a corrected state of things may let the same request pass."""
    Answer.objects.filter(account=account, key=key, status=None).delete()


def finish(account: UUID, key: str, status: int, body: str) -> None:
    """Keep the answer."""
    Answer.objects.filter(account=account, key=key).update(status=status, body=body)


def forget_old(now: datetime) -> int:
    """Remove answers that no repeat will ask for any more; how many."""
    return Answer.objects.filter(at__lt=now - KEPT).delete()[0]
