"""Past cases for a replay under a draft of the catalogue: page by page, with no more of each than plans are made of."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, JSONField, OuterRef, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, NullIf

from onevisit.cases.models import Case, EvidenceItem
from onevisit.cases.replay_values import PastCase
from onevisit.core.catalogue import AcceptKind
from onevisit.core.china import SHANGHAI
from onevisit.core.planning.model import Unavailable

PAGE = 250  # cases read at a time
_HELD = (AcceptKind.LICENCE.value, AcceptKind.EARLIER.value)
_MENTIONED = (
    "(SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(cases_case.facts) f WHERE f.key = ANY(%s::text[]))"
)


def submitted_cases(event: str, region: str, first: date, last: date) -> int:
    """How many cases of the event were submitted from `first` to `last`, both included. One query."""
    return _submitted(event, region, first, last).count()


def past_cases(
    event: str, region: str, first: date, last: date, *, facts: Collection[str]
) -> Iterator[tuple[PastCase, ...]]:
    """These cases, the earliest first, in pages of one query each.

    Of the answers only `facts` leave the database, those that some condition mentions: names, numbers and addresses
    decide no plan, and a comparison of catalogues has no need of them (个人信息保护法 6: 最小必要). The caller
    records the look.
    """
    rows = _submitted(event, region, first, last).annotate(
        mentioned=RawSQL(_MENTIONED, [sorted(facts)], JSONField()),  # noqa: S611 - the keys are a parameter
        held=ArraySubquery(
            EvidenceItem.objects.filter(case=OuterRef("pk"), kind__in=_HELD).values_list(
                Coalesce(NullIf("ref", Value("", TextField())), F("evidence"))
            )
        ),
    )
    columns = rows.order_by("pk").values_list("pk", "person", "walk_in", "mentioned", "unavailable", "held")
    after = UUID(int=0)
    while page := tuple(_past(*row) for row in columns.filter(pk__gt=after)[:PAGE]):
        yield page
        after = page[-1].id


def _past(
    case: UUID, person: UUID, walk_in: bool, facts: dict[str, object] | None, closed: dict[str, str], held: list[str]
) -> PastCase:
    unavailable = tuple((key, Unavailable(why)) for key, why in sorted(closed.items()))
    return PastCase(case, person, walk_in, facts or {}, unavailable, frozenset(held))


def _submitted(event: str, region: str, first: date, last: date) -> QuerySet[Case]:
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    return Case.objects.filter(event=event, region=region, submitted_at__gte=begin, submitted_at__lt=end)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)
