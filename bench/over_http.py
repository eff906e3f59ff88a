"""What needs the running installation; a process of its own, since Django reads at its start where the data is."""

import sys
from pathlib import Path

import psycopg

from bench.api import api
from bench.intake import intake
from bench.pages import pages
from bench.site import Site
from bench.trips import trips
from bench.writes import decisions, submissions


def main(port: str, var: str, database: str, web: str, postgres: str, seconds: str = "", clients: str = "4") -> int:
    """Pages, then writes, then the API; with `seconds` the API alone, so long, by so many programs."""
    site = Site(int(port), Path(var), database, int(web), int(postgres))
    if seconds:
        return 0 if api(site, seconds=float(seconds), clients=int(clients)) else 1
    print("\nPages (server, one visitor)")
    pages(site)
    print("\nSQL round trips of a use case")
    with psycopg.connect(site.database, autocommit=True) as connection:
        trips(site, connection)
    print("\nAn intake at the window, from the card to the printed receipt")
    intake(site)
    print("\nWrites over HTTP: sign-in, CSRF, plan, permissions, ledger and idempotency on")
    submissions(site)
    decisions(site)
    print("\nAPI: 16 programs for a minute, mixed work, with token, idempotency and ETag")
    return 0 if api(site) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
