"""Find, or make, the persons whom somebody names as parties of his case."""

from collections.abc import Mapping
from uuid import UUID

from onevisit.people.models import Person


def known_persons(names: Mapping[str, str]) -> dict[str, UUID]:
    """The persons of these identity numbers (number → name as given); who is known already keeps his own name.

    Two statements, three if somebody is new. Inside the caller's transaction.
    """
    found = dict(Person.objects.filter(id_number__in=names).values_list("id_number", "id"))
    if len(found) < len(names):
        new = [Person(id_number=number, name=name) for number, name in names.items() if number not in found]
        Person.objects.bulk_create(new, ignore_conflicts=True)
        found = dict(Person.objects.filter(id_number__in=names).values_list("id_number", "id"))
    return found
