"""What turns out on the way can be proved as a draft; that no running case can take it up is told."""

from pathlib import Path

from onevisit.catalogue.load import read_content
from onevisit.core.planning.graph import compile_event
from onevisit.core.proving.proof import prove
from tests.catalogue.examining.conftest import CLEAN, FACTS, is_told

CHAIN = ("matter.chain, type: bool,", "matter.chain, learnt: {service: food, step: check}, type: bool,")


def test_a_fact_that_is_learnt_on_the_way(planted):
    is_told(planted(FACTS, CHAIN), "learnt-not-run", "error", FACTS, "- {key: matter.chain, learnt:")


def test_it_is_proved_all_the_same(planted, tmp_path: Path):
    known = compile_event(read_content(CLEAN).events["stall"], "s")
    planted(FACTS, CHAIN)
    late = compile_event(read_content(tmp_path / "content").events["stall"], "s")
    assert [proof.proved for proof in map(prove, (known, late))] == [True, True]
    assert prove(late).worst >= prove(known).worst
    assert any("chain” turns out during food · site check" in one.of("en") for one in prove(late).given)
