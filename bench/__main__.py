"""`make bench`: ratios to a floor of the same minute, CPU per operation, plan and page times, replay, trips, kills."""

import subprocess
import sys
import tempfile
from pathlib import Path

from bench.kills.parts import installation
from bench.plans import plans
from bench.proofs import proofs
from bench.replay import replay
from bench.site import site

KILLS, SEED = "200", "1"


def main() -> int:
    """Run all of it, about ten minutes; with `replay`, `api SECONDS [CLIENTS]` or `kills [COUNT [SEED]]` that alone.

    A missed aim is printed as missed.
    """
    part, *given = sys.argv[1:] or [""]
    if part == "kills":
        return kills(*given)
    if part in ("", "replay"):
        if not part:
            print("Planner (one process, CPU time)")
            plans()
            print("\nProver and reform (one process, CPU time)")
            proofs()
        print("Replay of synthetic applicants under a draft")
        replay()
    if part == "replay":
        return 0
    failed = over_http(*given)
    return failed if part == "api" else kills() or failed


def over_http(*alone: str) -> int:
    """What needs a web server that is only measured."""
    with (
        tempfile.TemporaryDirectory(prefix="onevisit-bench-", ignore_cleanup_errors=True) as folder,
        site(Path(folder)) as here,
    ):
        told = (here.port, here.var, here.database, here.web, here.postgres)
        return _run("bench.over_http", *map(str, told), *alone)


def kills(count: str = KILLS, seed: str = SEED) -> int:
    """What holds when processes are killed, in an installation of its own."""
    print("\nKills at random moments, while people submit, pay and decide")
    with (
        tempfile.TemporaryDirectory(prefix="onevisit-bench-", ignore_cleanup_errors=True) as folder,
        installation(Path(folder)) as (port, run),
    ):
        return _run("bench.kills", str(port), str(run), folder, count, seed)


def _run(module: str, *given: str) -> int:
    sys.stdout.flush()
    return subprocess.run([sys.executable, "-m", module, *given], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
