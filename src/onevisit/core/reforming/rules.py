"""The rules of an event that can make somebody come: each with its article, and what would remove it.

Removing a rule is one of the changes that levers are made of (core/levers/easing.py), whether or not a law allows it:
here it is asked what the cause is. What may be done about it is asked of the levers.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from onevisit.core.basis import Basis, Mark
from onevisit.core.catalogue import AcceptKind, LifeEvent, ModeKind, Service
from onevisit.core.levers.model import Change, ChangeKind
from onevisit.core.levers.parts import is_pickup, of_agency, of_applicant
from onevisit.core.planning.services import working_days
from onevisit.core.text import Text, counted

ELECTRONIC = (AcceptKind.RESOURCE, AcceptKind.UPLOAD, AcceptKind.OUTPUT)


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that the catalogue demands of a service, in words, and what would remove it."""

    key: str
    service: str
    agency: str
    says: Text
    basis: Basis | None
    remedy: Text
    change: Change


def rules_of(event: LifeEvent) -> Iterator[Rule]:
    """Every rule of the event that can cost a visit: presence, halls, paper, waits, orders, what is carried."""
    counters = {place for service in event.services for place in _counters(service)}
    for service in event.services:
        yield from _presence(service)
        yield from _waits(service)
        yield from _orders(event, service)
        yield from _carried(event, service)
        yield from _papers(event, service)
        others = tuple(one.key for one in event.places if one.key in counters - set(_counters(service)))
        if others and _counters(service):
            names = Text.row(one.name for one in event.places if one.key in _counters(service))
            says = Text(
                f"「{service.name.zh}」只在{names.zh}办", f"{service.name.of('en')} is only done at {names.of('en')}"
            )
            remedy = Text("进驻别的事项也在的大厅", "do it at the hall of the others too")
            change = Change(ChangeKind.PLACE, (service.key,), places=others)
            yield _rule(f"{service.key}.place", service, says, None, remedy, change)


def _rule(key: str, service: Service, says: Text, basis: Basis | None, remedy: Text, change: Change) -> Rule:
    return Rule(key, service.key, service.agency, says, basis, remedy, change)


def _counters(service: Service) -> list[str]:
    return list(
        dict.fromkeys(p for step in service.steps for mode in step.modes if mode.kind.in_person for p in mode.at)
    )


def _presence(service: Service) -> Iterator[Rule]:
    """Steps that have no way, or not for everybody, to be done without coming."""
    for step in service.steps:
        if not of_applicant(step, service) or not step.modes:
            continue
        kind = ChangeKind.COURIER if is_pickup(step, service) else ChangeKind.E_SIGNATURE
        always = any(not mode.kind.in_person and mode.when is None and _same(kind, mode.kind) for mode in step.modes)
        if always or not any(mode.kind.in_person for mode in step.modes):
            continue
        basis = next(mode.basis for mode in step.modes if mode.kind.in_person)
        words = (
            Text("快递送到家", "send it by courier")
            if kind is ChangeKind.COURIER
            else Text("可以在网上办", "do it online")
        )
        says = Text(
            f"「{service.name.zh} · {step.name.zh}」要到场",
            f"{service.name.of('en')} · {step.name.of('en')} needs presence",
        )
        yield _rule(
            f"{service.key}.{step.key}.presence", service, says, basis, words, Change(kind, (service.key,), (step.key,))
        )


def _same(kind: ChangeKind, mode: ModeKind) -> bool:
    """Whether the step has already what the change would give it."""
    return mode is (ModeKind.COURIER if kind is ChangeKind.COURIER else ModeKind.ONLINE)


def _waits(service: Service) -> Iterator[Rule]:
    """That the agency takes days."""
    timed = [step for step in service.steps if of_agency(step, service) and step.most]
    days = sum(step.most for step in timed) or working_days(service.promise)
    if not days:
        return
    says = Text(
        f"「{service.name.zh}」要等最多 {days} 个工作日",
        f"{service.name.of('en')} takes up to {counted(days, 'working day')}",
    )
    change = Change(ChangeKind.SHORTEN, (service.key,), days=0)
    yield _rule(
        f"{service.key}.wait", service, says, service.promise.basis, Text("当场办结", "do it while he waits"), change
    )


def _orders(event: LifeEvent, service: Service) -> Iterator[Rule]:
    """That it waits for another service, clockless."""
    names = {one.key: one.name for one in event.services}
    for one in service.sequences:
        other = names[one.after]
        says = Text(
            f"「{service.name.zh}」要等「{other.zh}」办完",
            f"{service.name.of('en')} waits until {other.of('en')} is done",
        )
        remedy = Text("同时办", "do both at the same time")
        change = Change(ChangeKind.PARALLEL, (service.key,), after=one.after)
        yield _rule(f"{service.key}.after.{one.after}", service, says, one.basis, remedy, change)


def _carried(event: LifeEvent, service: Service) -> Iterator[Rule]:
    """That what it issues does not pass inside government."""
    names = {one.key: one.name for one in event.licence_types}
    for output in service.outputs:
        if not output.internal_transfer:
            name = names[output.licence_type]
            says = Text(
                f"「{name.zh}」要申请人自己拿给下一个部门", f"the applicant carries {name.of('en')} to the next agency"
            )
            change = Change(ChangeKind.TRANSFER, (service.key,), ref=output.licence_type)
            remedy = Text("部门之间直接传", "pass it inside government")
            yield _rule(f"{service.key}.carries.{output.licence_type}", service, says, None, remedy, change)


def _papers(event: LifeEvent, service: Service) -> Iterator[Rule]:
    """That a document is only taken on paper."""
    names = {one.key: one.name for one in event.evidence_types}
    done = set()
    for need in service.evidence:
        if need.evidence in done or any(one.kind in ELECTRONIC and one.when is None for one in need.accepts):
            continue
        done.add(need.evidence)
        name = names[need.evidence]
        says = Text(
            f"「{service.name.zh}」要纸质的「{name.zh}」",
            f"{service.name.of('en')} takes {name.of('en')} only on paper",
        )
        change = Change(ChangeKind.ACCEPT_UPLOAD, (service.key,), evidence=(need.evidence,))
        remedy = Text("认电子件，或者从共享数据取", "take it electronically, or from a register")
        yield _rule(f"{service.key}.paper.{need.evidence}", service, says, need.basis, remedy, change)


def source_of(basis: Basis | None) -> Text:
    """By what a rule stands: its article, or that there is none."""
    if basis is None:
        return Text("没有条文这样要求", "no article demands it")
    if basis.law:
        mark = Text("（凭记忆）", " (from memory)") if basis.mark is Mark.MEMORY else Text("", "")
        return Text(f"《{basis.law}》第 {basis.article} 条{mark.zh}", f"{basis.law}, article {basis.article}{mark.en}")
    if basis.mark is Mark.MEMORY:
        return Text("凭记忆，没有读到条文", "from memory, no article was read")
    return Text("没有条文这样要求", "no article demands it")
