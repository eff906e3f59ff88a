"""Who takes part in a case, and what the program's owner signs in others' place; rating; drafts that are begun."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onevisit.cases.actions import end
from onevisit.cases.models import Attendance, Document, Procedure, Rating
from onevisit.notices.models import Notice
from onevisit.notices.tasks import render_pending
from onevisit.people.actor import Actor, Role
from onevisit.people.ids import new_id
from onevisit.people.models import Account
from tests.api.filing import file_case, procedure, ready
from tests.api.sale import file_sale, sale  # noqa: F401 - a fixture
from tests.fixtures.files import picture
from tests.office.filing import FIRST


@pytest.fixture
def number(sale, mine) -> str:  # noqa: F811
    return file_sale(mine)


def test_he_signs_for_whom_he_is_named(mine, number):
    parties = {one["party"]: one for one in mine.get(f"/cases/{number}").json()["parties"]}
    second = parties["seller[2]"]
    assert (second["you"], second["can_sign"], second["agent"]) == (True, True, "王小满")
    assert not parties["buyer[1]"]["you"] and "*" in parties["buyer[1]"]["name"] and parties["buyer[1]"]["comes"]
    path = f"/cases/{number}/signature"
    undeclared = mine.post(path, {"declared": False})
    assert (undeclared.status_code, undeclared.json()["code"]) == (422, "not-declared")
    signed = mine.post(path, {"declared": True}, Idempotency_Key="sign")
    assert signed.status_code == 200, signed.content
    second = next(one for one in signed.json()["parties"] if one["party"] == "seller[2]")
    assert second["signed"] and not second["signs"] and not second["can_sign"]
    assert mine.post(path, {"declared": True}, Idempotency_Key="sign").content == signed.content
    twice = mine.post(path, {"declared": True})
    assert (twice.status_code, twice.json()["code"]) == (409, "nothing-to-sign")
    assert Attendance.objects.filter(party="seller[2]").count() == 1


def test_nobody_signs_where_another_submitted(mine, number, program):
    buyer = program("buyers-app", applicant="qiushi")
    assert buyer.post(f"/cases/{number}/signature", {"declared": True}).status_code == 404


def test_who_is_alone_has_nothing_to_sign(content, register, mine):
    number = file_case(mine)
    assert mine.get(f"/cases/{number}").json()["parties"] == []
    assert mine.post(f"/cases/{number}/signature", {"declared": True}).json()["code"] == "nothing-to-sign"


def test_the_applicant_rates_once_after_a_decision(content, register, mine, market):
    number = file_case(mine)
    path = f"/cases/{number}/rating"
    assert mine.post(path, {"grade": 1}).json()["code"] == "not-yet-to-rate"
    assert mine.post(path, {"grade": 6}).status_code == 400
    one = procedure(mine, number, FIRST)
    for act in ("acceptance", "grant"):
        assert market.post(f"/procedures/{one}/{act}").status_code == 200
    assert mine.get(f"/cases/{number}").json()["can_rate"]
    rated = mine.post(path, {"grade": 2, "words": "好"})
    assert rated.status_code == 200, rated.content
    assert (rated.json()["rating"], rated.json()["can_rate"]) == (2, False)
    assert mine.post(path, {"grade": 1}).json()["code"] == "not-yet-to-rate"
    assert Rating.objects.get().grade == 2


def test_drafts_are_listed_and_a_wrong_file_is_taken_out(content, register, mine, program):
    draft = ready(mine)
    (line,) = mine.get("/drafts").json()["items"]
    assert line["id"] == draft and line["answered"]
    assert program("other-app", applicant="xiaoman").get("/drafts").json() == {"items": []}
    need = next(one for one in mine.get(f"/drafts/{draft}").json()["needed"] if one["documents"])
    (document,) = [one["id"] for one in need["documents"]]
    other = mine.post("/drafts", {"event": "open-restaurant"}).json()["id"]
    assert mine.send("DELETE", f"/drafts/{other}/documents/{document}").status_code == 404
    assert Document.objects.filter(pk=document).exists()
    left = mine.send("DELETE", f"/drafts/{draft}/documents/{document}")
    assert left.status_code == 200, left.content
    assert not Document.objects.filter(pk=document).exists()
    assert not next(one for one in left.json()["needed"] if one["slot"] == need["slot"])["documents"]
    file = io.BytesIO(picture("PNG"))
    file.name = "right.png"
    assert mine.upload(f"/drafts/{draft}/documents", file, slot=need["slot"]).status_code == 201
    done = mine.post(f"/drafts/{draft}/submission", {"declared": True})
    assert done.status_code == 201
    assert [one["id"] for one in mine.get("/drafts").json()["items"]] == [other]


def test_round_trips(mine, number):
    for path, most in ((f"/cases/{number}", 12), ("/drafts", 1), ("/cases", 2)):
        with CaptureQueriesContext(connection) as queries:
            assert mine.get(path).status_code == 200
        assert len(queries) <= most
    with CaptureQueriesContext(connection) as queries:
        assert mine.post(f"/cases/{number}/signature", {"declared": True}).status_code == 200
    assert len(queries) <= 35


def test_letters_to_other_parties_are_theirs(mine, number):
    transfer = Procedure.objects.get(service="transfer")
    by = Actor(new_id(), None, None, "登记员", Role.OFFICER, agency="register")
    end(transfer.pk, "seller[2]", "2026-11-20", "死亡证明（示范）1号", by=by, now=timezone.now())
    render_pending(timezone.now())
    letters = Notice.objects.filter(kind="ended")
    own = Account.objects.get(username="xiaoman").person_id
    others = [one for one in letters if one.recipient != own]
    assert others, "the buyer gets one"
    shown = {one["id"] for one in mine.get(f"/cases/{number}").json()["notices"]}
    assert {str(one.pk) for one in letters} - shown == {str(one.pk) for one in others}
    assert mine.get(f"/cases/{number}/notices/{others[0].pk}").status_code == 404
    assert mine.get(f"/cases/{number}/notices/{next(iter(shown))}").status_code == 200
