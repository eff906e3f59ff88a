"""`make bench`: ratios to a floor of the same minute, CPU per operation, plan times, page times, round trips."""

import subprocess
import sys
import tempfile
from pathlib import Path

from bench.plans import plans
from bench.site import site


def main() -> int:
    """Run all of it, about three minutes; with `api SECONDS` that part alone. A missed aim is printed as missed."""
    alone = sys.argv[2:] if sys.argv[1:2] == ["api"] else []
    if not alone:
        print("Planner (one process, CPU time)")
        plans()
    with (
        tempfile.TemporaryDirectory(prefix="onevisit-bench-", ignore_cleanup_errors=True) as folder,
        site(Path(folder)) as here,
    ):
        sys.stdout.flush()
        told = (here.port, here.var, here.database, here.web, here.postgres)
        return subprocess.run(
            [sys.executable, "-m", "bench.over_http", *map(str, told), *alone], check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
