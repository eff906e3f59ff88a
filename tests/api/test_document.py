"""The document says what is, and the page shows what the document says."""

import json
from pathlib import Path

from onevisit.api.document import document
from onevisit.config.cli import openapi
from onevisit.core.errors import Refusal
from onevisit.hooks.rules import EVENTS
from onevisit.machines.rules import SCOPES
from tests.english.reading import HAN
from tests.fixtures.costs import MOST_BYTES, measured

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"
PUBLIC = {"token", "events", "event", "guide", "verify"}


def operations() -> dict[str, dict]:
    return {one["operationId"]: one for path in document()["paths"].values() for one in path.values()}


def test_the_committed_document_is_the_one_that_is_served(client, db):
    assert COMMITTED.read_text(encoding="utf-8") == openapi.printed(), "run: onevisit openapi > docs/openapi.json"
    assert client.get("/api/v1/openapi.json").json() == json.loads(openapi.printed())


def test_it_is_in_the_callers_language(client, db):
    chinese = client.get("/api/v1/openapi.json", headers={"Accept-Language": "zh"}).json()
    english = client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"}).json()
    assert json.loads(openapi.printed("en")) == english and chinese != english
    said = [english["info"]["description"], *(english[part] for part in ("paths", "tags", "webhooks"))]
    said += [english["components"][part] for part in ("responses", "securitySchemes")]
    fields = [one.get("properties") for one in english["components"]["schemas"].values()]
    assert not HAN.search(json.dumps([said, fields], ensure_ascii=False))
    assert without_words(chinese["paths"]) == without_words(english["paths"])


def without_words(value):
    if isinstance(value, dict):
        return {key: without_words(one) for key, one in value.items() if key not in ("summary", "description")}
    return [without_words(one) for one in value] if isinstance(value, list) else value


def test_every_operation_needs_a_scope_or_is_public():
    for name, one in operations().items():
        scopes = [scope for need in one.get("security", []) for scope in need["oauth2"]]
        assert bool(scopes) != (name in PUBLIC), name
        assert set(scopes) <= set(SCOPES)


def test_every_write_takes_a_key():
    for path in document()["paths"].values():
        for method, one in path.items():
            names = {found["name"] for found in one.get("parameters", [])}
            computes = one["operationId"] in ("token", "questions", "plan")  # these write nothing
            assert ("Idempotency-Key" in names) == (method != "get" and not computes), one["operationId"]


def test_the_events_are_those_of_the_document():
    assert set(document()["webhooks"]) == set(EVENTS)
    kinds = document()["components"]["schemas"]["HookMessage"]["properties"]["type"]
    assert set(kinds["enum"]) == set(EVENTS)


def test_the_page_shows_all_of_it_at_little_cost(client, content):
    queries, size = measured(client, "/api/v1/docs")
    assert queries == 0 and size <= MOST_BYTES
    page = client.get("/api/v1/docs").content.decode()
    for name in operations():
        assert f'id="op-{name}"' in page
    for name in EVENTS:
        assert name in page
    for kind in _kinds(Refusal):
        assert f'id="{kind.code}"' in page, kind
    assert page.count("<h1") == 1


def _kinds(of: type[Refusal]) -> set[type[Refusal]]:
    found = {kind for kind in of.__subclasses__() if kind.__module__.startswith("onevisit.")}
    return found | {deeper for kind in found for deeper in _kinds(kind)}
