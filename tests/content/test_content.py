"""The content says everything in both languages, says how well each figure is sourced, and fits the registers."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from onevisit.catalogue.load import read_content
from onevisit.catalogue.schema import content_schema, facts_schema
from onevisit.core.basis import Mark
from onevisit.core.catalogue import Actor, LifeEvent, Regime
from onevisit.core.text import Text

CONTENT = read_content(Path(settings.CONTENT))
EVENTS = [pytest.param(event, id=slug) for slug, event in CONTENT.events.items()]
UNREVIEWED = {"bank", "water", "power", "gas", "cable"}  # no organs of the state: nobody hears reconsideration
NOT_ONLINE = {  # a seal, a card are things, which are sent; hospital and bank are no government, and counted apart
    "newborn": {
        "到出生医院（住院时就行）或者居住地接种单位，接种第一针": {"third_party"},
        "到出入境管理窗口登记": {"counter"},  # 出境入境管理法 40
        "收卡": {"courier", "counter"},
    },
    "open-restaurant": {"收公章": {"courier", "counter"}, "法定代表人到银行开户": {"third_party"}},
}
REGISTERS = sorted((Path(settings.CONTENT).parent / "demo/register/data").glob("*.yaml"))


def texts(value: Any, path: str) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield path, value
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts(getattr(value, one.name), f"{path}.{one.name}")
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item, f"{path}.{getattr(item, 'key', '')}")


@pytest.mark.parametrize("event", EVENTS)
def test_every_text_is_in_chinese_and_english(event: LifeEvent):
    assert [path for path, text in texts(event, event.key) if not (text.zh and text.en)] == []


@pytest.mark.parametrize("event", EVENTS)
def test_the_english_has_no_chinese_but_an_examples_number(event: LifeEvent):
    number = re.compile(r"浙\(\d{4}\)德清县不动产权第\d+号")
    left = [
        (path, text.en)
        for path, text in texts(event, event.key)
        if re.search("[\u3000-\u9fff]", number.sub("", text.en))
    ]
    assert left == []


@pytest.mark.parametrize("event", EVENTS)
def test_what_is_not_read_in_a_text_says_so(event: LifeEvent):
    assert all(one.basis and one.basis.mark is Mark.MEMORY for one in (*event.agencies, *event.places))
    reviews = {agency.key: agency.review for agency in event.agencies}
    assert {key for key, review in reviews.items() if review is None} == UNREVIEWED
    decide = {s.agency for s in event.services if s.regime is not Regime.PUBLIC_SERVICE}
    assert not decide & UNREVIEWED
    assert all(one.basis.mark is Mark.MEMORY and one.basis.law == "行政复议法" for one in reviews.values() if one)
    assert all(parameter.basis.note for parameter in event.parameters if parameter.basis.mark is Mark.MEMORY)


@pytest.mark.parametrize("event", EVENTS)
def test_nobody_has_to_go_anywhere_unless_an_article_says_so(event: LifeEvent):
    own = [step for service in event.services for step in service.steps if step.actor is Actor.APPLICANT]
    chosen = ("party.signs = 'window'", "party.signs = 'mandate'")  # how he signs is his own choice; online is one
    ways = {option.value for spec in event.facts if spec.key.endswith(".signs") for option in spec.options}
    assert "online" in ways or not any(step.when and step.when.source in chosen for step in own)
    own = [step for step in own if not (step.when and step.when.source in chosen)]
    assert own
    for step in own:
        kinds = {mode.kind for mode in step.modes}
        if kinds == {"third_party"}:
            continue  # no trip to government: counted apart
        if "online" not in kinds and not (step.after and "courier" in kinds):  # a card of plastic comes by post
            assert all(mode.basis.mark is Mark.READ and mode.basis.article for mode in step.modes), step.name.zh
    modes = {step.name.zh: {mode.kind.value for mode in step.modes} for step in own}
    assert {step: kinds for step, kinds in modes.items() if "online" not in kinds} == NOT_ONLINE.get(event.key, {})
    assert not any(service.sequences for service in event.services)  # no article here orders one after another


@pytest.mark.parametrize("file", REGISTERS, ids=lambda file: file.stem)
def test_demonstration_registers_give_what_the_catalogue_says(file: Path):
    held = yaml.safe_load(file.read_text(encoding="utf-8"))
    for event in CONTENT.events.values():
        register = next(one for one in event.resources if one.key == held["resource"])
        for record in held["records"].values():
            assert set(record.get("facts", {})) <= {*register.gives_facts, register.by_fact}
            assert set(record.get("evidence", {})) <= set(register.gives_evidence)


def test_the_published_schemas_say_what_a_file_may_hold():
    schema = content_schema()
    assert {"event", "services", "facts", "laws"} <= set(schema["properties"])
    assert schema["$defs"]["Service"]["required"]
    facts = facts_schema(CONTENT.events["open-restaurant"])
    assert facts["properties"]["matter.kind"]["enum"] == ["new_sole", "new_company", "sole", "company"]
    assert facts["properties"]["matter.area"]["minimum"] == 1
