"""Requests made up from the document, against a whole installation: every check of schemathesis, nothing found.

As an applicant's program and as an agency's, with ids of things that are there beside those that it makes up.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.api.running import Running
from tests.fixtures.files import picture
from tests.fixtures.shop import SHOP, typed

SEED = 20261127
EXAMPLES = 8  # of each operation, beside those of the coverage phase
FOUND = ("2xx", "401", "403", "404", "409", "412", "422")  # 400 alone says that the document promised too much
LONGEST = 60  # seconds until a receipt is made
SALE = {
    "matter.you": "buyer",
    "matter.certificate": "浙(2021)德清县不动产权第9900101号",
    "matter.price": 1200000,
    "matter.family": False,
    "matter.mortgage": "none",
    "matter.loan": False,
    "matter.utilities": "none",
    "matter.buyer_homes": "first",
    "matter.only_home": True,
    "matter.further_certificates": 0,
    "seller.count": 2,
    "seller.id_number": "330521197803129914",
    "seller[2].id_number": "330521198006079920",
    "seller.signs": "online",
    "seller[2].signs": "window",
    "spouse.count": 0,
    "buyer.count": 1,
    "buyer.signs": "online",
}
pytestmark = pytest.mark.xdist_group("api")


class Asking:
    """A program that asks over HTTP."""

    def __init__(self, running: Running, name: str) -> None:
        self.token = running.token(name)
        self.base = f"{running.address}/api/v1"

    def __call__(self, method: str, path: str, body: object = None, **more: object) -> dict:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": uuid4().hex}
        sent = {"json": body} if body is not None else {}
        answer = httpx.request(
            method, f"{self.base}{path}", headers=headers, trust_env=False, timeout=30, **sent, **more
        )
        return answer.raise_for_status().json()


def filed(ask: Asking) -> tuple[str, str, str]:
    """A draft that could be submitted; the number of a case; the id of one of its documents."""
    for turn in range(2):
        draft = ask("POST", "/drafts", {"event": "open-restaurant", "facts": typed(SHOP)})
        draft = ask("PATCH", f"/drafts/{draft['id']}", {"confirm": "all"})
        for need in draft["needed"]:
            file = {"file": ("scan.png", picture("PNG"), "image/png")}
            document = ask("POST", f"/drafts/{draft['id']}/documents", data={"slot": need["slot"]}, files=file)["id"]
        if not turn:
            number = ask("POST", f"/drafts/{draft['id']}/submission", {"declared": True})["number"]
            given = document
    return draft["id"], number, given


def sold(ask: Asking) -> dict[str, str]:
    """The number of a case with a bill that is not paid, and its bill."""
    draft = ask("POST", "/drafts", {"event": "sell-home", "facts": SALE})["id"]
    for need in ask("PATCH", f"/drafts/{draft}", {"confirm": "all"})["needed"]:
        file = {"file": ("contract.png", picture("PNG"), "image/png")}
        ask("POST", f"/drafts/{draft}/documents", data={"slot": need["slot"]}, files=file)
    number = ask("POST", f"/drafts/{draft}/submission", {"declared": True})["number"]
    (bill,) = ask("GET", f"/cases/{number}/bills")["items"]
    return {"number": number, "bill": bill["id"]}


def paid(ask: Asking, of: dict[str, str]) -> str:
    """Pay it; the receipt, once it is there."""
    path = f"/cases/{of['number']}/bills/{of['bill']}"
    page = ask("POST", f"{path}/payment", {})["pay_url"]
    httpx.post(page, trust_env=False, timeout=30).raise_for_status()
    for _ in range(LONGEST):
        money = ask("GET", path)["money"]
        if money and money[0]["ready"]:
            return money[0]["receipt"]
        time.sleep(1)
    raise AssertionError("no receipt")


def found(running: Running, token: str, ids: dict[str, str], folder: Path, *tags: str) -> str:
    """What schemathesis says of the operations with these tags; "" when it finds nothing."""
    settings = [f"seed = {SEED}", "warnings = false", "[parameters]"]
    settings += [f'"path.{name}" = {json.dumps(value)}' for name, value in ids.items()]
    settings += ["[generation]", "deterministic = true", f"max-examples = {EXAMPLES}"]
    settings += ["[headers]", f'Authorization = "Bearer {token}"']
    settings += ["[checks]", f"positive_data_acceptance.expected-statuses = {json.dumps(FOUND)}"]
    config = folder / "schemathesis.toml"
    config.write_text("\n".join(settings) + "\n")
    program = Path(sys.executable).with_name("st")
    command = [str(program), "--config-file", str(config), "run", f"{running.address}/api/v1/openapi.json"]
    command += ["--checks", "all", "--continue-on-failure", *(f"--include-tag={tag}" for tag in tags)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    tested = "Tested: 0" not in done.stdout and "passed" in done.stdout
    return "" if done.returncode == 0 and tested else done.stdout[-8000:] + done.stderr


def test_nothing_is_found(running, tmp_path):
    mine, agency = Asking(running, "chen-app"), Asking(running, "shichang-system")
    draft, number, document = filed(mine)
    case = mine("GET", f"/cases/{number}")
    own = next(one for one in case["procedures"] if one["agency"] == "market-supervision")
    ids = {"event": "open-restaurant", "draft": draft, "number": number, "notice": case["notices"][0]["id"]}
    said = found(running, mine.token, ids, tmp_path, "token", "planning", "drafts", "cases", "public", "webhooks")
    assert not said, said
    ids = {"procedure": own["id"], "document": document}
    said = found(running, agency.token, ids, tmp_path, "agencies", "webhooks")
    assert not said, said
    buyer = Asking(running, "wenyuan-app")
    ids = sold(buyer)
    said = found(running, buyer.token, ids, tmp_path, "payments")
    assert not said, said
    said = found(running, buyer.token, ids | {"receipt": paid(buyer, ids)}, tmp_path, "payments")
    assert not said, said
    log = (running.var / "logs" / "web.log").read_text(encoding="utf-8")
    assert "Traceback" not in log, log[-4000:]
