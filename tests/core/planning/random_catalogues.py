"""Random small life events for comparing the planner with brute force."""

import random
from dataclasses import replace

from onevisit.core.catalogue import (
    Accept,
    AcceptKind,
    Actor,
    EvidenceRequirement,
    LifeEvent,
    Mode,
    ModeKind,
    Output,
    Role,
    Sequence,
    Service,
    Step,
)
from onevisit.core.conditions import parse
from onevisit.core.facts import FactSpec, FactType
from onevisit.core.text import Text
from tests.core.planning.catalogues import READ, days, event, fact, service

CONDITIONS = [
    "matter.a",
    "not matter.b",
    "matter.kind = 'one'",
    "matter.kind in ['one', 'two']",
    "matter.n >= 10",
    "matter.n < 5 or matter.a",
    "matter.a and matter.b",
    "not (matter.n > 10) and matter.kind != 'two'",
]
FACTS: tuple[FactSpec, ...] = (
    fact("matter.a"),
    fact("matter.b"),
    fact("matter.kind", FactType.CHOICE, "one two three"),
    fact("matter.n", FactType.INTEGER),
    fact("matter.never"),
)
KINDS = list(AcceptKind)
REFERENCES = {
    AcceptKind.LICENCE: ["held-licence", "p1-licence"],
    AcceptKind.RESOURCE: ["population", "estate"],
    AcceptKind.OUTPUT: ["p0-licence", "p1-licence", "p2-licence"],
}


def random_event(chance: random.Random, *, conditional: bool) -> LifeEvent:
    """One to three services; with conditions on facts everywhere if `conditional`."""

    def when(odds: float) -> str | bool:
        return chance.choice(CONDITIONS) if conditional and chance.random() < odds else True

    services = tuple(_service(chance, n, when(0.5), conditional) for n in range(chance.randint(1, 3)))
    roles = (
        Role("x", Text("甲", "x")),
        Role("y", Text("乙", "y")),
    )
    constraints = (parse(chance.choice(CONDITIONS)),) if conditional and chance.random() < 0.4 else ()
    return event(services, FACTS if conditional else (), roles=roles, constraints=constraints)


def _service(chance: random.Random, number: int, applies: str | bool, conditional: bool) -> Service:
    def when(odds: float) -> str | bool:
        return chance.choice(CONDITIONS) if conditional and chance.random() < odds else True

    promise = chance.choice([0, 0, 2, 5])
    steps = [
        Step("apply", Text("申请"), Actor.APPLICANT, modes=_modes(chance, conditional), **_who(chance)),
        Step("decide", Text("决定"), Actor.AGENCY, ("apply",), most=promise),
    ]
    if chance.random() < 0.7:
        steps.append(
            Step(
                "collect", Text("领取"), Actor.APPLICANT, ("decide",), modes=_modes(chance, conditional), **_who(chance)
            )
        )
    evidence = tuple(_requirement(chance, conditional) for _ in range(chance.randint(0, 3)))
    sequences: tuple[Sequence, ...] = ()
    if number and chance.random() < 0.3:
        sequences = (Sequence(f"p{number - 1}", READ, parse(when(0.3))),)
    made = service(
        f"p{number}",
        applies,
        promise,
        steps=tuple(steps),
        evidence=evidence,
        sequences=sequences,
        outputs=(Output(f"p{number}-licence", chance.random() < 0.7),),
        statutory=chance.choice([None, days(10)]),
    )
    if conditional and chance.random() < 0.3:
        made = replace(made, on_promise=parse(chance.choice(CONDITIONS)))
    return made


def _who(chance: random.Random) -> dict[str, object]:
    roles = chance.choice([("x",), ("x",), ("y",), ("x", "y")])
    return {"roles": roles, "together": chance.random() < 0.5}


def _modes(chance: random.Random, conditional: bool) -> tuple[Mode, ...]:
    kinds = chance.sample(list(ModeKind), chance.randint(1, 3))
    if ModeKind.COUNTER not in kinds and chance.random() < 0.6:
        kinds.append(ModeKind.COUNTER)
    return tuple(
        Mode(
            kind,
            READ,
            tuple(chance.sample(["H", "G"], chance.randint(1, 2))) if kind.in_person else (),
            parse(chance.choice(CONDITIONS)) if conditional and chance.random() < 0.2 else None,
        )
        for kind in kinds
    )


def _requirement(chance: random.Random, conditional: bool) -> EvidenceRequirement:
    accepts = []
    for kind in chance.sample(KINDS, chance.randint(1, 4)):
        if kind is AcceptKind.COMMITMENT:
            continue
        when = parse(chance.choice(CONDITIONS)) if conditional and chance.random() < 0.3 else None
        accepts.append(Accept(kind, chance.choice(REFERENCES.get(kind, [""])), when))
    return EvidenceRequirement(
        chance.choice(["doc", "plan", "trip-report"]),
        chance.choice(["matter", "x", "y"]),
        tuple(accepts),
        READ,
        when=parse(chance.choice(CONDITIONS)) if conditional and chance.random() < 0.3 else None,
    )
