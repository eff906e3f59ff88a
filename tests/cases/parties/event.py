"""A sale between several people for the tests: some sign at home, some at the hall. Not content, no sources."""

from decimal import Decimal

from onevisit.core.basis import Basis, Mark, Period, Unit
from onevisit.core.catalogue import (
    Accept,
    AcceptKind,
    Actor,
    Agency,
    Asked,
    EvidenceRequirement,
    EvidenceType,
    Fee,
    LicenceType,
    LifeEvent,
    Mode,
    ModeKind,
    Output,
    Place,
    Regime,
    Resource,
    Role,
    Service,
    Step,
)
from onevisit.core.conditions import parse
from onevisit.core.facts import FactSpec, FactType, Option
from onevisit.core.text import Text

BASIS = Basis(Mark.ASSUMED, note=Text("测试"))
LAW = Basis(Mark.READ, "契税法", "10", Text("登记前缴纳"))
AT_ONCE = Period(0, Unit.WORKING_DAY, BASIS)


def fact(key: str, label: str, type_: FactType = FactType.TEXT, options: str = "", **more: object) -> FactSpec:
    text = Text(label, key)
    chosen = tuple(Option(one, Text(one, one)) for one in options.split())
    return FactSpec(key, type_, text, text, text, options=chosen, **more)  # type: ignore[arg-type]


def own(role: str) -> tuple[FactSpec, ...]:
    """What every party of that role says."""
    return (
        fact(f"{role}.count", "几个人", FactType.INTEGER),
        fact(f"{role}.name", "姓名", personal=True, resource="population"),
        fact(f"{role}.id_number", "身份证号码", check="ric", personal=True),
        fact(f"{role}.phone", "手机号码", check="phone", personal=True, resource="population"),
        fact(f"{role}.signs", "怎么签字", FactType.CHOICE, "online window mandate"),
    )


BOTH = ("seller", "buyer")
SIGN = (
    Step(
        "home", Text("在网上签合同", "sign online"), Actor.APPLICANT, roles=BOTH, modes=(Mode(ModeKind.ONLINE, BASIS),),
        when=parse("party.signs != 'window'"),
    ),
    Step(
        "hall", Text("到大厅一起签合同", "sign at the hall"), Actor.APPLICANT, roles=BOTH, together=True,
        modes=(Mode(ModeKind.COUNTER, BASIS, ("H",)),), when=parse("party.signs = 'window'"),
    ),
)  # fmt: skip
CARD = (Accept(AcceptKind.RESOURCE, "population"), Accept(AcceptKind.UPLOAD))
GIVES = ("party.name", "party.phone")
TAX = Service(
    "tax",
    Text("缴税", "tax"),
    "tax",
    Regime.TAX,
    legal_basis=(BASIS,),
    applies_when=parse("matter.taxed"),
    facts=("matter.taxed", "matter.price"),
    evidence=(),
    steps=(
        Step("pay", Text("缴税", "pay"), Actor.APPLICANT, modes=(Mode(ModeKind.ONLINE, BASIS),), pays=True),
        Step("certify", Text("开凭证", "certify"), Actor.AGENCY, ("pay",)),
    ),
    outputs=(Output("tax-paid"),),
    statutory=None,
    promise=AT_ONCE,
    fees=(
        Fee(Text("税务局"), Decimal("3000.00"), Text("契税"), LAW, returned_without="transfer"),
        Fee(Text("税务局"), Decimal("0.00"), Text("增值税免征"), BASIS, returned_without="transfer"),
        Fee(Text("税务局"), Decimal("500.00"), Text("个人所得税"), BASIS, when=parse("matter.price > 1000000")),
    ),
)
FORM = (
    *("matter.home", "seller.agent_id_number", "seller.agent_name", "seller.agent_until"),
    *(f"{role}.{name}" for role in BOTH for name in ("count", "name", "id_number", "phone")),
)
TRANSFER = Service(
    "transfer",
    Text("转移登记", "transfer"),
    "register",
    Regime.REGISTRATION,
    legal_basis=(BASIS,),
    applies_when=parse(True),
    facts=FORM,
    evidence=(
        *(EvidenceRequirement("identity-card", role, CARD, BASIS) for role in BOTH),
        EvidenceRequirement(
            "tax-paid", "matter", (Accept(AcceptKind.OUTPUT, "tax-paid"),), BASIS, when=parse("matter.taxed")
        ),
    ),
    steps=(*SIGN, Step("decide", Text("登记", "register"), Actor.AGENCY, ("home", "hall"))),
    outputs=(Output("deed", role="buyer"),),
    statutory=Period(30, Unit.WORKING_DAY, BASIS),
    promise=AT_ONCE,
    fees=(Fee(Text("登记中心"), Decimal("80.00"), Text("登记费"), BASIS, when=parse("matter.taxed")),),
)  # fmt: skip
EVENT = LifeEvent(
    key="sale",
    asked=(
        Asked("seller.agent_id_number", parse("party.signs = 'mandate'")),
        Asked("seller.agent_name", parse("party.signs = 'mandate'")),
        Asked("seller.agent_until", parse("party.signs = 'mandate'")),
    ),
    name=Text("卖房", "Sell a home"),
    summary=Text("测试用的一件事"),
    region="330521",
    lead="register",
    you="matter.you",
    roles=(Role("seller", Text("卖方", "seller"), 1, 2, agent="agent"), Role("buyer", Text("买方", "buyer"), 1, 2)),
    facts=(
        fact("matter.you", "您是", FactType.CHOICE, "buyer seller"),
        fact("matter.home", "房屋"),
        fact("matter.taxed", "要缴税", FactType.BOOL),
        fact("matter.price", "成交价", FactType.INTEGER),
        *own("seller"),
        fact("seller.agent_id_number", "代签人身份证号码", check="ric", personal=True),
        fact("seller.agent_name", "代签人姓名", personal=True),
        fact("seller.agent_until", "委托书的最后一天", FactType.DATE),
        *own("buyer"),
    ),
    services=(TAX, TRANSFER),
    evidence_types=(
        EvidenceType("identity-card", Text("身份证明", "identity card")),
        EvidenceType("tax-paid", Text("完税凭证", "tax certificate")),
    ),
    licence_types=(
        LicenceType("tax-paid", Text("完税凭证", "tax certificate"), "tax"),
        LicenceType("deed", Text("不动产权证书", "deed"), "register", fields=("matter.home",)),
    ),
    resources=(
        Resource(
            "population",
            Text("人口库"),
            Text("公安局"),
            "party.id_number",
            ("party.name", "party.phone"),
            ("identity-card",),
        ),
    ),
    agencies=(
        Agency("tax", Text("税务局", "tax office"), Text("税务局", "tax office")),
        Agency("register", Text("登记中心", "registry"), Text("登记中心", "registry")),
    ),
    places=(Place("H", Text("大厅", "hall")),),
)
