"""Rows of versions as values: the state in words, with its days."""

from datetime import date

from django.db.models import F, QuerySet

from onevisit.catalogue.build import build
from onevisit.catalogue.entry import EntryInput
from onevisit.catalogue.models import CatalogueVersion, ListEntry
from onevisit.catalogue.proof import SOLVER, worst_of
from onevisit.catalogue.queries.in_force import in_force
from onevisit.catalogue.rules.gate import NEXT, STATES, State
from onevisit.catalogue.values import VersionRow
from onevisit.core.text import Text


def light(rows: QuerySet[CatalogueVersion]) -> QuerySet[CatalogueVersion]:
    """Rows without their documents and proofs, but with name and figures."""
    return rows.defer("document", "proof").annotate(
        title=F("document__name"),
        online=F("proof__online__worst"),
        walk_in=F("proof__walk_in__worst"),
        list=F("entry__list"),
        solved=F(f"proof__{SOLVER}__snapshot"),
    )


def row_of(row: CatalogueVersion, today: date) -> VersionRow:
    """One of `light`'s rows, or one with all that it holds and its `entry` joined."""
    state = State(row.state)
    if "document" in row.get_deferred_fields():
        title, figures = getattr(row, "title", ""), [getattr(row, "online", None), getattr(row, "walk_in", None)]
        listed, solved = getattr(row, "list", None) is not None, getattr(row, "solved", None) is not None
    else:
        title, figures = row.document["name"], [worst_of(row.proof) if row.proof else None]
        listed, solved = hasattr(row, "entry"), SOLVER in (row.proof or {})
    worst = [n for n in figures if n is not None]
    return VersionRow(
        id=row.pk,
        event=row.event,
        name=build(Text, title),
        snapshot=row.snapshot,
        state=state,
        standing=_standing(row, state, today),
        next=NEXT[state],
        worst=max(worst, default=None) if state is not State.DRAFT else None,
        comment_from=row.comment_from,
        comment_until=row.comment_until,
        in_force_from=row.in_force_from,
        proved_at=row.proved_at,
        published_at=row.published_at,
        listed=listed,
        solved=solved,
    )


def _standing(row: CatalogueVersion, state: State, today: date) -> Text:
    if state is State.COMMENTING and row.comment_from and row.comment_until:
        first, last = Text.day(row.comment_from), Text.day(row.comment_until)
        if today > row.comment_until:
            return Text("公示已结束，待定生效日期", "public comment has ended; the day is to be set")
        return Text(f"公示：{first.zh}到{last.zh}", f"public comment from {first.en} to {last.en}")
    if state is State.PUBLISHED and row.in_force_from:
        day = Text.day(row.in_force_from)
        if row.in_force_from > today:
            return Text(f"定于{day.zh}起施行", f"to be in force from {day.en}")
        if in_force(row.region).get(row.event) == row.snapshot:
            return Text(f"在用，自{day.zh}起", f"in force since {day.en}")
        return Text("已被后来的版本接替", "superseded by a later version")
    return STATES[state]


def entry_of(entry: ListEntry) -> EntryInput:
    """An entry of a public list as a value."""
    return EntryInput(
        entry.list,
        entry.law,
        entry.article,
        entry.entry,
        entry.entry_date,
        causes=entry.causes,
        who=entry.who,
        change=entry.change,
        until=entry.until,
    )
