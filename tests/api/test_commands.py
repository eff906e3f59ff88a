"""The commands of docs/integrators.md, run as they stand there, against a whole installation."""

import os
import re
import subprocess

import pytest

from tests.api.running import ROOT

PAGE = (ROOT / "docs" / "integrators.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", PAGE, re.M | re.S)


@pytest.mark.xdist_group("api")
def test_a_case_from_end_to_end(running, tmp_path):
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    where = {"ONEVISIT": running.address, "ONEVISIT_VAR": str(running.var), "no_proxy": "*"}
    script = "set -euo pipefail\n" + "\n".join(BLOCKS)
    done = subprocess.run(
        ["bash", "-c", script], env={**os.environ, **where}, cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "valid\n已办结\n" in done.stdout and "12080.00 " in done.stdout
    for paper in ("licence", "receipt", "refund"):
        assert (tmp_path / f"{paper}.pdf").read_bytes().startswith(b"%PDF")
