"""How many SQL round trips a use case takes: BEGIN, COMMIT and the connection's health check counted."""

import secrets
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import seed
from bench.site import Site, Visitor

HEALTH = 1  # the check of the connection at the beginning of a request


def trips(site: Site, database: Any) -> None:
    """Count them in this process, over Django's own request cycle."""
    chen, officer = client_of(Visitor(site, "chen")), client_of(Visitor(site, "shichang"))
    draft = seed.copies(database, seed.template(database), 1)[0]
    for name in ("plan", "form", "uploads", "check"):
        print(_line(name, chen, "get", f"/drafts/{draft}/{name}", 10))
    declared = {"declared": "yes", "key": secrets.token_urlsafe(18)}
    print(_line("submit", chen, "post", f"/drafts/{draft}/check", 8, declared))
    number = database.execute(
        "SELECT number FROM cases_case JOIN cases_draft d ON d.submitted_case = cases_case.id WHERE d.id = %s", [draft]
    ).fetchone()[0]
    print(_line("receipt", chen, "get", f"/cases/{number}/receipt", 10))
    print(_line("track", chen, "get", f"/cases/{number}", 10))
    procedure, _ = seed.accept_all(database, "sole-trader-registration")[0]
    print(_line("inbox", officer, "get", "/office/?tab=decide", 10))
    print(_line("procedure", officer, "get", f"/office/procedures/{procedure}", 10))
    key = {"key": secrets.token_urlsafe(18)}
    print(_line("decide", officer, "post", f"/office/procedures/{procedure}/grant", 5, key))


def client_of(visitor: Visitor) -> Client:
    """A client in this process with the visitor's session."""
    client = Client(HTTP_HOST=f"127.0.0.1:{visitor.site.port}")
    for name, value in visitor.cookies.items():
        client.cookies[name] = value
    return client


def _line(name: str, client: Client, method: str, path: str, most: int, fields: dict[str, str] | None = None) -> str:
    getattr(client, method)("/healthz")  # the process's first request opens the connection
    with CaptureQueriesContext(connection) as queries:
        status = getattr(client, method)(path, fields or {}).status_code
    count = len(queries) + HEALTH
    verdict = "" if count <= most else "   MISSED"
    return f"  {name:12} {count:3} round trips (at most {most}){verdict}   {status}"
