"""Whatever is done to the ledger in a real database, verification finds it and says where."""

import itertools
import os
import stat
import threading
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from onevisit.cases import sealing, tasks
from onevisit.cases.actions import accept, checkpoint, grant
from onevisit.cases.errors import NoSuchCase
from onevisit.cases.ledger import NewEntry, append
from onevisit.cases.models import Case, Checkpoint, Entry, MovedHead
from onevisit.cases.queries import ledger, verify
from onevisit.catalogue import queries
from onevisit.core.basis import Basis, Mark
from onevisit.core.ledger import CaseHead, seal
from onevisit.core.tampering import Fault
from onevisit.people.actor import SYSTEM
from tests.cases.procedures.conftest import APPLICANT, later, make_case, officer, publish


@pytest.fixture(autouse=True)
def var(settings, tmp_path: Path) -> Path:
    settings.VAR = tmp_path / "var"
    return settings.VAR


@pytest.fixture
def case(submit, now):
    """A granted case under a checkpoint."""
    made = submit("labour", "tax", number="C1")
    accept(made.ids["labour"], by=officer("labour"), now=now)
    grant(made.ids["labour"], "k", by=officer("labour"), now=now)
    assert checkpoint(later(now, minutes=1)) == 1
    assert verify() == []
    return made


def tamper(*statements: str) -> None:
    """As somebody who owns the database: triggers are no obstacle to him."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")


def found() -> set[tuple[Fault, str, int]]:
    return {(finding.fault, finding.case, finding.seq) for finding in verify()}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_entry SET body = '{}' WHERE seq = 3",
        "UPDATE cases_entry SET kind = 'x' WHERE seq = 3",
        "UPDATE cases_entry SET at = at + interval '1 day' WHERE seq = 3",
        "UPDATE cases_entry SET digest = sha256('x') WHERE seq = 3",
        "UPDATE cases_entry SET salt = '' WHERE seq = 3",
        "UPDATE cases_entry SET hash = sha256('x') WHERE seq = 3",
    ],
)
def test_a_changed_entry(case, statement):
    tamper(statement)
    assert found() == {(Fault.CHANGED, "C1", 3)}
    assert {str(one) for one in verify("C1")} == {"办件 C1：第3条记录被改过"}


def test_a_removed_entry(case):
    tamper("DELETE FROM cases_entry WHERE seq = 2")
    assert found() == {(Fault.REMOVED, "C1", 2)}


def test_an_inserted_entry(case):
    last = case.case.entries.count()
    tamper(
        f"""INSERT INTO cases_entry (case_id, seq, at, kind, body, salt, digest, previous, hash)
            SELECT case_id, {last + 1}, at, kind, body, salt, digest, previous, hash FROM cases_entry WHERE seq = 2"""
    )
    assert (Fault.INSERTED, "C1", last + 1) in found()


def test_a_cut_off_tail(case):
    last = case.case.entries.count()
    tamper(f"DELETE FROM cases_entry WHERE seq > {last - 2}")
    assert found() == {(Fault.CUT_OFF, "C1", last - 1), (Fault.CUT_OFF, "C1", last)}


def test_a_cut_off_tail_with_a_doctored_head(case):
    last = case.case.entries.count()
    tamper(
        f"DELETE FROM cases_entry WHERE seq > {last - 2}",
        "UPDATE cases_case SET (head_seq, head_hash) = (SELECT seq, hash FROM cases_entry ORDER BY seq DESC LIMIT 1)",
    )
    assert found() == {(Fault.CUT_OFF, "C1", last - 1), (Fault.CUT_OFF, "C1", last)}
    assert len(verify("C1")) == 2


def test_a_number_that_never_was(case):
    with pytest.raises(NoSuchCase, match="C9"):
        verify("C9")


def test_a_removed_case(case):
    last = case.case.entries.count()
    tamper("DELETE FROM cases_entry", "DELETE FROM cases_case")
    assert found() == {(Fault.CASE_REMOVED, "C1", last)}
    assert [one.fault for one in verify("C1")] == [Fault.CASE_REMOVED]


def test_a_chain_written_anew_with_its_head(case):
    tamper("UPDATE cases_entry SET hash = sha256('x') WHERE seq = (SELECT max(seq) FROM cases_entry)")
    tamper("UPDATE cases_case SET head_hash = sha256('x')")
    assert (Fault.REWRITTEN, "C1", case.case.entries.count()) in found()


def test_a_forged_checkpoint(case):
    tamper('UPDATE cases_checkpoint SET heads = \'[["C1", 1, "00"]]\'')
    assert found() == {(Fault.CHECKPOINT, "", 1)}  # the file outside still tells the truth
    sealing.file_of(1).unlink()
    assert (Fault.CHECKPOINT, "", 1) in found()


def test_a_forged_checkpoint_with_its_file(case, now):
    head = Case.objects.get()
    forged = seal(1, now, [CaseHead("C1", head.head_seq - 1, "00")], bytes(32))
    sealed = sealing.Sealed(forged, b"\0" * 64)
    sealing.file_of(1).unlink()
    sealing.write_file(sealed)
    row = orjson.dumps([[one.number, one.seq, one.hash] for one in forged.heads]).decode()
    tamper(f"UPDATE cases_checkpoint SET heads = '{row}', root = '\\x{forged.root.hex()}', signature = '\\x00'")
    assert (Fault.CHECKPOINT, "", 1) in found()
    assert any("伪造" in str(one) for one in verify())


def test_checkpoints_removed_from_the_database_or_the_disk(case, submit, now):
    submit("tax", number="C2")
    assert checkpoint(later(now, minutes=2)) == 1
    tamper("DELETE FROM cases_checkpoint WHERE seq = 2")
    assert found() == {(Fault.CHECKPOINT, "", 2)}
    sealing.file_of(2).unlink()
    assert found() == set()  # whoever owns the database and every copy of the files has removed its whole end
    sealing.file_of(1).unlink()
    assert found() == {(Fault.CHECKPOINT, "", 1)}


def test_checkpoints_follow_each_other_and_take_only_what_moved(case, submit, now):
    submit("tax", number="C2")
    submit("tax", number="C3")
    assert checkpoint(later(now, seconds=65)) == 0  # not so soon after the last one
    assert checkpoint(later(now, minutes=2)) == 2
    assert checkpoint(later(now, minutes=3)) == 0
    assert [row.heads[0][0] for row in Checkpoint.objects.order_by("seq")] == ["C1", "C2"]
    assert MovedHead.objects.count() == 0
    assert verify() == []
    names = sorted(file.name for file in sealing.folder().iterdir())
    assert names == ["0000000001.json", "0000000002.json", "ledger-key.public.pem"]


def test_a_file_that_a_crash_kept_from_being_written(case, now):
    sealing.file_of(1).unlink()
    assert tasks.checkpoint(later(now, minutes=2)) == 0
    assert sealing.file_of(1).exists()
    assert verify() == []


def test_the_key_is_made_once_and_is_private(var):
    keys = []

    def make() -> None:
        keys.append(sealing.signing_key().private_bytes_raw())

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(keys)) == 1
    assert len(keys) == 8
    assert stat.S_IMODE(os.stat(var / sealing.KEY).st_mode) == 0o600


def test_without_a_checkpoint_there_is_no_key(submit, var):
    submit("tax")
    assert verify() == []
    assert not var.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_entry SET kind = 'x'",
        "UPDATE cases_entry SET body = NULL, salt = NULL, hash = ''",
        "UPDATE cases_entry SET body = '{}', salt = NULL",
        "DELETE FROM cases_entry",
        "UPDATE cases_decision SET outcome = 'refused', reasons = 'x'",
        "DELETE FROM cases_decision",
        "UPDATE cases_checkpoint SET root = ''",
        "DELETE FROM cases_procedure",
        "DELETE FROM cases_case",
    ],
)
def test_the_database_itself_refuses(case, statement):
    refused = pytest.raises((InternalError, ProgrammingError), match=r"append-only|for good")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_body_is_erased_by_law_with_a_record_of_it(case, now):
    Entry.objects.filter(case=case.case, seq=2).update(body=None, salt=None)
    assert found() == {(Fault.ERASED, "C1", 2)}
    assert [str(one) for one in verify()] == ["办件 C1：第2条记录的内容被删除，没有依法删除的记录"]
    case.case.refresh_from_db()
    basis = Basis(Mark.READ, "个人信息保护法", "47")
    append(case.case, [NewEntry("entry.erased", SYSTEM, "", (basis,), {"seq": 2})], now=now)
    assert verify() == []
    assert ledger("C1", by=APPLICANT, now=now)[-1].words.zh == "依法删除一条记录的内容"


@pytest.mark.django_db(transaction=True)
def test_no_false_alarm_while_others_write(now):
    publish()
    queries.calendar()
    cases, stop = [make_case(now, ("labour",), number=f"B{n}").case for n in range(3)], threading.Event()

    def write() -> None:
        try:
            for turn in itertools.count(1):
                with transaction.atomic():
                    row = Case.objects.select_for_update().get(pk=cases[turn % 3].pk)
                    append(row, [NewEntry("case.rated", SYSTEM)] * 2, now=now)
                if turn % 5 == 0:
                    checkpoint(later(now, minutes=turn))
                if stop.is_set():
                    return
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        runs = [verify() for _ in range(40)]
    finally:
        stop.set()
        writer.join()
    assert [found for found in runs if found] == []
    assert Checkpoint.objects.count() > 3, "it wrote meanwhile"
    assert Entry.objects.count() > 100


def test_verification_takes_a_constant_number_of_queries_a_batch(case, submit, django_assert_max_num_queries, now):
    for _ in range(10):
        submit("tax")
    checkpoint(now + timedelta(minutes=5))
    with django_assert_max_num_queries(8):
        assert verify() == []
