"""Search an agency's procedures: by the beginning of a number, or by part of a title."""

import re
from uuid import UUID

from django.db.models import QuerySet, Value
from django.db.models.functions import Collate, Lower, StrIndex

from onevisit.cases.models import Case, Procedure, characters
from onevisit.core.codes import LAST

FOUND = 200  # the latest hits of each kind: who has more before him should say more
LONGEST = 100  # characters that are looked for, as in the page's field
_NUMBER = re.compile(r"[0-9A-Z-]+")


def search(agency: str, q: str) -> tuple[set[UUID], bool]:
    """Ids of the agency's procedures that `q` finds, and whether it finds more than these. Three queries at most.

    The latest cases with that title come first, then what the agency has in them.
    """
    q = q[:LONGEST]
    if "\0" in q:
        return set(), False
    cases = list(titled(q))
    # compared here: asked for the agency too, PostgreSQL reads all that it ever had in an index, to meet both
    rows = Procedure.objects.filter(case__in=cases[:FOUND]).values_list("pk", "agency")
    found = {pk for pk, of in rows if of == agency}
    numbers = numbered(agency, q.upper()) if _NUMBER.fullmatch(q.upper()) else []
    return found.union(numbers[:FOUND]), len(cases) > FOUND or len(numbers) > FOUND


def titled(q: str) -> QuerySet[Case, UUID]:
    """The latest cases whose title holds `q`: an index knows which have its characters, then their order is checked.

    Where many titles have them, walking back from the latest case ends sooner; PostgreSQL chooses by its statistics.
    """
    rows = Case.objects.alias(characters=characters("title"), place=StrIndex(Lower("title"), Lower(Value(q))))
    rows = rows.filter(characters__contains=characters(Value(q)), place__gt=0)
    return rows.order_by("-pk").values_list("pk", flat=True)[: FOUND + 1]


def numbered(agency: str, q: str) -> list[UUID]:
    """The latest whose number begins with `q`: compared by bytes, as the index has them.

    Where they end is seen here: given both ends, PostgreSQL can take them for few and read them all to sort them.
    """
    rows = Procedure.objects.alias(bytes=Collate("number", "C")).filter(agency=agency, bytes__lt=q + LAST)
    latest = rows.order_by("-bytes").values_list("pk", "number")[: FOUND + 1]
    return [pk for pk, number in latest if number.startswith(q)]
