"""`python -m bench.kills PORT RUN VAR COUNT SEED`: the run itself, against the installation of bench/kills/parts.py."""

import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

import psycopg

from bench.kills.parts import BOOK, Parts, database_of
from bench.kills.people import Asking
from bench.kills.stories import STORIES, Teller, Town
from bench.kills.whole import UNSEALED, commands, compared, quiet
from bench.site import Site
from onevisit.core.china import day_of

TELLERS = 6  # who tell stories at the same time
PAUSE = 0.1, 1.5  # seconds between two kills, at least and at most
SHOWN = 10  # lines of what is lost, doubled or wrong
EVENTS = ["case.submitted", "procedure.accepted", "procedure.decided", "procedure.withdrawn", "licence.issued"]


def main(port: str, run: str, var: str, count: str, seed: str) -> int:
    """Kill so many times; 0 if nothing was lost, doubled, stuck or answered wrongly."""
    begun, folder, parts = day_of(datetime.now(UTC)), Path(var), Parts(int(run))
    database = database_of(folder)
    with listener() as url, psycopg.connect(database, autocommit=True) as connection:
        town = Town(Site(int(port), folder, database, 0, 0), Asking())
        for program in (town.app, town.market):
            program.post("/api/v1/webhooks", {"url": url, "events": EVENTS})
        models = _models(town, connection)
        took = _killed(town, parts, int(count), int(seed))
        began = time.monotonic()
        still = quiet(connection, UNSEALED)
        rest = time.monotonic() - began
        print(f"  {count} kills ({_listed(parts.killed)}) in {took:.0f} s, seed {seed};", end=" ")
        print(f"{town.asking.unanswered} requests without an answer, each sent again")
        return 0 if _verdict(town, connection, models, still=still, rest=rest, begun=begun) else 1


def _models(town: Town, connection: Any) -> dict[str, str]:
    """One case of each kind before anybody is killed: its number."""
    teller = Teller(town, connection)
    for kind in STORIES:
        teller.tell(kind)
    if town.asking.errors or not quiet(connection):
        raise SystemExit(f"Without a kill already: {dict(town.asking.errors) or 'something never ends'}.")
    return {kind: number for number, kind in town.told.cases.items()}


def _killed(town: Town, parts: Parts, count: int, seed: int) -> float:
    """Stories all the time, and so many kills at random moments; how many seconds until the last story was over."""
    began, chance, ended = time.monotonic(), Random(seed), threading.Event()
    tellers = [threading.Thread(target=town.live, args=(Random(f"{seed} {n}"), ended)) for n in range(TELLERS)]
    for teller in tellers:
        teller.start()
    try:
        for _ in range(count):
            time.sleep(chance.uniform(*PAUSE))
            parts.kill(chance)
    finally:
        ended.set()
        for teller in tellers:
            teller.join()
    return time.monotonic() - began


def _verdict(town: Town, connection: Any, models: dict[str, str], *, still: bool, rest: float, begun: date) -> bool:
    """Print what there is, and what is wrong with it; whether nothing is."""
    told, errors = town.told, town.asking.errors
    decisions = connection.execute("SELECT count(*) FROM cases_decision").fetchone()[0]
    refunds = connection.execute("SELECT count(*) FROM payments_refunddone").fetchone()[0]
    print(
        f"  {len(told.cases)} cases, {decisions} decisions, {len(told.payments)} payments, {refunds} refunds;", end=" "
    )
    print(f"nothing waited any more {rest:.0f} s after the last case" if still else "STUCK: something waits for ever")
    found, said = compared(connection, models, told, town.site.var / BOOK), commands(begun)
    print(f"  lost={len(found.lost)} doubled={len(found.doubled)} errors={sum(errors.values())};", end=" ")
    print("; ".join(f"{name}: {words}" for name, (_, words) in said.items()))
    wrong = [*(f"lost: {one}" for one in found.lost), *(f"doubled: {one}" for one in found.doubled)]
    for line in [*wrong, *(f"error: {one} ({times} times)" for one, times in errors.items())][:SHOWN]:
        print(f"    {line}")
    return still and not wrong and not errors and all(good for good, _ in said.values())


def _listed(killed: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {times}" for name, times in sorted(killed.items()))


@contextmanager
def listener() -> Iterator[str]:
    """The address of somebody who takes every message of a webhook."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
