"""Versions on their way through the publishing gate, for the reform office and, as far as they are public, for all."""

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from onevisit.catalogue.build import Document, build
from onevisit.catalogue.entry import EntryInput
from onevisit.catalogue.errors import NoSuchDraft
from onevisit.catalogue.load import canonical
from onevisit.catalogue.models import CatalogueVersion, ListEntry, PublicComment, VersionAct
from onevisit.catalogue.proof import file_of, guide_of
from onevisit.catalogue.queries.in_force import in_force
from onevisit.catalogue.queries.rows import entry_of, light, row_of
from onevisit.catalogue.rules.gate import LEAST_COMMENT, TABLE, Command, State
from onevisit.catalogue.values import ActView, CommentView, Finding, VersionRow
from onevisit.core.catalogue import LifeEvent
from onevisit.core.planning.guide import GuideFigures
from onevisit.core.text import Text
from onevisit.people.actor import Role

MOST_SHOWN = 300  # versions and comments on one page


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version with all that was found, said and done about it."""

    row: VersionRow
    life_event: LifeEvent
    figures: GuideFigures | None  # its proof; none: not proved
    findings: tuple[Finding, ...] | None  # none: not examined
    entry: EntryInput | None
    comments: tuple[CommentView, ...]
    acts: tuple[ActView, ...]
    base: LifeEvent | None  # the version in force, with which it is compared; none: the event is new
    can: frozenset[Command]  # what the reform office may do now
    commenting: bool  # whether a comment is taken today
    others: tuple[VersionRow, ...]  # of the same event, the latest first
    least_days: int  # of public comment


def versions(region: str, today: date) -> list[VersionRow]:
    """All versions of the region: what is to be done first, then by event, the latest first."""
    rows = light(CatalogueVersion.objects.filter(region=region)).order_by("event", "-pk")[:MOST_SHOWN]
    done = (State.PUBLISHED, State.WITHDRAWN)
    return sorted((row_of(row, today) for row in rows), key=lambda one: one.state in done)


def version(version: UUID, today: date, region: str) -> VersionView:
    """One version for the reform office. Raises NoSuchDraft."""
    row = CatalogueVersion.objects.select_related("entry").filter(pk=version, region=region).first()
    if row is None:
        raise NoSuchDraft
    return _view(row, today)


def public_draft(version: UUID, today: date, region: str) -> VersionView:
    """One that was made public for comment; what is hidden shows its reason only. Raises NoSuchDraft."""
    found = CatalogueVersion.objects.filter(pk=version, region=region, comment_from__isnull=False)
    row = found.select_related("entry").first()
    if row is None:
        raise NoSuchDraft
    return _view(row, today, public=True)


@dataclass(frozen=True, slots=True)
class Record:
    """How a published version came to be in force."""

    row: VersionRow
    acts: tuple[ActView, ...]
    entry: EntryInput | None

    @property
    def commented(self) -> bool:
        """Whether it came in force after public comment, and not at once by the operator."""
        ways = [act.kind for act in self.acts if act.kind in (Command.PUT_IN_FORCE, Command.PUT_AT_ONCE)]
        return ways[-1:] == [Command.PUT_IN_FORCE]


def record_of(snapshot: str, today: date) -> Record:
    """How a published version came to be in force, without its document. Raises NoSuchDraft."""
    row = light(CatalogueVersion.objects.filter(snapshot=snapshot, published_at__isnull=False)).first()
    if row is None:
        raise NoSuchDraft
    entry = ListEntry.objects.filter(version=row).first()
    return Record(row_of(row, today), _acts(row), entry_of(entry) if entry else None)


def document(event: str, snapshot: str) -> str:
    """The document of a version that is or was public, in the spelling of which the snapshot is the hash.

    Raises NoSuchDraft.
    """
    return canonical(_public(event, snapshot, "document").document)


def proof_file(event: str, snapshot: str) -> str:
    """The proof of a version that is or was public, as `onevisit prove --check` reads it. Raises NoSuchDraft."""
    file = file_of(_public(event, snapshot, "proof").proof or {})
    if file is None:
        raise NoSuchDraft
    return json.dumps(file, ensure_ascii=False, indent=1)


def _public(event: str, snapshot: str, part: str) -> CatalogueVersion:
    """The row with one of its large parts. Raises NoSuchDraft unless anybody may read it."""
    rows = CatalogueVersion.objects.filter(event=event, snapshot=snapshot)
    row = rows.only(part, "published_at", "comment_from").first()
    if row is None or (row.published_at is None and row.comment_from is None):
        raise NoSuchDraft
    return row


def _finding(kept: Document | list[str]) -> Finding:
    """A finding as it was kept; those of before the examination are a path and a problem."""
    if isinstance(kept, list):
        return Finding(kept[0], Text(kept[1], kept[1]))
    found: Finding = build(Finding, kept)
    return found


def _view(row: CatalogueVersion, today: date, *, public: bool = False) -> VersionView:
    state = State(row.state)
    office = {command for (at, command), step in TABLE.items() if at is state and Role.REFORM in step.roles}
    first, last = row.comment_from, row.comment_until
    return VersionView(
        row=row_of(row, today),
        life_event=build(LifeEvent, row.document),
        figures=guide_of(row.proof) if row.proof and state is not State.DRAFT else None,
        findings=None if row.findings is None else tuple(map(_finding, row.findings)),
        entry=entry_of(row.entry) if hasattr(row, "entry") else None,
        comments=tuple(_comment(one, public=public) for one in row.comments.order_by("at")[:MOST_SHOWN]),
        acts=() if public else _acts(row),
        base=_base(row),
        can=frozenset(office),
        commenting=state is State.COMMENTING and first is not None and last is not None and first <= today <= last,
        others=() if public else _others(row, today),
        least_days=LEAST_COMMENT.amount,
    )


def _others(row: CatalogueVersion, today: date) -> tuple[VersionRow, ...]:
    same = CatalogueVersion.objects.filter(region=row.region, event=row.event).exclude(pk=row.pk)
    return tuple(row_of(one, today) for one in light(same).order_by("-pk")[:MOST_SHOWN])


def _base(row: CatalogueVersion) -> LifeEvent | None:
    snapshot = in_force(row.region).get(row.event)
    if snapshot is None or snapshot == row.snapshot:
        return None
    event: LifeEvent = build(LifeEvent, CatalogueVersion.objects.get(snapshot=snapshot).document)
    return event


def _acts(row: CatalogueVersion) -> tuple[ActView, ...]:
    acts = VersionAct.objects.filter(version=row).order_by("at", "pk")
    return tuple(ActView(one.kind, one.at, one.name, one.role, one.body) for one in acts)


def _comment(one: PublicComment, *, public: bool) -> CommentView:
    hidden = public and one.hidden_at is not None
    name, text = ("", "") if hidden else (one.name, one.text)
    answer = "" if hidden else one.answer
    return CommentView(one.pk, name, text, one.at, answer, one.answered_at, one.hidden_at, one.hidden_reason)
