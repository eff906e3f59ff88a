"""Put what happened into the outbox, once for each address that wants to know."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import orjson
from django.db.models import Q

from onevisit.hooks.models import Endpoint, Message
from onevisit.hooks.values import Happened


def put(happened: Sequence[Happened], *, now: datetime) -> int:
    """Write the messages, in the caller's transaction; how many. Whom each concerns is for the caller to know."""
    accounts = {one.account for one in happened if one.account}
    agencies = {agency for one in happened for agency in one.of_agency}
    whom = Q(agency="", account__in=accounts) | Q(agency__in=agencies)
    endpoints = list(Endpoint.objects.filter(whom, removed_at=None)) if accounts or agencies else []
    made = [
        Message(endpoint=endpoint, type=one.type, body=_body(one, data), created_at=now, next_try_at=now)
        for one in happened
        for endpoint in endpoints
        if one.type in endpoint.events and (data := _for(one, endpoint)) is not None
    ]
    return len(Message.objects.bulk_create(made))


def _for(one: Happened, endpoint: Endpoint) -> Mapping[str, object] | None:
    """What the address is told of it; None when it does not concern it."""
    if endpoint.agency:
        return one.of_agency.get(endpoint.agency)
    return one.data if one.account == endpoint.account else None


def _body(one: Happened, data: Mapping[str, object]) -> str:
    """The payload as Standard Webhooks has it."""
    return orjson.dumps({"type": one.type, "timestamp": one.at.isoformat(), "data": data}).decode()
