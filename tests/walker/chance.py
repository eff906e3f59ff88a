"""Small life events by chance: one to three services, two persons, two or three halls, waits, joint steps, outputs."""

import random

from onevisit.core.catalogue import Output, Sequence, Service, Step
from onevisit.core.errors import Refusal
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.plan import make_plan
from tests.walker.events import BASIS, HALLS, Walk, act, come, event, output_of, service

MOST_VISITS = 4  # of all: beyond that there are too many ways to look at


def walk_by_chance(seed: int) -> Walk:
    """The event of a seed, with what its plan says; an event that cannot be planned is thrown again."""
    chance = random.Random(seed)
    while True:
        made = event(f"chance-{seed}", *_services(chance))
        try:
            count = make_plan(compile_event(made, ""), {}, walk_in=True).count
        except Refusal:
            continue
        if 0 < count.total.high <= MOST_VISITS:
            return Walk(made, count.worst.high, count.total.high)


def _services(chance: random.Random) -> list[Service]:
    found: list[Service] = []
    for number in range(chance.randint(1, 3)):
        earlier = chance.choice(found).key if found else ""
        needs = output_of(earlier) if earlier and chance.random() < 0.4 else ()
        ordered = (Sequence(earlier, BASIS),) if earlier and not needs and chance.random() < 0.3 else ()
        key = "pqr"[number]
        output = Output(f"{key}-licence", internal_transfer=chance.random() < 0.5)
        found.append(service(key, *_steps(chance), needs=needs, sequences=ordered, outputs=(output,)))
    return found


def _steps(chance: random.Random) -> list[Step]:
    """Apply, perhaps a look and a signature, decide, perhaps collect."""
    steps = [_come(chance, "apply")]
    if chance.random() < 0.5:
        steps += [act("look", chance.choice([0, 2, 3]), "apply"), _come(chance, "sign", "look")]
    steps.append(act("decide", chance.choice([0, 0, 1, 3]), steps[-1].key))
    if chance.random() < 0.6:
        steps.append(_come(chance, "collect", "decide"))
    return steps


def _come(chance: random.Random, key: str, *after: str) -> Step:
    halls = " ".join(chance.sample(HALLS, chance.choice([1, 1, 2])))
    first = chance.choice([0, 0, 1, 4])
    days = (first, first + chance.randint(0, 6)) if chance.random() < 0.2 else None
    who = chance.choice(["x", "x", "y", "x y"])
    return come(key, halls, *after, who=who, together=chance.random() < 0.7, days=days, courier=chance.random() < 0.15)
