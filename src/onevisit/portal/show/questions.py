"""The question flow: which question comes now, how far it is, what its answer decides."""

from dataclasses import dataclass

from onevisit.cases.values import DraftView
from onevisit.core.facts import FactSpec
from onevisit.core.parties import all_specs
from onevisit.core.planning.graph import Graph
from onevisit.core.text import Text


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on its page."""

    spec: FactSpec
    number: int  # counted from 1
    left: int  # at most, after this one
    back: str  # the fact asked before it; "" = none
    decides: tuple[Text, ...]  # services that its answer can switch
    forms: tuple[Text, ...]  # services whose form needs it

    @property
    def dots(self) -> tuple[str, ...]:
        """Marks of the progress line, for the eye only."""
        return ("is-done",) * (self.number - 1) + ("is-now",) + ("",) * self.left


def flow_keys(graph: Graph) -> tuple[str, ...]:
    """Facts that can decide something, in the catalogue's order; commitments are offered, not asked."""
    return tuple(domain.key for domain in graph.domains if domain.key not in graph.commitments)


def asked(view: DraftView, graph: Graph, wanted: str = "") -> Asked | None:
    """The question to show: the wanted one (to change an answer), else the next open one; None when all is answered."""
    specs = all_specs(view.event)
    done = [key for key in view.answered if key in flow_keys(graph)]
    waiting = [q for q in view.plan.questions if q.deciding and q.fact in specs]
    known = {q.fact: q for q in waiting}
    if wanted in specs and (wanted in done or wanted in known):
        key = wanted
    elif waiting:
        key = waiting[0].fact
    else:
        return None
    at = done.index(key) if key in done else len(done)
    names = {service.key: service.name for service in view.event.services}
    question = known.get(key)
    decided = question.decides if question else ()
    forms = question.forms if question else ()
    return Asked(
        spec=specs[key],
        number=at + 1,
        left=len(done) - at - 1 + len(waiting) if key in done else len(waiting) - 1,
        back=done[at - 1] if at else "",
        decides=tuple(names[s] for s in decided if s in names),
        forms=tuple(names[s] for s in forms if s in names),
    )
