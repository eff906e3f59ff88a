"""Who gets everything on paper: somebody who declared at a window that he has no telephone. Pure."""

from onevisit.cases.rules.intake import applicant
from onevisit.cases.window_values import NO_PHONE
from onevisit.core.catalogue import LifeEvent
from onevisit.core.facts import Facts, party_key, role_of


def phones(event: LifeEvent, facts: Facts) -> tuple[str, ...]:
    """The facts that are the applicant's telephone numbers."""
    party = applicant(event, facts)
    own = [spec for spec in event.facts if spec.check == "phone" and spec.role == role_of(party)]
    return tuple(party_key(party, spec.key.partition(".")[2]) for spec in own)


def paper_hall(event: LifeEvent, facts: Facts, hall: str) -> str:
    """The hall that prints his letters and posts them or hands them over; "" for who can be reached otherwise."""
    return hall if any(facts.get(key) == NO_PHONE for key in phones(event, facts)) else ""
