"""A case from end to end by the API alone, with what may go wrong on the way."""

from django.utils import timezone

from onevisit.licences.tasks import render_pending
from tests.api.filing import file_case, procedure
from tests.office.filing import FIRST


def test_from_facts_to_licence(client, content, register, mine, market):
    number = file_case(mine)
    seen = mine.get(f"/cases/{number}")
    assert seen.status_code == 200, seen.content
    case = seen.json()
    assert case["state"] == "running" and case["visits_planned"] == 0
    inbox = market.get("/inbox").json()
    assert {row["number"] for row in inbox["items"]} < {one["number"] for one in case["procedures"]}
    one = procedure(mine, number, FIRST)
    work = market.get(f"/procedures/{one}")
    assert "accept" in work.json()["can"]
    accepted = market.post(f"/procedures/{one}/acceptance", If_Match=work["ETag"])
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted"), accepted.content
    granted = market.post(f"/procedures/{one}/grant")
    assert granted.status_code == 200, granted.content
    licence = granted.json()
    assert licence["outcome"] == "granted" and licence["licence_number"]
    told = mine.get(f"/cases/{number}").json()
    assert [row["number"] for row in told["licences"]] == [licence["licence_number"]]
    path = f"/cases/{number}/licences/{licence['licence']}"
    early = mine.get(path)
    assert (early.status_code, early.json()["code"]) == (409, "no-document-yet")
    render_pending(timezone.now())
    assert mine.get(path).content.startswith(b"%PDF")
    public = client.get(f"/api/v1/licences/{licence['licence_number']}/verification").json()
    assert public["status"] == "valid"
