"""Fetch what government already has (浙江规定 7: what can be drawn from the data platform is not asked again)."""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from onevisit.exchange.breaker import Breaker
from onevisit.exchange.connectors.register.client import RegisterDown, ask
from onevisit.exchange.models import Fetch
from onevisit.exchange.rules import MOST_A_DAY, about, keys_of
from onevisit.exchange.values import Fetched, Outcome
from onevisit.people.actor import Actor

BREAKERS: defaultdict[str, Breaker] = defaultdict(Breaker)


def fetch(resource: str, lookup: str, *, purpose: str, subject: UUID | None, by: Actor, now: datetime) -> Fetched:
    """Ask the register and log the look-up, once for each record that it is about.

    A register that is down is an answer, not an error; so is an applicant who has asked for MOST_A_DAY records today,
    as somebody would who tries numbers: the plan then takes his own papers.
    """
    keys = keys_of(lookup)
    found = Fetched(Outcome.DOWN) if _too_many(len(keys), by, now) else _ask(resource, lookup, purpose, by, now)
    Fetch.objects.bulk_create(
        Fetch(
            at=now,
            resource=resource,
            purpose=purpose,
            subject=subject,
            about=about(key, settings.SECRET_KEY),
            account=by.account,
            by_name=by.name,
            agency=by.agency,
            outcome=found.status.value,
        )
        for key in keys
    )
    return found


def _too_many(more: int, by: Actor, now: datetime) -> bool:
    """Whether an applicant has had so many records looked up within a day; staff are answered for by their office."""
    if by.is_staff:
        return False
    since = now - timedelta(days=1)
    return Fetch.objects.filter(account=by.account, at__gt=since)[: MOST_A_DAY + 1].count() + more > MOST_A_DAY


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
