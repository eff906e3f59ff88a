"""Is the ledger whole? Every chain against its head, and every chain against the checkpoints outside the database.

Streams: a few hundred cases, or one checkpoint, at a time. All is read as of one moment, while others go on writing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from time import monotonic, sleep
from uuid import UUID

from django.db import connection, transaction

from onevisit.cases import sealing
from onevisit.cases.errors import NoSuchCase
from onevisit.cases.models import Case, Checkpoint, Entry
from onevisit.cases.sealing import Sealed
from onevisit.cases.values import LedgerFinding
from onevisit.core.ledger import NO_CHECKPOINT, CaseHead, Head, Link, Seal
from onevisit.core.tampering import Fault, Finding, verify_chain
from onevisit.core.text import Text

BATCH = 500  # cases read at a time
PATIENCE = 0.5  # seconds; a checkpoint's file is written a moment after its row
_SEEN = """
SELECT seen.number, seen.seq, c.id, e.hash, (SELECT max(last.seq) FROM cases_entry last WHERE last.case_id = c.id)
FROM unnest(%s::text[], %s::int[]) AS seen(number, seq)
LEFT JOIN cases_case c ON c.number = seen.number
LEFT JOIN cases_entry e ON e.case_id = c.id AND e.seq = seen.seq
"""
_WORDS = {
    Fault.CHANGED: Text("第{seq}条记录被改过", "entry {seq} was changed"),
    Fault.REMOVED: Text("第{seq}条记录被删除", "entry {seq} was removed"),
    Fault.INSERTED: Text("第{seq}条记录是后来插入的", "entry {seq} was put in"),
    Fault.MOVED: Text("第{seq}条记录被挪了位置", "entry {seq} was moved"),
    Fault.CUT_OFF: Text("第{seq}条记录被截掉", "entry {seq} was cut off"),
    Fault.HEAD: Text("链尾（第{seq}条）与办件上记的不符", "the chain's end (entry {seq}) is not what the case says"),
    Fault.REWRITTEN: Text("第{seq}条或更早的记录被整段重写", "entry {seq}, or one before it, was written anew"),
    Fault.ERASED: Text("第{seq}条记录的内容被删除，没有依法删除的记录", "entry {seq} was erased without a record"),
    Fault.CASE_REMOVED: Text("整个办件被删除（曾有{seq}条记录）", "the whole case was removed ({seq} entries)"),
}


def verify(case: str = "") -> list[LedgerFinding]:
    """All that is not as it was written, each once; of one case, by its number, or of all. Raises NoSuchCase."""
    files = [int(file.stem) for file in sealing.files()]  # before the snapshot: then each one's row is in it
    with _one_moment():
        found = list(dict.fromkeys([*_chains(case), *_checkpoints(case, files)]))
        if case and not any(one.case for one in found) and not Case.objects.filter(number=case).exists():
            raise NoSuchCase(number=case)
    return found


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read inside is read as of one moment; inside a transaction that has begun, as that one reads."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _finding(number: str, found: Finding) -> LedgerFinding:
    words = _WORDS[found.fault]
    zh, en = words.zh.format(seq=found.seq), words.en.format(seq=found.seq)
    return LedgerFinding(found.fault, number, found.seq, Text(f"办件 {number}：{zh}", f"case {number}: {en}"))


def _chains(case: str) -> Iterator[LedgerFinding]:
    """Every chain against the head that its case keeps."""
    last: UUID | None = None
    while True:
        rows = Case.objects.order_by("pk")
        rows = rows.filter(number=case) if case else rows
        rows = rows.filter(pk__gt=last) if last else rows
        batch = list(rows.values_list("pk", "number", "head_seq", "head_hash")[:BATCH])
        if not batch:
            return
        entries = Entry.objects.filter(case__in=[row[0] for row in batch]).order_by("case", "seq")
        chains = {
            pk: [_link(entry) for entry in found] for pk, found in groupby(entries.iterator(2000), lambda e: e.case_id)
        }
        for pk, number, seq, head in batch:
            for found in verify_chain(pk, chains.get(pk, []), Head(seq, bytes(head))):
                yield _finding(number, found)
        last = batch[-1][0]


def _link(row: Entry) -> Link:
    return Link(
        seq=row.seq,
        at=row.at,
        kind=row.kind,
        body=None if row.body is None else row.body.encode(),
        salt=None if row.salt is None else bytes(row.salt),
        digest=bytes(row.digest),
        previous=bytes(row.previous),
        hash=bytes(row.hash),
    )


def sealed_row(row: Checkpoint) -> Sealed:
    """A row as the checkpoint that it keeps."""
    heads = tuple(CaseHead(*head) for head in row.heads)
    return Sealed(Seal(row.seq, row.at, heads, bytes(row.root), bytes(row.previous)), bytes(row.signature))


def _broken(seq: int, zh: str, en: str) -> LedgerFinding:
    return LedgerFinding(Fault.CHECKPOINT, "", seq, Text(f"检查点 {seq}：{zh}", f"checkpoint {seq}: {en}"))


def _checkpoints(case: str, files: Sequence[int]) -> Iterator[LedgerFinding]:
    """Each checkpoint against its file, its signature and the one before it; every chain against its heads."""
    key = sealing.public_key()
    before: tuple[int, bytes | None] = (0, NO_CHECKPOINT)
    for seq, row, file in _pairs(files):
        yield from _compare(seq, row, file)
        trusted = next((one for one in (file, row) if one and key and one.signed_by(key) and one.seal.root_holds), None)
        if trusted is None:
            yield _broken(seq, "签名不对，是伪造的", "its signature is not ours: it is forged")
            before = (seq, None)
            continue
        if seq != before[0] + 1:
            yield _broken(before[0] + 1, "不见了", "is gone")
        elif before[1] not in (None, trusted.seal.previous):
            yield _broken(seq, "接不上前一个检查点", "does not follow the one before it")
        before = (seq, trusted.hash())
        yield from _against(trusted, case)


def _pairs(files: Sequence[int]) -> Iterator[tuple[int, Sealed | None, Sealed | None]]:
    """Checkpoints by number: as the database has it, and as its file has it. `files`: that were there before."""
    give_up, newest = monotonic() + PATIENCE, max(files, default=0)
    alone = iter(files)
    file = next(alone, None)
    for row in Checkpoint.objects.order_by("seq").iterator(100):
        while file is not None and file < row.seq:
            yield file, None, _read(file)
            file = next(alone, None)
        file = next(alone, None) if file == row.seq else file
        while row.seq > newest and not sealing.file_of(row.seq).exists() and monotonic() < give_up:
            sleep(PATIENCE / 10)
        yield row.seq, sealed_row(row), _read(row.seq)
    while file is not None:
        yield file, None, _read(file)
        file = next(alone, None)


def _read(seq: int) -> Sealed | None:
    """The checkpoint of a file; None when the file is none, or gone, which counts as missing."""
    try:
        return sealing.read_file(sealing.file_of(seq))
    except (ValueError, FileNotFoundError):
        return None


def _compare(seq: int, row: Sealed | None, file: Sealed | None) -> Iterator[LedgerFinding]:
    if row is None:
        yield _broken(seq, "数据库里没有，只有库外的文件", "is gone from the database; only its file is left")
    elif file is None:
        yield _broken(seq, "库外的文件不见了，或不能读", "its file is gone or cannot be read")
    elif sealing.to_json(row) != sealing.to_json(file):
        yield _broken(seq, "数据库里的与库外的文件不一样", "the database and its file differ")


def _against(sealed: Sealed, case: str) -> Iterator[LedgerFinding]:
    """The chains as they are, against the heads that a checkpoint saw."""
    heads = {head.number: head for head in sealed.seal.heads if not case or head.number == case}
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [list(heads), [head.seq for head in heads.values()]])
        rows = cursor.fetchall()
    for number, seq, pk, found, last in rows:
        if pk is None:
            yield _finding(number, Finding(Fault.CASE_REMOVED, seq))
        elif found is None:
            for gone in range((last or 0) + 1, seq + 1):
                yield _finding(number, Finding(Fault.CUT_OFF, gone))
        elif bytes(found).hex() != heads[number].hash:
            yield _finding(number, Finding(Fault.REWRITTEN, seq))
