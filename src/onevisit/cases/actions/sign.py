"""Sign: a party who has not submitted the case himself gives his word online, for all that is open to him."""

from datetime import datetime

from django.db import transaction

from onevisit.cases.actions.at_hand import lock
from onevisit.cases.errors import NotFound
from onevisit.cases.ledger import NewEntry
from onevisit.cases.models import Attendance, CaseParty
from onevisit.cases.presence_errors import NothingToSign
from onevisit.cases.queries.parties import party_of
from onevisit.cases.queries.presence import present_at
from onevisit.cases.queries.reaching import own_case
from onevisit.people.actor import Actor, Role


@transaction.atomic
def sign(case_number: str, *, by: Actor, now: datetime) -> None:
    """Sign every step that is open to `by` in the case, and what opens by that; a second time there is nothing left.

    His account tells who he is (docs/decisions/signing.md). Raises NothingToSign, NotFound.
    """
    row = own_case(case_number, by)
    party = party_of(row, by) if by.role is Role.APPLICANT else None
    if party is None or by.person is None:
        raise NotFound(f"case {case_number}"[:80], case=row.pk, subject=row.person_id)
    hand, signed = lock(row.pk, by, now), 0
    while True:
        present = present_at(row.pk, now)
        acts = [act for act in present.day.to_sign() if party in act.signers]
        acts = [act for act in acts if (act.service, act.step.key, party) not in present.day.progress.attended]
        if not acts:
            break
        signed += len(acts)
        of = {one.service: one for one in hand.procedures}
        Attendance.objects.bulk_create(
            Attendance(
                procedure_id=of[act.service].id, step=act.step.key, party=party, person=by.person, hall="", at=now,
                by=by.account,
            )
            for act in acts
        )  # fmt: skip
        hand.entries += [
            NewEntry("procedure.signed", by, of[act.service].number, data={"step": act.step.key, "parties": party})
            for act in acts
        ]
    if not signed:
        raise NothingToSign()
    left = any(party in act.signers for act in present.day.left(present.day.course.acts.values()))
    CaseParty.objects.filter(case=row.pk, party=party).update(awaited=left)
    hand.write()
