"""The letters that go out when a case is submitted: the receipt, and acceptances of what is complete on receipt."""

from collections.abc import Sequence

from onevisit.cases.actions.what_lacks import due_of, goes_out, in_the_notice, last_days
from onevisit.cases.rules.body import for_whom
from onevisit.cases.rules.intake import applicant
from onevisit.cases.rules.letters import Addressee, acceptance, agency_name, correction, name_of
from onevisit.cases.rules.on_paper import paper_hall
from onevisit.cases.rules.procedure import Move, Setting, promised, standing
from onevisit.cases.rules.submission import Row, Submission
from onevisit.cases.rules.taking_in import Begun
from onevisit.core.facts import party_key, slot
from onevisit.core.law.procedure import State
from onevisit.core.parties import of_party
from onevisit.core.text import gettext_noop as _
from onevisit.notices.actions import new_notice_row
from onevisit.notices.values import Later, NoticeData, Receipt, ReceivedProcedure

ONLINE = _("网上提交")
STATES = {"accepted": _("已受理"), "waiting": _("等前一事项")}


def first_letters(filed: Submission, case: Row, begun: Sequence[tuple[Row, Begun]]) -> list[Row]:
    """Their rows, for the statement that writes the case."""
    to = Addressee(filed.number, addressee(filed, case))
    letters = [_letter("receipt", filed, case, None, _receipt(filed, case, begun, to))]
    setting = Setting.of(filed.event, filed.facts, filed.calendar, filed.now)
    for row, begins in begun:
        if begins.last.to is State.ACCEPTED:
            move = Move(standing(row), begins.last, row, begins.last.basis)
            told = acceptance(move, to, setting)
            told["later"] = _later(filed, begins.later)
            letters.append(_letter("acceptance", filed, case, row, told))
    if goes_out(begun):
        told_now = correction(in_the_notice(filed, begun), due_of(filed), to, setting)
        told_now["way"] = _way(filed)
        letters.append(_letter("correction", filed, case, None, told_now))
    return letters


def addressee(filed: Submission, case: Row) -> str:
    """To whom letters and bills go by name: the business for which he acts, else the applicant."""
    party = applicant(filed.event, filed.facts)
    who = "organisation.name" if case["organisation_id"] else party_key(party, "name")
    return for_whom(filed.event, filed.facts, str(filed.facts.get(who, "")))


def _later(filed: Submission, evidence: Sequence[str]) -> list[Later]:
    """What comes later, with what was said of it and its last day."""
    last, said = last_days(filed), filed.intake.later
    names = {key: name_of(filed.event, key).zh for key in evidence}
    return [
        {
            "name": f"{names[key]}：{said[key].strip()}" if said[key].strip() else names[key],
            "due": last[key].isoformat(),
        }
        for key in evidence
    ]


def _way(filed: Submission) -> str:
    halls = {place.key: place.name.zh for place in filed.event.places}
    return halls.get(filed.held.hall, filed.held.hall) or ONLINE


def _receipt(filed: Submission, case: Row, begun: Sequence[tuple[Row, Begun]], to: Addressee) -> Receipt:
    """What was received, what was accepted at once, until when the rest is checked; in the leading agency's name."""
    event, unchecked = filed.event, [row for row, _ in begun if row["completeness"] == "open" and row["check_due"]]
    given = [one for one in filed.plan.evidence if slot(one.evidence, one.party) not in filed.intake.excused]
    return {
        "applicant": to.applicant,
        "event": event.name.zh,
        "title": case["title"],
        "procedures": [_line(filed, row, begins) for row, begins in begun],
        "check_due": max(row["check_due"] for row in unchecked).isoformat() if unchecked else "",
        "way": _way(filed),
        "evidence": [of_party(event, need.party, need.name).zh for need in given],
        "missing": [name_of(event, key).zh for key in sorted(filed.intake.lacks)],
        "missing_due": due_of(filed).isoformat() if goes_out(begun) else "",
        "later": _later(filed, sorted(filed.intake.later)),
    }


def _line(filed: Submission, row: Row, begins: Begun) -> ReceivedProcedure:
    """One procedure: where it stands, and until when it is decided as promised, never as the law's last day."""
    service = next(one for one in filed.event.services if one.key == row["service"])
    words = promised(service, filed.facts, on_promise=row["on_promise"]).words.zh
    term = f"受理后{words}"
    if row["due"]:
        term = f"{words}，最迟{row['due'].year}年{row['due'].month}月{row['due'].day}日"
    state = STATES.get(row["state"], _("已收件"))
    if begins.lacks:
        state = _("待补正")
    elif begins.later and row["due"]:
        state = _("已受理（容缺）")
    return {"name": service.name.zh, "agency": agency_name(filed.event, row["agency"]), "state": state, "term": term}


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
        paper_at=paper_hall(filed.event, filed.facts, case["hall"]),
    )
