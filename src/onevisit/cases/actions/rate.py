"""Rate a case in five grades (GB/T 39046 A.8: 1 best, 5 worst)."""

from datetime import datetime

from django.db import transaction

from onevisit.cases.errors import BadGrade, NotYetToRate, NotYoursToRate, OnlyApplicants
from onevisit.cases.ledger import NewEntry, append
from onevisit.cases.models import Decision, Rating
from onevisit.cases.queries.reaching import is_applicant, own_case
from onevisit.people.actor import Actor, Role

LONGEST = 500  # characters of his own words


@transaction.atomic
def rate(case_number: str, grade: int, words: str, *, by: Actor, now: datetime) -> None:
    """Keep the applicant's judgement, once per case after something was decided.

    Raises BadGrade, NotYetToRate (nothing decided, or rated before), NotYoursToRate (another party), OnlyApplicants,
    NotFound.
    """
    if by.role is not Role.APPLICANT:
        raise OnlyApplicants()
    if not 1 <= grade <= 5 or len(words) > LONGEST:
        raise BadGrade()
    case = own_case(case_number, by, lock=True)
    if not is_applicant(case, by):
        raise NotYoursToRate()
    decided = Decision.objects.filter(procedure__case=case).exists()
    if not decided or Rating.objects.filter(pk=case.pk).exists():
        raise NotYetToRate()
    Rating.objects.create(case=case, grade=grade, words=words.strip(), at=now)
    append(case, [NewEntry("case.rated", by, data={"grade": grade})], now=now)
