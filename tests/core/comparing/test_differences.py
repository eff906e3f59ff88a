"""Two versions of a life event compared in words: nothing is missed, nothing made up."""

from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onevisit.catalogue.build import build
from onevisit.catalogue.load import read_content
from onevisit.core.catalogue import LifeEvent
from onevisit.core.comparing.differences import Difference, Kind, differences
from onevisit.core.comparing.labels import MEMBERS, label_of
from onevisit.core.conditions import Condition
from onevisit.core.text import Text
from tests.catalogue.gate.making import card, counter

CONTENT = Path(__file__).parents[3] / "content"
EVENTS = read_content(CONTENT).events


def event(**more: Any) -> LifeEvent:
    built: LifeEvent = build(LifeEvent, card(**more))
    return built


def said(old: LifeEvent, new: LifeEvent) -> list[str]:
    return [
        f"{one.kind}: {' / '.join(text.zh for text in one.where)} | {one.what.zh}: {one.old.zh} -> {one.new.zh}"
        for one in differences(old, new)
    ]


def test_the_same_version_has_no_differences():
    for one in EVENTS.values():
        assert differences(one, one) == ()


def test_times_names_and_ways_in_words():
    assert said(event(), event(days=3, sent=False, name="办借书证")) == [
        "changed:  | 名称: 办读者证 -> 办借书证",
        "changed: 发读者证 / 制证 | 最多工作日: 5 -> 3",
        "removed: 发读者证 / 领证 | 办理方式: 寄送 -> 没有",
        "changed: 发读者证 | 承诺期限: 5 个工作日（示范） -> 3 个工作日（示范）",
    ]


def test_services_evidence_and_steps_that_come_and_go():
    old, document = event(), card()
    document["evidence_types"] = [{"key": "photo", "name": {"zh": "照片", "en": "photograph"}}]
    service = document["services"][0]
    service["evidence"] = [
        {"evidence": "photo", "role": "applicant", "accepts": [{"kind": "upload"}], "basis": service["legal_basis"][0]}
    ]
    service["steps"].insert(2, counter("sign", "签字", "sign", "decide"))
    service["steps"][3]["after"] = ["sign"]
    document["services"].append(service | {"key": "second", "name": {"zh": "第二项", "en": "second"}})
    new: LifeEvent = build(LifeEvent, document)
    assert said(old, new) == [
        "added:  | 事项: 没有 -> 第二项",
        "added: 发读者证 | 申请材料: 没有 -> 照片",
        "added: 发读者证 | 办事环节: 没有 -> 签字",
        "removed: 发读者证 / 领证 | 在哪一步之后: 制证 -> 没有",
        "added: 发读者证 / 领证 | 在哪一步之后: 没有 -> 签字",
        "added:  | 材料种类: 没有 -> 照片",
    ]
    turned = [(one.kind, one.what.zh) for one in differences(new, old)]
    kinds = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED, Kind.CHANGED: Kind.CHANGED}
    assert sorted(turned) == sorted((kinds[one.kind], one.what.zh) for one in differences(old, new))


def test_conditions_are_said_with_the_figures_and_names_of_their_own_version():
    old = EVENTS["open-restaurant"]
    figure = old.parameters[0]
    new = replace(old, parameters=(replace(figure, value=figure.value + 7), *old.parameters[1:]))
    (one,) = differences(old, new)
    assert (one.where, one.what.zh) == ((Text(figure.label.zh, figure.label.of("en")),), "数值")
    assert Decimal(one.new.zh) - Decimal(one.old.zh) == 7


def test_another_order_alone_is_told():
    old = EVENTS["open-restaurant"]
    new = replace(old, services=(*old.services[1:], old.services[0]))
    (one,) = differences(old, new)
    assert one.what.zh == "事项的先后次序"


def test_every_part_and_every_value_has_its_words_in_both_languages():
    seen: set[type] = set()

    def walk(kind: Any) -> None:
        if isinstance(kind, type) and is_dataclass(kind) and kind not in seen and kind not in (Text, Condition):
            seen.add(kind)
            for name, hint in get_type_hints(kind).items():
                label = label_of(kind, name) if kind.__name__ not in ("Basis", "Period") else Text("x", "x")
                assert label.zh and label.en
                walk(hint)
        for inner in get_args(kind):
            walk(inner)

    walk(LifeEvent)
    assert len(seen) > 20
    for member in MEMBERS:
        assert all(other in MEMBERS for other in type(member))


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Ways to every value inside an event."""
    if isinstance(value, tuple):
        return [path, *(spot for n, one in enumerate(value) for spot in spots(one, (*path, n)))]
    if is_dataclass(value) and not isinstance(value, Condition):
        return [spot for one in fields(value) for spot in spots(getattr(value, one.name), (*path, one.name))]
    return [path]


def without(value: Any, path: tuple[Any, ...]) -> Any:
    """The event with another value at the end of a way: a list shortened or turned, a text longer, a number more."""
    if not path:
        return other(value)
    first, *rest = path
    if isinstance(value, tuple):
        return tuple(without(one, tuple(rest)) if n == first else one for n, one in enumerate(value))
    return replace(value, **{first: without(getattr(value, first), tuple(rest))})


def other(value: Any) -> Any:
    if isinstance(value, tuple):
        return value[1:]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Decimal):
        return value + 1
    if isinstance(value, str) and type(value) is str:
        return value + "x"
    if isinstance(value, str):
        return next(one for one in type(value) if one is not value)
    return value


SPOTS = {slug: spots(one) for slug, one in EVENTS.items()}


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(sorted(EVENTS)), st.data())
def test_nothing_is_missed(slug: str, data: st.DataObject):
    old = EVENTS[slug]
    new = old
    for _ in range(data.draw(st.integers(1, 3))):
        way = SPOTS[slug][data.draw(st.integers(0, len(SPOTS[slug]) - 1))]
        try:
            new = without(new, way)
        except (AttributeError, TypeError):  # an earlier change took that part away
            continue
    found = differences(old, new)
    assert bool(found) == (old != new)
    assert all(isinstance(one, Difference) and one.old != one.new for one in found)


@pytest.mark.parametrize("slug", sorted(EVENTS))
def test_what_is_added_and_removed_adds_up(slug: str):
    """Against an event of nothing, each service comes once."""
    old = EVENTS[slug]
    empty = replace(old, services=())
    added = [one.new.zh for one in differences(empty, old) if one.kind is Kind.ADDED and one.what.zh == "事项"]
    assert added == [service.name.zh for service in old.services]
