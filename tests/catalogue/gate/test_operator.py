"""The operator's publishing goes through the same gate at once, and keeps off what is the reform office's."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from onevisit.catalogue import actions, queries
from onevisit.catalogue.errors import NoListEntry
from onevisit.catalogue.load import BadContent, read_content
from onevisit.catalogue.models import CatalogueVersion, ListEntry
from onevisit.catalogue.rules.gate import PublicList
from onevisit.config.cli import main
from onevisit.people.actor import SYSTEM
from tests.catalogue.gate.making import REGION, card
from tests.catalogue.gate.test_actions import AFTER, LAST, NOW, OFFICE, TODAY
from tests.fixtures.content import CONTENT

pytestmark = pytest.mark.django_db
ENTRY = {
    "event": "library-card",
    "list": "not-yet",
    "causes": "证要到窗口领",
    "who": "示范图书馆",
    "change": "证可以寄",
    "until": "2027-06-30",
}
KINDS = ("agencies", "places", "evidence_types", "licence_types", "resources", "facts", "services")


@pytest.fixture(autouse=True)
def fresh():
    queries.forget()
    yield
    queries.forget()


def content(folder: Path, *, entries: list[dict[str, str]] | None = None, **more) -> Path:
    """A content folder with the card alone."""
    document = card(**more)
    event = folder / "events" / "library-card"
    for one in (event, folder / "regions" / REGION):
        one.mkdir(parents=True, exist_ok=True)
    shutil.copy(CONTENT / "laws.yaml", folder)
    shutil.copytree(CONTENT / "calendar", folder / "calendar", dirs_exist_ok=True)
    lists = {kind: document.pop(kind) for kind in KINDS}
    whole = {"event": document} | {kind: items for kind, items in lists.items() if items}
    (event / "event.yaml").write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
    if entries is not None:
        (folder / "lists.yaml").write_text(yaml.safe_dump({"entries": entries}, allow_unicode=True), encoding="utf-8")
    return folder


def kinds(snapshot: str) -> list[tuple[str, str]]:
    return [(one.kind, one.role) for one in queries.record_of(snapshot, TODAY).acts]


def test_it_is_recorded_as_the_operators_without_public_comment(tmp_path):
    assert actions.publish_content(content(tmp_path), by=SYSTEM, now=NOW) == ("library-card",)
    snapshot = queries.current("library-card", REGION).snapshot
    assert kinds(snapshot) == [("draft", "system"), ("prove", "system"), ("put_at_once", "system")]
    record = queries.record_of(snapshot, TODAY)
    assert (record.row.comment_from, record.entry, record.row.proved_at) == (None, None, NOW)
    assert not record.commented


def test_past_one_visit_it_refuses_without_an_entry_and_takes_the_contents(tmp_path):
    with pytest.raises(NoListEntry):
        actions.publish_content(content(tmp_path, sent=False), by=SYSTEM, now=NOW)
    assert not CatalogueVersion.objects.exists(), "nothing was published"
    actions.publish_content(content(tmp_path, sent=False, entries=[ENTRY]), by=SYSTEM, now=NOW)
    assert queries.listed(REGION, PublicList.EXCEPTIONS) == []
    (entry,) = queries.listed(REGION, PublicList.NOT_YET)
    assert (entry.event, entry.online, entry.walk_in, entry.entry.who) == ("library-card", 2, 2, "示范图书馆")
    assert actions.publish_content(tmp_path, by=SYSTEM, now=NOW) == ()


def test_an_entry_is_not_taken_for_an_event_that_needs_none(tmp_path):
    actions.publish_content(content(tmp_path, entries=[ENTRY]), by=SYSTEM, now=NOW)
    assert not ListEntry.objects.exists()


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([ENTRY | {"list": "perhaps"}], "exceptions, not-yet"),
        ([{key: ENTRY[key] for key in ENTRY if key != "who"}], "`entries.0` lacks the key `who`"),
        ([ENTRY | {"until": "soon"}], "expected a date"),
        ([ENTRY, ENTRY], "twice"),
    ],
)
def test_a_broken_entry_is_told_with_its_file(tmp_path, entries, told):
    with pytest.raises(BadContent) as refused:
        read_content(content(tmp_path, entries=entries))
    assert told in str(refused.value) and "lists.yaml" in str(refused.value)


def test_a_new_start_does_not_bring_back_what_the_office_has_replaced(tmp_path):
    actions.publish_content(content(tmp_path), by=SYSTEM, now=NOW)
    version = actions.draft_version(card(days=3), by=OFFICE, now=NOW)
    actions.prove_version(version, by=OFFICE, now=NOW)
    actions.open_comment(version, TODAY, LAST, by=OFFICE, now=NOW)
    assert actions.publish_content(tmp_path, by=SYSTEM, now=NOW) == (), "still in force"
    actions.put_in_force(version, LAST + timedelta(days=1), by=OFFICE, now=AFTER)
    assert actions.publish_content(tmp_path, by=SYSTEM, now=AFTER) == ()
    CatalogueVersion.objects.filter(pk=version).update(in_force_from=TODAY)
    queries.forget()
    assert queries.current("library-card", REGION).graph.event.services[0].promise.amount == 3


def test_new_content_of_an_event_that_the_office_has_decided_becomes_its_draft(tmp_path):
    test_a_new_start_does_not_bring_back_what_the_office_has_replaced(tmp_path)
    content(tmp_path, days=2)
    for _ in range(2):
        assert actions.publish_content(tmp_path, by=SYSTEM, now=AFTER) == ()
    newest = next(row for row in queries.versions(REGION, TODAY) if row.state == "draft")
    assert queries.version(newest.id, TODAY, REGION).life_event.services[0].promise.amount == 2


def test_what_the_office_has_taken_back_stays_back(tmp_path):
    actions.publish_content(content(tmp_path), by=SYSTEM, now=NOW)
    version = CatalogueVersion.objects.get().pk
    actions.withdraw_version(version, "写错了", by=OFFICE, now=NOW)
    assert actions.publish_content(tmp_path, by=SYSTEM, now=NOW) == ()
    assert queries.in_force(REGION) == {}


def test_what_the_office_is_working_at_is_not_put_in_force_past_it(tmp_path):
    document = read_content(content(tmp_path)).documents["library-card"]
    version = actions.draft_version(document, by=OFFICE, now=NOW)
    actions.prove_version(version, by=OFFICE, now=NOW)
    actions.open_comment(version, TODAY, LAST, by=OFFICE, now=NOW)
    assert actions.publish_content(tmp_path, by=SYSTEM, now=NOW) == ()
    assert queries.in_force(REGION) == {}


def test_content_can_be_laid_down_as_drafts(tmp_path):
    assert actions.draft_content(content(tmp_path), by=SYSTEM, now=NOW) == ("library-card",)
    assert actions.draft_content(tmp_path, by=SYSTEM, now=NOW) == ()
    (row,) = queries.versions(REGION, TODAY)
    assert (row.state, row.worst, row.published_at) == ("draft", None, None)


def test_the_command_says_what_is_in_force_and_what_waits(tmp_path, capsys):
    assert main(["publish", str(content(tmp_path))]) == 0
    assert capsys.readouterr().out == "published: library-card\n"
    actions.withdraw_version(CatalogueVersion.objects.get().pk, "写错了", by=OFFICE, now=NOW)
    assert main(["publish", str(content(tmp_path, days=2))]) == 0
    assert capsys.readouterr().out == "waits for the reform office: library-card, at /reform/versions\n"
    assert main(["draft", str(content(tmp_path, days=3))]) == 0
    assert capsys.readouterr().out == "draft: library-card, at /reform/versions\n"
