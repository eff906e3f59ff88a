"""A made life event of any size, the same for the same numbers: for figures only, marked so in its name."""

import random
from decimal import Decimal

from onevisit.core.basis import Basis, Mark, Period, Unit
from onevisit.core.catalogue import (
    Accept,
    AcceptKind,
    Actor,
    Agency,
    EvidenceRequirement,
    EvidenceType,
    LicenceType,
    LifeEvent,
    Mode,
    ModeKind,
    Output,
    Place,
    Regime,
    Resource,
    Role,
    Service,
    Step,
)
from onevisit.core.conditions import Condition, parse
from onevisit.core.facts import FactSpec, FactType, Option
from onevisit.core.text import Text

BASIS = Basis(Mark.ASSUMED, note=Text("为测速编造", "made for figures"))
HALLS = ("hall-1", "hall-2", "hall-3")


def made_event(services: int, facts: int, evidence: int, seed: int = 1) -> LifeEvent:
    """Services with steps in person, waits, outputs passed on and carried, two roles of several parties."""
    chance = random.Random(seed)
    specs = [_fact(n) for n in range(facts - 2)]
    roles = (Role("owner", Text("所有人", "owner"), 1, 2), Role("buyer", Text("买方", "buyer"), 1, 2))
    specs += [_spec("owner.signs", FactType.CHOICE, ("online", "window")), _spec("buyer.young", FactType.BOOL)]
    counts = [_spec(f"{role.key}.count", FactType.INTEGER, least=1, most=2) for role in roles]
    made = tuple(_service(chance, n, [spec.key for spec in specs[:-2]], evidence) for n in range(services))
    return LifeEvent(
        key="made",
        name=Text(f"编造的一件事（{services} 个事项，测速用）", f"A made event of {services} services, for figures"),
        summary=Text("", ""),
        region="330521",
        lead="agency-0",
        roles=roles,
        facts=(*counts, *specs),
        services=made,
        evidence_types=tuple(EvidenceType(f"paper-{n}", Text(f"材料 {n}", f"paper {n}")) for n in range(evidence)),
        licence_types=tuple(
            LicenceType(f"licence-{n}", Text(f"证照 {n}", f"licence {n}"), f"agency-{n}") for n in range(services)
        ),
        resources=(Resource("register", Text("共享数据", "register"), Text("局", "agency")),),
        agencies=tuple(Agency(f"agency-{n}", Text(f"局 {n}"), Text(f"局 {n}")) for n in range(services)),
        places=tuple(Place(key, Text(key)) for key in HALLS),
    )


def _spec(
    key: str, kind: FactType, values: tuple[str, ...] = (), least: int | None = None, most: int | None = None
) -> FactSpec:
    bounds = {name: None if n is None else Decimal(n) for name, n in (("minimum", least), ("maximum", most))}
    options = tuple(Option(value, Text(value)) for value in values)
    return FactSpec(key, kind, Text(key), Text(key), Text(key), options=options, **bounds)


def _fact(n: int) -> FactSpec:
    if n % 5 == 3:
        return _spec(f"matter.f{n}", FactType.CHOICE, ("one", "two", "three"))
    if n % 5 == 4:
        return _spec(f"matter.f{n}", FactType.INTEGER, least=0, most=100)
    return _spec(f"matter.f{n}", FactType.BOOL)


def _condition(chance: random.Random, facts: list[str]) -> str:
    """A condition on one or two facts of the matter."""
    parts = []
    for key in chance.sample(facts, chance.randint(1, 2)):
        kind = int(key.removeprefix("matter.f")) % 5
        some = f"{key} in ['one', 'two']" if kind == 3 else f"{key} >= 30" if kind == 4 else key
        parts.append(some if chance.random() < 0.7 else f"not ({some})")
    return f" {chance.choice(['and', 'or'])} ".join(parts)


def _service(chance: random.Random, number: int, facts: list[str], evidence: int) -> Service:
    hall = tuple(chance.sample(HALLS, 2)) if number % 3 else HALLS
    agency = f"agency-{number}"
    steps = (
        Step("apply", Text("申请", "apply"), Actor.APPLICANT, modes=_modes(chance, hall, facts)),
        Step("decide", Text("决定", "decide"), Actor.AGENCY, ("apply",), most=chance.choice([0, 0, 5])),
        *_signing(number, hall),
        Step("collect", Text("领取", "collect"), Actor.APPLICANT, ("decide",), modes=_modes(chance, hall, facts)),
    )
    return Service(
        key=f"service-{number}",
        name=Text(f"事项 {number}", f"service {number}"),
        agency=agency,
        regime=Regime.LICENCE,
        legal_basis=(BASIS,),
        applies_when=parse(_condition(chance, facts)) if number else parse(True),
        facts=(),
        evidence=tuple(_need(chance, number, facts, evidence) for _ in range(chance.randint(2, 4))),
        steps=steps,
        outputs=(Output(f"licence-{number}", chance.random() < 0.7),),
        statutory=None,
        promise=Period(5, Unit.WORKING_DAY, BASIS),
    )


def _signing(number: int, hall: tuple[str, ...]) -> tuple[Step, ...]:
    """Of every fifth service: both sides sign, at the window together or online."""
    if number % 5 != 2:
        return ()
    window = (Mode(ModeKind.COUNTER, BASIS, hall),)
    return (
        Step(
            "sign",
            Text("签字", "sign"),
            Actor.APPLICANT,
            ("apply",),
            ("owner",),
            True,
            window,
            when=parse("party.signs = 'window'"),
        ),
        Step(
            "agree",
            Text("同意", "agree"),
            Actor.APPLICANT,
            ("apply",),
            ("buyer",),
            False,
            window,
            when=parse("not party.young"),
        ),
    )


def _modes(chance: random.Random, hall: tuple[str, ...], facts: list[str]) -> tuple[Mode, ...]:
    online = Mode(ModeKind.ONLINE, BASIS, when=_maybe(chance, facts, 0.3))
    courier = (Mode(ModeKind.COURIER, BASIS),) if chance.random() < 0.5 else ()
    return (*((online,) if chance.random() < 0.85 else ()), *courier, Mode(ModeKind.COUNTER, BASIS, hall))


def _maybe(chance: random.Random, facts: list[str], odds: float) -> Condition | None:
    return parse(_condition(chance, facts)) if chance.random() < odds else None


def _need(chance: random.Random, number: int, facts: list[str], evidence: int) -> EvidenceRequirement:
    accepts = []
    if number and chance.random() < 0.4:
        accepts.append(Accept(AcceptKind.OUTPUT, f"licence-{chance.randrange(number)}"))
    if chance.random() < 0.5:
        accepts.append(Accept(AcceptKind.RESOURCE, "register", _maybe(chance, facts, 0.3)))
    kinds = chance.sample([AcceptKind.UPLOAD, AcceptKind.COPY, AcceptKind.ORIGINAL], chance.randint(1, 2))
    accepts += [Accept(kind) for kind in kinds]
    return EvidenceRequirement(
        f"paper-{chance.randrange(evidence)}", "matter", tuple(accepts), BASIS, when=_maybe(chance, facts, 0.4)
    )
