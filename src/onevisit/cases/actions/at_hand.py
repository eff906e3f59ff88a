"""A case at hand: locked first, then read, then written with its ledger and letters. What ORM acts share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from onevisit.cases.actions.billing import give_back
from onevisit.cases.errors import AlreadyDecided, NotFound, OnlyOfficers
from onevisit.cases.ledger import NewEntry, append
from onevisit.cases.models import Case, CorrectionItem, CorrectionNotice, Decision, Procedure, ToCome
from onevisit.cases.rules import letters
from onevisit.cases.rules.answers import typed
from onevisit.cases.rules.body import for_whom
from onevisit.cases.rules.letters import Addressee
from onevisit.cases.rules.on_paper import paper_hall
from onevisit.cases.rules.procedure import (
    STANDING,
    Move,
    Setting,
    Standing,
    correction_period,
    follow_up,
    notice_is_due,
    standing,
    states_after,
)
from onevisit.cases.sql import WRITE_NOTICES
from onevisit.catalogue.queries import by_snapshot, calendar
from onevisit.core.basis import Basis
from onevisit.core.china import minute_in_words
from onevisit.core.law import articles
from onevisit.core.law.procedure import FAILED, State
from onevisit.core.text import Text
from onevisit.core.text import gettext_noop as _
from onevisit.notices.actions import new_notice_row
from onevisit.people.actor import SYSTEM, Actor, Role


@dataclass(slots=True)
class AtHand:
    """A locked case: its procedures as they stand, what is to be written, and by whom."""

    case: Case
    procedures: list[Standing]
    setting: Setting
    by: Actor
    told: bool  # its one correction notice has gone out
    moves: list[Move] = field(default_factory=list)
    entries: list[NewEntry] = field(default_factory=list)
    notices: list[dict[str, object]] = field(default_factory=list)

    @property
    def to(self) -> Addressee:
        """Whom letters go to."""
        firm = self.case.organisation
        name = firm.name if firm else self.case.person.name
        return Addressee(self.case.number, for_whom(self.setting.event, self.setting.facts, name))

    def procedure(self, procedure: UUID) -> Standing:
        """The procedure of that id."""
        return next(one for one in self.procedures if one.id == procedure)

    def make(self, move: Move, *, data: Mapping[str, Any] | None = None) -> None:
        """Take a move, with its entry, its acceptance letter, and what follows for serial successors."""
        for made in follow_up([move], self.procedures, self.setting):
            who = self.by if made is move else SYSTEM
            own = data if made is move else {"after": move.of.number}
            self.moves.append(made)
            self.entries.append(entry_of(made, who, own))
            if made.step.to is State.ACCEPTED:
                self.letter("acceptance", made.of, letters.acceptance(made, self.to, self.setting))
        self.procedures = states_after(self.moves, self.procedures)

    def letter(
        self,
        kind: str,
        of: Standing | None,
        data: Mapping[str, object],
        about: str = "",
        *,
        recipient: UUID | None = None,
        paper_at: str | None = None,
    ) -> None:
        """A notice about a procedure, or about the case; to its applicant, or the `recipient`."""
        if paper_at is None:
            paper_at = paper_hall(self.setting.event, self.setting.facts, self.case.hall)
        agency = of.agency if of else self.setting.event.lead
        self.notices.append(
            new_notice_row(
                kind,
                case=self.case.pk,
                procedure=of.id if of else None,
                number=about or (of.number if of else self.case.number),
                agency=agency,
                agency_name=letters.agency_name(self.setting.event, agency),
                recipient=recipient or self.case.person_id,
                data=data,
                now=self.setting.now,
                paper_at=paper_at,
            )
        )

    def tell_if_due(self) -> None:
        """Send the case's one correction notice once all agencies have checked, or on the last day (行政许可法 32)."""
        if not notice_is_due(self.procedures, self.setting.now, told=self.told):
            return
        due = self.setting.calendar.last_day(self.setting.today, correction_period(self.setting.event))
        CorrectionNotice.objects.create(case=self.case, issued_at=self.setting.now, due=due)
        rows = CorrectionItem.objects.filter(procedure__in=[one.id for one in self.procedures if one.lacks])
        items = [
            (row.procedure.service, row.thing, row.what)
            for row in rows.select_related("procedure").order_by("procedure__number", "pk")
        ]
        self.letter("correction", None, letters.correction(items, due, self.to, self.setting))
        data = {"due": due.isoformat(), "items": [f"{service}: {thing}" for service, thing, _ in items]}
        self.entries.append(NewEntry("case.correction_told", SYSTEM, basis=(articles.TOLD_AT_ONCE,), data=data))
        self.told = True

    def write(self) -> None:
        """Write the moves, the letters and the ledger. The case is locked, so that nothing can have come between."""
        for move in self.moves:
            columns = dict(move.columns)
            if self.by.role is Role.OFFICER and move is self.moves[0]:
                columns |= {"holder": self.by.account, "holder_name": self.by.name}
            Procedure.objects.filter(pk=move.of.id).update(**columns)
        if self.notices:
            with connection.cursor() as cursor:
                cursor.execute(WRITE_NOTICES, {"notices": orjson.dumps(self.notices).decode()})
        append(self.case, self.entries, now=self.setting.now)
        failed = [move.of for move in self.moves if move.step.to in FAILED]
        if failed:
            ended = [of.service for of in failed]
            ToCome.objects.filter(procedure__in=[of.id for of in failed]).delete()
            give_back(self.case.pk, self.setting.event, ended, reason=_("事项没有办成"), now=self.setting.now)


def entry_of(move: Move, by: Actor, data: Mapping[str, Any] | None = None) -> NewEntry:
    """The ledger's entry of a move."""
    told: dict[str, Any] = dict(data or {})
    for column in ("due", "statutory_due"):
        day: date | None = move.columns.get(column)
        if day is not None:
            told[column] = day.isoformat()
    return NewEntry(move.step.kind, by, procedure=move.of.number, basis=move.basis, data=told)


def lock_for_officer(procedure: UUID, by: Actor, now: datetime) -> AtHand:
    """The case of a procedure of the officer's own agency, locked.

    Raises NotFound for another agency's, which names the case for the log of looks; OnlyOfficers.
    """
    if by.role is not Role.OFFICER or not by.agency:
        raise OnlyOfficers()
    found = Procedure.objects.filter(pk=procedure).values_list("case", "agency", "case__person").first()
    if found is None or found[1] != by.agency:
        raise NotFound("procedure", case=found[0] if found else None, subject=found[2] if found else None)
    return lock(found[0], by, now)


def lock(case: UUID, by: Actor, now: datetime) -> AtHand:
    """Lock a case, then read its procedures."""
    row = Case.objects.select_for_update(of=("self",)).select_related("person", "organisation").get(pk=case)
    return at_hand(row, by, now)


def at_hand(row: Case, by: Actor, now: datetime) -> AtHand:
    """A case that was just locked, with its procedures."""
    rows = Procedure.objects.filter(case=row).order_by("number").values(*STANDING)
    graph = by_snapshot(row.snapshot).graph
    setting = Setting.of(graph.event, typed(row.facts, graph.specs), calendar(), now)
    told = CorrectionNotice.objects.filter(pk=row.pk).exists()
    return AtHand(row, [standing(one) for one in rows], setting, by, told)


def not_decided(of: Standing) -> None:
    """Raise AlreadyDecided, saying who and when, if the procedure has its decision."""
    found = Decision.objects.filter(pk=of.id).values_list("officer_name", "at").first()
    if found is not None:
        raise AlreadyDecided(name=found[0], when=minute_in_words(found[1]))


def in_words(bases: Iterable[Basis]) -> str:
    """The articles of several bases."""
    return articles.cite_all(tuple(bases))


def services_in_words(keys: Sequence[str], setting: Setting) -> Text:
    """Names of services in one line."""
    return Text.row(setting.services[key].name for key in keys)
