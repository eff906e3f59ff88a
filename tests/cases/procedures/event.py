"""A life event of eight agencies: not content, no sources, made to have every kind of procedure once."""

from decimal import Decimal

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
ENTITIES = Basis(Mark.READ, "市场主体登记管理条例", "21")
K = AcceptKind
DAYS = Unit.WORKING_DAY


def _fact(key: str, label: str, type_: FactType = FactType.TEXT, **more: object) -> FactSpec:
    text = Text(label, key.replace(".", " "))
    return FactSpec(key, type_, text, text, text, **more)  # type: ignore[arg-type]


def _steps(days: int) -> tuple[Step, ...]:
    return (
        Step("apply", Text("申请"), Actor.APPLICANT, roles=("applicant",), modes=(Mode(ModeKind.ONLINE, BASIS),)),
        Step("inspect", Text("检查"), Actor.AGENCY, ("apply",), most=days, when=parse("not matter.promise")),
        Step("decide", Text("决定"), Actor.AGENCY, ("inspect",)),
    )


def _need(evidence: str, *accepts: Accept) -> EvidenceRequirement:
    return EvidenceRequirement(evidence, "matter", accepts, BASIS)


def _service(key: str, regime: Regime = Regime.LICENCE, **more: object) -> Service:
    base: dict[str, object] = {
        "legal_basis": (BASIS,),
        "facts": ("applicant.name", "matter.name"),
        "evidence": (_need("layout", Accept(K.UPLOAD)),),
        "steps": _steps(5),
        "outputs": (Output(f"{key}-licence"),),
        "statutory": Period(20, DAYS, BASIS),
        "promise": Period(5, DAYS, BASIS),
        "conditions": (Text("材料齐全"),),
    }
    fields = base | more
    return Service(key, Text(f"{key}事项", key), key, regime, applies_when=parse(True), **fields)  # type: ignore[arg-type]


def _output(of: str) -> EvidenceRequirement:
    return _need(f"{of}-licence", Accept(K.OUTPUT, f"{of}-licence"), Accept(K.UPLOAD))


SERVICES = (
    _service(
        "business",
        Regime.REGISTRATION,
        promise=Period(0, DAYS, BASIS),
        statutory=Period(3, DAYS, BASIS),
        legal_basis=(ENTITIES,),
    ),
    _service("food", evidence=(_output("business"), _need("layout", Accept(K.UPLOAD)))),
    _service("tobacco", evidence=(_output("business"),), sequences=(Sequence("business", BASIS),)),
    _service("fire", facts=("matter.name", "matter.area"), on_promise=parse("matter.promise")),
    _service("sign", Regime.FILING),
    _service("water", sequences=(Sequence("fire", BASIS), Sequence("tobacco", BASIS))),
    _service("labour", evidence=()),
    _service("tax", Regime.REGISTRATION, outputs=(Output("tax-licence", when=parse("matter.promise")),)),
)
KEYS = tuple(service.key for service in SERVICES)

EVENT = LifeEvent(
    key="eight",
    name=Text("八个部门的一件事", "One thing of eight agencies"),
    summary=Text("测试用的一件事"),
    region="330521",
    lead="business",
    roles=(Role("applicant", Text("申请人")),),
    facts=(
        _fact("applicant.name", "姓名", personal=True),
        _fact("applicant.phone", "手机号", personal=True),
        _fact("matter.name", "店名"),
        _fact("matter.area", "面积", FactType.DECIMAL, minimum=Decimal(1), unit=Text("平方米", "m²")),
        _fact("matter.promise", "承诺", FactType.BOOL),
    ),
    services=SERVICES,
    evidence_types=tuple(EvidenceType(key, Text(key, key)) for key in ("layout", *(f"{k}-licence" for k in KEYS))),
    licence_types=tuple(LicenceType(f"{s.key}-licence", s.name, s.agency, fields=("matter.name",)) for s in SERVICES),
    resources=(),
    agencies=tuple(Agency(key, Text(f"{key}局", key), Text(key)) for key in KEYS),
    places=(Place("county-hall", Text("县行政服务中心")),),
)
