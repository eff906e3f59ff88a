"""The parties of a case whose death an officer has recorded."""

from collections.abc import Collection
from uuid import UUID

from onevisit.cases.models import PartyDeath
from onevisit.cases.party_errors import PartyDied
from onevisit.cases.queries.presence import Present
from onevisit.cases.rules.ending import Death, concerned
from onevisit.cases.rules.intake import applicant
from onevisit.cases.rules.letters import agency_text
from onevisit.core.parties import party_name
from onevisit.core.text import Text


def deaths_of(case: UUID) -> tuple[Death, ...]:
    """Who has died, by party. One query."""
    rows = PartyDeath.objects.filter(case=case).order_by("party")
    return tuple(Death(*row) for row in rows.values_list("party", "died_on", "agency"))


def died(present: Present, death: Death) -> PartyDied:
    """The refusal that says who has died, when, and who recorded it."""
    event = present.event
    return PartyDied(
        who=party_name(event, death.party), day=Text.day(death.died_on), agency=agency_text(event, death.agency)
    )


def check_alive(case: UUID, present: Present, service: str) -> None:
    """Raise PartyDied if one of those who apply for the service, or have to do a step of it, has died."""
    if present.deaths:
        found = deaths_of(case)
        own = applicant(present.event, present.facts)
        for death in concerned(found, present.day.course, service, own):
            raise died(present, death)


def check_alive_as(case: UUID, present: Present, parties: Collection[str]) -> None:
    """Raise PartyDied if one of the parties has died: nobody signs or comes for him any more (民法典 173(4))."""
    for death in deaths_of(case) if present.deaths else ():
        if death.party in parties:
            raise died(present, death)
