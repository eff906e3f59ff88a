"""What must hold after kills: each case is as one of its kind to which nothing happened, and all books agree."""

import sqlite3
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bench.kills.stories import Acknowledged
from onevisit.core.china import day_of

LONGEST = 300.0  # seconds until nothing waits: a worker that was killed leaves claims of 30 s, another on them of 60 s
WAITING = """
SELECT (SELECT count(*) FROM licences_licence WHERE document IS NULL)
     + (SELECT count(*) FROM notices_notice WHERE document IS NULL)
     + (SELECT count(*) FROM payments_receipt WHERE document IS NULL)
     + (SELECT count(*) FROM payments_order WHERE next_try_at IS NOT NULL)
     + (SELECT count(*) FROM payments_refund WHERE next_try_at IS NOT NULL)
     + (SELECT count(*) FROM machines_answer WHERE status IS NULL)
     + (SELECT count(*) FROM hooks_message WHERE next_try_at IS NOT NULL)
     + (SELECT count(*) FROM cases_outgoing)
"""
UNSEALED = "SELECT count(*) FROM cases_movedhead"
ROWS = """
SELECT c.number, of.what, count(*) FROM cases_case c JOIN (
    SELECT case_id, 'procedure ' || service || ' ' || state AS what FROM cases_procedure
    UNION ALL SELECT case_id, 'evidence ' || evidence || ' ' || party FROM cases_evidenceitem
    UNION ALL SELECT case_id, 'party ' || party || ' ' || awaited FROM cases_caseparty
    UNION ALL SELECT case_id, 'entry ' || kind FROM cases_entry
    UNION ALL SELECT p.case_id, 'decision ' || p.service || ' ' || d.outcome
        FROM cases_decision d JOIN cases_procedure p ON p.id = d.procedure_id
    UNION ALL SELECT p.case_id, 'signature ' || a.step || ' ' || a.party
        FROM cases_attendance a JOIN cases_procedure p ON p.id = a.procedure_id
    UNION ALL SELECT "case", 'letter ' || kind FROM notices_notice
    UNION ALL SELECT "case", 'licence ' || type || ' ' || holder_name FROM licences_licence
    UNION ALL SELECT "case", 'bill of revision ' || revision FROM payments_bill
    UNION ALL SELECT b."case", 'order ' || o.state FROM payments_order o
        JOIN payments_revision r ON r.id = o.revision_id JOIN payments_bill b ON b.id = r.bill_id
    UNION ALL SELECT b."case", 'payment ' || p.way || ' ' || p.amount || ' settles ' || p.settles
        FROM payments_payment p JOIN payments_bill b ON b.id = p.bill_id
    UNION ALL SELECT b."case", 'refund ' || f.amount || ' done ' || (d.refund_id IS NOT NULL) FROM payments_refund f
        JOIN payments_payment p ON p.id = f.payment_id JOIN payments_bill b ON b.id = p.bill_id
        LEFT JOIN payments_refunddone d ON d.refund_id = f.id
    UNION ALL SELECT b."case", 'receipt ' || (r.refund_id IS NULL)
        FROM payments_receipt r JOIN payments_bill b ON b.id = r.bill_id
    UNION ALL SELECT k.id, 'told ' || m.type || ' ' || (m.delivered_at IS NOT NULL)
        FROM hooks_message m JOIN cases_case k ON k.number = m.body::json -> 'data' ->> 'case'
) of ON of.case_id = c.id GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Found:
    """What is there too little of, and too much of, in words."""

    lost: tuple[str, ...]
    doubled: tuple[str, ...]


def quiet(connection: Any, *more: str) -> bool:
    """Wait until nothing waits for the workers, neither of `more`; whether it came to that."""
    end = time.monotonic() + LONGEST
    while any(connection.execute(query).fetchone()[0] for query in (WAITING, *more)):
        if time.monotonic() > end:
            return False
        time.sleep(0.25)
    return True


def compared(connection: Any, models: dict[str, str], told: Acknowledged, book: Path) -> Found:
    """Each case beside the model of its kind (its number), what was acknowledged, and the provider's book."""
    rows: dict[str, Counter[str]] = {}
    for number, what, count in connection.execute(ROWS):
        rows.setdefault(number, Counter())[what] = count
    lost, doubled = [], [f"case {number}: nobody was told of it" for number in rows.keys() - told.cases.keys()]
    for number, kind in told.cases.items():
        model, mine = rows[models[kind]], rows.get(number, Counter())
        lost += [f"{kind} {number}: {what}" for what in (model - mine).elements()]
        doubled += [f"{kind} {number}: {what}" for what in (mine - model).elements()]
    for table, column, known in (
        ("cases_decision", "procedure_id::text", told.decisions),
        ("licences_licence", "number", told.licences),
    ):
        found = connection.execute(f"SELECT {column} FROM {table} WHERE {column} = ANY(%s)", [list(known)])
        lost += [f"{table} {one}" for one in known - {one for (one,) in found}]
    paid = _paid(book)
    lost += [f"payment of {number}" for number in told.payments if not paid[number]]
    doubled += [f"payment of {number} ({count})" for number, count in paid.items() if count > 1]
    return Found(tuple(lost), tuple(doubled))


def _paid(book: Path) -> Counter[str]:
    """How often the provider took money for each case."""
    with sqlite3.connect(book) as rows:
        numbers = rows.execute("SELECT number FROM orders WHERE state = 'paid'").fetchall()
    return Counter(number.rpartition("P")[0] for (number,) in numbers)


def commands(begun: date) -> dict[str, tuple[bool, str]]:
    """What the operator's commands say of the ledger and of the books of each day since `begun`."""
    days = sorted({begun, day_of(datetime.now(UTC))})
    asked = {"ledger": ["ledger", "verify"]} | {
        f"books of {day}": ["reconcile", "--day", day.isoformat()] for day in days
    }
    return {name: _said(command) for name, command in asked.items()}


def _said(command: list[str]) -> tuple[bool, str]:
    done = subprocess.run(
        [sys.executable, "-m", "onevisit.config.cli", *command], capture_output=True, text=True, check=False
    )
    said = (done.stdout + done.stderr).strip()
    return done.returncode == 0, said.splitlines()[-1].rpartition(": ")[2] if done.returncode == 0 else said
