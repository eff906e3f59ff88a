"""What goes wrong is said as a problem: which field, in whose language, with a code that does not change."""

import pytest
from django.test import Client

from onevisit.cases.models import Draft
from onevisit.config import middleware
from tests.api.filing import ready
from tests.fixtures.programs import V1

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "no-such-address"),
        ("GET", "/api/v1/", 404, "no-such-address"),
        ("GET", "/api/v2/events", 404, "no-such-address"),
        ("GET", "/api/v1/events/%00", 404, "no-such-address"),
        ("DELETE", "/api/v1/events", 405, "wrong-method"),
        ("GET", "/api/v1/token", 405, "wrong-method"),
        ("GET", "/api/v1/events/no-such-event", 404, "no-such-event"),
        ("POST", "/api/v1/openapi.json", 405, "wrong-method"),
    ],
)
def test_addresses_and_methods(content, method, path, status, code):
    answer = Client().generic(method, path)
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    found = answer.json()
    assert (found["status"], found["code"]) == (status, code)
    assert found["type"] == f"/api/v1/docs#{code}" and found["title"] and found["detail"]
    if status == 405:
        assert answer["Allow"]


def test_the_field_is_named(content, mine):
    path = "/events/open-restaurant/plan"
    for body, field in (
        ({"facts": {}, "start": "30.11.2026"}, "start"),
        ({"facts": {}, "start": "9999-12-31"}, "start"),
        ({"facts": {}, "walk_in": "yes"}, "walk_in"),
        ({"facts": {}, "beginn": "2026-11-30"}, "beginn"),
    ):
        answer = mine.post(path, body)
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed"), body
        assert answer.json()["errors"][0]["field"].startswith(field), answer.json()
    facts = {"matter.area": "wide", "matter.kind": "club", "matter.colour": 1, "matter.tobacco": True}
    wrong = mine.post(path, {"facts": facts})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "bad-facts")
    assert {one["field"] for one in wrong.json()["errors"]} == {
        "facts.matter.area", "facts.matter.kind", "facts.matter.colour",
    }  # fmt: skip


def test_what_cannot_be_read_in_a_draft_is_named_too(content, register, mine):
    made = mine.post("/drafts", {"event": "open-restaurant", "facts": {"matter.area": "wide"}})
    assert (made.status_code, made.json()["code"]) == (422, "answers-refused")
    assert [one["field"] for one in made.json()["errors"]] == ["matter.area"]


def test_a_refused_draft_is_none(content, register, mine):
    for facts in ({"matter.area": "wide"}, {"matter.area": 80, "matter.colour": "red"}):
        assert mine.post("/drafts", {"event": "open-restaurant", "facts": facts}).status_code == 422
    assert not Draft.objects.exists()


def test_everything_that_lacks_is_listed(content, register, mine):
    draft = mine.post("/drafts", {"event": "open-restaurant", "facts": {"matter.area": 80}}).json()["id"]
    refused = mine.post(f"/drafts/{draft}/submission", {"declared": True})
    assert (refused.status_code, refused.json()["code"]) == (422, "not-ready")
    found = refused.json()["errors"]
    questions = [one["message"] for one in found if one["field"] == "questions"]
    assert len(questions) == len(set(questions)) == 3, found


def test_in_the_callers_language(content, mine):
    body = {"facts": {"matter.colour": 1}}
    path = "/events/open-restaurant/plan"
    english = mine.post(path, body, Accept_Language="fr, en;q=0.9, zh;q=0.1")
    assert english["Content-Language"] == "en"
    assert english.json()["errors"][0]["message"] == "no such fact"
    assert english.json()["detail"].startswith("1 facts are wrong")
    chinese = mine.post(path, body)
    assert chinese["Content-Language"] == "zh-CN"
    assert chinese.json()["errors"][0]["message"] == "没有这个要素"
    assert mine.get("/events/open-restaurant", Accept_Language="en").json()["name"] == "Open a restaurant"
    plan = mine.post(path, {"facts": {}}, Accept_Language="en").json()
    assert plan["lang"] == "en"


def test_too_large_and_of_another_type(content, register, mine, monkeypatch):
    wrong = Client().post(f"{V1}/drafts", "event=x", content_type="text/plain", headers=mine.headers())
    assert (wrong.status_code, wrong.json()["code"]) == (415, "wrong-media-type")
    large = mine.post("/events/open-restaurant/plan", {"facts": {"x": "y" * 3_000_000}})
    assert (large.status_code, large.json()["code"]) == (413, "body-too-large")
    monkeypatch.setattr(middleware, "LARGEST_BODY", 100)
    larger = mine.post("/drafts", {"event": "x" * 200})
    assert (larger.status_code, larger["Content-Type"]) == (413, PROBLEM)


@pytest.mark.parametrize("body", ["{", '{"event": "a\\u0000b"}', "[]", '"text"', "null", '{"event": 1e999}', ""])
def test_broken_bodies(mine, body):
    headers = mine.headers(Idempotency_Key="k")
    answer = Client().post(f"{V1}/drafts", body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed"), answer.content


def test_forms_that_are_none(content, register, mine):
    draft = ready(mine)
    headers = mine.headers(Idempotency_Key="k")
    path, parts = f"{V1}/drafts/{draft}/documents", "multipart/form-data; boundary=x"
    many = (
        "".join(f'--x\r\nContent-Disposition: form-data; name="f{n}"\r\n\r\n1\r\n' for n in range(2000)) + "--x--\r\n"
    )
    for body in (b"no parts at all", many.encode(), b'--x\r\nContent-Disposition: form-data; name="slot"\r\n'):
        answer = Client().generic("POST", path, body, content_type=parts, headers=headers)
        assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM), answer.content
        assert answer.json()["code"] == "malformed"
    nul = "grant_type=client_credentials&client_id=a%00b&client_secret=c"
    refused = Client().post(f"{V1}/token", nul, content_type="application/x-www-form-urlencoded")
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")


def test_a_file_that_is_none(content, register, mine):
    draft = ready(mine)
    headers = mine.headers(Idempotency_Key="k")
    answer = Client().post(f"{V1}/drafts/{draft}/documents", {"slot": "x"}, headers=headers)
    assert answer.status_code == 400
    assert [one["field"] for one in answer.json()["errors"]] == ["file"]


def test_head_is_get_without_its_body(content):
    answer = Client().head(f"{V1}/events")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer["Content-Length"]) == len(Client().get(f"{V1}/events").content)
