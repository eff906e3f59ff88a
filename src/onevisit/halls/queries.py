"""What others may ask of halls."""

from datetime import date
from uuid import UUID

from onevisit.halls.models import CheckIn


def is_present(person: UUID, hall: str, day: date) -> bool:
    """Whether a clerk recorded that the person came to the hall on the day."""
    return CheckIn.objects.filter(person=person, hall=hall, day=day).exists()


def visits_of(person: UUID, since: date) -> list[tuple[str, date]]:
    """Where and when the person came to a hall from that day on, one entry a visit."""
    return list(CheckIn.objects.filter(person=person, day__gte=since).order_by("day").values_list("hall", "day"))
