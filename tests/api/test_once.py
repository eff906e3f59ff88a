"""Sent twice, done once; nobody decides on what he has not read; nothing is sent again that has not changed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from onevisit.cases.models import Case, Decision, Draft
from tests.api.filing import file_case, procedure, ready
from tests.office.filing import FIRST


def test_a_repeat_gets_the_first_answer(content, register, mine):
    draft = ready(mine)
    path, body = f"/drafts/{draft}/submission", {"declared": True}
    first = mine.post(path, body, Idempotency_Key="one")
    again = mine.post(path, body, Idempotency_Key="one")
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert "Idempotent-Replayed" not in first and again["Idempotent-Replayed"] == "true"
    assert Case.objects.count() == 1
    assert mine.post("/drafts", {"event": "open-restaurant"}, Idempotency_Key="one").json()["code"] == (
        "idempotency-key-reused"
    )


def test_a_write_needs_a_key(mine):
    for key in ("", "x" * 101, "ein Schlüssel"):
        answer = mine.post("/drafts", {"event": "open-restaurant"}, Idempotency_Key=key)
        assert answer.status_code == 400, key
        assert [one["field"] for one in answer.json()["errors"]] == ["Idempotency-Key"]


def test_a_refusal_is_not_kept(content, register, mine):
    draft = mine.post("/drafts", {"event": "open-restaurant"}).json()["id"]
    path = f"/drafts/{draft}/submission"
    assert mine.post(path, {"declared": False}, Idempotency_Key="two").json()["code"] == "not-declared"
    assert mine.post(path, {"declared": False}, Idempotency_Key="two").json()["code"] == "not-declared"
    refused = mine.post(path, {"declared": True}, Idempotency_Key="two")
    assert refused.status_code == 422
    assert refused.json()["code"] == "not-ready" and refused.json()["errors"]


def test_a_decision_is_made_once_whatever_is_sent_twice(content, register, mine, market):
    one = procedure(mine, file_case(mine), FIRST)
    for act in ("acceptance", "grant"):
        first = market.post(f"/procedures/{one}/{act}", Idempotency_Key=act)
        again = market.post(f"/procedures/{one}/{act}", Idempotency_Key=act)
        assert first.status_code == again.status_code == 200, first.content
        assert first.content == again.content
    assert Decision.objects.count() == 1
    late = market.post(f"/procedures/{one}/grant")
    assert (late.status_code, late.json()["code"]) == (409, "already-decided")


def test_who_has_read_something_else_does_not_decide(content, register, mine, market):
    one = procedure(mine, file_case(mine), FIRST)
    read = market.get(f"/procedures/{one}")["ETag"]
    assert market.post(f"/procedures/{one}/acceptance", If_Match=read).status_code == 200
    late = market.post(f"/procedures/{one}/grant", If_Match=read)
    assert (late.status_code, late.json()["code"]) == (412, "changed")
    assert not Decision.objects.exists()
    fresh = market.get(f"/procedures/{one}")["ETag"]
    assert market.post(f"/procedures/{one}/grant", If_Match=f'"0-x", {fresh}').status_code == 200


def test_what_has_not_changed_is_not_sent_again(content, register, mine):
    number = file_case(mine)
    first = mine.get(f"/cases/{number}")
    again = mine.get(f"/cases/{number}", If_None_Match=f'"other", W/{first["ETag"]}')
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert mine.get(f"/cases/{number}", If_None_Match='"other"').status_code == 200


@pytest.mark.django_db(transaction=True)
def test_one_key_at_once_is_one_act(content, register, mine, market):
    one = procedure(mine, file_case(mine), FIRST)

    def at_once(act: str, program, path: str, body: object) -> list:
        def send(_number: int):
            try:
                return program.post(path, body, Idempotency_Key=f"at-once-{act}")
            finally:
                connections.close_all()

        with ThreadPoolExecutor(4) as pool:
            return list(pool.map(send, range(4)))

    accepted = at_once("accept", market, f"/procedures/{one}/acceptance", {})
    assert {answer.status_code for answer in accepted} == {200}
    assert len({answer.content for answer in accepted}) == 1
    before = Draft.objects.count()
    begun = at_once("draft", mine, "/drafts", {"event": "open-restaurant"})
    assert {answer.status_code for answer in begun} <= {201, 409}
    assert {answer.json()["code"] for answer in begun if answer.status_code == 409} <= {"idempotency-key-in-use"}
    assert Draft.objects.count() == before + 1
