"""An event drawn: every service and paper, whose plan, its proof; and the causes of visits, with what removes them."""

import re

import pytest

from onevisit.core.proving.search import Search
from onevisit.reform import reasons, subjects
from tests.fixtures.costs import MOST_QUERIES, measured

pytestmark = pytest.mark.django_db
HOME = "/reform/events/sell-home/"


@pytest.fixture
def page(client, content, sign_in):
    sign_in("reform")

    def _page(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    return _page


def wide(text: str) -> str:
    """The drawing for wide screens."""
    return text[text.index('class="ed-svg ed-wide"') : text.index('class="ed-svg ed-tall"')]


def test_the_whole_event_is_drawn_with_its_proof(page, client):
    text = page("/reform/events/open-restaurant/")
    drawing = wide(text)
    for words in ("开餐饮店：所有事项", "食品经营许可", "银行预约开户", "营业执照", "消防救援大队", "烟草专卖局"):
        assert words in drawing, words
    assert drawing.count('class="ed-card is-some"') == 14
    assert "style=" not in drawing
    for words in (
        "谁来办，都最多跑 0 次：已证明",
        "谁来办，都最多跑 1 次：已证明",
        "法定代表人到银行开户",
        "材料齐全",
        "目录版本",
    ):
        assert words in text, words
    assert measured(client, "/reform/events/open-restaurant/")[0] <= MOST_QUERIES


@pytest.mark.parametrize(("slug", "visits"), [("newborn", 8), ("open-restaurant", 16), ("sell-home", 10)])
def test_the_visits_of_the_worst_off_are_on_his_steps(page, slug, visits):
    text = page(f"/reform/events/{slug}/?of=unreformed&who=window")
    for drawing in (wide(text), text[text.index('class="ed-svg ed-tall"') :]):
        numbers = [int(n) for n in re.findall(r'class="ed-number"[^>]*>(\d+)<', drawing)]
        assert numbers == list(range(1, visits + 1))
        assert {int(n) for n in re.findall(r'class="ed-small"[^>]*>(\d+)<', drawing)} == set(numbers)
    assert f"跑 {visits} 次" in text
    assert "is-serial" in text
    assert "结果要申请人自己拿到下一个部门" in text
    assert "示例" in text


def test_who_never_comes_is_told_so(page):
    assert "一次都不用跑。" in page("/reform/events/open-restaurant/?who=online")


def test_the_same_in_words(page):
    text = page(f"{HOME}?of=unreformed&who=window")
    words = text[text.index("用文字看这张图") :]
    for said in ("申请人带纸质的：", "「抵押权注销登记」办完才收", "第 5 次：到登记大厅签字", "要一起来的还有卖方 1"):
        assert said in words, said


def test_causes_with_article_remedy_and_levers_that_lead_to_the_workbench(page):
    text = page("/reform/events/newborn/causes?of=unreformed")
    assert re.findall(r"第 (\d+) 次，因为", text)[:7] == ["2", "3", "4", "5", "6", "7", "8"]
    for said in ("《出境入境管理法》第 40 条", "去掉它：", "也因为", "还有别的原因", "凭记忆"):
        assert said in text, said
    link = "/reform/workbench/newborn?of=unreformed&amp;pull=courier-results"
    assert link in text
    assert "checked" in page(link.replace("&amp;", "&"))


def test_no_cause_where_nobody_comes_twice(page):
    assert "没有人跑得多于一次，已证明" in page(f"{HOME}causes")


def test_what_is_undecided_is_said(page, monkeypatch):
    monkeypatch.setattr(subjects, "_proofs", {})
    monkeypatch.setattr(reasons, "_kept", {})
    *others, _ = Search.__init__.__defaults__
    monkeypatch.setattr(Search.__init__, "__defaults__", (*others, 1))
    text = page("/reform/events/sell-home/causes?of=unreformed")
    assert "没有在限度内算出来，所以不下结论" in text
    assert "因为" not in text.partition("</h1>")[2].partition("一个原因")[0]


def test_the_lists_lead_there(page):
    assert HOME in page("/reform/")
    assert f"{HOME}?of=unreformed" in page("/reform/workbench/sell-home")


def test_for_the_reform_office_only(client, content, sign_in):
    assert client.get(HOME)["Location"].startswith("/sign-in")
    sign_in("officer")
    assert client.get(HOME).status_code == 403
    assert client.get(f"{HOME}causes").status_code == 403
    sign_in("reform")
    assert client.get("/reform/events/nix/").status_code == 404
    assert client.get("/reform/events/nix/?of=unreformed").status_code == 404
