"""Life events, guides, questions, plans."""

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StrictBool

from onevisit.api.schemas.common import Day, Facts, Given
from onevisit.catalogue.queries import Published
from onevisit.core.facts import FactSpec
from onevisit.core.planning.model import Plan
from onevisit.ui.words import say


class OptionOut(Schema):
    """One value of a choice."""

    value: str
    label: str


class FactOut(Schema):
    """A fact: what it is called, how it is asked, which values it takes."""

    key: str
    type: str
    label: str
    question: str
    why: str
    options: list[OptionOut]
    minimum: float | None
    maximum: float | None
    unit: str
    max_length: int
    personal: bool


class EventOut(Schema):
    """A life event in force."""

    key: str
    name: str
    snapshot: str = Field(description="目录版本；方案和办件都写明自己的版本")
    published: date
    visits_online: int
    visits_walk_in: int


class ServiceOut(Schema):
    """A service of the event."""

    key: str
    name: str
    agency: str
    agency_name: str
    facts: list[str]


class EventDetail(EventOut):
    """A life event with its services and facts."""

    services: list[ServiceOut]
    facts: list[FactOut]
    evidence: list[OptionOut] = Field(description="材料：value 是键，label 是名称")


class Events(Schema):
    """All life events in force."""

    items: list[EventOut]


class QuestionOut(FactOut):
    """A question worth asking now."""

    deciding: bool = Field(description="会改变方案；否则只是表单要用")
    decides: list[str]
    forms: list[str]


class Questions(Schema):
    """What to ask next, deciding ones first."""

    snapshot: str
    questions: list[QuestionOut]
    visits: list[int] = Field(description="就已知的要素，最少和最多跑几次")


class FactsIn(Given):
    """What is known; the rest stays open."""

    facts: Facts = {}
    walk_in: StrictBool = False


class PlanIn(FactsIn):
    """What is known, and the first day."""

    start: Annotated[Day | None, Field(description="开始日；给了就有日历日期")] = None


def event_out(published: Published) -> dict[str, Any]:
    """An event in short."""
    return {
        "key": published.event.key,
        "name": say(published.event.name),
        "snapshot": published.snapshot,
        "published": published.published,
        "visits_online": published.guide.online.worst,
        "visits_walk_in": published.guide.walk_in.worst,
    }


def event_detail(published: Published) -> EventDetail:
    """An event with what its requests need."""
    event = published.event
    names = {agency.key: say(agency.name) for agency in event.agencies}
    services = [
        ServiceOut(
            key=one.key,
            name=say(one.name),
            agency=one.agency,
            agency_name=names.get(one.agency, one.agency),
            facts=list(one.facts),
        )
        for one in event.services
    ]
    return EventDetail.model_validate(
        {
            **event_out(published),
            "services": services,
            "facts": [FactOut(**fact_out(spec)) for spec in event.facts],
            "evidence": [OptionOut(value=kind.key, label=say(kind.name)) for kind in event.evidence_types],
        }
    )


def fact_out(spec: FactSpec) -> dict[str, Any]:
    """The fields of a fact."""
    return {
        "key": spec.key,
        "type": spec.type.value,
        "label": say(spec.label),
        "question": say(spec.question),
        "why": say(spec.why),
        "options": [OptionOut(value=one.value, label=say(one.label)) for one in spec.options],
        "minimum": None if spec.minimum is None else float(spec.minimum),
        "maximum": None if spec.maximum is None else float(spec.maximum),
        "unit": say(spec.unit),
        "max_length": spec.max_length,
        "personal": spec.personal,
    }


def questions_out(plan: Plan, specs: dict[str, FactSpec]) -> Questions:
    """The plan's questions in words."""
    return Questions(
        snapshot=plan.snapshot,
        questions=[
            QuestionOut.model_validate(
                {
                    **fact_out(specs[one.fact]),
                    "deciding": one.deciding,
                    "decides": list(one.decides),
                    "forms": list(one.forms),
                }
            )
            for one in plan.questions
        ],
        visits=[plan.count.worst.low, plan.count.worst.high],
    )
