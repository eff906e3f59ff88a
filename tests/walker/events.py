"""Life events for the walker: not content, no sources. Each has one trap of counting visits, and the true number."""

from collections.abc import Callable
from dataclasses import dataclass, field

from onevisit.core.basis import Basis, Mark, Period, Unit
from onevisit.core.catalogue import (
    Accept,
    AcceptKind,
    Actor,
    Agency,
    EvidenceRequirement,
    EvidenceType,
    LicenceType,
    LifeEvent,
    Mode,
    ModeKind,
    Output,
    Place,
    Regime,
    Role,
    Sequence,
    Service,
    Step,
)
from onevisit.core.conditions import parse
from onevisit.core.facts import FactSpec, FactType
from onevisit.core.text import Text

BASIS = Basis(Mark.ASSUMED, note=Text("示范"))
HALLS = ("H", "G", "K")
DESK = "D"  # takes applications in, serves no step
Window = tuple[int, int]


def come(
    key: str,
    at: str,
    *after: str,
    who: str = "x",
    together: bool = False,
    days: Window | None = None,
    courier: bool = False,
) -> Step:
    """A step in person at any of the halls `at`, or by courier if that may be."""
    modes = [Mode(ModeKind.COUNTER, BASIS, tuple(at.split()))] + [Mode(ModeKind.COURIER, BASIS)] * courier
    return Step(key, Text(key), Actor.APPLICANT, after, tuple(who.split()), together, tuple(modes), window=days)


def act(key: str, days: int, *after: str) -> Step:
    """A step of the agency's."""
    return Step(key, Text(key), Actor.AGENCY, after, least=min(days, 1), most=days)


def service(key: str, *steps: Step, needs: tuple[EvidenceRequirement, ...] = (), **more: object) -> Service:
    """A service whose promise is what its agency's steps take."""
    days = sum(step.most for step in steps)
    base: dict[str, object] = {
        "agency": key,
        "regime": Regime.LICENCE,
        "legal_basis": (BASIS,),
        "applies_when": parse(True),
        "facts": ("matter.name", "y.id_number", "seller.id_number"),
        "evidence": needs,
        "outputs": (Output(f"{key}-licence"),),
        "statutory": None,
        "promise": Period(days, Unit.WORKING_DAY, BASIS),
        "conditions": (),
    }
    return Service(key, Text(key), steps=steps, **(base | more))  # type: ignore[arg-type]


def usual(key: str, days: int, at: str = "H", **more: object) -> Service:
    """Apply, decide, collect at one hall."""
    return service(key, come("apply", at), act("decide", days, "apply"), come("collect", at, "decide"), **more)  # type: ignore[arg-type]


def once(key: str, at: str, days: Window | None = None) -> Service:
    """Apply in person; nothing to collect."""
    return service(key, come("apply", at, days=days), act("decide", 1, "apply"))


def output_of(key: str) -> tuple[EvidenceRequirement, ...]:
    """That another service's licence is needed."""
    return (EvidenceRequirement(f"{key}-licence", "matter", (Accept(AcceptKind.OUTPUT, f"{key}-licence"),), BASIS),)


def fact(key: str, check: str = "") -> FactSpec:
    text = Text(key, key)
    return FactSpec(key, FactType.TEXT, text, text, text, check=check)


def event(key: str, *services: Service) -> LifeEvent:
    roles = (
        Role("x", Text("甲", "x")),
        Role("y", Text("乙", "y")),
        Role("seller", Text("卖方", "seller"), 2, 2),
    )
    return LifeEvent(
        key=key,
        name=Text(key, key),
        summary=Text("测试用的一件事"),
        region="330521",
        lead=services[0].agency,
        roles=roles,
        facts=(fact("matter.name"), fact("y.id_number", "ric"), fact("seller.id_number", "ric")),
        services=services,
        evidence_types=tuple(EvidenceType(f"{s.key}-licence", s.name) for s in services),
        licence_types=tuple(LicenceType(f"{s.key}-licence", s.name, s.agency) for s in services),
        resources=(),
        agencies=tuple(Agency(s.agency, s.name, s.name) for s in services),
        places=tuple(Place(hall, Text(hall)) for hall in (*HALLS, DESK)),
    )


@dataclass(frozen=True)
class Walk:
    """A life event and the least visits (worst-off person, all) that it takes."""

    event: LifeEvent
    worst: int
    total: int
    walk_in: bool = True
    windows: bool = field(init=False)  # then a quick agency can save a visit, so the number is least at the slowest

    def __post_init__(self) -> None:
        steps = [step for one in self.event.services for step in one.steps]
        object.__setattr__(self, "windows", any(step.window for step in steps))


def collect_days_later() -> Walk:
    return Walk(event("collect-later", usual("p", 4)), 2, 2)


def collect_while_you_wait() -> Walk:
    return Walk(event("collect-at-once", usual("p", 0)), 1, 1)


def two_halls_in_a_circle() -> Walk:
    one = service("p", come("a1", "H"), act("look", 2, "a1"), come("b1", "G", "look"), act("decide", 1, "b1"))
    two = service("q", come("b2", "G"), act("look", 2, "b2"), come("a2", "H", "look"), act("decide", 1, "a2"))
    return Walk(event("circle", one, two), 3, 3)


def each_pair_shares_a_hall() -> Walk:
    return Walk(event("pairs", once("p", "H G"), once("q", "G K"), once("r", "K H")), 2, 2)


def windows_apart() -> Walk:
    return Walk(event("windows-apart", once("p", "H", (0, 3)), once("q", "H", (5, 8))), 2, 2)


def windows_meet() -> Walk:
    return Walk(event("windows-meet", once("p", "H", (0, 5)), once("q", "H", (5, 8))), 1, 1)


def last_day_meets_a_wait() -> Walk:
    one = service("p", come("a", "H"), act("look", 5, "a"), come("b", "H", "look", days=(6, 99)), act("decide", 1, "b"))
    two = service(
        "q", come("d", "H", days=(5, 5)), act("look", 1, "d"), come("c", "H", "look", days=(7, 9)),
        act("decide", 1, "c"),
    )  # fmt: skip
    return Walk(event("last-day", one, two), 3, 3)


def joint_signing_in_the_middle() -> Walk:
    one = service("p", come("a", "H"), act("look", 3, "a"), come("b", "H", "look", who="y"), act("decide", 1, "b"))
    two = service("q", come("sign", "H", who="x y", together=True), act("decide", 1, "sign"))
    return Walk(event("joint", one, two), 2, 3)


def four_sign_together() -> Walk:
    """Online: only signing and collecting are in person."""
    sale = service(
        "p", come("sign", "H G", who="seller x y", together=True), act("decide", 3, "sign"),
        come("collect", "G", "decide"),
    )  # fmt: skip
    return Walk(event("four", sale), 2, 5, walk_in=False)


def carried_by_hand() -> Walk:
    first = usual("p", 2, outputs=(Output("p-licence", internal_transfer=False),))
    return Walk(event("carried", first, usual("q", 2, needs=output_of("p"))), 3, 3)


def passed_inside() -> Walk:
    return Walk(event("inside", usual("p", 2), usual("q", 3, needs=output_of("p"))), 2, 2)


def ordered_by_an_article() -> Walk:
    later = service(
        "q", come("apply", "H G"), act("look", 2, "apply"), come("sign", "H", "look"), act("decide", 0, "sign"),
        sequences=(Sequence("p", BASIS),),
    )  # fmt: skip
    return Walk(event("ordered", service("p", come("apply", "G"), act("decide", 2, "apply")), later), 2, 2)


def one_waits_for_the_other_to_sign() -> Walk:
    """x stays at H while y signs at G: one visit each."""
    own = service(
        "p", come("a", "H"), act("check", 0, "a"), come("b", "G", "check", who="y"), come("c", "H", "b"),
        act("decide", 1, "c"),
    )  # fmt: skip
    return Walk(event("waiting", own), 1, 2)


def relay() -> Walk:
    """A courier brings the result; y signs days after x, at a hall that x may use too; a filing goes beside."""
    own = service(
        "p", come("apply", "H G"), act("look", 2, "apply"), come("sign", "G", "look", who="y"),
        act("decide", 2, "sign"), come("collect", "H", "decide", courier=True),
    )  # fmt: skip
    filing = service("f", come("file", "G"), act("record", 0, "file"), regime=Regime.FILING)
    return Walk(event("relay", own, filing), 1, 2)


WALKS: dict[str, Callable[[], Walk]] = {
    made.__name__: made
    for made in (
        collect_days_later, collect_while_you_wait, two_halls_in_a_circle, each_pair_shares_a_hall, windows_apart,
        windows_meet, last_day_meets_a_wait, joint_signing_in_the_middle, four_sign_together, carried_by_hand,
        passed_inside, ordered_by_an_article, one_waits_for_the_other_to_sign, relay,
    )
}  # fmt: skip
