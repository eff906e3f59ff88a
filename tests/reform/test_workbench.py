"""The lever workbench: levers switched by the address, every time proved for everybody; the cheapest set at a click."""

import re

import pytest

pytestmark = pytest.mark.django_db
NEWBORN = "/reform/workbench/newborn"


@pytest.fixture
def page(client, content, sign_in):
    sign_in("reform")

    def _page(address: str, **more: object) -> str:
        answer = client.get(address, **more)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    return _page


def sums(text: str) -> list[tuple[str, str]]:
    return re.findall(r"最多跑 <b>(\d+)</b> 次 → <b>(\d+)</b> 次", text)


def test_nothing_pulled_is_as_it_was(page):
    text = page(NEWBORN)
    assert sums(text) == [("8", "8"), ("8", "8")]
    assert "还有人要跑不止一次" in text
    assert "示例" in text
    assert "没有公开来源" in text


def test_a_lever_changes_the_visits(page):
    text = page(f"{NEWBORN}?pull=courier-results&pull=hall-insurance&pull=nothing-such")
    assert sums(text) == [("8", "4"), ("8", "4")]
    assert "选了 2 个，第一年估计 80,000 元" in text


def test_the_cheapest_levers_reach_one_visit_and_say_that_they_are_the_cheapest(page, client):
    answer = client.get(f"{NEWBORN}?of=unreformed&cheapest=1")
    assert answer.status_code == 302
    text = page(answer["Location"])
    assert [after for _, after in sums(text)] == ["1", "1"]
    assert "做到了，已证明" in text
    assert "这是最便宜的一组，已证明" in text


def test_when_the_time_is_up_the_page_says_what_is_known(page, client, monkeypatch):
    monkeypatch.setattr("onevisit.reform.trying.SECONDS", 0.0)
    address = "/reform/workbench/open-restaurant"
    text = page(client.get(f"{address}?of=unreformed&cheapest=1")["Location"])
    assert "这是最便宜的一组，已证明" not in text
    assert "没有证明这是最便宜的一组：至少要 0 元" in text
    monkeypatch.setattr("onevisit.reform.trying.SECONDS", 60.0)
    assert "这是最便宜的一组，已证明" in page(client.get(f"{address}?of=unreformed&cheapest=1")["Location"])


def test_averages_of_synthetic_applicants_say_that_they_are_synthetic(page):
    text = page(f"{NEWBORN}?pull=courier-results&pull=hall-insurance")
    assert "100 个合成的申请人的平均数" in text
    assert "不是真人" in text
    rows = re.findall(r'<th scope="row">(\S+)</th><td><svg.*?</svg></td><td>([\d.]+)</td><td>([\d.]+)</td>', text)
    assert [name for name, _, _ in rows] == ["跑几次", "自己带的材料", "要答的问题", "承诺工作日"]
    assert float(rows[0][2]) < float(rows[0][1]) < 8
    again = re.findall(r'<th scope="row">跑几次</th><td><svg.*?</svg></td><td>([\d.]+)</td>', page(NEWBORN))
    assert again == [rows[0][1]]  # the same people, whichever levers are pulled


def test_the_version_of_today(page):
    text = page(f"{NEWBORN}?of=now")
    assert sums(text) == [("1", "1"), ("1", "1")]
    assert "这是现在公布的版本" in text


def test_the_list_of_events_leads_there(page):
    assert NEWBORN in page("/reform/")


def test_for_the_reform_office_only_and_only_where_there_are_levers(client, content, sign_in):
    assert client.get(NEWBORN)["Location"].startswith("/sign-in")
    sign_in("officer")
    assert client.get(NEWBORN).status_code == 403
    sign_in("reform")
    assert client.get("/reform/workbench/nix").status_code == 404
