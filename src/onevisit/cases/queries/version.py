"""How far a procedure has come: the place of the last entry on it, by which a program says what it has read."""

from uuid import UUID

from onevisit.cases.errors import NotFound, OnlyOfficers
from onevisit.cases.models import Case, Entry, Procedure
from onevisit.cases.rules.telling import body_of
from onevisit.people.actor import Actor, Role


def version(procedure: UUID, *, by: Actor) -> int:
    """As `WorkView.history` ends; the case is locked, so that it holds until the caller's transaction ends.

    Raises NotFound for another agency's, OnlyOfficers.
    """
    if by.role is not Role.OFFICER or not by.agency:
        raise OnlyOfficers()
    row = Procedure.objects.filter(pk=procedure).values_list("case", "agency", "number", "case__person").first()
    if row is None or row[1] != by.agency:
        raise NotFound("procedure", case=row[0] if row else None, subject=row[3] if row else None)
    Case.objects.select_for_update().filter(pk=row[0]).values_list("pk").first()
    for seq, body in Entry.objects.filter(case=row[0]).order_by("-seq").values_list("seq", "body"):
        if body_of(body).get("procedure", row[2]) == row[2]:
            return int(seq)
    return 0
