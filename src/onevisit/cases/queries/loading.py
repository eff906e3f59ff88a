"""Drafts and their plans as the rules need them, and the one look-up by which actions reach them."""

from uuid import UUID

from onevisit.cases.errors import AlreadySubmitted, NotFound
from onevisit.cases.models import Case, Document, Draft
from onevisit.cases.rules.body import usable
from onevisit.cases.rules.intake import Held, licences_in, may_touch, never_asked, unavailable
from onevisit.catalogue.queries import Published, by_snapshot
from onevisit.core.facts import Facts
from onevisit.core.planning.model import Plan, Unavailable
from onevisit.core.planning.plan import make_plan
from onevisit.people.actor import Actor


def held_of(row: Draft) -> Held:
    """The row's values, frozen."""
    return Held(
        account=row.account,
        person=row.person_id,
        walk_in=row.walk_in,
        hall=row.hall,
        answers=row.answers,
        fetched=row.fetched,
        evidence=row.evidence,
        confirmed=frozenset(row.confirmed),
        disputed=frozenset(row.disputed),
        unavailable=row.unavailable,
        seen=row.seen,
        licences=licences_in(row.held),
    )


def open_draft(draft: UUID, by: Actor | None, *, lock: bool = False) -> Draft:
    """A draft that `by` may change. Raises NotFound, or AlreadySubmitted."""
    rows = Draft.objects.select_for_update() if lock else Draft.objects.all()
    row = rows.filter(pk=draft).first()
    if row is None or not may_touch(held_of(row), by):
        raise NotFound("draft", subject=row.person_id if row else None)
    if row.submitted_case is not None:
        raise AlreadySubmitted()
    return row


def published_for(row: Draft) -> Published:
    """The catalogue version under which the draft is planned."""
    return by_snapshot(row.snapshot)


def plan_for(published: Published, held: Held, facts: Facts) -> Plan:
    """The plan; resources that nobody will be asked the key for any more count as absent, once all is asked."""
    closed, licences = unavailable(held), frozenset(usable(held.licences, published.graph.event, facts))
    plan = make_plan(published.graph, facts, walk_in=held.walk_in, unavailable=closed, held=licences)
    silent = never_asked(plan, held, published.event, facts) if held.account else {}
    if silent:
        plan = make_plan(published.graph, facts, walk_in=held.walk_in, unavailable={**closed, **silent}, held=licences)
    return plan


def plan_of_case(row: Case, facts: Facts, held: frozenset[str] = frozenset()) -> Plan:
    """The plan of a case for these facts, under its own catalogue version. `held`: licences that prove something."""
    closed = {key: Unavailable(why) for key, why in row.unavailable.items()}
    graph = by_snapshot(row.snapshot).graph
    return make_plan(graph, facts, walk_in=row.walk_in, unavailable=closed, held=held)


def uploads_of(row: Draft) -> list[Document]:
    """The draft's documents without their bytes, oldest first."""
    return list(Document.objects.filter(draft=row).order_by("uploaded_at", "pk"))
