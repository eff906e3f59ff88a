"""The guide of an event of more cases than can be looked at each: visits as they were proved, the rest drawn."""

import random

import pytest

from onevisit.catalogue.proof import SOLVER, file_of, guide_of, proof_of_version
from onevisit.core.catalogue import Actor, LifeEvent, Mode, Step
from onevisit.core.planning.completing import TooManyCases
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.guide import DRAWN, draw_guide, enumerate_guide
from onevisit.core.text import Text
from tests.core.planning.catalogues import READ, M, event, fact, restaurant, sale, service
from tests.core.planning.random_catalogues import random_event

HALLS = tuple(f"hall{n}" for n in range(6))


def wide() -> LifeEvent:
    """Six services at six counters for a million and more cases, of which one in 64 needs all of them."""
    facts = tuple(fact(f"matter.f{n}") for n in range(24))
    own = []
    for n, hall in enumerate(HALLS):
        come = Step("come", Text("来办"), Actor.APPLICANT, modes=(Mode(M.COUNTER, READ, (hall,)),))
        decide = Step("decide", Text("办"), Actor.AGENCY, ("come",), most=n)
        rest = " or ".join(f"matter.f{k}" for k in range(6 + 3 * n, 9 + 3 * n))
        own.append(service(f"p{n}", f"matter.f{n} and ({rest})", steps=(come, decide)))
    return event(tuple(own), facts)


def test_too_many_cases_are_refused_to_the_enumeration_and_drawn() -> None:
    graph = compile_event(wide(), "s")
    with pytest.raises(TooManyCases):
        enumerate_guide(graph)
    proof = proof_of_version(wide(), "wide")
    guide = guide_of(proof)
    assert guide.drawn
    assert guide.combinations == DRAWN
    assert (guide.online.worst, guide.walk_in.worst) == (6, 6), "of 16 million, by the solver and not by the drawing"
    assert "抽取的 1000 种情形" in guide.method.zh
    assert "穷举了" not in guide.method.zh
    assert guide.promised_days.high <= 5
    assert file_of(proof) == {"format": "onevisit-proof 1", "proofs": [proof[SOLVER]]}
    kept = {key: value for key, value in proof.items() if key != "drawn"}
    assert not guide_of(kept).drawn, "versions of before know nothing of drawings"


@pytest.mark.parametrize(
    "made", [restaurant(), sale(), *(random_event(random.Random(n), conditional=True) for n in range(20))]
)
def test_a_drawing_lies_within_the_enumeration(made: LifeEvent) -> None:
    graph = compile_event(made, "s")
    every = enumerate_guide(graph)
    some = draw_guide(graph, every.online, every.walk_in)
    assert some == draw_guide(graph, every.online, every.walk_in), "the same each time"
    assert (some.online, some.walk_in) == (every.online, every.walk_in)
    for part, whole in ((some.promised_days, every.promised_days), (some.statutory_days, every.statutory_days)):
        assert whole.low <= part.low <= part.high <= whole.high
    assert every.fees[0] <= some.fees[0] <= some.fees[1] <= every.fees[1]
    assert {one.evidence for one in some.evidence} <= {one.evidence for one in every.evidence}
    assert set(some.assumptions) <= set(every.assumptions)
