"""The API under mixed work: sixteen programs for a minute, each waiting for its answer before it asks again."""

import json
import multiprocessing
import secrets
import socket
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import psycopg

from bench import seed
from bench.load import answer, request
from bench.site import Site
from onevisit.machines.actions import make_client
from onevisit.machines.queries import OF_AGENCY, OF_APPLICANT, client
from onevisit.people.queries import machine

CLIENTS, SECONDS = 16, 60.0
WRITES = 150  # submissions that a program of an applicant has at hand, and decisions that one of an agency has
AIM = 100.0  # ms: what 95 of 100 answers stay under
EVERY = 6  # each such request of a program is a write, as long as it has any
FACTS = {"matter.kind": "new_sole", "matter.area": 320, "matter.sign": "large", "matter.tobacco": True}
EVENT = "/api/v1/events/open-restaurant"
Request = tuple[str, bytes]
Took = dict[str, list[float]]


def api(site: Site, *, seconds: float = SECONDS, clients: int = CLIENTS) -> bool:
    """Run it, print each operation and all together; whether no answer was an error."""
    work = _prepared(site, clients, round(WRITES * seconds / SECONDS) + 1)
    took, errors = _run(site.port, work, seconds)
    every = sorted(one for times in took.values() for one in times)
    for name, times in sorted(took.items()):
        print(
            f"  {name:10} {len(times):6} times   p50 {_share(times, 0.5):6.1f} ms   p95 {_share(times, 0.95):6.1f} ms"
        )
    p95 = _share(every, 0.95)
    verdict = "held" if p95 < AIM else "MISSED"
    told = f"p95 {p95:.1f} ms (aim: under {AIM:.0f} ms, {verdict}), errors: {errors or 0}"
    print(f"  all        {len(every):6} times   {told}")
    return not errors


def _share(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _prepared(site: Site, clients: int, writes: int) -> list[tuple[list[Request], list[Request]]]:
    """For each program what it reads over and over, and what it writes once."""
    with psycopg.connect(site.database, autocommit=True) as connection:
        draft = seed.template(connection)
        half = clients // 2
        ready = _decidable(connection, draft, writes * (clients - half))
        known = _verifiable(connection, ready.pop())
        work = [_applicants(site, connection, draft, n, writes, known) for n in range(half)]
        work += [_agencys(site, n, ready[n - half :: clients - half], known) for n in range(half, clients)]
    return work


def _applicants(
    site: Site, connection: Any, draft: Any, number: int, writes: int, known: str
) -> tuple[list[Request], list[Request]]:
    account, ask = _program(site, f"bench-applicant-{number}", applicant="chen")
    drafts = seed.copies(connection, draft, writes + 1)
    connection.execute("UPDATE cases_draft SET account = %s WHERE id = ANY(%s)", [account, drafts])
    tracked = seed.actions.submit(
        UUID(drafts.pop()), secrets.token_urlsafe(9), by=machine(account), now=datetime.now(UTC)
    )
    reads = [
        ("guide", ask("GET", "/api/v1/guides/open-restaurant")),
        ("questions", ask("POST", f"{EVENT}/questions", {"facts": {"matter.area": 120}})),
        ("plan", ask("POST", f"{EVENT}/plan", {"facts": FACTS, "start": "2026-11-30"})),
        ("track", ask("GET", f"/api/v1/cases/{tracked.number}")),
        ("verify", ask("GET", known)),
    ]
    return reads, [("submit", ask("POST", f"/api/v1/drafts/{one}/submission", {"declared": True})) for one in drafts]


def _agencys(site: Site, number: int, ready: list[str], known: str) -> tuple[list[Request], list[Request]]:
    _, ask = _program(site, f"bench-agency-{number}", agency="market-supervision")
    reads = [
        ("inbox", ask("GET", "/api/v1/inbox?tab=decide")),
        ("procedure", ask("GET", f"/api/v1/procedures/{ready[0]}")),
        ("plan", ask("POST", f"{EVENT}/plan", {"facts": FACTS})),
        ("verify", ask("GET", known)),
    ]
    return reads, [("decide", ask("POST", f"/api/v1/procedures/{one}/grant", {})) for one in ready]


def _decidable(connection: Any, draft: Any, count: int) -> list[str]:
    """Accepted procedures of so many cases."""
    by, now = seed.applicant(connection), datetime.now(UTC)
    for one in seed.copies(connection, draft, count + 1):
        seed.actions.submit(UUID(one), secrets.token_urlsafe(9), by=by, now=now)
    return [procedure for procedure, _ in seed.accept_all(connection, "sole-trader-registration")]


def _verifiable(connection: Any, procedure: str) -> str:
    """The public address of a licence."""
    account = connection.execute("SELECT id FROM people_account WHERE username = 'shichang'").fetchone()[0]
    by = seed.Actor(account, None, None, "方敏", seed.Role.OFFICER, agency="market-supervision")
    granted = seed.actions.grant(UUID(procedure), secrets.token_urlsafe(9), by=by, now=datetime.now(UTC))
    return f"/api/v1/licences/{granted.licence_number}/verification"


def _program(site: Site, name: str, **whom: str) -> tuple[Any, Any]:
    """A new program: its account, and how its requests are made."""
    scopes = OF_AGENCY if "agency" in whom else OF_APPLICANT
    secret = make_client(name, title="量测（示范）", scopes=scopes, now=datetime.now(UTC), **whom)
    host = f"127.0.0.1:{site.port}"
    form = urlencode({"grant_type": "client_credentials", "client_id": name, "client_secret": secret}).encode()
    asked = request("POST", "/api/v1/token", host, {"Content-Type": "application/x-www-form-urlencoded"}, form)
    with socket.create_connection(("127.0.0.1", site.port)) as stream:
        stream.sendall(asked)
        status, body, _ = answer(stream, b"")
    if status != 200:
        raise SystemExit(f"The bench got no token: {status} {body!r}")
    token = json.loads(body)["access_token"]

    def ask(method: str, path: str, given: object = None) -> bytes:
        headers = {"Authorization": f"Bearer {token}"}
        if given is None:
            return request(method, path, host, headers)
        headers |= {"Content-Type": "application/json", "Idempotency-Key": secrets.token_urlsafe(18)}
        return request(method, path, host, headers, json.dumps(given).encode())

    found = client(name)
    assert found is not None
    return found.account, ask


def _run(port: int, work: list[tuple[list[Request], list[Request]]], seconds: float) -> tuple[Took, dict[str, int]]:
    context = multiprocessing.get_context("fork")
    start, pipes, workers = time.monotonic() + 0.3, [], []
    for reads, writes in work:
        mine, theirs = context.Pipe(False)
        workers.append(context.Process(target=_client, args=(port, reads, writes, start, seconds, theirs)))
        pipes.append(mine)
    for worker in workers:
        worker.start()
    took: Took = defaultdict(list)
    errors: dict[str, int] = defaultdict(int)
    for pipe in pipes:
        times, wrong = pipe.recv()
        for name, found in times.items():
            took[name] += found
        for name, count in wrong.items():
            errors[name] += count
    for worker in workers:
        worker.join()
    return took, dict(errors)


def _mixed(reads: list[Request], writes: list[Request]) -> Iterator[Request]:
    """Reads in turn, now and then a write."""
    left = iter(writes)
    for number, read in enumerate(cycle(reads), 1):
        yield next(left, read) if number % EVERY == 0 else read


def _client(
    port: int, reads: list[Request], writes: list[Request], start: float, seconds: float, pipe: Connection
) -> None:
    took: Took = defaultdict(list)
    errors: dict[str, int] = defaultdict(int)
    stream = socket.create_connection(("127.0.0.1", port))
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    rest = b""
    while time.monotonic() < start:
        time.sleep(0.001)
    for name, one in _mixed(reads, writes):
        began = time.monotonic()
        if began > start + seconds:
            break
        stream.sendall(one)
        status, _, rest = answer(stream, rest)
        took[name].append((time.monotonic() - began) * 1000)
        if status not in (200, 201):
            errors[f"{name} {status}"] += 1
    pipe.send((dict(took), dict(errors)))
