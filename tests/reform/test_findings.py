"""The findings' pages: filters are links, what is typed stays, an agency sees its own."""

import re
from datetime import datetime

import pytest

from onevisit.insight import actions, queries
from onevisit.people.actor import SYSTEM, Role
from onevisit.people.models import Staff
from tests.fixtures.content import REGION
from tests.fixtures.costs import MOST_QUERIES, measured

pytestmark = pytest.mark.django_db
SEAL = "「公章刻制备案」没有写依据哪部法的哪一条"


@pytest.fixture
def seal(client, content, sign_in, now: datetime) -> str:
    """The address of a finding; the reform office is signed in."""
    actions.examine(REGION, by=SYSTEM, now=now)
    sign_in("reform")
    found = next(one for one in queries.findings(REGION, now.date()) if one.problem.zh == SEAL)
    return f"/reform/findings/{found.id}"


def test_the_work_list_and_its_filters(client, seal: str):
    page = client.get("/reform/findings/").content.decode()
    assert SEAL in page
    assert "events/open-restaurant/services/7a-seal-filing.yaml:7" in page
    assert page.count("/reform/findings/01") == 19
    assert measured(client, "/reform/findings/")[0] <= MOST_QUERIES
    links = [one.replace("&amp;", "&") for one in re.findall(r'href="(\?[^"]*)"', page)]
    assert {"?owner=police", "?severity=warning", "?state=gone"} <= set(links)
    assert client.get("/reform/findings/?severity=warning").content.decode().count("/reform/findings/01") == 5
    both = client.get("/reform/findings/?owner=police&severity=note").content.decode()
    assert both.count("/reform/findings/01") == 1
    assert SEAL not in both
    assert "这里一条也没有" in client.get("/reform/findings/?state=gone").content.decode()


def test_a_decision_and_its_record(client, seal: str):
    page = client.get(seal).content.decode()
    sent = {"state": "working", "owner": "police", "due": "2099-12-08", "reason": "请公安局补上", "seen": "0"}
    assert 'name="seen" value="0"' in page
    assert client.post(seal, sent)["Location"] == seal
    page = client.get(seal).content.decode()
    for words in ("正在改", "最迟2099年12月8日", "请公安局补上", "归公安局", "reform"):
        assert words in page, words
    assert measured(client, seal)[0] <= MOST_QUERIES
    assert SEAL in client.get("/reform/findings/?state=working").content.decode()
    late = client.post(seal, sent | {"reason": "另一句"})
    assert late.status_code == 409
    assert "先改过了" in late.content.decode()
    assert "另一句" in late.content.decode()


def test_what_was_typed_stays(client, seal: str):
    sent = {"state": "wont", "owner": "police", "due": "哪天", "reason": "写了一句", "seen": "0"}
    answer = client.post(seal, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "日子没有看懂" in page
    assert "哪天" in page
    assert "写了一句" in page
    assert re.search(r'value="wont"\s+id="f-state-4"\s+checked', page)


def test_examine_once_more(client, seal: str):
    assert client.post("/reform/findings/examination")["Location"] == "/reform/findings/"
    assert "上次体检" in client.get("/reform/findings/").content.decode()


def test_before_the_first_examination(client, content, sign_in):
    sign_in("reform")
    page = client.get("/reform/findings/").content.decode()
    assert "还没有体检过" in page
    assert "体检没有发现什么" not in page


def test_for_the_reform_office_only(client, seal: str, sign_in):
    for who in ("officer", "clerk"):
        sign_in(who)
        for address in ("/reform/findings/", seal):
            assert client.get(address).status_code == 403
        assert client.post(seal, {}).status_code == 403
        assert client.post("/reform/findings/examination").status_code == 403


def test_an_agency_reads_its_own(client, seal: str, sign_in):
    Staff.objects.filter(role=Role.OFFICER).update(agency="police")
    sign_in("officer")
    page = client.get("/office/findings").content.decode()
    assert SEAL in page
    assert "住房" not in page
    assert "没有写收费依据" not in page  # the tax office's
    assert measured(client, "/office/findings")[0] <= MOST_QUERIES
    Staff.objects.filter(role=Role.OFFICER).update(agency="market-regulation")
    sign_in("officer")
    assert "没有归您部门改的" in client.get("/office/findings").content.decode()
