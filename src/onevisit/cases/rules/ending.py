"""That a party has died: what is written of it, and what it stands in the way of. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from onevisit.cases.rules.letters import remedy_words
from onevisit.cases.rules.parties import Named
from onevisit.cases.rules.presence import Course
from onevisit.cases.rules.procedure import Move, Setting
from onevisit.core.catalogue import LifeEvent, Regime
from onevisit.core.law.articles import cite_all
from onevisit.core.parties import party_name
from onevisit.core.text import Text
from onevisit.notices.values import Ended
from onevisit.people.rules import masked_name

LONGEST_PROOF = 200  # characters


@dataclass(frozen=True, slots=True)
class Death:
    """A party's death, as an agency's officer found it."""

    party: str
    died_on: date
    agency: str


def may_end(event: LifeEvent) -> bool:
    """Whether an application of this event is made by several people together, so that one's death ends it.

    What becomes of somebody's own application when he dies is not decided here: nobody is left to be told.
    """
    return sum(role.most for role in event.roles if role.natural) > 1


def concerned(deaths: Iterable[Death], course: Course, service: str, applicant: str) -> tuple[Death, ...]:
    """The deaths that stand in the way of the service: of who applies, and of who has to do a step of it."""
    acts = [act for act in course.acts.values() if act.service == service]
    people = {applicant} | {party for act in acts for party in act.parties}
    return tuple(death for death in deaths if death.party in people)


def reasons(event: LifeEvent, death: Death) -> Text:
    """Why it is ended, as the decision says it."""
    who, day = party_name(event, death.party), Text.day(death.died_on)
    return Text(
        f"{who.zh}已于{day.zh}去世，不能再和其他当事人共同申请。",
        f"The {who.of('en')} died on {day.en} and can no longer apply together with the others.",
    )


def letter(
    move: Move, death: Death, ended: Sequence[str], dead: Named, number: str, setting: Setting
) -> dict[str, object]:
    """终止办理告知书, without its addressee. `ended`: services, the agency's own first."""
    event = setting.event
    own_name = dead.for_him or dead.name
    names = [setting.services[key].name.zh for key in ended]
    said: Ended = {
        "applicant": "",
        "event": event.name.zh,
        "case_number": number,
        "service": names[0],
        "procedure": move.of.number,
        "with_it": names[1:],
        "who": f"{party_name(event, death.party).zh}{masked_name(own_name)}",
        "died": death.died_on.isoformat(),
        "basis": cite_all(tuple(basis for basis in move.basis if basis.law)),
        "agent": masked_name(dead.name) if dead.for_him else "",
        "estate": move.of.regime is Regime.REAL_ESTATE,
        "money": event.has_fees,
        **remedy_words(event, move.of),
    }
    return dict(said)
