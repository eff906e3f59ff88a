"""The letters that go out when a case is submitted: the receipt, and acceptances of what is complete on receipt."""

from collections.abc import Sequence

from onevisit.cases.rules.body import for_whom
from onevisit.cases.rules.intake import applicant
from onevisit.cases.rules.letters import Addressee, acceptance, agency_name
from onevisit.cases.rules.procedure import Move, Setting, standing
from onevisit.cases.rules.submission import Row, Submission
from onevisit.core.facts import party_key
from onevisit.core.law.articles import CHECK
from onevisit.core.law.procedure import State, Transition
from onevisit.notices.actions import new_notice_row
from onevisit.notices.values import NoticeData, Receipt

ONLINE = "网上提交"


def first_letters(filed: Submission, case: Row, begun: Sequence[tuple[Row, Transition]]) -> list[Row]:
    """Their rows, for the statement that writes the case."""
    to = Addressee(filed.number, addressee(filed, case))
    letters = [_letter("receipt", filed, case, None, _receipt(filed, case, [row for row, _ in begun], to))]
    for row, begins in begun:
        if begins.to is State.ACCEPTED:
            setting = Setting.of(filed.event, filed.facts, filed.calendar, filed.now)
            move = Move(standing(row), begins, row, begins.basis)
            letters.append(_letter("acceptance", filed, case, row, acceptance(move, to, setting)))
    return letters


def addressee(filed: Submission, case: Row) -> str:
    """To whom letters and bills go by name: the business for which he acts, else the applicant."""
    party = applicant(filed.event, filed.facts)
    who = "organisation.name" if case["organisation_id"] else party_key(party, "name")
    return for_whom(filed.event, filed.facts, str(filed.facts.get(who, "")))


def _receipt(filed: Submission, case: Row, procedures: Sequence[Row], to: Addressee) -> Receipt:
    """What was received, and until when it is checked; in the leading agency's name."""
    event = filed.event
    names = {service.key: service.name.zh for service in event.services}
    halls = {place.key: place.name.zh for place in event.places}
    return {
        "applicant": to.applicant,
        "event": event.name.zh,
        "title": case["title"],
        "procedures": [
            {"name": names[row["service"]], "agency": agency_name(event, row["agency"])} for row in procedures
        ],
        "check_due": filed.calendar.last_day(filed.today, CHECK).isoformat(),
        "way": halls.get(filed.held.hall, filed.held.hall) or ONLINE,
        "evidence": [need.name.zh for need in filed.plan.evidence],
    }


def _letter(kind: str, filed: Submission, case: Row, about: Row | None, data: NoticeData) -> Row:
    agency = about["agency"] if about else filed.event.lead
    return new_notice_row(
        kind,
        case=filed.case,
        procedure=about["id"] if about else None,
        number=about["number"] if about else filed.number,
        agency=agency,
        agency_name=agency_name(filed.event, agency),
        recipient=case["person_id"],
        data=data,
        now=filed.now,
    )
