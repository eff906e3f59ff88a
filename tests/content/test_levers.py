"""The three events before reforms need many visits, their levers take them to one; every number says whose it is."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from onevisit.catalogue.levers import Reform, read_levers, snapshot_of_event
from onevisit.catalogue.load import read_content
from onevisit.core.basis import Mark
from onevisit.core.catalogue import LifeEvent
from onevisit.core.levers.applying import apply
from onevisit.core.levers.model import Estimate
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.guide import enumerate_guide
from onevisit.core.text import Text

CONTENT = read_content(Path(settings.CONTENT))
REFORMS = read_levers(Path(settings.CONTENT), CONTENT)
EACH = [pytest.param(reform, id=slug) for slug, reform in REFORMS.items()]
VISITS = {  # of whom is worst off, (online, walking in): before any reform, and with all levers
    "newborn": ((8, 8), (1, 1)),  # online one, of a foreign child's parents: 出境入境管理法 40
    "open-restaurant": ((16, 16), (0, 1)),
    "sell-home": ((10, 10), (1, 1)),  # online one, of who chooses to sign at the window
}


def before(reform: Reform) -> LifeEvent:
    assert reform.illustration is not None
    return reform.illustration.event


def most_visits(event: LifeEvent) -> tuple[int, int]:
    guide = enumerate_guide(compile_event(event, snapshot_of_event(event)))
    return guide.online.worst, guide.walk_in.worst


def found(value: Any, kind: type) -> Iterator[Any]:
    """Everything of a kind inside a value."""
    if isinstance(value, kind):
        yield value
    if is_dataclass(value):
        for one in fields(value):
            yield from found(getattr(value, one.name), kind)
    elif isinstance(value, tuple):
        for item in value:
            yield from found(item, kind)


def test_each_event_has_its_levers_and_its_picture():
    assert set(REFORMS) == set(CONTENT.events) == set(VISITS)
    assert all(12 <= len(reform.levers) <= 25 for reform in REFORMS.values())


@pytest.mark.parametrize("reform", EACH)
def test_before_reforms_it_needs_many_visits(reform: Reform):
    assert most_visits(before(reform)) == VISITS[reform.event][0]


@pytest.mark.parametrize("reform", EACH)
def test_all_levers_take_it_to_one_visit(reform: Reform):
    assert most_visits(apply(before(reform), reform.levers)) == VISITS[reform.event][1]


@pytest.mark.parametrize("reform", EACH)
def test_the_picture_is_marked_as_an_illustration(reform: Reform):
    event, published = before(reform), CONTENT.events[reform.event]
    assert event.key != published.key
    assert event.key not in CONTENT.events
    assert "示例" in event.name.zh
    assert "illustration" in event.name.en
    assert "示例" in event.summary.zh
    places = {one.key for one in published.places}
    assert all("示例" in one.name.zh for one in event.places if one.key not in places)
    picture = reform.illustration
    assert picture is not None
    assert picture.basis.mark is Mark.MEMORY
    assert picture.snapshot == snapshot_of_event(event) != CONTENT.snapshots[reform.event]


@pytest.mark.parametrize("reform", EACH)
def test_every_number_is_somebodys_estimate_and_every_lever_has_an_owner_and_a_basis(reform: Reform):
    estimates = list(found((reform.demand, reform.levers), Estimate))
    assert len(estimates) > len(reform.levers)
    assert all(one.by.zh and one.note.zh for one in estimates)
    for lever in reform.levers:
        assert lever.owner(before(reform)).zh not in ("", lever.agency), lever.key
        assert lever.basis.law or lever.basis.note, lever.key
    assert len({lever.name for lever in reform.levers}) == len(reform.levers)


@pytest.mark.parametrize("reform", EACH)
def test_levers_and_pictures_are_in_chinese_and_english(reform: Reform):
    texts = list(found((reform.demand, reform.levers, before(reform)), Text))
    assert [text for text in texts if not (text.zh and text.en)] == []
    number = re.compile(r"浙\(\d{4}\)德清县不动产权第\d+号")
    assert [text for text in texts if re.search("[\u3000-\u9fff]", number.sub("", text.en))] == []
