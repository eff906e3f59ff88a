"""What `onevisit why` and `onevisit reform` share: the event and its levers, and an applicant in words."""

import argparse

from onevisit.catalogue.levers import Reform
from onevisit.config.cli.content import content_of, event_of, levers_of
from onevisit.config.plain import Plain
from onevisit.core.catalogue import LifeEvent
from onevisit.core.facts import Facts, spec_of
from onevisit.core.planning.graph import Graph
from onevisit.core.proving.witness import telling
from onevisit.core.reforming.pulled import filled
from onevisit.core.text import Text
from onevisit.core.wording import value_words


def event_and_levers(options: argparse.Namespace) -> tuple[LifeEvent, Reform | None]:
    """The event that was asked for (or its illustration), and its levers if it has any."""
    content = content_of(options.content)
    event = event_of(content, options.event)
    reform = levers_of(content, options.content).get(options.event)
    if not options.unreformed:
        return event, reform
    if reform is None or reform.illustration is None:
        raise Plain(f"{options.event} has no illustration of what it was before reforms (content/illustrations).")
    return reform.illustration.event, reform


def facts_in_words(graph: Graph, facts: Facts) -> Text:
    """What decides an applicant's plan, in a row."""
    shown = telling(graph, filled(graph, facts))
    pairs = [(spec_of(key, graph.specs), value) for key, value in shown.items()]
    words = [(spec.label, value_words(spec, value)) for spec, value in pairs if spec]
    return Text(
        "；".join(f"{label.zh} {value.zh}" for label, value in words),
        "; ".join(f"{label.of('en')} {value.of('en')}" for label, value in words),
    )
