"""Life events, guides, questions, plans: nothing is kept of what is asked here."""

from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Path, Router

from onevisit.api.access import ApiRequest
from onevisit.api.given import typed_facts
from onevisit.api.operation import operation
from onevisit.api.schemas.planning import (
    EventDetail,
    Events,
    FactsIn,
    PlanIn,
    Questions,
    event_detail,
    event_out,
    questions_out,
)
from onevisit.catalogue.queries import calendar, current
from onevisit.catalogue.queries import events as in_force
from onevisit.core.planning.export import guide_to_json, plan_to_json
from onevisit.core.planning.plan import make_plan

router = Router()
TAG = "planning"
Slug = Annotated[str, Path(max_length=100, examples=["open-restaurant"])]


@operation(router, "GET", "/events", answers={200: Events}, tag=TAG)
def events(request: HttpRequest) -> dict[str, object]:
    """全部已公布的一件事"""
    return {"items": [event_out(one) for one in in_force(settings.REGION)]}


@operation(router, "GET", "/events/{event}", answers={200: EventDetail}, tag=TAG)
def event(request: HttpRequest, event: Slug) -> EventDetail:
    """一件事的事项、要素和材料"""
    return event_detail(current(event, settings.REGION))


@operation(router, "GET", "/guides/{event}", answers={200: dict}, tag=TAG)
def guide(request: HttpRequest, event: Slug) -> dict[str, object]:
    """办事指南：对所有申请人都成立的数

    对全部情形的完整枚举：最多跑几次、凭什么、最长几天、费用。
    """
    return guide_to_json(current(event, settings.REGION).guide, get_language() or "zh")


@operation(router, "POST", "/events/{event}/questions", scope="plan:read", answers={200: Questions}, tag=TAG)
def questions(request: ApiRequest, event: Slug, given: FactsIn) -> Questions:
    """下一步要问什么

    给出已知的要素，答复还值得问的：先是会改变方案的，再是表单要用的。
    """
    graph = current(event, settings.REGION).graph
    plan = make_plan(graph, typed_facts(given.facts, graph.specs), walk_in=given.walk_in)
    return questions_out(plan, dict(graph.specs))


@operation(router, "POST", "/events/{event}/plan", scope="plan:read", answers={200: dict}, tag=TAG)
def plan(request: ApiRequest, event: Slug, given: PlanIn) -> dict[str, object]:
    """办理方案

    给出要素、是否只到窗口办、开始日，答复事项、材料来源、跑几次和为什么、天数、费用、可选的承诺。不知道的要素可以不给，数字就是区间。
    """
    graph = current(event, settings.REGION).graph
    facts = typed_facts(given.facts, graph.specs)
    made = make_plan(graph, facts, walk_in=given.walk_in, start=given.start, calendar=calendar())
    return plan_to_json(made, get_language() or "zh")
