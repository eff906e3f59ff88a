"""Cases of the eight agencies' event, submitted; and an officer of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from onevisit.cases.ledger import NewEntry, append
from onevisit.cases.models import Case, EvidenceItem, Procedure
from onevisit.catalogue import queries
from onevisit.core.catalogue import AcceptKind
from onevisit.core.law.procedure import State, submitted
from onevisit.core.ledger import origin
from onevisit.people.actor import Actor, Role
from onevisit.people.ids import new_id
from onevisit.people.models import Organisation, Person
from tests.cases.procedures.event import EVENT, KEYS
from tests.fixtures.content import put_in_force

SERVICE = {service.key: service for service in EVENT.services}
APPLICANT = Actor(UUID(int=11), None, None, "王小满", Role.APPLICANT)


def officer(agency: str) -> Actor:
    return Actor(UUID(int=1000 + KEYS.index(agency)), None, None, f"{agency}审批员", Role.OFFICER, agency)


@dataclass
class Submitted:
    """A case with its procedures by service."""

    case: Case
    ids: dict[str, UUID]

    def row(self, service: str) -> Procedure:
        return Procedure.objects.get(pk=self.ids[service])

    def state(self, service: str) -> State:
        return State(self.row(service).state)

    def kinds(self) -> list[str]:
        return list(self.case.entries.order_by("seq").values_list("kind", flat=True))


def publish() -> None:
    """The event in force, with a calendar."""
    put_in_force(EVENT, "eight", holidays=("2026-10-01",))


def applicant() -> Person:
    found, _ = Person.objects.get_or_create(
        id_number="330521199002149981", defaults={"name": "王小满", "phone": "13900000001"}
    )
    return found


def make_case(
    now: datetime,
    keys: tuple[str, ...] = KEYS,
    *,
    promise: bool = True,
    number: str = "",
    title: str = "小满面馆",
    **more: object,
) -> Submitted:
    """A submitted case of these services, as the plan would have it."""
    pk = new_id()
    number = number or f"T{pk.hex[-20:].upper()}"
    case = Case.objects.create(
        id=pk,
        number=number,
        region=EVENT.region,
        event=EVENT.key,
        snapshot="eight",
        title=title,
        person=applicant(),
        submitted_by=APPLICANT.account,
        account=APPLICANT.account,
        walk_in=False,
        facts={"applicant.name": "王小满", "matter.name": "小满面馆", "matter.area": "80", "matter.promise": promise},
        sources={"applicant.name": "population", "matter.area": "answer"},
        planned_visits=0,
        submitted_at=now,
        head_seq=0,
        head_hash=origin(pk),
        **more,
    )
    ids, entries = {}, [NewEntry("case.submitted", APPLICANT)]
    for place, key in enumerate(keys, start=1):
        ids[key], entry = add_procedure(case, place, key, keys, promise=promise, now=now)
        entries.append(entry)
    EvidenceItem.objects.create(case=case, evidence="layout", party="matter", kind="upload", services=["food", "fire"])
    append(case, entries, now=now)
    return Submitted(case, ids)


def add_procedure(
    case: Case, place: int, key: str, keys: tuple[str, ...], *, promise: bool, now: datetime
) -> tuple[UUID, NewEntry]:
    """A procedure as submitting makes it, with the evidence that comes from others."""
    days, service = queries.calendar(), SERVICE[key]
    after = [sequence.after for sequence in service.sequences if sequence.after in keys]
    accepts = [accept for need in service.evidence for accept in need.accepts]
    outputs = [accept.ref for accept in accepts if accept.kind is AcceptKind.OUTPUT]
    begins = submitted(service.regime, serial=bool(after))
    accepted = begins.to is State.ACCEPTED
    row = Procedure.objects.create(
        case=case,
        region=EVENT.region,
        number=f"{case.number}-{place:02}",
        service=key,
        agency=service.agency,
        regime=service.regime.value,
        state=begins.to.value,
        completeness=begins.check.value,
        on_promise=key == "fire" and promise,
        needs=[ref.removesuffix("-licence") for ref in outputs if ref.removesuffix("-licence") in keys],
        ordered_after=after,
        check_due=None if accepted else days.add(now.date(), 5),
        received_at=None if begins.to is State.WAITING else now,
        accepted_at=now if accepted else None,
        due=days.last_day(now.date(), service.promise) if accepted else None,
    )
    for ref in outputs:
        EvidenceItem.objects.create(case=case, evidence=ref, party="matter", kind="output", ref=ref, services=[key])
    return row.pk, NewEntry(begins.kind, APPLICANT, procedure=row.number, basis=begins.basis)


@pytest.fixture
def catalogue(db: None) -> None:
    """The eight agencies' event in force."""
    publish()


@pytest.fixture
def submit(catalogue: None, now: datetime) -> Callable[..., Submitted]:
    """Make a case of the services named (all eight, if none is)."""

    def _submit(*keys: str, **more: object) -> Submitted:
        return make_case(now, keys or KEYS, **more)  # type: ignore[arg-type]

    return _submit


def firm(person: Person) -> Organisation:
    return Organisation.objects.create(name="示范餐饮有限公司", uscc="91330521MA2B9XX0XW", legal_representative=person)


def later(now: datetime, **more: int) -> datetime:
    return now + timedelta(**more)
