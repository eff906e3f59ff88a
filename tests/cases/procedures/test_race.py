"""Eight agencies decide at once: every case reaches the state that its procedures imply; nothing happens twice."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection

from onevisit.cases.actions import accept, grant, refuse, settle_due
from onevisit.cases.errors import AlreadyDecided, NotAcceptedYet, OutputNeverComes, WaitsForOutput
from onevisit.cases.models import Decision, Entry, Procedure
from onevisit.cases.queries import verify
from onevisit.catalogue import queries
from onevisit.core.errors import Refusal
from onevisit.core.law.procedure import FAILED, FINAL, SUCCEEDED, NotLawful, State
from onevisit.licences.queries import of_case as licences_of
from tests.cases.procedures.conftest import later, make_case, officer, publish
from tests.cases.procedures.event import KEYS, SERVICES

ROUNDS = 200
AFTER = {service.key: [sequence.after for sequence in service.sequences] for service in SERVICES}
NOT_YET = (NotAcceptedYet, WaitsForOutput)


def on_own_connection(work):
    """Run in a thread with a connection of its own, closed at its end."""

    def run(*given):
        try:
            return work(*given)
        finally:
            connection.close()

    return run


def closed(gate):
    """Close this thread's connection; all threads take part, so that each closes its own."""
    gate.wait()
    connection.close()


def agency(case, key, grants, now):
    """One officer: accepts, then decides as soon as the law lets him."""
    by, pk = officer(key), case.ids[key]
    for turn in range(400):
        state = State(Procedure.objects.values_list("state", flat=True).get(pk=pk))
        if state in FINAL:
            return
        try:
            if state is State.ACCEPTED:
                if grants:
                    grant(pk, f"{case.case.number}-{key}", by=by, now=now)
                else:
                    refuse(pk, "不符合条件", "", f"{case.case.number}-{key}", by=by, now=now)
            else:
                accept(pk, by=by, now=now)
        except NOT_YET:
            time.sleep(0.002)
        except OutputNeverComes:
            grants = False
        except NotLawful:
            time.sleep(0.002 if turn < 50 else 0.01)  # checked, and waiting for its predecessors
    raise AssertionError(f"{key} never came to an end")


def implied(outcomes: dict[str, bool]) -> dict[str, bool]:
    """Whether each procedure succeeds, from what each agency wishes: order of the law, and the output food takes."""
    result: dict[str, bool] = {}
    for key in ("business", "fire", "sign", "labour", "tax", "food", "tobacco", "water"):
        before = [*AFTER[key], *(["business"] if key == "food" else [])]
        result[key] = all(result[one] for one in before) and (outcomes[key] or key == "sign")
    return result


def one_round(pool, chance, number, now):
    """A case, decided by all at once."""
    case = make_case(now, number=f"R{number:03}")
    outcomes = {key: key == "sign" or chance.random() < 0.8 for key in KEYS}
    order = chance.sample(KEYS, len(KEYS))
    jobs = [pool.submit(agency, case, key, outcomes[key], later(now, minutes=1)) for key in order]
    done, pending = wait(jobs, timeout=30)
    assert not pending, "a deadlock"
    for job in done:
        job.result()
    check(case, implied(outcomes))


@pytest.mark.django_db(transaction=True)
def test_eight_agencies_at_once(now):
    publish()
    queries.calendar()
    chance = random.Random(20261124)
    with ThreadPoolExecutor(8) as pool:
        try:
            for number in range(ROUNDS):
                one_round(pool, chance, number, now)
        finally:
            gate = threading.Barrier(8)
            wait([pool.submit(closed, gate) for _ in range(8)])
    assert verify() == []


def check(case, succeeds):
    """The case is in the state that its procedures imply, and its rows agree."""
    states = {row.service: State(row.state) for row in Procedure.objects.filter(case=case.case)}
    for key, state in states.items():
        assert state in (SUCCEEDED if succeeds[key] else FAILED), (key, state)
        if any(states[before] in FAILED for before in AFTER[key]):
            assert state is State.NOT_RECEIVED
    granted = {key for key, well in succeeds.items() if well}
    assert len(licences_of(case.case.pk)) == len(granted)
    decisions = Decision.objects.filter(procedure__case=case.case)
    assert decisions.count() == sum(state is not State.NOT_RECEIVED for state in states.values())
    kinds = case.kinds()
    assert kinds.count("procedure.accepted") == 8 - sum(state is State.NOT_RECEIVED for state in states.values())


@pytest.mark.django_db(transaction=True)
def test_two_officers_on_one_procedure(now):
    publish()
    queries.calendar()
    case = make_case(now, ("labour",), number="D1")
    accept(case.ids["labour"], by=officer("labour"), now=now)
    gate, results = threading.Barrier(6), []

    def decide(key):
        gate.wait()
        try:
            results.append(grant(case.ids["labour"], key, by=officer("labour"), now=now))
        except Refusal as refusal:
            results.append(refusal)

    threads = [threading.Thread(target=on_own_connection(decide), args=(key,)) for key in "aaabcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [one for one in results if isinstance(one, Refusal)]
    assert {type(one) for one in refused} == {AlreadyDecided}
    assert len({one.licence for one in results if not isinstance(one, Refusal)}) == 1
    assert len(licences_of(case.case.pk)) == 1
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_settle_once(now):
    publish()
    queries.calendar()
    cases = [make_case(now, ("labour", "tax"), number=f"W{n}") for n in range(12)]
    due = later(now, days=8)
    gate = threading.Barrier(4)

    def work():
        gate.wait()
        for _ in range(20):
            settle_due(due)

    threads = [threading.Thread(target=on_own_connection(work)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for case in cases:
        assert case.kinds().count("procedure.accepted_by_silence") == 2
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_a_crash_in_the_middle_leaves_nothing_half_done(now, monkeypatch):
    publish()
    case = make_case(now, ("labour", "tax"), number="X1")
    due = later(now, days=8)
    real = Entry.objects.bulk_create
    monkeypatch.setattr(Entry.objects, "bulk_create", lambda rows: (_ for _ in ()).throw(OSError("killed")))
    with pytest.raises(OSError, match="killed"):
        settle_due(due)
    assert case.state("labour") is State.RECEIVED
    monkeypatch.setattr(Entry.objects, "bulk_create", real)
    assert settle_due(due) == 1
    assert settle_due(due) == 0
    assert verify() == []
