"""Sign: a party who has not submitted the case himself gives his word online, for all that is open to him."""

from datetime import datetime

from django.db import transaction

from onevisit.cases.actions.at_hand import lock
from onevisit.cases.errors import NotFound
from onevisit.cases.ledger import NewEntry
from onevisit.cases.models import Attendance, CaseParty
from onevisit.cases.presence_errors import NothingToSign
from onevisit.cases.queries.deaths import check_alive_as
from onevisit.cases.queries.mandates import check_may_sign
from onevisit.cases.queries.parties import parties_of_person
from onevisit.cases.queries.presence import present_at
from onevisit.cases.queries.reaching import own_case
from onevisit.cases.rules.submission import facts_hash
from onevisit.people.actor import Actor, Role


@transaction.atomic
def sign(case_number: str, *, by: Actor, now: datetime) -> None:
    """Sign every step that is open to `by` in the case, and what opens by that; a second time there is nothing left.

    His account tells who he is (docs/decisions/signing.md). Raises NothingToSign,
    MandateExpired, PartyDied, NotFound.
    """
    row = own_case(case_number, by)
    parties = parties_of_person(row, by) if by.role is Role.APPLICANT else ()
    if not parties or by.person is None:
        raise NotFound(f"case {case_number}"[:80], case=row.pk, subject=row.person_id)
    hand, signed = lock(row.pk, by, now), 0
    told = {"facts_sha256": facts_hash(hand.case.facts)}  # what he has read, also when it was put right since
    while True:
        present = present_at(row.pk, now)
        done = present.day.progress.attended
        acts = [
            (act, party)
            for act in present.day.to_sign()
            for party in parties
            if party in act.signers and (act.service, act.step.key, party) not in done
        ]
        if not acts:
            break
        check_may_sign(row.pk, present, {party for _, party in acts}, now)
        signed += len(acts)
        of = {one.service: one for one in hand.procedures}
        Attendance.objects.bulk_create(
            Attendance(
                procedure_id=of[act.service].id, step=act.step.key, party=party, person=by.person, hall="", at=now,
                by=by.account,
            )
            for act, party in acts
        )  # fmt: skip
        hand.entries += [
            NewEntry(
                "procedure.signed", by, of[act.service].number, data=told | {"step": act.step.key, "parties": party}
            )
            for act, party in acts
        ]
    if not signed:
        check_alive_as(row.pk, present, parties)
        raise NothingToSign()
    day = present.day
    through = [one for one in parties if not any(one in act.signers for act in day.left_for(one))]
    CaseParty.objects.filter(case=row.pk, party__in=through).update(awaited=False)
    hand.write()
