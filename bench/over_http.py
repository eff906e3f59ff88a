"""What needs the running installation; a process of its own, since Django reads at its start where the data is."""

import sys
from pathlib import Path

import psycopg

from bench.intake import intake
from bench.pages import pages
from bench.site import Site
from bench.trips import trips
from bench.writes import decisions, submissions


def main(port: str, var: str, database: str, web: str, postgres: str) -> None:
    """Pages, then writes."""
    site = Site(int(port), Path(var), database, int(web), int(postgres))
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


if __name__ == "__main__":
    main(*sys.argv[1:])
