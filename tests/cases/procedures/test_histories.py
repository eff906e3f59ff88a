"""Random histories through the real acts: whatever anybody does in whatever order, the case stays lawful."""

import random
from datetime import date, datetime, timedelta

import pytest

from onevisit.cases.actions import accept, grant, not_accept, refuse, report_missing, settle_due, supplement, withdraw
from onevisit.cases.models import CorrectionItem, CorrectionNotice, Decision, Procedure
from onevisit.cases.queries import case as case_view
from onevisit.cases.queries import verify, work
from onevisit.cases.values import MissingInput
from onevisit.core.china import day_of
from onevisit.core.errors import Refusal
from onevisit.core.law.procedure import FINAL, SUCCEEDED, Check, State
from onevisit.licences.queries import of_case as licences_of
from onevisit.notices.queries import of_case as notices_of
from tests.cases.procedures.conftest import APPLICANT, officer
from tests.cases.procedures.event import KEYS, SERVICES

AFTER = {service.key: [sequence.after for sequence in service.sequences] for service in SERVICES}
ACTS = ("accept", "accept", "missing", "not_accept", "grant", "grant", "refuse", "supply", "wait", "wait", "withdraw")
LAST_DAY = date(2026, 12, 1)  # fifth working day after the submission
MISSING = [MissingInput("", "matter.name", "店名写错了，请改")]


def act(what: str, case, key: str, now: datetime, turn: int) -> None:
    """One act of somebody; a refusal is an answer too."""
    pk, by, once = case.ids[key], officer(key), f"{case.case.number}-{turn}"
    acts = {
        "accept": lambda: accept(pk, by=by, now=now),
        "missing": lambda: report_missing(pk, MISSING, by=by, now=now),
        "not_accept": lambda: not_accept(pk, "不归我们", ground="not-competent", competent="某局", by=by, now=now),
        "grant": lambda: grant(pk, once, by=by, now=now),
        "refuse": lambda: refuse(pk, "不符合条件", "", once, by=by, now=now),
        "supply": lambda: supplement(case.case.number, {"matter.name": "小满面馆"}, {}, by=APPLICANT, now=now),
        "withdraw": lambda: turn < 45 or withdraw(case.case.number, by=APPLICANT, now=now),
        "wait": lambda: settle_due(now),
    }
    acts[what]()
    assert what != "wait" or nothing_untold(case, now)


@pytest.mark.parametrize("seed", range(20))
def test_a_random_history_stays_lawful(submit, now, seed):
    chance = random.Random(seed)
    case = submit(number=f"H{seed}")
    seen: dict[str, State] = {}
    for turn in range(60):
        now += timedelta(hours=chance.choice((1, 3, 12, 40)))
        try:
            act(chance.choice(ACTS), case, chance.choice(KEYS), now, turn)
        except Refusal as refusal:
            assert refusal.status in (409, 422), refusal
        seen = lawful_still(case, seen)
    assert verify(case.case.number) == []
    shown = case_view(case.case.number, by=APPLICANT, now=now)
    assert len(shown.procedures) == len(KEYS)
    for key in KEYS:
        assert work(case.ids[key], by=officer(key), now=now).procedure.next_action.zh


def nothing_untold(case, now: datetime) -> bool:
    """Once the worker has looked, nothing is left that was to be said to the applicant before today."""
    told = CorrectionNotice.objects.filter(pk=case.case.pk).exists()
    rows = Procedure.objects.filter(case=case.case, state__in=[State.RECEIVED, State.WAITING])
    unsaid = [Check.OPEN, Check.SUPPLIED] if told else [Check.OPEN, Check.SUPPLIED, Check.MISSING]
    return not rows.filter(check_due__lt=day_of(now), completeness__in=unsaid).exists()


def lawful_still(case, before: dict[str, State]) -> dict[str, State]:
    """What must hold after every act; returns the states."""
    rows = {row.service: row for row in Procedure.objects.filter(case=case.case)}
    states = {key: State(row.state) for key, row in rows.items()}
    notice = CorrectionNotice.objects.filter(pk=case.case.pk).first()
    assert notice is None or day_of(notice.issued_at) <= LAST_DAY, "told in five working days or never (许可 32)"
    assert [notice.kind for notice in notices_of(case.case.pk)].count("correction") <= 1
    for key, row in rows.items():
        if key in before and before[key] in FINAL:
            assert states[key] is before[key], "decided once and for good"
        if states[key] is State.WAITING:
            assert row.accepted_at is None and row.due is None, "no clock before the predecessor's notice"
        if states[key] is State.ACCEPTED:
            assert row.accepted_at and row.due and row.completeness == Check.COMPLETE
            assert all(states[one] in SUCCEEDED for one in AFTER[key])
        if states[key] in SUCCEEDED:
            assert all(states[one] in SUCCEEDED for one in (*AFTER[key], *row.needs))
        if row.completeness == Check.MISSING:
            assert CorrectionItem.objects.filter(procedure=row).exists()
    outcomes = dict(Decision.objects.filter(procedure__case=case.case).values_list("procedure__service", "outcome"))
    for key, state in states.items():
        assert (key in outcomes) == (state in (*SUCCEEDED, State.REFUSED, State.NOT_ACCEPTED))
    granted = [key for key, state in states.items() if state in SUCCEEDED]
    assert len(licences_of(case.case.pk)) == len(granted)
    return states
