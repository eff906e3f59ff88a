"""A small life event over the demonstration register: not content, no sources, made for the tests of intake."""

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
    Resource,
    Role,
    Sequence,
    Service,
    Step,
)
from onevisit.core.conditions import parse
from onevisit.core.facts import FactSpec, FactType, Option
from onevisit.core.text import Text

BASIS = Basis(Mark.ASSUMED)
K = AcceptKind


def _fact(key: str, label: str, type: FactType = FactType.TEXT, **more: object) -> FactSpec:
    text = Text(label, key.replace(".", " "))
    return FactSpec(key, type, text, text, text, **more)  # type: ignore[arg-type]


def _steps(promise: int, online: bool = True) -> tuple[Step, ...]:
    counter = Mode(ModeKind.COUNTER, BASIS, ("county-hall",))
    modes = (Mode(ModeKind.ONLINE, BASIS), counter) if online else (counter,)
    return (
        Step("apply", Text("申请"), Actor.APPLICANT, roles=("applicant",), modes=modes),
        Step("decide", Text("决定"), Actor.AGENCY, ("apply",), most=promise),
        Step(
            "collect",
            Text("领取"),
            Actor.APPLICANT,
            ("decide",),
            ("applicant",),
            modes=(Mode(ModeKind.ONLINE, BASIS), counter),
        ),
    )


def _need(evidence: str, *accepts: Accept, role: str = "matter") -> EvidenceRequirement:
    return EvidenceRequirement(evidence, role, accepts, BASIS)


def _service(
    key: str, agency: str, regime: Regime = Regime.LICENCE, when: str | bool = True, **more: object
) -> Service:
    base: dict[str, object] = {
        "legal_basis": (BASIS,),
        "facts": ("applicant.name", "applicant.phone", "matter.shop_name"),
        "evidence": (),
        "steps": _steps(5),
        "outputs": (Output(f"{key}-licence"),),
        "statutory": Period(20, Unit.WORKING_DAY, BASIS),
        "promise": Period(5, Unit.WORKING_DAY, BASIS),
    }
    name = Text(f"{key}事项", key)
    return Service(key, name, agency, regime, applies_when=parse(when), **(base | more))  # type: ignore[arg-type]


FACTS = (
    _fact("applicant.name", "姓名", resource="population", personal=True),
    _fact("applicant.id_number", "身份证号", check="ric", personal=True),
    _fact("applicant.phone", "手机号", check="phone", resource="population", personal=True),
    _fact("applicant.address", "住址", resource="population", personal=True),
    _fact("matter.shop_name", "店名", max_length=30),
    _fact("matter.premises_certificate", "不动产权证书号"),
    _fact("matter.premises_address", "经营场所", resource="real-estate"),
    _fact(
        "matter.area",
        "使用面积",
        FactType.DECIMAL,
        minimum=Decimal(1),
        maximum=Decimal(100000),
        unit=Text("平方米", "m²"),
        resource="real-estate",
    ),
    _fact(
        "matter.kind",
        "主体类型",
        FactType.CHOICE,
        options=(Option("sole", Text("个体工商户")), Option("firm", Text("公司"))),
    ),
    _fact("matter.tobacco", "卖烟", FactType.BOOL),
    _fact("matter.staff_ids", "从业人员", check="ric_list", max_length=1000),
)

_ESTATE = _need("premises-proof", Accept(K.RESOURCE, "real-estate"), Accept(K.UPLOAD), Accept(K.COPY))
_CARD = _need("identity-card", Accept(K.RESOURCE, "population"), Accept(K.UPLOAD), Accept(K.ORIGINAL), role="applicant")
_HEALTH = _need("health-certificates", Accept(K.RESOURCE, "health-certificates"), Accept(K.UPLOAD), Accept(K.COPY))
_LAYOUT = _need("layout", Accept(K.UPLOAD), Accept(K.COPY))
_LICENCE = _need(
    "business-licence", Accept(K.LICENCE, "business-licence"), Accept(K.OUTPUT, "business-licence"), Accept(K.UPLOAD)
)

SERVICES = (
    _service(
        "business",
        "market",
        Regime.REGISTRATION,
        "matter.kind = 'sole'",
        evidence=(_CARD, _ESTATE),
        facts=("applicant.name", "matter.shop_name", "matter.premises_certificate", "matter.premises_address"),
    ),
    _service("food", "market", evidence=(_LICENCE, _LAYOUT, _HEALTH), facts=("matter.area", "matter.staff_ids")),
    _service("sign", "city", Regime.FILING, evidence=(_ESTATE,)),
    _service(
        "tobacco", "tobacco", when="matter.tobacco", evidence=(_LICENCE,), sequences=(Sequence("business", BASIS),)
    ),
)

EVENT = LifeEvent(
    key="small-restaurant",
    name=Text("开小店", "Open a small shop"),
    summary=Text("测试用的一件事"),
    region="330521",
    lead="market",
    roles=(Role("applicant", Text("申请人")),),
    facts=FACTS,
    services=SERVICES,
    evidence_types=tuple(
        EvidenceType(key, Text(key, key))
        for key in ("identity-card", "premises-proof", "health-certificates", "layout", "business-licence")
    ),
    licence_types=tuple(
        LicenceType(f"{s.key}-licence", s.name, s.agency, fields=("matter.shop_name",)) for s in SERVICES
    ),
    resources=(
        Resource(
            "population",
            Text("人口库"),
            Text("公安局"),
            "applicant.id_number",
            ("applicant.name", "applicant.id_number", "applicant.phone", "applicant.address"),
            ("identity-card",),
        ),
        Resource(
            "real-estate",
            Text("不动产登记库"),
            Text("自然资源局"),
            "matter.premises_certificate",
            ("matter.premises_address", "matter.area"),
            ("premises-proof",),
        ),
        Resource(
            "health-certificates", Text("健康证明库"), Text("卫健局"), "matter.staff_ids", (), ("health-certificates",)
        ),
    ),
    agencies=tuple(Agency(key, Text(f"{key}局"), Text(key)) for key in ("market", "city", "tobacco")),
    places=(Place("county-hall", Text("县行政服务中心")),),
)
