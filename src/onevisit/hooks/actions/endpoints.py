"""Register an address that wants to be told, and take it away again."""

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from onevisit.hooks.addresses import is_possible
from onevisit.hooks.errors import BadAddress, BadEvent, EndpointNotFound, ProgramClosed, TooManyEndpoints
from onevisit.hooks.models import Endpoint
from onevisit.hooks.rules import EVENTS, LONGEST_URL, MOST_ENDPOINTS
from onevisit.people.actor import Actor
from onevisit.people.queries import machine

SECRET_BYTES = 32  # Standard Webhooks asks for 24 to 64


def add_endpoint(url: str, events: Sequence[str], *, by: Actor, now: datetime) -> tuple[UUID, str]:
    """The new address's id and its secret (whsec_…), which is not told again.

    An agency's program is told of its agency's procedures, an applicant's of the cases that it submitted.
    Raises ProgramClosed (its token may be good for another minute), BadAddress, BadEvent, TooManyEndpoints.
    """
    if machine(by.account) is None:
        raise ProgramClosed()
    if not is_possible(url, local=settings.HOOKS_LOCAL):
        raise BadAddress(most=LONGEST_URL)
    wrong = [event for event in events if event not in EVENTS]
    if wrong or not events:
        raise BadEvent(event=" ".join(wrong)[:80] or "-", possible=" ".join(EVENTS))
    if Endpoint.objects.filter(account=by.account, removed_at=None).count() >= MOST_ENDPOINTS:
        raise TooManyEndpoints(most=MOST_ENDPOINTS)
    secret = f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"
    try:
        with transaction.atomic():
            row = Endpoint.objects.create(
                account=by.account,
                agency=by.agency,
                url=url,
                secret=secret,
                events=sorted(set(events)),
                created_at=now,
                rests_until=now,
            )
    except IntegrityError as twice:
        raise TooManyEndpoints(most=MOST_ENDPOINTS) from twice
    return row.pk, secret


@transaction.atomic
def remove_endpoint(endpoint: UUID, *, by: Actor, now: datetime) -> None:
    """Send nothing more to an address, also what waits. Raises EndpointNotFound."""
    found = Endpoint.objects.select_for_update().filter(pk=endpoint, account=by.account, removed_at=None).first()
    if found is None:
        raise EndpointNotFound("webhook")
    end(found, now)


@transaction.atomic
def end_endpoints(account: UUID, *, now: datetime) -> int:
    """Send nothing more to a program that was closed, also what waits; how many addresses it had."""
    found = list(Endpoint.objects.select_for_update().filter(account=account, removed_at=None))
    for row in found:
        end(row, now)
    return len(found)


def end(row: Endpoint, now: datetime) -> None:
    """Close an address that is locked; what waits for it is not sent."""
    Endpoint.objects.filter(pk=row.pk).update(removed_at=now)
    row.messages.filter(next_try_at__isnull=False).update(next_try_at=None, said="endpoint removed")
