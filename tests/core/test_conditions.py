"""The condition language: reading, three-valued truth, types, words."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.core.conditions import (
    ALWAYS,
    BadCondition,
    bind,
    check_types,
    evaluate,
    facts_of,
    in_words,
    parameters_of,
    parse,
)
from onevisit.core.facts import FactSpec, FactType, Option, Value
from onevisit.core.text import Text


def spec(key: str, kind: FactType, zh: str, en: str, **more: Any) -> FactSpec:
    return FactSpec(key, kind, Text(zh, en), Text(zh), Text(zh), **more)


SPECS = {
    s.key: s
    for s in [
        spec("matter.area", FactType.DECIMAL, "使用面积", "floor area", unit=Text("平方米", "m²")),
        spec("matter.tobacco", FactType.BOOL, "卖卷烟", "sells tobacco"),
        spec("matter.opened", FactType.DATE, "开业日期", "opening day"),
        spec("matter.kind", FactType.CHOICE, "经营主体", "kind of business", options=(
            Option("sole", Text("个体工商户", "sole trader")), Option("company", Text("公司", "company")),
        )),
        spec("seller.age", FactType.INTEGER, "卖方年龄", "seller's age"),
    ]
}  # fmt: skip


@pytest.mark.parametrize(
    ("source", "facts", "expected"),
    [
        (True, {}, True),
        ("false", {}, False),
        ("matter.tobacco", {}, None),
        ("matter.tobacco", {"matter.tobacco": False}, False),
        ("not matter.tobacco", {"matter.tobacco": False}, True),
        ("matter.area >= 300", {"matter.area": Decimal("299.9")}, False),
        ("300 <= matter.area", {"matter.area": 300}, True),
        ("matter.tobacco and matter.area > 1", {"matter.tobacco": False}, False),
        ("matter.tobacco and matter.area > 1", {"matter.tobacco": True}, None),
        ("matter.tobacco or matter.area > 1", {"matter.area": 2}, True),
        ("matter.kind in ['sole', 'company']", {"matter.kind": "company"}, True),
        ("matter.kind not in ['sole']", {"matter.kind": "company"}, True),
        (
            "matter.kind != 'sole' and not (matter.tobacco or false)",
            {"matter.kind": "x", "matter.tobacco": False},
            True,
        ),
        ("matter.opened >= '2026-07-01'", {"matter.opened": date(2026, 6, 30)}, False),
        ("seller[2].age = 18", {"seller[2].age": 18, "seller.age": 1}, True),
        ("seller[1].age = 18", {"seller.age": 18}, True),
        ("matter.kind < 3", {"matter.kind": "x"}, None),
        ("parameter.limit < 3", {}, None),
    ],
)
def test_truth(source: str | bool, facts: dict[str, Value], expected: bool | None) -> None:
    assert evaluate(parse(source), facts) is expected


@pytest.mark.parametrize(
    ("source", "position", "what"),
    [
        ("matter.area ==3", 13, "一个等号"),
        ("matter.area >", 14, "条件的结尾"),
        ("area > 3", 1, "area"),
        ("(matter.area > 3", 17, ")"),
        ("matter.a matter.b", 10, "and 或 or"),
        ("matter.area > 3 &", 17, "&"),
        ("matter.kind in 'a'", 16, "["),
        ("matter.kind in [matter.a]", 17, "固定的值"),
        ("", 1, "条件的结尾"),
    ],
)
def test_errors_say_where(source: str, position: int, what: str) -> None:
    with pytest.raises(BadCondition) as raised:
        parse(source, "content/x.yaml:7")
    assert f"第 {position} 个字符" in str(raised.value)
    assert what in str(raised.value)
    assert str(raised.value).startswith("content/x.yaml:7：")


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("matter.unknown", "没有叫"),
        ("matter.area", "不是是非题"),
        ("matter.area and matter.tobacco", "不是是非题"),
        ("matter.area > 'big'", "不能取值"),
        ("matter.tobacco = 1", "不能取值"),
        ("matter.kind = 'club'", "不能取值"),
        ("matter.kind in ['sole', 'club']", "不能取值"),
        ("matter.unknown in ['sole']", "没有叫"),
        ("2 > 1", "比较的一边"),
    ],
)
def test_types_are_checked(source: str, what: str) -> None:
    with pytest.raises(BadCondition, match=what):
        check_types(parse(source), SPECS)


def test_good_conditions_pass_the_check() -> None:
    for source in (
        "matter.tobacco",
        "matter.area >= parameter.x",
        "seller[3].age > 17",
        "matter.opened > '2026-01-01'",
    ):
        check_types(parse(source), SPECS)


def test_parameters_are_bound() -> None:
    condition = parse("not (matter.area >= parameter.limit) or matter.tobacco and matter.kind in ['sole']")
    assert parameters_of(condition) == {"limit"}
    bound = bind(condition, {"limit": Decimal(300)})
    assert evaluate(bound, {"matter.area": 299}) is True
    assert facts_of(bound) == {"matter.area", "matter.tobacco", "matter.kind"}
    with pytest.raises(BadCondition, match="没有叫「limit」的参数"):
        bind(condition, {})


@pytest.mark.parametrize(
    ("source", "zh", "en"),
    [
        ("matter.area >= 300", "使用面积 ≥ 300 平方米", "floor area ≥ 300 m²"),
        ("not (300 <= matter.area)", "使用面积 < 300 平方米", "floor area < 300 m²"),
        ("matter.tobacco", "卖卷烟：是", "sells tobacco: yes"),
        ("not matter.tobacco", "卖卷烟：否", "sells tobacco: no"),
        ("matter.tobacco = false", "卖卷烟：否", "sells tobacco: no"),
        ("matter.kind = 'sole'", "经营主体：个体工商户", "kind of business: sole trader"),
        (
            "matter.kind not in ['sole', 'company']",
            "经营主体不是个体工商户或公司",
            "kind of business is not sole trader or company",
        ),
        (
            "(matter.tobacco or matter.kind = 'sole') and matter.area > 3",
            "（卖卷烟：是，或者经营主体：个体工商户），并且使用面积 > 3 平方米",
            "(sells tobacco: yes or kind of business: sole trader) and floor area > 3 m²",
        ),
        ("not (matter.tobacco or matter.kind = 'sole')", "卖卷烟：否，并且经营主体不是个体工商户",
         "sells tobacco: no and kind of business is not sole trader"),
        ("true", "总是", "always"),
        ("not true", "从不", "never"),
        ("seller[2].age >= 18", "卖方年龄 ≥ 18", "seller's age ≥ 18"),
    ],
)  # fmt: skip
def test_words(source: str, zh: str, en: str) -> None:
    assert in_words(parse(source), SPECS) == Text(zh, en)


def test_conditions_are_values() -> None:
    assert parse(True) == ALWAYS
    assert hash(parse("matter.tobacco")) == hash(parse(" matter.tobacco "))


KEYS = {"m.a": [False, True], "m.b": [False, True], "m.n": [1, 2, 3], "m.k": ["x", "y"]}
ATOMS = ["m.a", "m.b = true", "m.n > 1", "m.n != 2", "m.n <= 1", "m.k = 'x'", "m.k in ['y', 'z']", "true", "false"]
SOURCES = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} and {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} or {pair[1]})"),
        inner.map(lambda one: f"not ({one})"),
    ),
    max_leaves=8,
)
FULL = st.fixed_dictionaries({key: st.sampled_from(values) for key, values in KEYS.items()})


@given(SOURCES, FULL, st.sets(st.sampled_from(sorted(KEYS))))
def test_learning_a_fact_never_changes_a_known_truth(source: str, full: dict[str, Any], known: set[str]) -> None:
    condition = parse(source)
    part = evaluate(condition, {key: full[key] for key in known})
    whole = evaluate(condition, full)
    assert whole is not None
    assert part in (None, whole)


@given(SOURCES, FULL)
def test_truth_is_that_of_python(source: str, full: dict[str, Any]) -> None:
    python = source.replace("true", "True").replace("false", "False").replace("m.k = 'x'", "m.k == 'x'")
    python = python.replace("m.b = True", "m.b == True")
    for key, value in full.items():
        python = python.replace(key, repr(value))
    assert evaluate(parse(source), full) is eval(python)


@given(st.text(max_size=30))
def test_any_text_is_a_condition_or_a_refusal(source: str) -> None:
    try:
        assert evaluate(parse(source), {}) in (True, False, None)
    except BadCondition as refusal:
        assert "第" in str(refusal)


@given(SOURCES, FULL)
def test_words_deny_what_is_denied(source: str, full: dict[str, Any]) -> None:
    specs = {key: spec(key, FactType.BOOL, key, key) for key in KEYS}
    condition, denied = parse(source), parse(f"not ({source})")
    assert in_words(parse(f"not (not ({source}))"), specs) == in_words(condition, specs)
    assert evaluate(denied, full) is not evaluate(condition, full)
