"""What an officer must know before he revokes a licence."""

from uuid import UUID

from onevisit.cases.models import Procedure
from onevisit.cases.rules.letters import review_of
from onevisit.cases.rules.working import revocation_law
from onevisit.cases.values import Revocable
from onevisit.catalogue.queries import by_snapshot


def revocable(procedure: UUID) -> Revocable:
    """By which law what the procedure issued is revoked, and who reviews it. One query.

    Its caller made sure that it may be seen.
    """
    service, snapshot = Procedure.objects.values_list("service", "case__snapshot").get(pk=procedure)
    event = by_snapshot(snapshot).graph.event
    found = next(one for one in event.services if one.key == service)
    return Revocable(revocation_law(found), review_of(event, found.agency))
