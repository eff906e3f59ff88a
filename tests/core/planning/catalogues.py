"""Small catalogues for the planner's tests: a restaurant and a sale with several parties. Not content, no sources."""

from decimal import Decimal
from typing import Any

from onevisit.core.basis import Basis, Mark, Period, Unit
from onevisit.core.catalogue import (
    Accept,
    AcceptKind,
    Actor,
    Agency,
    EvidenceRequirement,
    EvidenceType,
    Fee,
    LicenceType,
    LifeEvent,
    Mode,
    ModeKind,
    Output,
    Parameter,
    Place,
    Regime,
    Resource,
    Role,
    Sequence,
    Service,
    Step,
)
from onevisit.core.conditions import parse
from onevisit.core.facts import FactSpec, FactType, Option
from onevisit.core.text import Text

READ = Basis(Mark.READ, "law", "1")
ASSUMED = Basis(Mark.ASSUMED)
K = AcceptKind
M = ModeKind


def days(amount: int) -> Period:
    return Period(amount, Unit.WORKING_DAY, READ)


def fact(key: str, kind: FactType = FactType.BOOL, options: str = "", **more: object) -> FactSpec:
    text = Text(key, key)
    chosen = tuple(Option(o, Text(o, o)) for o in options.split())
    return FactSpec(key, kind, text, text, text, options=chosen, **more)  # type: ignore[arg-type]


def steps(promise: int, *, counter: str = "H", courier: bool = True, online: bool = True) -> tuple[Step, ...]:
    place = tuple(counter.split())
    modes = (Mode(M.ONLINE, ASSUMED),) if online else ()
    collect = (*modes, *((Mode(M.COURIER, ASSUMED),) if courier else ()), Mode(M.COUNTER, READ, place))
    return (
        Step("apply", Text("申请", "apply"), Actor.APPLICANT, modes=(*modes, Mode(M.COUNTER, READ, place))),
        Step("decide", Text("决定", "decide"), Actor.AGENCY, ("apply",), least=0, most=promise),
        Step("collect", Text("领取", "collect"), Actor.APPLICANT, ("decide",), modes=collect),
    )


def need(evidence: str, *accepts: Accept, role: str = "matter", **more: object) -> EvidenceRequirement:
    return EvidenceRequirement(evidence, role, accepts, READ, **more)  # type: ignore[arg-type]


def service(key: str, applies: str | bool = True, promise: int = 5, **more: object) -> Service:
    base: dict[str, object] = {
        "name": Text(f"{key}事项", key),
        "agency": f"{key}-agency",
        "regime": Regime.LICENCE,
        "legal_basis": (READ,),
        "applies_when": parse(applies),
        "facts": (),
        "evidence": (),
        "steps": steps(promise),
        "outputs": (Output(f"{key}-licence"),),
        "statutory": days(20),
        "promise": days(promise),
    }
    return Service(key, **(base | more))  # type: ignore[arg-type]


def event(services: tuple[Service, ...], facts: tuple[FactSpec, ...], **more: object) -> LifeEvent:
    types = dict.fromkeys(r.evidence for s in services for r in s.evidence)
    base: dict[str, object] = {
        "name": Text("一件事", "event"),
        "summary": Text("", ""),
        "region": "r",
        "lead": "a",
        "roles": (Role("applicant", Text("申请人", "applicant")),),
        "facts": facts,
        "services": services,
        "evidence_types": tuple(EvidenceType(t, Text(t, t), trip=t.startswith("trip-")) for t in types),
        "licence_types": tuple(LicenceType(f"{s.key}-licence", Text(s.key), s.agency) for s in services),
        "resources": tuple(Resource(k, Text(k, k), Text(k)) for k in ("population", "estate", "health")),
        "agencies": tuple(Agency(s.agency, Text(s.agency), Text(s.agency)) for s in services),
        "places": (Place("H", Text("大厅", "hall")), Place("G", Text("分厅", "branch"))),
    }
    return LifeEvent("event", **(base | more))  # type: ignore[arg-type]


RESTAURANT_FACTS = (
    fact("matter.kind", FactType.CHOICE, "new sole company"),
    fact("matter.small"),
    fact("matter.area", FactType.DECIMAL, minimum=Decimal(1)),
    fact("matter.sign"),
    fact("matter.tobacco"),
    fact("matter.near_school"),
    fact("matter.owned"),
    fact("matter.staff"),
    fact("matter.paper"),
    fact("matter.fire_promise"),
    fact("matter.layout_commitment"),
    fact("applicant.name", FactType.TEXT),
)


def restaurant() -> LifeEvent:
    """Five services, twelve facts: about the size of the real thing."""
    identity = need("id", Accept(K.RESOURCE, "population"), Accept(K.UPLOAD), Accept(K.ORIGINAL), role="applicant")
    licence = need(
        "business-licence",
        Accept(K.LICENCE, "business-licence"),
        Accept(K.OUTPUT, "business-licence"),
        Accept(K.UPLOAD, when=parse("matter.kind = 'company'")),
        Accept(K.COPY),
    )
    premises = need("premises", Accept(K.RESOURCE, "estate", parse("matter.owned")), Accept(K.UPLOAD), Accept(K.COPY))
    layout = need("layout", Accept(K.UPLOAD), Accept(K.COPY), Accept(K.COMMITMENT, "matter.layout_commitment"))
    health = need("health", Accept(K.RESOURCE, "health"), Accept(K.UPLOAD), Accept(K.COPY), when=parse("matter.staff"))
    services = (
        service(
            "business",
            "matter.kind = 'new'",
            1,
            evidence=(identity, premises),
            facts=("applicant.name", "matter.owned"),
        ),
        service(
            "food",
            "not matter.small",
            10,
            evidence=(licence, layout, health),
            facts=("matter.staff",),
            sequences=(Sequence("business", READ),),
        ),
        service("small", "matter.small", 3, evidence=(licence, health)),
        service(
            "fire",
            "matter.area >= parameter.fire_area",
            10,
            evidence=(licence, layout, premises),
            on_promise=parse("matter.fire_promise"),
            offer_fact="matter.fire_promise",
        ),
        service(
            "sign", "matter.sign", 5, evidence=(licence, need("picture", Accept(K.UPLOAD), Accept(K.COPY)), premises)
        ),
        service(
            "tobacco",
            "matter.tobacco and not matter.near_school",
            8,
            evidence=(licence, identity, premises),
            fees=(Fee(Text("treasury"), Decimal(10), Text("工本费", "fee"), READ, parse("matter.paper")),),
        ),
    )
    threshold = Parameter("fire_area", Decimal(300), Text("消防面积", "fire area"), Basis(Mark.ASSUMED))
    small = parse("not matter.small or matter.area < 300")
    return event(services, RESTAURANT_FACTS, parameters=(threshold,), constraints=(small,))


KNOWN: dict[str, Any] = {  # of a restaurant, all that decides
    "matter.kind": "new",
    "matter.small": False,
    "matter.area": Decimal(400),
    "matter.sign": True,
    "matter.tobacco": True,
    "matter.near_school": False,
    "matter.owned": True,
    "matter.staff": True,
    "matter.paper": True,
}


def sale() -> LifeEvent:
    """Sellers and buyers sign together in person, then one buyer collects days later."""
    roles = (
        Role("seller", Text("卖方", "seller"), 1, 3),
        Role("buyer", Text("买方", "buyer"), 1, 3),
    )
    hall = (Mode(M.COUNTER, READ, ("H",)),)
    own = (
        Step("sign", Text("签字", "sign"), Actor.APPLICANT, roles=("seller", "buyer"), together=True, modes=hall),
        Step("register", Text("登记", "register"), Actor.AGENCY, ("sign",), most=3),
        Step("collect", Text("领证", "collect"), Actor.APPLICANT, ("register",), roles=("buyer",), modes=hall),
    )
    deed = need("deed", Accept(K.RESOURCE, "estate"), Accept(K.ORIGINAL), role="seller")
    facts = (
        fact("seller.count", FactType.INTEGER),
        fact("buyer.count", FactType.INTEGER),
        fact("buyer.name", FactType.TEXT),
    )
    transfer = service("transfer", steps=own, evidence=(deed,), facts=("buyer.count", "buyer.name"))
    return event((transfer,), facts, roles=roles)
