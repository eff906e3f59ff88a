"""What others may ask the hooks room."""

from datetime import datetime
from uuid import UUID

from onevisit.hooks.models import Endpoint, Message
from onevisit.hooks.rules import EVENTS
from onevisit.hooks.values import EndpointView, MessageView

__all__ = ["EVENTS", "endpoints_of", "messages"]


def endpoints_of(account: UUID) -> list[EndpointView]:
    """The addresses of a program, oldest first."""
    rows = Endpoint.objects.filter(account=account, removed_at=None).order_by("pk")
    return [EndpointView(row.pk, row.url, tuple(row.events), row.created_at, row.failures) for row in rows]


def messages(*, since: datetime | None = None, limit: int = 50) -> list[MessageView]:
    """The latest messages, for the operator."""
    rows = Message.objects.select_related("endpoint").order_by("-created_at", "-pk")
    rows = rows.filter(created_at__gte=since) if since else rows
    return [
        MessageView(
            row.pk,
            row.type,
            row.endpoint.url,
            row.created_at,
            row.attempts,
            row.delivered_at,
            row.next_try_at,
            row.said,
        )
        for row in rows[:limit]
    ]
