"""Who comes most often, as the proof names him, really comes so often; and nobody by chance comes more often.

The witness of `onevisit prove` for each event and channel is applied for, submitted and walked through by the real
actions; so are applicants who differ from him in a few answers. Registers do not know all of them as they say they are:
then their own papers count, which may not make them come more often either.
"""

import random
from collections.abc import Iterator
from functools import cache
from uuid import uuid4

import pytest

from onevisit.cases.actions import answer, confirm, dispute, mark_seen, sign, start_draft, submit, upload
from onevisit.cases.errors import AnswersRefused
from onevisit.cases.models import Case
from onevisit.cases.queries import draft
from onevisit.cases.queries.presence import present_at
from onevisit.cases.values import DraftView
from onevisit.catalogue import queries
from onevisit.catalogue.actions import publish_content
from onevisit.catalogue.load import read_content
from onevisit.core.catalogue import AcceptKind
from onevisit.core.facts import Facts, FactSpec, FactType, Value, spec_of
from onevisit.core.parties import applicant_of, is_there
from onevisit.core.planning.graph import Graph, compile_event
from onevisit.core.proving.proof import Proof, prove
from onevisit.core.proving.witness import is_possible
from onevisit.exchange.actions import BREAKERS
from onevisit.halls.actions import check_in
from onevisit.people.actions import register_walk_in
from onevisit.people.actor import SYSTEM, Actor, Role
from tests.fixtures.content import REGION
from tests.fixtures.files import pdf
from tests.fixtures.register import ROOT, Running
from tests.walker.walking import find, keeps_its_promise
from tests.walker.world import World, at, clerk, submitted

pytestmark = pytest.mark.django_db
EVENTS = ("newborn", "open-restaurant", "sell-home")
HALL = "county-hall"
CARDS = {
    "applicant": ("陈小满", "330521199002149981"),
    "mother": ("许示范", "330521199503179986"),
    "father": ("顾示范", "330521199308269978"),
    "seller": ("何家安（示范）", "330521197803129914"),
    "seller[2]": ("陆清和（示范）", "330521198006079920"),
    "buyer": ("温远行（示范）", "330521199108239977"),
    "buyer[2]": ("白月初（示范）", "330521199301189967"),
    "spouse": ("许静好（示范）", "330521198209159947"),
}
STRANGERS = {"mother": ("示范女士", "330521199311059963"), "father": ("示范先生", "330521199704219948")}
GUARDIAN = ("监护人（示范）", "330521199802284014")
TYPED = {  # what a form asks in a certain way; all else by its type
    "matter.premises_certificate": "浙(2024)德清县不动产权第9900002号",
    "matter.certificate": "浙(2021)德清县不动产权第9900101号",
    "matter.staff_ids": "330521199311059963",
    "matter.employee_ids": "330521199311059963",
    "child.time": "08:00",
}


@cache
def proved(event: str) -> tuple[Graph, Proof]:
    content = read_content(ROOT / "content")
    graph = compile_event(content.events[event], content.snapshots[event])
    return graph, prove(graph)


@pytest.fixture(autouse=True)
def published(register: Running) -> Iterator[None]:
    BREAKERS.clear()
    publish_content(ROOT / "content", by=SYSTEM, now=at(0))
    queries.forget()
    yield
    queries.forget()


class Signing(World):
    """A world in which everybody who signs online does so as soon as he can."""

    def settle(self) -> None:
        super().settle()
        while self._sign():
            super().settle()

    def _sign(self) -> bool:
        today, number = at(self.now.day), Case.objects.get(pk=self.case).number
        day = present_at(self.case, today).day
        for party, person in self.people.items():
            if any(party in act.signers and (act.service, act.step.key, party) not in day.progress.attended
                   for act in day.to_sign()):  # fmt: skip
                sign(number, by=applicant(person), now=today)
                return True
        return False


def applicant(person: object) -> Actor:
    return Actor(uuid4(), person, None, "当事人", Role.APPLICANT)  # type: ignore[arg-type]


def said(spec: FactSpec, key: str) -> str:
    """What somebody types who has nothing special to say."""
    if key in TYPED:
        return TYPED[key]
    if spec.check == "ric":
        return GUARDIAN[1]
    if spec.check == "phone":
        return "13900000009"
    if spec.check == "uscc":
        return "91330521MA2B9XX0XW"
    if spec.type is FactType.BOOL:
        return "false"
    if spec.type is FactType.CHOICE:
        return spec.options[0].value
    if spec.type is FactType.DATE:
        return "2026-11-20" if "until" not in key else "2027-11-20"
    if spec.type is FactType.TEXT:
        return "示范"[: spec.max_length]
    return str(spec.minimum or 0)


def as_typed(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def card(graph: Graph, facts: Facts, party: str) -> tuple[str, str]:
    """His card; a foreigner's is known to no register."""
    key = party.removesuffix("[1]")
    if facts.get(f"{key}.nationality") == "foreign":
        return STRANGERS[key]
    return CARDS.get(key, GUARDIAN)


def walked(graph: Graph, facts: Facts, *, walk_in: bool) -> World:
    """A case of this applicant, submitted: by himself, or at the window where he stands."""
    window, today = clerk(HALL), at(0)
    roles = [role for role in graph.event.roles if role.natural]
    parties = [f"{r.key}[{n}]" if r.most > 1 else r.key for r in roles for n in range(1, r.most + 1)]
    parties = [one for one in parties if is_there(graph.event, f"{one.removesuffix('[1]')}.id_number", facts)]
    people = {}
    for party in parties:
        name, number = card(graph, facts, party)
        if facts.get(f"{party.removesuffix('[1]')}.signs") in ("guardian", "mandate"):
            name, number = GUARDIAN
        people[party] = register_walk_in(name, number, "13900000009", by=window, now=today)
    you = applicant_of(graph.planned, facts)[0]
    by = window if walk_in else applicant(people[you])
    mine = start_draft(graph.event.key, REGION, by=by, now=today, walk_in=walk_in, person=people[you])
    known = {key: as_typed(value) for key, value in facts.items() if is_there(graph.event, key, facts)}
    for party in parties:
        key = party.removesuffix("[1]")
        if f"{key}.id_number" in {spec.key for spec in graph.event.facts} | set(graph.specs) and party != you:
            known[f"{key}.id_number"] = card(graph, facts, party)[1]
    if graph.event.you:
        answer(mine, {graph.event.you: known[graph.event.you]}, by=by, now=today)
    answer(mine, known, by=by, now=today)
    view = _filled(graph, mine, by, today, facts)
    index = {domain.key: domain for domain in graph.domains}
    other = [key for key, value in view.facts.items()
             if key in facts and index[key].index(value) != index[key].index(facts[key])]  # fmt: skip
    assert not other, "he is as he was said to be"
    if walk_in:
        check_in(people[you], HALL, by=window, now=today)
    made = submitted(submit(mine, "key", by=by, now=today).case, view.plan, people, Signing)
    if walk_in:
        made.now.visits[you] = 1  # he is there to hand it in, and stays
        made.now.here[you] = HALL
        made.settle()
    return made


def _agrees(graph: Graph, key: str, value: Value, his: Facts) -> bool:
    """Whether what a register says makes no difference to what he says."""
    domain = next((one for one in graph.domains if one.key == key), None)
    return domain is None or domain.index(value) == domain.index(his[key])


def _filled(graph: Graph, mine: object, by: Actor, today: object, his: Facts) -> DraftView:
    """Everything answered, confirmed, or disputed where he is not as registers say (`his`), and every paper given."""
    for _ in range(6):
        view = draft(mine, by=by, now=today)  # type: ignore[arg-type]
        agreed = [one.spec.key for one in view.known if _agrees(graph, one.spec.key, one.value, his)]
        confirm(mine, agreed, by=by, now=today)  # type: ignore[arg-type]
        for one in view.known:
            if one.spec.key not in agreed:
                dispute(mine, one.spec.key, as_typed(his[one.spec.key]), by=by, now=today)  # type: ignore[arg-type]
        left = {one.spec.key: one.spec for one in view.fields if one.value is None}
        for question in view.plan.questions:
            spec = spec_of(question.fact, graph.specs)
            assert spec is not None
            left.setdefault(question.fact, spec)
        if not left:
            break
        try:
            answer(mine, {key: said(spec, key) for key, spec in left.items()}, by=by, now=today)  # type: ignore[arg-type]
        except AnswersRefused as refused:
            raise AssertionError(f"{refused}") from refused
    for need in draft(mine, by=by, now=today).needed:  # type: ignore[arg-type]
        if need.kind is AcceptKind.UPLOAD:
            upload(mine, need.slot, "材料.pdf", pdf(), by=by, now=today)  # type: ignore[arg-type]
        else:
            mark_seen(mine, need.slot, by=by, now=today)  # type: ignore[arg-type]
    return draft(mine, by=by, now=today)  # type: ignore[arg-type]


@pytest.mark.parametrize("walk_in", [False, True])
@pytest.mark.parametrize("event", EVENTS)
def test_the_witness_of_the_proof_comes_just_so_often(event: str, walk_in: bool) -> None:
    graph, proof = proved(event)
    channel = next(one for one in proof.channels if one.walk_in is walk_in)
    assert channel.proved
    made = walked(graph, dict(channel.witness), walk_in=walk_in)
    assert (made.plan.count.worst.high, made.plan.count.total.high) == (channel.worst, channel.total)
    keeps_its_promise(made, (channel.worst, channel.total))
    if channel.worst:
        assert not find(made, channel.worst - 1, 10**6), "not less"


def near(graph: Graph, facts: Facts, chance: random.Random) -> Facts:
    """Somebody who says something else to one to four questions, so that he has something else to do."""
    before = graph.states(graph.classify(facts))
    while True:
        other = dict(facts)
        for domain in chance.sample(graph.domains, chance.randint(1, 4)):
            other[domain.key] = domain.values[chance.choice(domain.possible)]
        if is_possible(graph, other) and graph.states(graph.classify(other)) not in (before, ()):
            return other


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("walk_in", [False, True])
@pytest.mark.parametrize("event", EVENTS)
def test_nobody_by_chance_comes_more_often(event: str, walk_in: bool, seed: int) -> None:
    graph, proof = proved(event)
    channel = next(one for one in proof.channels if one.walk_in is walk_in)
    made = walked(graph, near(graph, dict(channel.witness), random.Random(seed)), walk_in=walk_in)
    worst, total = made.plan.count.worst.high, made.plan.count.total.high
    assert worst <= channel.worst
    made.hurry(random.Random(seed).randint)
    keeps_its_promise(made, (worst, total))
