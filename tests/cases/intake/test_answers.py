"""What people type is read kindly, or refused with a sentence that says what to do."""

from datetime import date
from decimal import Decimal

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.cases.rules.answers import from_json, parse, to_json
from onevisit.cases.rules.sentences import BadAnswer
from onevisit.core.facts import FactSpec, FactType, Option, Value
from onevisit.core.text import Text
from onevisit.core.wording import value_words

T = Text("要素", "fact")


def spec(type: FactType, **more: object) -> FactSpec:
    return FactSpec("matter.x", type, T, T, T, **more)  # type: ignore[arg-type]


AREA = spec(FactType.DECIMAL, minimum=Decimal(1), maximum=Decimal(100000), unit=Text("平方米", "m²"))
SEATS = spec(FactType.INTEGER, minimum=Decimal(0), maximum=Decimal(5000), unit=Text("个", ""))
SHARE = spec(FactType.DECIMAL, unit=Text("％", "%"))
KIND = spec(
    FactType.CHOICE, options=(Option("sole", Text("个体工商户", "Sole trader")), Option("company", Text("公司")))
)
YES_NO = spec(FactType.BOOL)
DAY = spec(FactType.DATE)
NAME = spec(FactType.TEXT, max_length=10)
ID = spec(FactType.TEXT, check="ric")
IDS = spec(FactType.TEXT, check="ric_list", max_length=1000)
PHONE = spec(FactType.TEXT, check="phone")
CODE = spec(FactType.TEXT, check="uscc")
ALL = (AREA, SEATS, SHARE, KIND, YES_NO, DAY, NAME, ID, IDS, PHONE, CODE)


@pytest.mark.parametrize(
    ("asked", "typed", "value"),
    [
        (AREA, "３２０．５ 平方米", Decimal("320.5")),
        (AREA, " 1,200 m² ", Decimal(1200)),
        (SEATS, "４８个", 48),
        (SEATS, "48.0", 48),
        (SHARE, "12.5％", Decimal("12.5")),
        (KIND, "sole", "sole"),
        (KIND, "个体工商户", "sole"),
        (KIND, ["company"], "company"),
        (YES_NO, "是", True),
        (YES_NO, "false", False),
        (DAY, "2026年11月4日", date(2026, 11, 4)),
        (DAY, "２０２６/１１/０４", date(2026, 11, 4)),
        (DAY, "20261104", date(2026, 11, 4)),
        (NAME, "  小满　面馆\u200b ", "小满 面馆"),
        (NAME, "Ａ１店（北）", "A1店（北）"),
        (ID, " 330521 19900214 9981 ", "330521199002149981"),
        (IDS, "330521199002149981、３３０５２１１９８５０６１８９９７４", "330521199002149981,330521198506189974"),
        (IDS, ["330521199002149981", "330521198506189974"], "330521199002149981,330521198506189974"),
        (PHONE, "139-0000-0001", "13900000001"),
        (CODE, "91330521ma2b9xx0xw", "91330521MA2B9XX0XW"),
        (NAME, "　\u200b ", None),
        (AREA, "", None),
    ],
)
def test_read_kindly(asked: FactSpec, typed: str | list[str], value: Value | None) -> None:
    assert parse(asked, typed) == value


@pytest.mark.parametrize(
    ("asked", "typed", "says"),
    [
        (AREA, "很大", "请只填数字（平方米）"),
        (AREA, "1,2", "请只填数字"),
        (AREA, "1e9", "请只填数字"),
        (AREA, "0", "1 到 100000"),
        (SEATS, "-1", "0 到 5000"),
        (SEATS, "1.5", "整数"),
        (KIND, "partnership", "个体工商户、公司"),
        (YES_NO, "也许", "是、否"),
        (DAY, "2026-02-30", "2026-11-24"),
        (DAY, "下周", "2026-11-24"),
        (NAME, "一二三四五六七八九十一", "最多 10 个字"),
        (NAME, "面\x00馆", "控制字符"),
        (NAME, "面\x1b[31m馆", "控制字符"),
        (NAME, "\ud800", "控制字符"),
        (NAME, "x" * 30_000, "最多"),
        (ID, "330521199002149982", "最后一位"),
        (IDS, "330521199002149981 330521199002149982", "第2个"),
        (PHONE, "123", "11位"),
        (CODE, "91330521MA2B9XX0X1", "最后一位"),
    ],
)
def test_refused_with_a_sentence(asked: FactSpec, typed: str, says: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        parse(asked, typed)
    assert says in refused.value.sentence.zh
    assert refused.value.sentence.en


@given(st.sampled_from(ALL), st.text() | st.lists(st.text()) | st.text(alphabet="0123456789０９.,-/年月日 是否％X"))
def test_nothing_typed_breaks_the_reader_and_what_is_read_can_be_kept(asked: FactSpec, typed: str | list[str]) -> None:
    try:
        value = parse(asked, typed)
    except BadAnswer as bad:
        assert bad.sentence.zh
        return
    if value is not None:
        kept = orjson.loads(orjson.dumps(to_json(value)))
        assert from_json(asked, kept) == value
        assert type(from_json(asked, kept)) is type(value)
        assert value_words(asked, value).zh


@given(st.decimals(1, 100000, places=2))
def test_numbers_survive_any_usual_way_of_writing(number: Decimal) -> None:
    for typed in (
        f"{number}",
        f"{number:,}",
        f" {number} 平方米",
        f"{number}".translate({48 + i: 0xFF10 + i for i in range(10)}),
    ):
        assert parse(AREA, typed) == number


@given(st.dates())
def test_dates_survive_any_usual_way_of_writing(day: date) -> None:
    for typed in (day.isoformat(), f"{day.year:04}年{day.month}月{day.day}日", f"{day.year:04}/{day.month}/{day.day}"):
        assert parse(DAY, typed) == day


@pytest.mark.parametrize(
    ("asked", "kept"),
    [(YES_NO, 1), (SEATS, True), (SEATS, "x"), (SEATS, 1.5), (AREA, "1/2"), (DAY, "x"), (KIND, "x"), (NAME, 3)],
)
def test_what_a_register_says_must_fit_the_facts_type(asked: FactSpec, kept: object) -> None:
    assert from_json(asked, kept) is None
