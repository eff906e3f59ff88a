"""The one look-up by which the applicant's and the clerk's actions reach a case."""

from django.db.models import Q, QuerySet

from onevisit.cases.errors import NotFound
from onevisit.cases.models import Case
from onevisit.people.actor import Actor, Role


def cases_for(by: Actor) -> QuerySet[Case]:
    """The cases that `by` runs: his own, his organisation's, or those that a clerk's hall submitted."""
    if by.role is Role.CLERK:
        return Case.objects.filter(walk_in=True, hall=by.hall)
    if by.role is not Role.APPLICANT:
        return Case.objects.none()
    if by.organisation is not None:
        return Case.objects.filter(Q(account=by.account) | Q(organisation=by.organisation))
    return Case.objects.filter(Q(account=by.account) | Q(person=by.person, organisation=None))


def reach(number: str, *, by: Actor) -> str:
    """The number of a case that `by` runs, before it is opened. Raises NotFound."""
    return own_case(number, by).number


def own_case(number: str, by: Actor, *, lock: bool = False) -> Case:
    """The case of this number. Raises NotFound, which names the case for the log when it is somebody else's."""
    rows = cases_for(by).filter(number=number)
    row = (rows.select_for_update() if lock else rows.select_related("person", "correction", "rating")).first()
    if row is None:
        other = Case.objects.filter(number=number).values_list("pk", "person_id").first()
        raise NotFound(f"case {number}"[:80], case=other[0] if other else None, subject=other[1] if other else None)
    return row
