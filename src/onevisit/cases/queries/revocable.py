"""What an officer must know before he revokes a licence."""

from uuid import UUID

from onevisit.cases.models import Procedure
from onevisit.cases.rules.working import revocation_law
from onevisit.cases.values import Revocable
from onevisit.catalogue.queries import by_snapshot


def revocable(procedure: UUID) -> Revocable:
    """The law by which what the procedure issued is revoked. Its caller made sure that it may be seen. One query."""
    service, snapshot = Procedure.objects.values_list("service", "case__snapshot").get(pk=procedure)
    event = by_snapshot(snapshot).graph.event
    return Revocable(revocation_law(next(one for one in event.services if one.key == service)))
