"""Webhooks of a program: which addresses are told of what."""

from django.http import HttpResponse
from django.utils import timezone
from ninja import Path, Router

from onevisit.api.access import ApiRequest
from onevisit.api.once import at_once
from onevisit.api.operation import Key, operation
from onevisit.api.schemas.common import Id
from onevisit.api.schemas.hooks import HookIn, HookMade, HookOut, Hooks
from onevisit.hooks import actions, queries

router = Router()
TAG, SCOPE = "webhooks", "hooks:write"


@operation(router, "GET", "/webhooks", scope=SCOPE, answers={200: Hooks}, tag=TAG)
def webhooks(request: ApiRequest) -> Hooks:
    """本程序登记的接收网址"""
    return _hooks(request)


@operation(router, "POST", "/webhooks", scope=SCOPE, answers={201: HookMade}, tag=TAG)
def create_webhook(request: ApiRequest, given: HookIn, key: Key) -> HttpResponse:
    """登记一个接收网址；密钥只在这里给一次

    部门的程序收到本部门事项的通知，申请人的程序收到它提交的办件的通知。
    """

    def act() -> HookMade:
        made, secret = actions.add_endpoint(given.url, given.events, by=request.auth.actor, now=timezone.now())
        return HookMade(id=made, secret=secret)

    return at_once(request, key, act, status=201)


@operation(router, "DELETE", "/webhooks/{webhook}", scope=SCOPE, answers={200: Hooks}, tag=TAG)
def delete_webhook(request: ApiRequest, webhook: Path[Id], key: Key) -> HttpResponse:
    """不再往这个网址发；没有发完的也不发了"""

    def act() -> Hooks:
        actions.remove_endpoint(webhook, by=request.auth.actor, now=timezone.now())
        return _hooks(request)

    return at_once(request, key, act)


def _hooks(request: ApiRequest) -> Hooks:
    found = queries.endpoints_of(request.auth.actor.account)
    return Hooks(
        items=[
            HookOut(id=one.id, url=one.url, events=list(one.events), created_at=one.created_at, failures=one.failures)
            for one in found
        ]
    )
