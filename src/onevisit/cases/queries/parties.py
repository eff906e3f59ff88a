"""The parties of a case: who each is, and what is still awaited of him."""

from collections.abc import Iterable
from datetime import datetime

from onevisit.cases.models import Case, CaseParty
from onevisit.cases.party_values import PartyView
from onevisit.cases.queries.presence import Present, present_at
from onevisit.cases.rules.answers import typed
from onevisit.cases.rules.intake import applicant
from onevisit.cases.rules.parties import named
from onevisit.cases.rules.presence import Act
from onevisit.catalogue.queries import Published, by_snapshot
from onevisit.core.catalogue import LifeEvent
from onevisit.core.parties import party_name
from onevisit.core.text import Text
from onevisit.people.actor import Actor
from onevisit.people.rules import masked_name


def party_of(row: Case, by: Actor) -> str | None:
    """Which other party of the case `by` is; None for its applicant and for strangers. No query for the applicant."""
    if by.person is None or by.person == row.person_id:
        return None
    return CaseParty.objects.filter(case=row.pk, person=by.person).values_list("party", flat=True).first()


def own_party(row: Case, by: Actor) -> str:
    """The party that `by` is in the case, for its applicant and the clerk who runs it the applicant's."""
    graph = by_snapshot(row.snapshot).graph
    return party_of(row, by) or applicant(graph.event, typed(row.facts, graph.specs))


def party_views(row: Case, published: Published, you: str, now: datetime) -> tuple[PartyView, ...]:
    """All parties with what each has done and still has to do; none where the applicant is the only one.

    No query in events whose applicant is alone, else three.
    """
    event = published.graph.event
    facts = typed(row.facts, published.graph.specs)
    people = named(event, facts)
    if len(people) < 2:
        return ()
    present = present_at(row.pk, now)
    return tuple(_view(event, present, one.party, one.name, you) for one in people)


def _view(event: LifeEvent, present: Present, party: str, name: str, you: str) -> PartyView:
    day = present.day
    own = [act for act in day.course.acts.values() if party in act.awaited and act.service not in day.progress.ended]
    done = day.progress.attended
    left = [act for act in own if (act.service, act.step.key, party) not in done and day.done_on(act.key) is None]
    return PartyView(
        party=party,
        role=party_name(event, party),
        name=name if party == you else masked_name(name),
        you=party == you,
        signed=_names(act for act in own if act not in left),
        signs=_names(act for act in left if not act.in_person),
        comes=_names(act for act in left if act.in_person),
        can_sign=any(party in act.signers and act in left for act in day.to_sign()),
    )


def _names(acts: Iterable[Act]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(act.step.name for act in acts))
