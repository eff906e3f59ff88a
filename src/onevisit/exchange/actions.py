"""Fetch what government already has (浙江规定 7: what can be drawn from the data platform is not asked again)."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.conf import settings

from onevisit.exchange.breaker import Breaker
from onevisit.exchange.connectors.register.client import RegisterDown, ask
from onevisit.exchange.models import Fetch
from onevisit.exchange.values import Fetched, Outcome
from onevisit.people.actor import Actor

BREAKERS: defaultdict[str, Breaker] = defaultdict(Breaker)


def fetch(resource: str, lookup: str, *, purpose: str, subject: UUID | None, by: Actor, now: datetime) -> Fetched:
    """Ask the register for one record and log the look-up; a register that is down is an answer, not an error."""
    found = _ask(resource, lookup, purpose, by, now)
    Fetch.objects.create(
        at=now,
        resource=resource,
        purpose=purpose,
        subject=subject,
        account=by.account,
        by_name=by.name,
        agency=by.agency,
        outcome=found.status.value,
    )
    return found


def _ask(resource: str, lookup: str, purpose: str, by: Actor, now: datetime) -> Fetched:
    """The answer; `Outcome.DOWN` without asking while the breaker is open or no register is configured."""
    breaker = BREAKERS[resource]
    if not settings.REGISTER_URL or not breaker.may_ask(now):
        return Fetched(Outcome.DOWN)
    try:
        found = ask(settings.REGISTER_URL, resource, lookup, purpose=purpose, requester=by.agency or "onevisit")
    except RegisterDown:
        breaker.failed(now)
        return Fetched(Outcome.DOWN)
    breaker.answered()
    return found
