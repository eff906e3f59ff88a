"""Sources and modes are the joint optimum: against brute force over every combination."""

import random

import pytest

from onevisit.core.planning.choosing import NoPlan, choose
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.model import Unavailable
from onevisit.core.planning.network import network
from onevisit.core.planning.options import Context
from tests.core.planning.choice_oracle import TOO_MANY, best_cost
from tests.core.planning.random_catalogues import random_event


@pytest.mark.parametrize("part", range(4))
def test_joint_optimum(part: int) -> None:
    chance = random.Random(part)
    different = set()
    for _ in range(75):
        graph = compile_event(random_event(chance, conditional=False), "s")
        states = graph.states(())
        walk_in = chance.random() < 0.5
        down = {key for key in ("population", "estate") if chance.random() < 0.3}
        held = {key for key in ("held-licence", "doc") if chance.random() < 0.3}
        context = Context(walk_in, tuple((key, Unavailable.DOWN) for key in sorted(down)), frozenset(held))
        expected = best_cost(states, walk_in=walk_in, down=down, held=held)
        if expected == TOO_MANY:
            continue
        try:
            found = choose(network(states), context, graph.evidence_types, {}).cost
        except NoPlan:
            found = None
        assert found == expected, graph.event
        different.add(found)
    assert len(different) > 20
