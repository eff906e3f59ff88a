"""Say what is missing: it goes into the case's one correction notice (行政许可法 32, 浙江规定 11)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.accept import check_is_open
from onevisit.cases.actions.at_hand import lock_for_officer
from onevisit.cases.errors import (
    AlreadyTold,
    FromGovernment,
    IdentityIsKnown,
    NothingMissing,
    NotOfThisService,
    TooLong,
)
from onevisit.cases.models import CorrectionItem, EvidenceItem
from onevisit.cases.rules.body import of_business
from onevisit.cases.rules.intake import applicant, is_identity
from onevisit.cases.rules.letters import name_of
from onevisit.cases.rules.parties import numbers_of
from onevisit.cases.rules.procedure import Setting, act
from onevisit.cases.values import MissingInput
from onevisit.core.catalogue import AcceptKind, Service
from onevisit.core.facts import name_in, party_in, slot, without_number
from onevisit.core.law.procedure import Command
from onevisit.core.parties import is_there, parties_of
from onevisit.people.actor import Actor

LONGEST = 500  # characters of one item


@transaction.atomic
def report_missing(procedure: UUID, items: Sequence[MissingInput], *, by: Actor, now: datetime) -> None:
    """Name all that is missing for a procedure. The notice goes out when all agencies have checked, or time is up.

    Evidence by its key, or by its slot: of one party among several.

    Raises NothingMissing, NotOfThisService, FromGovernment, IdentityIsKnown, TooLong, AlreadyTold, StillAwaited,
    AlreadyDecided, NotLawful, NotFound.
    """
    if not items or any(not item.what.strip() or not (item.evidence or item.fact) for item in items):
        raise NothingMissing()
    if any(len(item.what) > LONGEST for item in items):
        raise TooLong(most=LONGEST)
    hand = lock_for_officer(procedure, by, now)
    of = check_is_open(hand, procedure)
    if hand.told:
        raise AlreadyTold()
    service = hand.setting.services[of.service]
    rows = EvidenceItem.objects.filter(case=hand.case, services__contains=of.service).order_by("pk")
    given = list(rows.values_list("evidence", "party", "kind"))
    issued = {slot(one, of_) for one, of_, kind in given if AcceptKind(kind).is_licence}  # not asked for (浙江规定 7)
    event, facts = hand.setting.event, hand.setting.facts
    fixed = of_business(event, facts) | numbers_of(event, facts)
    party = applicant(event, facts)
    whose = {item.evidence: _whose(item.evidence, given, party) for item in items if item.evidence}
    for item in items:
        name = name_of(event, item.evidence or item.fact)
        if not _asked(service, item, hand.setting):
            raise NotOfThisService(item=name)
        if item.evidence and slot(name_in(item.evidence), whose[item.evidence]) in issued:
            raise FromGovernment(item=name)
        known = item.fact in fixed or is_identity(item.fact, party, hand.case.person_id, hand.case.organisation_id)
        if known and not item.evidence:
            raise IdentityIsKnown(item=name)
    move = act(of, Command.REPORT_MISSING, hand.setting)
    CorrectionItem.objects.bulk_create(
        CorrectionItem(
            procedure_id=of.id,
            evidence=name_in(item.evidence),
            party=whose.get(item.evidence, ""),
            fact="" if item.evidence else item.fact,
            what=item.what.strip(),
            officer=by.account,
            at=now,
        )
        for item in items
    )
    things = [{"item": item.evidence or item.fact, "what": item.what.strip()} for item in items]
    hand.make(move, data={"items": things})
    hand.tell_if_due()
    hand.write()


def _whose(evidence: str, given: Sequence[tuple[str, str, str]], applicant_: str) -> str:
    """The party whose paper it is: as its slot says, else the applicant, unless only another one has shown any."""
    found = [party for name, party, _ in given if name == evidence]
    return party_in(evidence) or (applicant_ if applicant_ in found or not found else found[0])


def _asked(service: Service, item: MissingInput, setting: Setting) -> bool:
    if item.evidence:
        there = party_in(item.evidence) in ("", *parties_of(setting.event, setting.facts))
        return there and any(need.evidence == name_in(item.evidence) for need in service.evidence)
    return without_number(item.fact) in service.facts and is_there(setting.event, item.fact, setting.facts)
