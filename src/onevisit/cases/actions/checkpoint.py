"""Seal the chain heads that moved since the last checkpoint; keep the seal in the database and as a file outside."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from onevisit.cases.models import Case, Checkpoint, MovedHead
from onevisit.cases.queries.verifying import sealed_row
from onevisit.cases.sealing import Sealed, file_of, signing_key, write_file
from onevisit.core.ledger import NO_CHECKPOINT, CaseHead, seal

EVERY = timedelta(seconds=10)
BATCH = 2000  # writes that one checkpoint takes
LOCK = 0x6F6E6576  # one sealer at a time


def checkpoint(now: datetime) -> int:
    """Seal what moved, at most BATCH writes, and not more often than EVERY; how many case heads.

    No query looks at more than what moved. A file that a crash kept from being written is written first.
    """
    last = Checkpoint.objects.order_by("-seq").first()
    _catch_up(last)
    if (last is not None and now < last.at + EVERY) or not MovedHead.objects.exists():
        return 0
    with transaction.atomic():
        sealed = _seal(now)
    if sealed is None:
        return 0
    write_file(sealed)
    return len(sealed.seal.heads)


def _seal(now: datetime) -> Sealed | None:
    """The next checkpoint, in the database. Writes that are not yet committed stay for the one after it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    taken = list(MovedHead.objects.order_by("pk").values_list("pk", "case")[:BATCH])
    if not taken:
        return None
    MovedHead.objects.filter(pk__in=[pk for pk, _ in taken]).delete()
    cases = Case.objects.filter(pk__in={case for _, case in taken}).values_list("number", "head_seq", "head_hash")
    heads = [CaseHead(number, seq, bytes(head).hex()) for number, seq, head in cases]
    last = Checkpoint.objects.order_by("-seq").first()
    made = seal(last.seq + 1 if last else 1, now, heads, sealed_row(last).hash() if last else NO_CHECKPOINT)
    sealed = Sealed(made, signing_key().sign(made.message()))
    Checkpoint.objects.create(
        seq=made.seq,
        at=made.at,
        heads=[[head.number, head.seq, head.hash] for head in made.heads],
        root=made.root,
        previous=made.previous,
        signature=sealed.signature,
    )
    return sealed


def _catch_up(last: Checkpoint | None) -> None:
    """Write the files that are missing at the end of the row of checkpoints."""
    missing = []
    while last is not None and not file_of(last.seq).exists():
        missing.append(last)
        last = Checkpoint.objects.filter(seq__lt=last.seq).order_by("-seq").first()
    for row in reversed(missing):
        write_file(sealed_row(row))
