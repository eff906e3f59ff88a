"""Grant (行政许可法 38): decision, licence, letters, successors and ledger in one transaction of two statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction

from onevisit.cases.actions.at_hand import entry_of, in_words, services_in_words
from onevisit.cases.actions.once import once
from onevisit.cases.errors import (
    AlreadyDecided,
    LicenceLost,
    NotAcceptedYet,
    NotFound,
    OnlyOfficers,
    OtherAct,
    OutputNeverComes,
    WaitsForOutput,
)
from onevisit.cases.ledger import NewEntry, chain
from onevisit.cases.models import Procedure
from onevisit.cases.presence_errors import PresenceMissing
from onevisit.cases.queries.deaths import check_alive
from onevisit.cases.queries.presence import present_at, surely_away
from onevisit.cases.rules import letters
from onevisit.cases.rules.answers import typed
from onevisit.cases.rules.body import business_of, for_whom
from onevisit.cases.rules.intake import FOUNDED, applicant
from onevisit.cases.rules.letters import Addressee
from onevisit.cases.rules.on_paper import paper_hall
from onevisit.cases.rules.once import check_key
from onevisit.cases.rules.procedure import (
    STANDING,
    Move,
    Setting,
    Standing,
    act,
    follow_up,
    licences_due,
    lost_licences,
    missing_outputs,
    standing,
)
from onevisit.cases.sql import GRANT, READ_FOR_GRANT
from onevisit.cases.values import Decided
from onevisit.cases.window_errors import StillProvisional
from onevisit.catalogue.queries import by_snapshot, calendar
from onevisit.core.catalogue import AcceptKind
from onevisit.core.china import day_of, minute_in_words
from onevisit.core.facts import party_key
from onevisit.core.law.procedure import Check, Command, State
from onevisit.core.ledger import Head
from onevisit.core.text import Text
from onevisit.licences.actions import new_credit_code, new_licence_row
from onevisit.licences.queries import in_force
from onevisit.notices.actions import new_notice_row
from onevisit.people.actions import known_persons
from onevisit.people.actor import SYSTEM, Actor, Role

Row = dict[str, Any]
_COLUMNS = (*STANDING, "accepted_at")  # as read_for_grant.sql gives them


@dataclass(frozen=True, slots=True)
class Locked:
    """The locked case, read."""

    row: Row
    of: Standing
    procedures: list[Standing]
    accepted_at: datetime | None
    setting: Setting
    to: Addressee


def grant(procedure: UUID, key: str, *, by: Actor, now: datetime) -> Decided:
    """Grant an accepted procedure: issues its licences. `key`: the page's one-time key; a repeat gets the answer.

    Raises AlreadyDecided (who, when), NotAcceptedYet, WaitsForOutput, OutputNeverComes, LicenceLost, PresenceMissing,
    PartyDied, StillProvisional, NotLawful, KeyMissing, OtherAct, OnlyOfficers, NotFound (another agency's,
    named for the log of looks).
    """
    check_key(key)
    if by.role is not Role.OFFICER or not by.agency:
        raise OnlyOfficers()
    with once(), transaction.atomic(), connection.cursor() as cursor:
        asked = {"procedure": procedure, "agency": by.agency, "account": by.account, "key": key}
        row = _fetch(cursor, asked)
        if row is not None and row["seen_seq"] != row["head_seq"]:
            row = _fetch(cursor, asked)  # locked by now: what it reads is what is
        if row is None:
            raise _not_found(procedure)
        if row["answered"] is not None:
            return _before(procedure, row["answered"])
        locked = _read(procedure, row, now)
        move = _granted(locked)
        _nothing_is_lost(locked)
        _nobody_is_awaited(locked)
        answer, written = _written(locked, move, key, by)
        cursor.execute(GRANT, written)
    return answer


def _fetch(cursor: Any, asked: Mapping[str, object]) -> Row | None:
    cursor.execute(READ_FOR_GRANT, asked)
    found = cursor.fetchone()
    return None if found is None else dict(zip((column.name for column in cursor.description), found, strict=True))


def _not_found(procedure: UUID) -> NotFound:
    found = Procedure.objects.filter(pk=procedure).values_list("case", "case__person").first()
    return NotFound("procedure", case=found[0] if found else None, subject=found[1] if found else None)


def _before(procedure: UUID, answered: Sequence[Any]) -> Decided:
    """The first answer to the same key."""
    done, answer = answered
    if done != "grant" or answer["procedure"] != str(procedure):
        raise OtherAct()
    licence = UUID(answer["licence"]) if answer["licence"] else None
    return Decided(procedure, answer["outcome"], licence, answer["licence_number"])


def _read(procedure: UUID, row: Row, now: datetime) -> Locked:
    kept = [dict(zip(_COLUMNS, one, strict=True)) for one in row["procedures"]]
    for one in kept:
        one["id"] = UUID(one["id"])
        one["received_at"] = datetime.fromisoformat(one["received_at"]) if one["received_at"] else None
        one["accepted_at"] = datetime.fromisoformat(one["accepted_at"]) if one["accepted_at"] else None
        one["check_due"] = date.fromisoformat(one["check_due"]) if one["check_due"] else None
    own = next(one for one in kept if one["id"] == procedure)
    if row["decided"] is not None:
        raise AlreadyDecided(name=row["decided"][0], when=minute_in_words(datetime.fromisoformat(row["decided"][1])))
    graph = by_snapshot(row["snapshot"]).graph
    facts = row["facts"] if isinstance(row["facts"], dict) else orjson.loads(row["facts"])
    setting = Setting.of(graph.event, typed(facts, graph.specs), calendar(), now)
    name = for_whom(setting.event, setting.facts, row["organisation_name"] or row["person_name"])
    to = Addressee(row["number"], name)
    return Locked(row, standing(own), [standing(one) for one in kept], own["accepted_at"], setting, to)


def _granted(locked: Locked) -> Move:
    """The lawful step, if nothing stands in its way."""
    of = locked.of
    if of.state in (State.RECEIVED, State.WAITING):
        raise NotAcceptedYet()
    if of.check is Check.PROVISIONAL:
        raise StillProvisional()
    move = act(of, Command.GRANT, locked.setting)
    waiting, failed = missing_outputs(of, locked.procedures)
    if failed:
        raise OutputNeverComes(services=services_in_words(failed, locked.setting))
    if waiting:
        raise WaitsForOutput(services=services_in_words(waiting, locked.setting))
    return move


def _nothing_is_lost(locked: Locked) -> None:
    """Raise LicenceLost if a licence on which the grant would rest was revoked or is not in force any more."""
    row, setting = locked.row, locked.setting
    numbers = [number for kind, _, number in row["taken"] if kind == AcceptKind.LICENCE]
    lost = lost_licences(row["taken"], row["revoked"], in_force(numbers, now=setting.now))
    if lost:
        raise LicenceLost(licences=Text.row(letters.licence_name(setting.event, key) for key in lost))


def _nobody_is_awaited(locked: Locked) -> None:
    """Raise PresenceMissing while a step in person that the decision waits for is not done, PartyDied for good."""
    row, of, setting = locked.row, locked.of, locked.setting
    if not row["walk_in"] and surely_away(row["snapshot"], of.service):
        return
    present = present_at(row["case_id"], setting.now)
    check_alive(row["case_id"], present, of.service)
    acts = present.still_to_come(of.service)
    if acts:
        raise PresenceMissing(steps=Text.row(act.step.name for act in acts))


def _written(locked: Locked, move: Move, key: str, by: Actor) -> tuple[Decided, Row]:
    """The answer, and the parameters of the writing statement."""
    of, setting, row = locked.of, locked.setting, locked.row
    moves = follow_up([move], locked.procedures, setting)
    founded = _founded(locked)
    licences = _licences(locked, founded)
    first = licences[0] if licences else None
    answer = Decided(of.id, "granted", first["id"] if first else None, first["number"] if first else "")
    entries, head = chain(
        row["case_id"],
        _entries(locked, moves, licences, founded, by),
        now=setting.now,
        after=Head(row["head_seq"], bytes(row["head_hash"])),
    )
    updates = [{"id": made.of.id, **made.columns} for made in moves]
    updates[0] |= {"holder": by.account, "holder_name": by.name}
    decision = {
        "procedure_id": of.id, "outcome": "granted", "reasons": "", "article": in_words(move.basis),
        "officer": by.account, "officer_name": by.name, "at": setting.now,
    }  # fmt: skip
    told = {
        "procedure": of.id, "outcome": "granted", "licence": answer.licence, "licence_number": answer.licence_number,
    }  # fmt: skip
    return answer, {
        "case": row["case_id"],
        "procedures": _json(updates),
        "decision": _json(decision),
        "entries": _json(entries),
        "licences": _json(licences),
        "notices": _json(_notices(locked, moves, licences)),
        "outputs": _json(_outputs(locked, licences)),
        "account": by.account,
        "key": key,
        "answer": _json(told),
        "now": setting.now,
        "head_seq": head.seq,
        "head_hash": head.hash,
        "founded": _json(founded) if founded else None,
        "founded_by": _json(dict.fromkeys(founded, FOUNDED)) if founded else None,
    }


def _founded(locked: Locked) -> dict[str, str]:
    """The credit code of the business that this grant founds, by its fact; nothing where it founds none."""
    founding = locked.setting.event.founding
    if founding is None or founding.service != locked.of.service:
        return {}
    return {founding.code: new_credit_code(locked.row["region"])}


def _licences(locked: Locked, founded: Mapping[str, str]) -> list[Row]:
    """The rows of the licences: what a grant founds holds what it issues."""
    of, row = locked.of, locked.row
    setting = replace(locked.setting, facts={**locked.setting.facts, **founded})
    types = {kind.key: kind for kind in setting.event.licence_types}
    business = business_of(setting.event, setting.facts)
    due = list(licences_due(setting.services[of.service], setting.event, setting.facts))
    holders = _holders(setting, {party for _, party in due})
    found = []
    for output, party in due:
        kind = types[output.licence_type]
        name = str(setting.facts.get(party_key(party, "name"), "")) if party else ""
        found.append(
            new_licence_row(
                kind,
                agency_name=letters.agency_name(setting.event, kind.issuer),
                region=row["region"],
                case=row["case_id"],
                procedure=of.id,
                holder_name=name or for_whom(setting.event, setting.facts, locked.to.applicant),
                person=holders[party] if party in holders else row["person_id"],
                organisation=None if party in holders else row["organisation_id"],
                code=business.code if business else "",
                fields=letters.printed(kind, setting, party),
                now=setting.now,
            )
        )
    return found


def _holders(setting: Setting, parties: Iterable[str]) -> dict[str, UUID]:
    """The persons of parties beside the applicant, by their identity numbers; who has none yet, as a newborn, is left
    out: his parent applies for him. No statement where there is nobody.
    """
    own = applicant(setting.event, setting.facts)
    numbers = {party: setting.facts.get(party_key(party, "id_number")) for party in parties if party not in ("", own)}
    known = {party: str(number) for party, number in numbers.items() if number}
    names = {number: str(setting.facts.get(party_key(party, "name"), "")) for party, number in known.items()}
    ids = known_persons(names) if names else {}
    return {party: ids[number] for party, number in known.items()}


def _outputs(locked: Locked, licences: Sequence[Row]) -> list[Row]:
    """What the evidence that waited for these licences then says: for whom each is."""
    setting = locked.setting
    due = licences_due(setting.services[locked.of.service], setting.event, setting.facts)
    return [_output(one, party, setting.now) for one, (_, party) in zip(licences, due, strict=True)]


def _output(licence: Row, party: str, now: datetime) -> Row:
    """What the evidence that waited for this licence then says."""
    until = licence["valid_until"]
    record = {
        "number": licence["number"],
        "issued": day_of(now).isoformat(),
        "valid_until": until.isoformat() if until else "",
        "summary": licence["title"],
    }
    return {"ref": licence["type"], "party": party, "record": record}


def _entries(
    locked: Locked, moves: Sequence[Move], licences: Sequence[Row], founded: Mapping[str, str], by: Actor
) -> list[NewEntry]:
    of = locked.of
    data = {"on_promise": letters.check_after(locked.setting.services[of.service], locked.setting)}
    entries = [entry_of(moves[0], by, data if of.on_promise else None)]
    entries += [
        NewEntry("licence.issued", by, of.number, data={"type": licence["type"], "number": licence["number"]})
        for licence in licences
    ]
    entries += [NewEntry("business.founded", by, of.number, data={"number": code}) for code in founded.values()]
    return entries + [entry_of(move, SYSTEM, {"after": of.number}) for move in moves[1:]]


def _notices(locked: Locked, moves: Sequence[Move], licences: Sequence[Row]) -> list[Row]:
    """The decision, and the acceptance of serial successors that begin by it."""
    accepted = day_of(locked.accepted_at or locked.setting.now)
    licence = licences[0] | {"number": "、".join(one["number"] for one in licences)} if licences else None
    letter = letters.decision(moves[0], locked.to, locked.setting, accepted=accepted, licence=licence)
    rows = [_notice(locked, "decision", locked.of, letter)]
    for move in moves[1:]:
        if move.step.to is State.ACCEPTED:
            rows.append(_notice(locked, "acceptance", move.of, letters.acceptance(move, locked.to, locked.setting)))
    return rows


def _notice(locked: Locked, kind: str, of: Standing, data: Mapping[str, object]) -> Row:
    return new_notice_row(
        kind,
        case=locked.row["case_id"],
        procedure=of.id,
        number=of.number,
        agency=of.agency,
        agency_name=letters.agency_name(locked.setting.event, of.agency),
        recipient=locked.row["person_id"],
        data=data,
        now=locked.setting.now,
        paper_at=paper_hall(locked.setting.event, locked.setting.facts, locked.row["hall"]),
    )


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
