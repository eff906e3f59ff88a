"""A document that is handed in: what is wrong is told with its path; what comes out is what came in."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from onevisit.catalogue import actions, queries
from onevisit.catalogue.errors import BadDraft
from onevisit.catalogue.handing_in import examine_document as examine
from onevisit.catalogue.handing_in import read_document
from onevisit.catalogue.load import canonical, read_content, snapshot_of
from tests.catalogue.gate.making import REGION, card, sent_in
from tests.catalogue.gate.test_actions import LAST, NOW, OFFICE, TODAY


def problems(data: bytes) -> str:
    with pytest.raises(BadDraft) as refused:
        read_document(data, REGION)
    return "\n".join(refused.value.problems)


def bad(path: str, value: object) -> bytes:
    """The card with another value at a path."""
    document = card()
    at = document
    *way, last = path.split(".")
    for step in way:
        at = at[int(step)] if step.isdigit() else at[step]  # type: ignore[index]
    at[int(last) if last.isdigit() else last] = value  # type: ignore[index]
    return sent_in(document)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[]", "should be a mapping"),
        (b"[" * 100_000, "no JSON"),
        (b'{"a": 1, "a": 2}', "`a` twice"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a": 1e400}', "written plainly"),
        (b'{"a": "\\u0000"}', "NUL"),
        (b'{"a": "\\ud800"}', "no JSON"),
        (bad("services.0.promise.amount", "five"), "`services.0.promise.amount` should be a whole number"),
        (bad("services.0.applies_when", "and and"), "/services/0/applies_when"),
        (bad("services.0.colour", "red"), "`services.0` does not know the key `colour`"),
        (bad("in_force_from", "tomorrow"), "`in_force_from` is `tomorrow`; expected a date"),
        (bad("region", "330109"), "this installation serves `330521`"),
        (bad("key", "Library Card"), "`key` is `Library Card`"),
    ],
)
def test_what_is_wrong_is_told_with_its_path(data, told):
    assert told in problems(data)


def test_names_that_lead_nowhere_are_found_by_the_examination():
    document = card()
    document["services"][0]["agency"] = "museum"
    assert read_document(sent_in(document), REGION) == document
    (found,) = examine(document)
    assert found.path == "services.0.agency" and "museum" in found.problem.zh


@pytest.mark.django_db
def test_every_event_of_the_content_goes_in_and_comes_out_with_its_hash():
    content = read_content(Path(settings.CONTENT))
    for slug, document in content.documents.items():
        assert read_document(canonical(document).encode(), REGION) == document
        assert not [one for one in examine(document) if one.severity == "error"]
        version = actions.draft_version(document, by=OFFICE, now=NOW)
        kept = queries.version(version, TODAY, REGION).life_event
        assert kept == content.events[slug]


@pytest.mark.django_db
@pytest.mark.parametrize("days", [5, 12])
def test_what_is_downloaded_can_be_handed_in_again(days):
    version = actions.draft_version(read_document(sent_in(card(days=days)), REGION), by=OFFICE, now=NOW)
    actions.prove_version(version, by=OFFICE, now=NOW)
    actions.open_comment(version, TODAY, LAST, by=OFFICE, now=NOW)
    text = queries.document("library-card", snapshot_of(card(days=days)))
    assert json.loads(text) == card(days=days)
    again = read_document(text.encode(), REGION)
    assert snapshot_of(again) == snapshot_of(card(days=days))
    assert actions.draft_version(again, by=OFFICE, now=NOW) == version
