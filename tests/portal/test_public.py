"""What anybody reads of the catalogue without signing in: proof, document, public lists, drafts for comment."""

import hashlib
import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from onevisit.catalogue import actions, queries
from onevisit.catalogue.entry import EntryInput
from onevisit.catalogue.load import snapshot_of
from onevisit.catalogue.models import CatalogueVersion, PublicComment
from onevisit.config.cli import main
from onevisit.portal.often import MOST_COMMENTS
from tests.catalogue.gate.making import REGION, card
from tests.catalogue.gate.test_actions import NOT_YET, OFFICE
from tests.fixtures.costs import MOST_QUERIES, measured

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    queries.forget()
    cache.clear()
    yield
    queries.forget()


def opened(entry: EntryInput | None = None, **more):
    now, today = timezone.now(), timezone.localdate()
    version = actions.draft_version(card(**more), by=OFFICE, now=now)
    actions.prove_version(version, by=OFFICE, now=now)
    if entry:
        actions.enter_list(version, entry, by=OFFICE, now=now)
    actions.open_comment(version, today, today + timedelta(days=29), by=OFFICE, now=now)
    return version


def in_force(entry: EntryInput | None = None, **more):
    version = opened(entry, **more)
    day = timezone.localdate() + timedelta(days=30)
    actions.put_in_force(version, day, by=OFFICE, now=timezone.now() + timedelta(days=30))
    CatalogueVersion.objects.filter(pk=version).update(in_force_from=timezone.localdate())
    queries.forget()
    return version


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_guide_shows_the_proof_of_its_version_and_the_way_to_run_it_again(client, content):
    said = page(client, "/guides/open-restaurant")
    snapshot = queries.current("open-restaurant", REGION).snapshot
    assert snapshot in said and "穷举" in said and "2026年11月24日" in said
    assert "由运维直接施行，没有经过公示" in said and "onevisit prove --check" in said
    address, _ = re.findall(r'href="(/events/[^"]+)"', said)
    response = client.get(address)
    assert hashlib.sha256(response.content).hexdigest() == snapshot, "the sentence on the page is true"
    assert response["Content-Type"] == "application/json"
    assert "immutable" in response["Cache-Control"] and "max-age=31536000" in response["Cache-Control"]
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", f'"{snapshot}"')
    assert client.get(address.replace("open-restaurant", "newborn")).status_code == 404
    assert measured(client, "/guides/open-restaurant")[0] <= MOST_QUERIES


def test_anybody_checks_the_downloaded_proof_with_the_downloaded_version(client, content, tmp_path, capsys):
    for event in ("newborn", "open-restaurant", "sell-home"):
        said = page(client, f"/guides/{event}")
        files = [client.get(address) for address in re.findall(r'href="(/events/[^"]+)"', said)]
        names = [re.findall(r'filename="([^"]+)"', response["Content-Disposition"])[0] for response in files]
        for name, response in zip(names, files, strict=True):
            (tmp_path / name).write_bytes(response.content)
        (command,) = re.findall(r">onevisit (prove [^<]+)<", said)
        arguments = [str(tmp_path / one) if one in names else one for one in command.split()]
        assert main(arguments) == 0, "the command on the page, as it stands there"
        assert "证明成立" in capsys.readouterr().out
        proof = tmp_path / next(name for name in names if "proof" in name)
        changed = json.loads(proof.read_text(encoding="utf-8"))
        changed["proofs"][0]["channels"][1]["worst"] = 0
        proof.write_text(json.dumps(changed), encoding="utf-8")
        assert main(arguments) == 1, "and a proof that claims less is found out"


def test_a_version_of_before_the_solver_has_no_proof_to_check_and_says_how_to_make_one(client, content):
    row = CatalogueVersion.objects.get(event="newborn")
    CatalogueVersion.objects.filter(pk=row.pk).update(proof={k: v for k, v in row.proof.items() if k != "solver"})
    queries.by_snapshot.cache_clear()
    said = page(client, "/guides/newborn")
    assert "穷举" in said and "求解器" not in said and "proof.json" not in said
    assert f"onevisit prove --version newborn-{row.snapshot[:12]}.json" in said
    assert client.get(f"/events/newborn/versions/{row.snapshot}/proof.json").status_code == 404


def test_a_guide_whose_version_was_open_for_comment_says_when(client):
    version = in_force()
    said = page(client, "/guides/library-card")
    assert "施行前公示过" in said and f"/consultations/{version}" in said and "没有经过公示" not in said


def test_the_lists_say_honestly_that_they_are_empty(client, content):
    assert "现在一件也没有" in page(client, "/lists/exceptions")
    assert "现在一件也没有" in page(client, "/lists/not-yet")
    assert "现在没有草案在公示" in page(client, "/consultations")
    assert "/consultations" in page(client, "/"), "linked from the footer"


@pytest.mark.parametrize("which", ["not-yet", "exceptions"])
def test_an_event_past_one_visit_is_told_with_its_causes(client, which):
    today = timezone.localdate()
    exception = EntryInput("exceptions", "示范法", "1", "示范目录第 1 项", today, declared=True)
    in_force(NOT_YET if which == "not-yet" else exception, sent=False)
    said = page(client, f"/lists/{which}")
    words = ("证要到窗口领", "示范图书馆", "证可以寄") if which == "not-yet" else ("示范法", "示范目录第 1 项")
    assert all(word in said for word in ("办读者证", "网上最多跑 2 次", *words))
    other = "exceptions" if which == "not-yet" else "not-yet"
    assert "现在一件也没有" in page(client, f"/lists/{other}")
    assert words[0] in page(client, "/guides/library-card")
    for address in ("/lists/exceptions", "/lists/not-yet"):
        assert measured(client, address)[0] <= MOST_QUERIES


def test_a_draft_is_read_with_what_it_changes_and_commented_by_anybody(client):
    in_force()
    version = opened(days=3)
    assert f"/consultations/{version}" in page(client, "/consultations")
    address = f"/consultations/{version}"
    said = page(client, address)
    assert "<del>5</del> → <ins>3</ins>" in said and "还没有人提意见" in said
    key = re.findall(r'name="key" value="([^"]+)"', said)[0]
    wrong = client.post(address, {"key": key, "name": "", "text": "太慢了\n还是太慢"})
    assert wrong.status_code == 422 and "太慢了\n还是太慢" in wrong.content.decode(), "what was typed is kept"
    assert key in wrong.content.decode()
    for _ in range(2):
        sent = client.post(address, {"key": key, "name": "王小满", "text": "<b>太慢</b>"})
        assert sent.status_code == 302 and sent["Location"].startswith(f"{address}#c-")
    said = page(client, address)
    assert said.count("&lt;b&gt;太慢&lt;/b&gt;") == 1, "once, and as plain text"
    (kept,) = PublicComment.objects.all()
    actions.answer_comment(version, kept.pk, "会改", by=OFFICE, now=timezone.now())
    assert "会改" in page(client, address)
    actions.hide_comment(version, kept.pk, "广告", by=OFFICE, now=timezone.now())
    said = page(client, address)
    assert "广告" in said and "太慢" not in said and "王小满" not in said and "会改" not in said
    assert measured(client, address)[0] <= MOST_QUERIES


def test_who_is_signed_in_is_named_but_may_choose_another_name(client, sign_in):
    version = opened()
    sign_in("xiaoman")
    assert 'value="王小满"' in page(client, f"/consultations/{version}")
    client.post(f"/consultations/{version}", {"key": "k", "name": "一个读者", "text": "好"})
    kept = PublicComment.objects.get()
    assert kept.name == "一个读者" and kept.account is not None
    assert "王小满" not in page(client, f"/consultations/{version}").split("</header>")[1].split("<form")[0]


def test_outside_its_days_a_draft_takes_no_comment(client):
    version = opened()
    yesterday = timezone.localdate() - timedelta(days=1)
    CatalogueVersion.objects.filter(pk=version).update(comment_until=yesterday)
    assert "不收意见" in page(client, f"/consultations/{version}")
    refused = client.post(f"/consultations/{version}", {"key": "k", "name": "王", "text": "迟了一天"})
    assert refused.status_code == 409 and "迟了一天" in refused.content.decode()


def test_too_many_comments_from_one_address(client):
    version = opened()
    for n in range(MOST_COMMENTS):
        assert client.post(f"/consultations/{version}", {"key": str(n), "name": "王", "text": "好"}).status_code == 302
    refused = client.post(f"/consultations/{version}", {"key": "x", "name": "王", "text": "再来一条"})
    assert refused.status_code == 429 and refused["Retry-After"] and "再来一条" in refused.content.decode()
    assert PublicComment.objects.count() == MOST_COMMENTS


def test_what_was_never_public_is_not_there(client):
    version = actions.draft_version(card(), by=OFFICE, now=timezone.now())
    assert client.get(f"/consultations/{version}").status_code == 404
    assert client.post(f"/consultations/{version}", {"key": "k", "name": "王", "text": "好"}).status_code in (404, 409)
    assert client.get(f"/events/library-card/versions/{snapshot_of(card())}.json").status_code == 404
    assert client.get(f"/events/library-card/versions/{snapshot_of(card())}/proof.json").status_code == 404
    assert client.get("/guides/library-card").status_code == 404
