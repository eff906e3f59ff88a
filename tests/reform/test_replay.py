"""The replays' pages: from the levers to the result, without a script; what is typed stays."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from onevisit.catalogue import queries
from onevisit.catalogue.models import CatalogueVersion
from onevisit.insight.models import Replay
from onevisit.insight.tasks import replay
from onevisit.people.ids import new_id
from tests.fixtures.content import REGION
from tests.fixtures.costs import MOST_QUERIES, measured
from tests.reform.conftest import file

pytestmark = pytest.mark.django_db
CHANGE = "/reform/replay/of/newborn?of=unreformed&pull=courier-results&pull=hall-insurance"
TODAY = "/reform/replay/of/newborn?of=now&pull=courier-results"
SYNTHETIC = {"source": "synthetic", "count": "40"}


@pytest.fixture(autouse=True)
def office(client, content, sign_in) -> None:
    sign_in("reform")


def computed() -> None:
    while replay(timezone.now()):
        pass


def test_from_the_workbench_to_the_result(client):
    page = client.get("/reform/workbench/newborn?pull=courier-results").content.decode()
    assert 'formaction="/reform/replay/of/newborn"' in page
    page = client.get(CHANGE).content.decode()
    assert "证明、户口内页、社保卡寄到家" in page
    assert "从未改革的样子" in page
    run = client.post(CHANGE, SYNTHETIC)["Location"]
    waiting = client.get(run)
    assert waiting["Refresh"] == "3"
    assert '<progress class="ov-progress" max="40" value="0"' in waiting.content.decode()
    computed()
    done = client.get(run)
    assert "Refresh" not in done
    page = done.content.decode()
    for words in ("40 个人里，", "不是真人", "各部门的工作量", "医保局", "8，已证明 → 4，已证明", "变好的", "每人 "):
        assert words in page, words
    assert page.count('class="ov-bar ov-bar--2"') > 5
    assert measured(client, run)[0] <= MOST_QUERIES
    assert measured(client, CHANGE)[0] <= MOST_QUERIES
    listed = client.get("/reform/replay/").content.decode()
    assert "算好了" in listed
    assert run in listed
    assert measured(client, "/reform/replay/")[0] <= MOST_QUERIES


def test_a_draft_is_replayed_before_it_is_published(client):
    published = queries.current("newborn", REGION)
    document = json.loads(queries.document("newborn", published.snapshot))
    slow = next(one for one in document["services"] if one["promise"] and one["promise"]["amount"] == 10)
    slow["promise"]["amount"] = 3
    for step in slow["steps"]:
        step["most"] = min(step.get("most", 0), 3)
    version = client.post("/reform/versions", {"document": file(json.dumps(document).encode())})["Location"]
    assert f"?draft={version.rsplit('/', 1)[1]}" in client.get(version).content.decode()
    begin = f"/reform/replay/of/newborn?draft={version.rsplit('/', 1)[1]}"
    assert "按现在在用的版本和按草案" in client.get(begin).content.decode()
    run = client.post(begin, SYNTHETIC)["Location"]
    computed()
    page = client.get(run).content.decode()
    assert "草案" in page
    assert "变好的" in page
    assert f'href="{version}#changed"' in page
    assert measured(client, begin)[0] <= MOST_QUERIES


def test_a_draft_of_another_event_or_none_or_in_force_is_refused(client):
    published = CatalogueVersion.objects.get(event="newborn", snapshot=queries.current("newborn", REGION).snapshot)
    assert client.get(f"/reform/replay/of/newborn?draft={published.pk}").status_code == 409
    assert client.get(f"/reform/replay/of/sell-home?draft={published.pk}").status_code == 404
    assert client.get(f"/reform/replay/of/newborn?draft={new_id()}").status_code == 404


def test_what_was_typed_stays(client):
    typed = {"source": "past", "count": "17", "first_day": "2026-01-01", "last_day": "年底"}
    answer = client.post(TODAY, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "到哪天为止没有看懂" in page
    assert re.search(r'value="past"\s+id="f-source"\s+checked', page)
    for words in ('value="17"', 'value="2026-01-01"', 'value="年底"', "pull=courier-results"):
        assert words in page, words


def test_one_at_a_time_and_stopped(client):
    run = client.post(CHANGE, SYNTHETIC)["Location"]
    second = client.post(CHANGE, SYNTHETIC | {"count": "41"})
    assert second.status_code == 409
    assert "一次只能算一个" in second.content.decode()
    assert 'value="41"' in second.content.decode()
    assert client.post(f"{run}/stop")["Location"] == run
    assert "停掉了" in client.get(run).content.decode()
    assert client.post(f"{run}/stop").status_code == 409


def test_a_dead_worker_is_said(client):
    run = client.post(CHANGE, SYNTHETIC)["Location"]
    long_ago = timezone.now() - timedelta(minutes=5)
    Replay.objects.update(asked_at=long_ago)
    assert "后台多半没有开" in client.get(run).content.decode()
    Replay.objects.update(state="running", beat_at=long_ago)
    answer = client.get(run)
    assert "算到一半，后台停了" in answer.content.decode()
    assert "Refresh" not in answer


def test_nothing_chosen_and_nothing_there(client):
    assert client.get("/reform/replay/of/newborn?of=unreformed").status_code == 422
    assert client.get("/reform/replay/of/nix?pull=a").status_code == 404
    assert client.get("/reform/replay/01a21d04-88dc-7aea-9fd1-438d6372b2e7").status_code == 404


def test_for_the_reform_office_only(client, sign_in):
    run = client.post(CHANGE, SYNTHETIC)["Location"]
    sign_in("officer")
    for address in ("/reform/replay/", CHANGE, run):
        assert client.get(address).status_code == 403
    assert client.post(CHANGE, SYNTHETIC).status_code == 403
    assert client.post(f"{run}/stop").status_code == 403
