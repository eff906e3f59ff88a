"""End a procedure because one of those who apply has died; what takes its result ends with it (民法典 13)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.at_hand import AtHand, in_words, lock_for_officer, not_decided
from onevisit.cases.ledger import NewEntry
from onevisit.cases.models import CaseParty, Decision, PartyDeath
from onevisit.cases.party_errors import DeathDayWrong, ProofOfDeathMissing, WhoDiedMissing
from onevisit.cases.queries.deaths import deaths_of
from onevisit.cases.rules import ending
from onevisit.cases.rules.answers import day_in
from onevisit.cases.rules.ending import LONGEST_PROOF, Death
from onevisit.cases.rules.intake import applicant
from onevisit.cases.rules.on_paper import paper_hall
from onevisit.cases.rules.parties import Named, named
from onevisit.cases.rules.procedure import Move, Standing, act
from onevisit.core.law.procedure import Command
from onevisit.people.actor import Actor
from onevisit.people.queries import has_account, people


@transaction.atomic
def end(procedure: UUID, party: str, died_on: str, proof: str, *, by: Actor, now: datetime) -> None:
    """End an open procedure of the officer's own agency, with it the open ones that take its result.

    `party`: who has died; `died_on`, `proof`: as found (民法典 15), once for the case: what another agency recorded
    stands. His mandate ends with him (民法典 173(4)). Everybody else gets a letter; what was paid goes back.
    Raises WhoDiedMissing, DeathDayWrong, ProofOfDeathMissing, AlreadyDecided, NotLawful, NotFound, OnlyOfficers.
    """
    hand = lock_for_officer(procedure, by, now)
    own = hand.procedure(procedure)
    not_decided(own)
    found = {one.party: one for one in named(hand.setting.event, hand.setting.facts)}
    if party not in found:
        raise WhoDiedMissing()
    death = _recorded(hand, party, died_on, proof)
    move = act(own, Command.END, hand.setting)
    Decision.objects.create(
        procedure_id=own.id,
        outcome="ended",
        reasons=ending.reasons(hand.setting.event, death).zh,
        article=in_words(basis for basis in move.step.basis if basis.law),
        officer=by.account,
        officer_name=by.name,
        at=now,
    )
    hand.make(move, data={"party": party})
    ended = [own, *_with_it(hand)]
    _tell(hand, found[party], death, move, ended)
    CaseParty.objects.filter(case=hand.case, party=party).update(awaited=False)
    hand.tell_if_due()
    hand.write()


def _recorded(hand: AtHand, party: str, died_on: str, proof: str) -> Death:
    """The death as it stands for the case: found earlier, or now."""
    earlier = next((one for one in deaths_of(hand.case.pk) if one.party == party), None)
    if earlier is not None:
        return earlier
    day, by = day_in(died_on), hand.by
    if day is None or day > hand.setting.today:
        raise DeathDayWrong()
    proof = proof.strip()
    if not 0 < len(proof) <= LONGEST_PROOF:
        raise ProofOfDeathMissing(most=LONGEST_PROOF)
    PartyDeath.objects.create(
        case=hand.case, party=party, died_on=day, proof=proof, agency=by.agency, officer=by.account,
        officer_name=by.name, at=hand.setting.now,
    )  # fmt: skip
    told = {"party": party, "died_on": day.isoformat(), "proof": proof}
    hand.entries.append(NewEntry("case.party_died", by, data=told))
    return Death(party, day, by.agency)


def _with_it(hand: AtHand) -> list[Standing]:
    """End what is open and takes a result that will never come."""
    gone, found = {move.of.service for move in hand.moves}, list[Standing]()
    while True:
        more = [one for one in hand.procedures if one.state.open and gone & {*one.needs, *one.ordered_after}]
        if not more:
            return found
        for one in more:
            hand.make(act(one, Command.END, hand.setting), data={"after": hand.moves[0].of.number})
            found.append(one)
            gone |= {one.service}


def _tell(hand: AtHand, dead: Named, death: Death, move: Move, ended: list[Standing]) -> None:
    """A letter to everybody else who takes part, once each; who signed for the dead by mandate gets one too."""
    setting, case = hand.setting, hand.case
    own = applicant(setting.event, setting.facts)
    rows = [(own, case.person_id), *CaseParty.objects.filter(case=case).values_list("party", "person")]
    himself = {person for party, person in rows if party == death.party and not dead.for_him}
    persons = list(dict.fromkeys(person for _, person in rows if person not in himself))
    names = people(persons)
    data = ending.letter(move, death, [one.service for one in ended], dead, case.number, setting)
    for number, person in enumerate(persons, start=1):
        hall = paper_hall(setting.event, setting.facts, case.hall)
        if person != case.person_id:  # of the others nobody knows but whether they can sign in
            hall = "" if has_account(person) else case.hall or setting.event.places[0].key
        hand.letter(
            "ended",
            move.of,
            {**data, "applicant": names[person].name},
            f"{move.of.number}-{number}",
            recipient=person,
            paper_at=hall,
        )
