"""The one look-up by which the applicant's and the clerk's actions reach a case."""

from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from onevisit.cases.errors import NotFound
from onevisit.cases.models import Case, CaseParty
from onevisit.people.actor import Actor, Role


def ways(by: Actor) -> list[Q]:
    """By what a case is one that `by` runs: his own, his organisation's, one in which he takes part, or his hall's.

    Each way has its index.
    """
    if by.role is Role.CLERK:
        return [Q(walk_in=True, hall=by.hall)]
    if by.role is not Role.APPLICANT:
        return []
    if by.machine:
        return [Q(account=by.account)]  # a program is shown nothing that its owner did without it
    if by.organisation is not None:
        return [Q(account=by.account), Q(organisation=by.organisation)]
    party = CaseParty.objects.filter(person=by.person).values("case")
    return [Q(account=by.account), Q(person=by.person, organisation=None), Q(pk__in=party)]


def cases_for(by: Actor) -> QuerySet[Case]:
    """The cases that `by` runs."""
    found = ways(by)
    return Case.objects.filter(reduce(or_, found)) if found else Case.objects.none()


def latest_for(by: Actor, before: UUID | None, limit: int) -> QuerySet[Case]:
    """The latest `limit` of them, of those before the case of that id.

    Each way brings its latest in its index's order: an OR would read and sort all that somebody ever submitted.
    """
    rows = Case.objects.filter(pk__lt=before) if before else Case.objects.all()
    latest = [rows.filter(way).order_by("-pk").values("pk")[:limit] for way in ways(by)]
    if not latest:
        return Case.objects.none()
    return Case.objects.filter(pk__in=latest[0].union(*latest[1:])).order_by("-pk")[:limit]


def latest_of_person(person: UUID, limit: int) -> QuerySet[Case]:
    """The latest cases in which the person takes part: as applicant, for a company, or as another party."""
    ways_ = [
        Case.objects.filter(person=person, organisation=None).order_by("-pk").values("pk")[:limit],
        Case.objects.filter(person=person, organisation__isnull=False).order_by("-pk").values("pk")[:limit],
        CaseParty.objects.filter(person=person).order_by("-case").values("case")[:limit],
    ]
    return Case.objects.filter(pk__in=ways_[0].union(*ways_[1:])).order_by("-pk")[:limit]


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


def is_applicant(row: Case, by: Actor) -> bool:
    """Whether it is the applicant himself, or his company, and no other party of the case."""
    return by.role is Role.APPLICANT and (by.person == row.person_id or by.organisation is not None)
