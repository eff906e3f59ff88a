"""Commitments that the applicant may take: offered with what they save, found by planning; never chosen for him."""

from collections.abc import Iterator
from dataclasses import replace

from onevisit.core.catalogue import AcceptKind
from onevisit.core.planning.core import core_of
from onevisit.core.planning.explain import commitment_in_words
from onevisit.core.planning.graph import Classes, Graph
from onevisit.core.planning.model import Offer
from onevisit.core.planning.options import Context
from onevisit.core.planning.relevance import Outlook
from onevisit.core.planning.services import ServiceState
from onevisit.core.text import Text


def offers_of(graph: Graph, known: Classes, seen: Outlook, context: Context) -> tuple[Offer, ...]:
    """Commitments not taken that would change the plan, of services needed for certain; each fact once a service."""
    position = {domain.key: p for p, domain in enumerate(graph.domains)}
    before = seen.first
    found = []
    for offer in _possible(graph, seen):
        p = position[offer.fact]
        taken = _taking(graph, p)
        if taken is None or known[p] == taken:
            continue
        classes = (*seen.first_classes[:p], taken, *seen.first_classes[p + 1 :])
        after = core_of(graph, classes, context)
        if after.identity != before.identity:
            visits = before.choice.cost[0] - after.choice.cost[0]
            sooner = before.ends_of(offer.service) - after.ends_of(offer.service)
            days = before.days - after.days
            found.append(replace(offer, saves_days=days, saves_visits=visits, service_days=sooner))
    return tuple(dict.fromkeys(found))


def _possible(graph: Graph, seen: Outlook) -> Iterator[Offer]:
    """Offers of the services in the plan, not yet planned."""
    for state in seen.first.states:
        if state.key not in seen.always:
            continue
        service = state.service
        if service.offer_fact and service.on_promise is not None and not state.on_promise:
            text = service.offer or Text(f"{service.name.zh}：告知承诺", f"{service.name.of('en')}: on a commitment")
            yield Offer(service.offer_fact, service.key, "", text, 0, 0)
        yield from _evidence_offers(graph, state)


def _evidence_offers(graph: Graph, state: ServiceState) -> Iterator[Offer]:
    for need in state.needs:
        requirement = state.service.evidence[need.requirement]
        for k in need.offered:
            accept = requirement.accepts[k]
            if accept.kind is AcceptKind.COMMITMENT and accept.ref:
                name = graph.evidence_types[need.evidence].name
                text = commitment_in_words(name, state.service.name)
                yield Offer(accept.ref, state.key, need.evidence, text, 0, 0)


def _taking(graph: Graph, position: int) -> int | None:
    """The class of the fact that takes the commitment: true, or the first value that grants on a promise."""
    domain = graph.domains[position]
    if True in domain.values:
        return domain.values.index(True)
    return next((k for k in domain.possible if graph.takes_promise(domain.key, domain.values[k])), None)
