"""Random small life events with everything that the prover has to see: parties, halls, waits, last days, choices."""

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
from tests.core.planning.catalogues import READ, event, fact, service

PLACES = ("H", "G", "K")
OF_MATTER = ("matter.a", "not matter.b", "matter.kind = 'one'", "matter.n >= 10", "matter.a or matter.n < 5")
OF_PARTY = ("party.minor", "not party.minor", "party.minor or matter.a", "party.minor and matter.kind != 'two'")
ROLES = {"x": (1, 2), "y": (0, 2), "z": (1, 1)}


def random_event(seed: int, *, windows: bool = False) -> LifeEvent:
    """An event of two to four services for up to five people."""
    chance = random.Random(seed)
    keys = chance.sample(sorted(ROLES), chance.randint(1, 3))
    roles = [Role(key, Text(key, key), *ROLES[key]) for key in keys]
    if chance.random() < 0.3:
        n = chance.randrange(len(roles))
        roles[n] = replace(roles[n], when=parse(chance.choice(OF_MATTER)))
    services = tuple(_service(chance, n, keys, windows) for n in range(chance.randint(2, 4)))
    constraints = (parse(chance.choice(OF_MATTER)),) if chance.random() < 0.3 else ()
    return event(services, _facts(keys), roles=tuple(roles), constraints=constraints)


def _facts(roles: list[str]) -> tuple[FactSpec, ...]:
    found = [
        fact("matter.a"),
        fact("matter.b"),
        fact("matter.kind", FactType.CHOICE, "one two three"),
        fact("matter.n", FactType.INTEGER),
    ]
    for role in roles:
        if ROLES[role][1] > 1:
            found.append(fact(f"{role}.count", FactType.INTEGER))
        found.append(fact(f"{role}.minor"))
    return tuple(found)


def _service(chance: random.Random, number: int, roles: list[str], windows: bool) -> Service:
    agency = chance.randint(0, 2)
    steps: list[Step] = []
    for n in range(chance.randint(2, 4)):
        after = tuple(chance.sample([step.key for step in steps], min(len(steps), chance.randint(0, 2))))
        if n and not after and chance.random() < 0.8:
            after = (steps[-1].key,)
        steps.append(_step(chance, n, after, roles, by_agency=n in (1, agency), windows=windows))
    sequences = ()
    if number and chance.random() < 0.3:
        sequences = (Sequence(f"p{chance.randrange(number)}", READ, _maybe(chance, OF_MATTER, 0.3)),)
    made = service(
        f"p{number}",
        chance.choice(OF_MATTER) if chance.random() < 0.5 else True,
        chance.choice([0, 0, 3]),
        steps=tuple(steps),
        evidence=tuple(_need(chance, number, roles, steps) for _ in range(chance.randint(0, 2))),
        sequences=sequences,
        outputs=(Output(f"p{number}-licence", chance.random() < 0.6, _maybe(chance, OF_MATTER, 0.2)),),
    )
    return replace(made, on_promise=parse(chance.choice(OF_MATTER))) if chance.random() < 0.2 else made


def _maybe(chance: random.Random, conditions: tuple[str, ...], odds: float):
    return parse(chance.choice(conditions)) if chance.random() < odds else None


def _step(
    chance: random.Random, n: int, after: tuple[str, ...], roles: list[str], *, by_agency: bool, windows: bool
) -> Step:
    key, name = f"s{n}", Text(f"s{n}")
    if by_agency:
        return Step(key, name, Actor.AGENCY, after, most=chance.choice([0, 0, 2]), when=_maybe(chance, OF_MATTER, 0.3))
    who = tuple(chance.sample(roles, chance.randint(0, len(roles))))
    window = None
    if windows and chance.random() < 0.4:
        first = chance.randint(0, 6)
        window = (first, first + chance.randint(2, 9))
    return Step(
        key,
        name,
        Actor.APPLICANT,
        after,
        who,
        chance.random() < 0.4,
        _modes(chance),
        window=window,
        when=_maybe(chance, OF_PARTY, 0.4),
        most=chance.choice([0, 0, 0, 1]),
    )


def _modes(chance: random.Random) -> tuple[Mode, ...]:
    kinds = chance.sample(list(ModeKind), chance.randint(0, 2)) + [ModeKind.COUNTER] * chance.randint(0, 2)
    return tuple(
        Mode(
            kind,
            READ,
            tuple(chance.sample(PLACES, chance.randint(1, 2))) if kind.in_person else (),
            _maybe(chance, OF_PARTY, 0.3),
        )
        for kind in kinds
    )


def _need(chance: random.Random, number: int, roles: list[str], steps: list[Step]) -> EvidenceRequirement:
    role = chance.choice([*roles, "matter"])
    conditions = OF_MATTER if role == "matter" else OF_PARTY
    accepts = []
    for kind in chance.sample(list(AcceptKind), chance.randint(1, 3)):
        if kind is AcceptKind.OUTPUT and number:
            accepts.append(Accept(kind, f"p{chance.randrange(number)}-licence", _maybe(chance, conditions, 0.3)))
        elif kind is AcceptKind.RESOURCE:
            accepts.append(Accept(kind, "population", _maybe(chance, conditions, 0.3)))
        elif kind not in (AcceptKind.OUTPUT, AcceptKind.COMMITMENT):
            accepts.append(Accept(kind, "", _maybe(chance, conditions, 0.3)))
    return EvidenceRequirement(
        chance.choice(["doc", "deed", "trip-report"]),
        role,
        tuple(accepts),
        READ,
        when=_maybe(chance, conditions, 0.3),
        step=chance.choice(["", "", chance.choice(steps).key]),
    )
