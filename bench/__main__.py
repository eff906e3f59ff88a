"""`make bench`: ratios to a floor of the same minute, CPU per operation, plan times, page times, round trips."""

import tempfile
from pathlib import Path

from bench.pages import pages
from bench.plans import plans
from bench.site import site
from bench.writes import decisions, submissions


def main() -> None:
    """Run all of it; a missed aim is printed as missed. About two minutes."""
    print("Planner (one process, CPU time)")
    plans()
    with (
        tempfile.TemporaryDirectory(prefix="onevisit-bench-", ignore_cleanup_errors=True) as folder,
        site(Path(folder)) as here,
    ):
        print("\nPages (server, one visitor)")
        pages(here)
        print("\nWrites over HTTP: sign-in, CSRF, plan, permissions, ledger and idempotency on")
        submissions(here)
        decisions(here)


if __name__ == "__main__":
    main()
