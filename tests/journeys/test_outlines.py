"""What a screen reader says of pages, in its order: landmarks, headings, what is wrong, the names of controls."""

import pytest

from tests.journeys.places import NAMED, Tour

BEFORE = ('link "跳到正文"', 'complementary "示范说明"', "banner:", 'link "一次办"')
NAVIGATION = ('navigation "主导航"', 'link "首页"', 'link "办件"', 'link "证照"', 'link "我的"')
AFTER = ("contentinfo:", 'link "查验证照真伪"', 'link "打 12345 热线"')
OUTLINES = {
    "home": (
        *NAVIGATION, 'button "English"', 'link "登录"', "main:", 'heading "您想办什么事？" [level=1]', "search:",
        'searchbox "用自己的话说您想办的事"', 'button "找一找"', 'region "一件事，一次办"',
        'heading "一件事，一次办" [level=2]', 'link "新生儿出生', 'link "开餐饮店', 'region "怎么办"',
        'heading "怎么办" [level=2]',
    ),
    "sign-in-wrong": (
        *NAVIGATION, "main:", 'alert "没有登录成功"', "listitem: 用户名或密码不对。", 'heading "登录" [level=1]',
        'textbox "用户名"', 'textbox "密码"', 'button "登录"',
    ),
    "question-empty": (
        "main:", 'link "上一题"', 'alert "这一题要改一下"', 'link "请先回答这一题，再往下走。"',
        'group "店外要装什么？"', 'heading "店外要装什么？" [level=1]', 'radio "什么都不装"', 'radio "店名招牌',
        'radio "大型户外广告', 'button "下一题"',
        'link "先看看方案"', 'complementary "为什么问，政府知道什么"', 'heading "为什么问" [level=2]',
    ),
    "plan": (
        "main:", 'heading "开餐饮店，这样办" [level=1]', 'list "您的回答，点一下可以改"',
        'region "要跑几次、多少天、多少钱"', "term: 多少天", "term: 费用", 'region "怎么办、谁在办"',
        'heading "怎么办、谁在办" [level=2]', "figure:", 'img "', 'region "您可以选"', 'region "要哪些材料"',
        'heading "要哪些材料" [level=2]', 'heading "政府已有，不用您交" [level=3]', 'heading "您上传" [level=3]',
        'heading "到窗口出示" [level=3]', 'region "费用、日期和理由"', 'link "就这样办，开始填"', 'link "以后再说"',
    ),
    "signature-undeclared": (
        *NAVIGATION, "main:", 'alert "还没有签字"', 'link "请先勾选“我看过了”，再签字。"', 'heading "请您以卖方',
        'region "您签的内容"', "term: 申请人是哪一方", "definition: 买方", "term: 成交价", "definition: 1200000 元",
        'checkbox "我看过了，内容真实，是我本人的意思"', 'button "签字"',
    ),
    "desk-money": (
        'navigation "主导航"', 'link "窗口"', "main:", 'heading "二手房交易登记', 'region "缴费和退款"',
        'heading "缴费和退款" [level=2]',
        'heading "要缴', 'group "怎么收的"', 'radio "刷卡、扫码" [checked]', 'radio "现金"',
        'textbox "小票号或者现金收据号"', 'button "收到了，登记"', 'region "结果"', 'region "文书，可打印"',
        'region "每一项"',
    ),
    "office": (
        'navigation "主导航"', 'link "办件"', 'link "发出的证照"', "main:", 'navigation "办件分类"', 'link "待核对材料',
        'link "待决定', 'link "等别人', 'link "已办结', 'heading "待核对材料" [level=1]', "search:",
        'searchbox "按办件号或店名找"', 'button "找一找"', 'table "待核对材料"', 'columnheader "到期"',
        'columnheader "店名、事项"', 'row "还有',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTLINES)
def test_outline(tour: Tour, name: str):
    snapshot = tour.open(NAMED[name]).locator("body").aria_snapshot()
    lines = [line.strip().removeprefix("- ") for line in snapshot.splitlines()]
    at = 0
    for wanted in (*BEFORE, *OUTLINES[name], *AFTER):
        found = next((n for n in range(at, len(lines)) if lines[n].startswith(wanted)), None)
        assert found is not None, f"{wanted} does not come after {lines[at - 1]}:\n{snapshot}"
        at = found + 1
