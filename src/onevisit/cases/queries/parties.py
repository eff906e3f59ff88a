"""The parties of a case: who each is, and what is still awaited of him."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from onevisit.cases.models import Case, CaseParty, CorrectionItem
from onevisit.cases.party_values import PartyView
from onevisit.cases.queries.presence import Present, present_at
from onevisit.cases.queries.reaching import is_applicant
from onevisit.cases.rules.answers import typed
from onevisit.cases.rules.intake import applicant
from onevisit.cases.rules.parties import Named, named
from onevisit.cases.rules.presence import Act
from onevisit.catalogue.queries import Published, by_snapshot
from onevisit.core.catalogue import LifeEvent
from onevisit.core.facts import is_fact_of
from onevisit.core.parties import party_name
from onevisit.core.text import Text
from onevisit.people.actor import Actor
from onevisit.people.rules import masked_name


def parties_of_person(row: Case, by: Actor) -> tuple[str, ...]:
    """The parties as which `by` acts beside the applicant, himself or for them. No query where there can be none."""
    event = by_snapshot(row.snapshot).graph.event
    if by.person is None or sum(role.most for role in event.roles if role.natural) < 2:
        return ()
    found = CaseParty.objects.filter(case=row.pk, person=by.person).order_by("party")
    return tuple(found.values_list("party", flat=True))


def own_parties(row: Case, by: Actor) -> tuple[str, ...]:
    """The parties as which `by` acts in the case; for its applicant and the clerk who runs it the applicant first."""
    graph = by_snapshot(row.snapshot).graph
    own = parties_of_person(row, by)
    if by.person == row.person_id or not own:
        return (applicant(graph.event, typed(row.facts, graph.specs)), *own)
    return own


def may_supply(row: Case, items: Iterable[CorrectionItem], by: Actor) -> list[CorrectionItem]:
    """Those of the items that `by` can give: the applicant and the clerk all, another party his own."""
    if by.is_staff or is_applicant(row, by) or by.account == row.account:
        return list(items)
    own = parties_of_person(row, by)
    return [item for item in items if item.party in own or any(is_fact_of(item.fact, party) for party in own)]


def party_views(row: Case, published: Published, you: Sequence[str], now: datetime) -> tuple[PartyView, ...]:
    """All parties with what each has done and still has to do; none where the applicant is the only one.

    No query in events whose applicant is alone, else three.
    """
    event = published.graph.event
    facts = typed(row.facts, published.graph.specs)
    people = named(event, facts)
    if len(people) < 2:
        return ()
    present = present_at(row.pk, now)
    return tuple(_view(event, present, one, you) for one in people)


def _view(event: LifeEvent, present: Present, of: Named, you: Sequence[str]) -> PartyView:
    day, party, yours = present.day, of.party, of.party in you
    own_name = of.for_him or of.name
    left = day.left_for(party)
    return PartyView(
        party=party,
        role=party_name(event, party),
        name=own_name if yours else masked_name(own_name),
        agent=(of.name if yours else masked_name(of.name)) if of.for_him else "",
        until=of.until,
        you=yours,
        signed=_names(act for act in day.of(party) if act not in left),
        signs=_names(act for act in left if not act.in_person),
        comes=_names(act for act in left if act.in_person),
        can_sign=any(party in act.signers and act in left for act in day.to_sign()),
    )


def _names(acts: Iterable[Act]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(act.step.name for act in acts))
