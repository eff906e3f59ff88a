"""What others may ask of halls."""

from datetime import date, datetime
from uuid import UUID

from onevisit.halls.models import CheckIn


def is_present(person: UUID, hall: str, day: date) -> bool:
    """Whether a clerk recorded that the person came to the hall on the day."""
    return CheckIn.objects.filter(person=person, hall=hall, day=day).exists()


def visits_of(person: UUID, since: date) -> list[tuple[str, date]]:
    """Where and when the person came to a hall from that day on, one entry a visit."""
    return list(CheckIn.objects.filter(person=person, day__gte=since).order_by("day").values_list("hall", "day"))


def came_on(hall: str, day: date, limit: int = 30) -> list[tuple[UUID, datetime]]:
    """Who came to the hall on the day, and when; the latest first."""
    rows = CheckIn.objects.filter(hall=hall, day=day).order_by("-at", "-pk")
    return list(rows.values_list("person", "at")[:limit])
