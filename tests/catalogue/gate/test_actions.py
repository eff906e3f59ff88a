"""The publishing gate on PostgreSQL: a draft's whole way, who may do what, what is done twice, what is kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from onevisit.catalogue import actions, queries
from onevisit.catalogue.entry import EntryInput
from onevisit.catalogue.errors import (
    CommentIncomplete,
    CommentsClosed,
    EntryIncomplete,
    NoListEntry,
    NoSuchComment,
    NoSuchDraft,
    NoSuchEvent,
    NoSuchVersion,
    NotNow,
    NotPastOneVisit,
    Unanswered,
)
from onevisit.catalogue.load import snapshot_of
from onevisit.catalogue.models import CatalogueVersion, ListEntry, PublicComment, VersionAct
from onevisit.people.actor import Actor, Role
from onevisit.people.errors import NotYourRole
from tests.catalogue.gate.making import REGION, card

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
LAST = TODAY + timedelta(days=29)
AFTER = NOW + timedelta(days=30)
OFFICE = Actor(uuid4(), None, None, "赵改革", Role.REFORM)
NOT_YET = EntryInput("not-yet", causes="证要到窗口领", who="示范图书馆", change="证可以寄", until=date(2027, 6, 30))
EXCEPTION = EntryInput("exceptions", "示范法", "1", "示范目录第 1 项", date(2026, 1, 1), declared=True)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    queries.forget()
    queries.by_snapshot.cache_clear()
    yield
    queries.forget()


def draft(**more) -> UUID:
    return actions.draft_version(card(**more), by=OFFICE, now=NOW)


def proved(**more) -> UUID:
    version = draft(**more)
    assert [one.code for one in actions.prove_version(version, by=OFFICE, now=NOW)] == ["licence-not-taken"]
    return version


def opened(**more) -> UUID:
    version = proved(**more)
    actions.open_comment(version, TODAY, LAST, by=OFFICE, now=NOW)
    return version


def in_force(day: date = LAST + timedelta(days=1), **more) -> UUID:
    version = opened(**more)
    actions.put_in_force(version, day, by=OFFICE, now=AFTER)
    return version


def kinds(version: UUID) -> list[str]:
    return [one.kind for one in queries.version(version, TODAY, REGION).acts]


def test_the_whole_way_of_a_draft_until_it_is_in_force():
    version = opened()
    with pytest.raises(NoSuchEvent):
        queries.current("library-card", REGION)
    said = actions.comment(version, "k", "王小满", "为什么不能网上办？", by=None, now=NOW)
    actions.answer_comment(version, said, "明年可以。", by=OFFICE, now=NOW)
    actions.put_in_force(version, LAST + timedelta(days=1), by=OFFICE, now=AFTER)
    row = CatalogueVersion.objects.get(pk=version)
    assert (row.state, row.in_force_from, row.published_at) == ("published", LAST + timedelta(days=1), AFTER)
    assert kinds(version) == ["draft", "prove", "open_comment", "comment", "answer", "put_in_force"]
    acts = queries.version(version, TODAY, REGION).acts
    assert {(one.name, one.role) for one in acts} == {("赵改革", "reform"), ("王小满", "")}
    assert acts[2].body == {"first": "2026-11-24", "last": str(LAST)}


def test_a_version_is_in_force_from_its_day_on_and_not_before(django_capture_on_commit_callbacks):
    today = datetime.now(UTC).date()
    version = in_force()
    for day, standing in ((today + timedelta(days=2), "定于"), (today - timedelta(days=1), "在用")):
        CatalogueVersion.objects.filter(pk=version).update(in_force_from=day)
        queries.forget()
        assert queries.version(version, today, REGION).row.standing.zh.startswith(standing)
        assert ("library-card" in queries.in_force(REGION)) is (standing == "在用")
    assert queries.current("library-card", REGION).guide.walk_in.worst == 1


def test_done_twice_is_done_once():
    version = opened()
    assert draft() == version
    actions.open_comment(version, TODAY, LAST, by=OFFICE, now=NOW)
    first = actions.comment(version, "k", "王小满", "好", by=None, now=NOW)
    assert actions.comment(version, "k", "王小满", "好", by=None, now=NOW) == first
    for _ in range(2):
        actions.answer_comment(version, first, "谢谢", by=OFFICE, now=NOW)
        actions.hide_comment(version, first, "广告", by=OFFICE, now=NOW)
        actions.put_in_force(version, LAST + timedelta(days=1), by=OFFICE, now=AFTER)
    for _ in range(2):
        actions.withdraw_version(version, "写错了", by=OFFICE, now=AFTER)
    once = ["draft", "prove", "open_comment", "comment", "answer", "hide", "put_in_force", "withdraw"]
    assert kinds(version) == once


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.OFFICER, Role.CLERK])
def test_only_the_office_leads_a_version_through_the_gate(role):
    other = Actor(uuid4(), None, None, "方敏", role)
    with pytest.raises(NotYourRole):
        actions.draft_version(card(name="别的"), by=other, now=NOW)
    version = proved()
    for act in (
        lambda: actions.prove_version(version, by=other, now=NOW),
        lambda: actions.open_comment(version, TODAY, LAST, by=other, now=NOW),
        lambda: actions.enter_list(version, NOT_YET, by=other, now=NOW),
        lambda: actions.withdraw_version(version, "x", by=other, now=NOW),
    ):
        with pytest.raises(NotYourRole):
            act()
    actions.open_comment(version, TODAY, LAST, by=OFFICE, now=NOW)
    said = actions.comment(version, "k", "方敏", "好", by=other, now=NOW)
    for act in (
        lambda: actions.answer_comment(version, said, "x", by=other, now=NOW),
        lambda: actions.hide_comment(version, said, "x", by=other, now=NOW),
        lambda: actions.put_in_force(version, LAST + timedelta(days=1), by=other, now=AFTER),
    ):
        with pytest.raises(NotYourRole):
            act()
    assert kinds(version) == ["draft", "prove", "open_comment", "comment"]


def test_a_draft_with_findings_stays_a_draft_and_says_what_was_found():
    version = actions.draft_version(card(lead="nobody"), by=OFFICE, now=NOW)
    found = actions.prove_version(version, by=OFFICE, now=NOW)
    assert [(one.path, "nobody" in one.problem.zh) for one in found] == [("lead", True)]
    view = queries.version(version, TODAY, REGION)
    assert view.row.state == "draft" and view.findings == found and view.figures is None
    with pytest.raises(NotNow):
        actions.open_comment(version, TODAY, LAST, by=OFFICE, now=NOW)


def test_past_one_visit_goes_on_only_with_its_entry():
    version = proved(sent=False)
    with pytest.raises(NoListEntry) as refused:
        actions.open_comment(version, TODAY, LAST, by=OFFICE, now=NOW)
    assert "办读者证" in str(refused.value) and "2 次" in str(refused.value)
    for lacking in (
        EntryInput("neither"),
        EntryInput("not-yet", causes="x", who=" ", change="y", until=TODAY),
        EntryInput("exceptions", "示范法", "1", "第 1 项", TODAY, declared=False),
        EntryInput("exceptions", "示范法", "1", "第 1 项", None, declared=True),
    ):
        with pytest.raises(EntryIncomplete) as incomplete:
            actions.enter_list(version, lacking, by=OFFICE, now=NOW)
        assert len(incomplete.value.problems) == 1
    actions.enter_list(version, EXCEPTION, by=OFFICE, now=NOW)
    for _ in range(2):
        actions.enter_list(version, NOT_YET, by=OFFICE, now=NOW)
    entry = ListEntry.objects.get()
    assert (entry.list, entry.law, entry.who) == ("not-yet", "", "示范图书馆"), "nothing is left of the other list"
    actions.open_comment(version, TODAY, LAST, by=OFFICE, now=NOW)
    actions.put_in_force(version, LAST + timedelta(days=1), by=OFFICE, now=AFTER)
    assert kinds(version) == ["draft", "prove", "enter_list", "enter_list", "open_comment", "put_in_force"]


def test_nobody_adds_an_exception_for_what_needs_none():
    with pytest.raises(NotPastOneVisit):
        actions.enter_list(proved(), EXCEPTION, by=OFFICE, now=NOW)


def test_comments_are_taken_on_their_days_and_must_say_something():
    version = opened()
    for name, text, field in (
        ("", "好", "name"),
        ("王" * 41, "好", "name"),
        ("王", " ", "text"),
        ("王", "好" * 2001, "text"),
    ):
        with pytest.raises(CommentIncomplete) as refused:
            actions.comment(version, "k", name, text, by=None, now=NOW)
        assert list(refused.value.problems) == [field]
    with pytest.raises(CommentsClosed):
        actions.comment(version, "k", "王", "好", by=None, now=AFTER)
    with pytest.raises(NoSuchDraft):
        actions.comment(uuid4(), "k", "王", "好", by=None, now=NOW)
    with pytest.raises(NoSuchComment):
        actions.answer_comment(version, uuid4(), "x", by=OFFICE, now=NOW)
    assert not PublicComment.objects.exists()


def test_a_hidden_comment_is_kept_and_the_public_sees_its_reason_only():
    version = opened()
    said = actions.comment(version, "k", "王小满", "加微信", by=None, now=NOW)
    with pytest.raises(Unanswered):
        actions.put_in_force(version, LAST + timedelta(days=1), by=OFFICE, now=AFTER)
    with pytest.raises(CommentIncomplete):
        actions.hide_comment(version, said, " ", by=OFFICE, now=NOW)
    actions.hide_comment(version, said, "广告", by=OFFICE, now=NOW)
    (public,) = queries.public_draft(version, TODAY, REGION).comments
    assert (public.name, public.text, public.hidden_reason) == ("", "", "广告")
    (kept,) = queries.version(version, TODAY, REGION).comments
    assert (kept.name, kept.text) == ("王小满", "加微信")
    actions.put_in_force(version, LAST + timedelta(days=1), by=OFFICE, now=AFTER)


def test_the_version_before_comes_back_when_one_is_withdrawn_and_cases_still_find_theirs():
    first, second = in_force(TODAY + timedelta(days=30)), in_force(TODAY + timedelta(days=30), days=4)
    CatalogueVersion.objects.update(in_force_from=TODAY - timedelta(days=1))
    CatalogueVersion.objects.filter(pk=second).update(published_at=AFTER + timedelta(hours=1))
    queries.forget()
    snapshots = {row.pk: row.snapshot for row in CatalogueVersion.objects.all()}
    assert queries.current("library-card", REGION).snapshot == snapshots[second]
    actions.withdraw_version(second, "写错了", by=OFFICE, now=AFTER)
    queries.forget()
    assert queries.current("library-card", REGION).snapshot == snapshots[first]
    again = actions.draft_version(card(days=4), by=OFFICE, now=AFTER)
    assert again == second, "what was withdrawn begins again"
    assert queries.by_snapshot(snapshots[second]).snapshot == snapshots[second]
    with pytest.raises(NotNow):
        actions.open_comment(second, TODAY, LAST, by=OFFICE, now=AFTER)


def test_a_draft_that_was_never_published_is_no_version_for_cases():
    version = opened()
    with pytest.raises(NoSuchVersion):
        queries.by_snapshot(CatalogueVersion.objects.get(pk=version).snapshot)


def test_a_document_is_public_once_it_was_for_comment_and_its_hash_is_the_snapshot():
    version = proved()
    snapshot = snapshot_of(card())
    with pytest.raises(NoSuchDraft):
        queries.document("library-card", snapshot)
    with pytest.raises(NoSuchDraft):
        queries.public_draft(version, TODAY, REGION)
    actions.open_comment(version, TODAY, LAST, by=OFFICE, now=NOW)
    text = queries.document("library-card", snapshot)
    assert snapshot_of(card()) == snapshot and text.encode()
    with pytest.raises(NoSuchDraft):
        queries.document("open-restaurant", snapshot)


def refused_by_the_database(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return True
    return False


def test_the_database_keeps_what_was_done_and_said_and_publishes_nothing_without_proof():
    version = in_force()
    actions.draft_version(card(days=3), by=OFFICE, now=NOW)
    PublicComment.objects.create(version_id=version, key="k", name="王", text="好", at=NOW)
    for sql in (
        "DELETE FROM catalogue_versionact",
        "UPDATE catalogue_versionact SET name = 'x'",
        "DELETE FROM catalogue_publiccomment",
        "UPDATE catalogue_publiccomment SET text = 'x'",
        "DELETE FROM catalogue_catalogueversion WHERE published_at IS NOT NULL",
        "UPDATE catalogue_catalogueversion SET document = '{}'",
        "UPDATE catalogue_catalogueversion SET proof = NULL WHERE published_at IS NOT NULL",
        "UPDATE catalogue_catalogueversion SET state = 'published' WHERE published_at IS NULL",
        "UPDATE catalogue_catalogueversion SET state = 'commenting' WHERE published_at IS NULL",
        f"INSERT INTO catalogue_listentry VALUES ('{version}', 'not-yet', '', '', '', NULL, '', '', '', NULL)",
    ):
        assert refused_by_the_database(sql), sql
    assert VersionAct.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_clerks_of_the_office_at_once():
    """One of the two puts it in force, whoever comes second changes nothing or is told why."""
    version = opened()

    def put(days: int) -> str:
        try:
            actions.put_in_force(version, LAST + timedelta(days=days), by=OFFICE, now=AFTER)
        except NotNow:
            return "told"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(put, (1, 2))) == ["done", "told"]
    assert kinds(version).count("put_in_force") == 1
