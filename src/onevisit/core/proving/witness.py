"""The plainest applicant who needs a number of visits: whatever of his does not matter is as it is for most."""

from onevisit.core.conditions import evaluate
from onevisit.core.facts import Facts, Value
from onevisit.core.parties import is_there
from onevisit.core.planning.core import core_of
from onevisit.core.planning.deriving import is_derived
from onevisit.core.planning.graph import Graph
from onevisit.core.planning.options import Context


def plainest(graph: Graph, facts: Facts, context: Context, worst: int) -> dict[str, Value]:
    """The same number of visits with as few parties, and as many first answers, as one by one can be had."""
    kept = dict(facts)
    counts = {f"{role.key}.count" for role in graph.event.roles}
    asked = [domain for domain in graph.domains if not is_derived(domain.key)]
    order = sorted(asked, key=lambda domain: domain.key not in counts)
    for domain in order:
        for k in domain.possible:
            value = domain.values[k]
            if value == kept.get(domain.key):
                break
            other = {**kept, domain.key: value}
            if is_possible(graph, other) and core_of(graph, graph.classify(other), context).choice.cost[0] == worst:
                kept = other
                break
    return kept


def is_possible(graph: Graph, facts: Facts) -> bool:
    """Whether the constraints leave such an applicant."""
    return all(evaluate(condition, facts) is True for condition in graph.event.constraints)


def telling(graph: Graph, facts: Facts) -> dict[str, Value]:
    """Those facts of an applicant that decide what he has to do, of people who are there, in the catalogue's order."""
    classes = graph.classify(facts)
    needed = {state.key for state in graph.states(classes)}
    read = {p for table in graph.tables if table.service.key in needed for p in table.positions}
    read |= {p for own in graph.derived if own.position in read for p in own.facts}
    keys = [graph.domains[p].key for p in sorted(read)]
    return {key: facts[key] for key in keys if key in facts and is_there(graph.event, key, facts)}
