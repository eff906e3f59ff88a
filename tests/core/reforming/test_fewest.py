"""The fewest visits are those of the whole optimum, whoever applies and whatever rules are gone."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from onevisit.catalogue.levers import read_levers
from onevisit.catalogue.load import read_content
from onevisit.config.environment import ROOT
from onevisit.core.catalogue import LifeEvent
from onevisit.core.levers.easing import EASING
from onevisit.core.planning.choosing import choose
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.network import network
from onevisit.core.planning.options import Context
from onevisit.core.reforming.fewest import fewest
from onevisit.core.reforming.rules import rules_of
from onevisit.core.reforming.without import REMOVED


def events() -> Iterator[LifeEvent]:
    folder = Path(ROOT) / "content"
    content = read_content(folder)
    for slug, reform in sorted(read_levers(folder, content).items()):
        yield content.events[slug]
        assert reform.illustration is not None
        yield reform.illustration.event


@pytest.mark.parametrize("event", list(events()), ids=lambda event: event.key)
def test_the_number_of_the_whole_optimum(event: LifeEvent) -> None:
    chance = random.Random(event.key)
    rules = {rule.key: rule for rule in rules_of(event)}
    for share in (0, 0.1, 0.3, 0.6):
        eased = event
        for key in sorted(rules):
            if chance.random() < share:
                eased = EASING[rules[key].change.kind](eased, rules[key].change, REMOVED)
        graph = compile_event(eased, "")
        for _ in range(8):
            classes = graph.classify({domain.key: chance.choice(domain.values) for domain in graph.domains})
            context = graph.context(Context(walk_in=chance.random() < 0.5))
            net = network(graph.states(classes))
            best = choose(net, context, graph.evidence_types, graph.solved).cost[0]
            assert fewest(net, context, graph.evidence_types, {}) == best
