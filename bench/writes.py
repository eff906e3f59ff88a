"""Submissions and decisions over HTTP, interleaved with the floor."""

import secrets
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bench import floor, seed
from bench.load import Load, request, run
from bench.site import Site, Visitor

ROUNDS = 3
COUNT = {1: 150, 4: 400}  # operations a round
FLOOR = {1: 800, 4: 2400}  # of the floor's


@dataclass(frozen=True, slots=True)
class Aim:
    """What the issue asks for at 4 clients."""

    aim: float
    stretch: float


def submissions(site: Site) -> None:
    """Submit prepared drafts; the floor writes the same rows by one statement."""
    with psycopg.connect(site.database, autocommit=True) as connection:
        chen = Visitor(site, "chen")
        draft = seed.template(connection)
        first = seed.copies(connection, draft, 1)[0]
        _must_work(run(site.port, [_submit(chen, first)], 1))
        case = connection.execute("SELECT submitted_case FROM cases_draft WHERE id = %s", [first]).fetchone()[0]
        types = floor.types_of(connection)
        rows = floor.rows_of(connection, types, str(case))
        script = site.var / "floor-submit.sql"
        script.write_text(floor.submit_statement(rows, types), encoding="utf-8")
        print(f"  a submission writes {sum(map(len, rows.values()))} rows")

        def requests(count: int) -> list[bytes]:
            return [_submit(chen, one) for one in seed.copies(connection, draft, count)]

        _measure(site, "submit", requests, script, Aim(0.25, 0.35))


def decisions(site: Site) -> None:
    """Grant accepted business licences; the floor writes the same rows by one statement."""
    with psycopg.connect(site.database, autocommit=True) as connection:
        officer = Visitor(site, "shichang")
        ready = seed.accept_all(connection, "sole-trader-registration")
        script = _decision_floor(site, connection, officer, ready)

        def requests(count: int) -> list[bytes]:
            return [_grant(officer, ready.pop()[0]) for _ in range(count)]

        _measure(site, "decide", requests, script, Aim(0.15, 0.22))


def _submit(who: Visitor, draft: str) -> bytes:
    body = who.body({"declared": "yes", "key": secrets.token_urlsafe(18)})
    return request("POST", f"/drafts/{draft}/check", f"127.0.0.1:{who.site.port}", who.headers(), body)


def _grant(who: Visitor, procedure: str) -> bytes:
    body = who.body({"key": secrets.token_urlsafe(18)})
    return request("POST", f"/office/procedures/{procedure}/grant", f"127.0.0.1:{who.site.port}", who.headers(), body)


def _decision_floor(site: Site, connection: Any, officer: Visitor, ready: list[tuple[str, str]]) -> Path:
    """Grant one for its rows; give half of what is ready to the floor."""
    procedure, case = ready.pop()
    last = connection.execute("SELECT max(seq) FROM cases_entry WHERE case_id = %s", [case]).fetchone()[0]
    _must_work(run(site.port, [_grant(officer, procedure)], 1))
    connection.execute("CREATE TABLE bench_ready (n serial PRIMARY KEY, procedure uuid, kase uuid)")
    connection.execute("CREATE SEQUENCE bench_next")
    needed = ROUNDS * sum(FLOOR.values())
    if len(ready) < needed + ROUNDS * sum(COUNT.values()):
        raise SystemExit(f"Only {len(ready)} procedures are ready: too few for the floor of decisions.")
    given = [ready.pop() for _ in range(needed)]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO bench_ready (procedure, kase) VALUES (%s, %s)", given)
    types = floor.types_of(connection)
    statement = floor.decide_statement(connection, types, procedure, case, last)
    script = site.var / "floor-decide.sql"
    script.write_text(statement, encoding="utf-8")
    return script


def _must_work(load: Load) -> None:
    if set(load.statuses) != {302}:
        raise SystemExit(f"The bench's own request was answered with {load.statuses}.")


def _measure(site: Site, name: str, requests: Callable[[int], list[bytes]], script: Path, aim: Aim) -> None:
    """Interleave ours and the floor; print the medians and the ratio."""
    for clients in (1, 4):
        ours, below, cpu = [], [], []
        for _ in range(ROUNDS):
            prepared = requests(COUNT[clients])
            before = site.cpu()
            load = run(site.port, prepared, clients)
            after = site.cpu()
            _must_work(load)
            ours.append(load)
            cpu.append({part: (after[part] - before[part]) / load.operations for part in after})
            below.append(floor.pgbench(site.database, script, clients, FLOOR[clients]))
        rate, base = statistics.median(one.rate for one in ours), statistics.median(below)
        middle = sorted(ours, key=lambda one: one.rate)[ROUNDS // 2]
        app, pg = (statistics.median(one[part] for one in cpu) for part in ("app", "pg"))
        verdict = _verdict(rate / base, clients, aim)
        print(
            f"  {name} at {clients}: {rate:6.0f}/s  floor {base:6.0f}/s  ratio {rate / base:.3f}{verdict}"
            f"  p50 {middle.percentile(0.5):.1f} ms  p95 {middle.percentile(0.95):.1f} ms"
            f"  CPU {app:.2f} app + {pg:.2f} pg ms/op"
        )


def _verdict(ratio: float, clients: int, aim: Aim) -> str:
    if clients != 4:
        return ""
    if ratio >= aim.stretch:
        return f" (stretch {aim.stretch} met)"
    return f" (aim {aim.aim} met; stretch {aim.stretch} MISSED)" if ratio >= aim.aim else f" (aim {aim.aim} MISSED)"
