"""The inbox: the own agency only, what is due first, in four tabs, searched."""

import re

import pytest

from onevisit.cases.queries import searching

pytestmark = pytest.mark.django_db


def rows(page: str) -> list[str]:
    return re.findall(r'href="/office/procedures/[^"]+">', page)


def test_own_agency_only_in_the_first_tab_with_work(office):
    page = office.of("fang").get("/office/").content.decode()
    assert "待核对材料" in page and "小满面馆" in page and "市场监管局" in page
    assert "食品经营许可" in page and "消防安全检查" not in page
    assert "王**" in page and "王小满" not in page  # masked in lists


def test_an_empty_first_tab_leads_to_the_next(office, accepted):
    for service in ("food-licence", "sole-trader-registration"):
        fang = accepted(service)
    response = fang.get("/office/")
    assert response.status_code == 302 and "tab=decide" in response["Location"]
    page = fang.get(response["Location"]).content.decode()
    assert "待决定" in page and len(rows(page)) == 2
    assert "还有" in page and "ov-due--" in page  # words beside colour
    assert "没有要核对的" in fang.get("/office/?tab=check").content.decode()


def test_search_and_what_is_not_found(office):
    fang = office.of("fang")
    assert len(rows(fang.get(f"/office/?q={office.number}").content.decode())) == 2
    assert "没有找到" in fang.get("/office/?tab=check&q=没有的店").content.decode()
    assert fang.get("/office/?tab=check&q=%00&after=!!").status_code == 200


def test_too_many_hits_are_said(office, monkeypatch):
    fang = office.of("fang")
    assert "找到的太多" not in fang.get("/office/?tab=check&q=面馆").content.decode()
    monkeypatch.setattr(searching, "FOUND", 0)
    assert "找到的太多" in fang.get("/office/?tab=check&q=面馆").content.decode()


def test_others_have_no_inbox(client, office, sign_in):
    assert client.get("/office/")["Location"].startswith("/sign-in")
    assert office.applicant.get("/office/").status_code == 403
    assert office.of("clerk").get("/office/").status_code == 403
