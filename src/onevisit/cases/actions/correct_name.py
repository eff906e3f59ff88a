"""Correct the name on file of somebody who shows his identity card at the window (docs/decisions/names.md)."""

from datetime import datetime
from uuid import UUID

from onevisit.cases.errors import NameNotOnRegister, RegisterSilent
from onevisit.cases.models import Case
from onevisit.catalogue.queries import current
from onevisit.core.catalogue import LifeEvent
from onevisit.core.codes import tidy
from onevisit.core.facts import of_any
from onevisit.core.text import gettext_noop as _
from onevisit.exchange.actions import fetch
from onevisit.exchange.values import Fetched, Outcome
from onevisit.people import actions as people
from onevisit.people.actor import Actor, Role
from onevisit.people.errors import OnlyClerks
from onevisit.people.queries import find_person, has_account

NAME, NUMBER = "party.name", "party.id_number"  # as registers of persons call them
BY_CARD = _("窗口照身份证更正；没有办过事，也没有账号")
BY_REGISTER = _("窗口照身份证更正，人口库核对一致")


def correct_name(id_number: str, name: str, event: str, region: str, *, by: Actor, now: datetime) -> None:
    """Put `name` in place of the one on file, if nothing rests on that one, or else if the register confirms `name`.

    Nothing happens where nobody has the number, or his name is right. `event`: of whose registers one knows names.
    Raises OnlyClerks, NameNotOnRegister, RegisterSilent; a refused attempt is in the person's log of looks.
    """
    if by.role is not Role.CLERK:
        raise OnlyClerks()
    person = find_person(id_number)
    if person is None or person.name == name.strip():
        return
    if not _rests_on_it(person.id):
        people.correct_name(person.id, name, why=BY_CARD, by=by, now=now)
        return
    found = _ask_register(current(event, region).event, person.id, id_number, by, now)
    if (
        found.status is Outcome.FOUND
        and {of_any(key): value for key, value in found.facts.items()}.get(NAME) == name.strip()
    ):
        people.correct_name(person.id, name, why=BY_REGISTER, by=by, now=now)
        return
    people.record_refused_look(by=by, what=_("更正姓名"), subject=person.id, now=now)
    raise RegisterSilent() if found.status is Outcome.DOWN else NameNotOnRegister()


def _rests_on_it(person: UUID) -> bool:
    """Whether something was submitted under the name, or somebody signs in under it."""
    return Case.objects.filter(person=person).exists() or has_account(person)


def _ask_register(event: LifeEvent, person: UUID, id_number: str, by: Actor, now: datetime) -> Fetched:
    """What the register of names says of the number; down where the event has none."""
    for register in event.resources:
        if of_any(register.by_fact) == NUMBER and NAME in {of_any(key) for key in register.gives_facts}:
            return fetch(register.key, tidy(id_number), purpose=_("核对来人姓名"), subject=person, by=by, now=now)
    return Fetched(Outcome.DOWN)
