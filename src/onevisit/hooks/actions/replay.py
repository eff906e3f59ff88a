"""Send messages again, at the operator's wish: what was delivered keeps its id, so that a receiver knows it."""

from datetime import datetime
from uuid import UUID

from onevisit.hooks.errors import NoSuchMessage
from onevisit.hooks.models import Endpoint, Message


def replay(message: UUID, *, now: datetime) -> None:
    """Send one message again. Raises NoSuchMessage, also when its address was removed."""
    rows = Message.objects.filter(pk=message, endpoint__removed_at=None)
    if not _again(list(rows.values_list("pk", "endpoint")), now):
        raise NoSuchMessage(id=message)


def replay_since(since: datetime, *, now: datetime) -> int:
    """Send all messages written since then again that are not delivered; how many."""
    rows = Message.objects.filter(created_at__gte=since, delivered_at=None, endpoint__removed_at=None)
    return _again(list(rows.values_list("pk", "endpoint")), now)


def _again(found: list[tuple[UUID, UUID]], now: datetime) -> int:
    Endpoint.objects.filter(pk__in={endpoint for _, endpoint in found}).update(failures=0, rests_until=now)
    return Message.objects.filter(pk__in=[message for message, _ in found]).update(next_try_at=now, attempts=0)
