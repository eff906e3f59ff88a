"""The catalogue's frozen dataclasses: what agencies' services need, give, promise, and on what basis.

Words as in docs/glossary.md. The YAML form of each class is published by `onevisit schema content`.
Conditions are kept as parsed `Condition` values (core/conditions.py); figures carry their `Basis`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum

from onevisit.core.basis import Basis, Period
from onevisit.core.conditions import Condition
from onevisit.core.facts import FactSpec
from onevisit.core.text import Text


class Regime(StrEnum):
    """The kind of act, which decides intake, clocks and remedies; each has its table in core/law/procedure.py."""

    LICENCE = "licence"  # 许可
    REGISTRATION = "registration"  # 登记: of market entities, households, insured persons
    REAL_ESTATE = "real_estate"  # 不动产登记: a registration whose own regulation orders its intake
    CONFIRMATION = "confirmation"  # 确认
    BENEFIT = "benefit"  # 给付
    FILING = "filing"  # 备案
    TAX = "tax"  # 税: declared, assessed, paid
    PUBLIC_SERVICE = "public_service"  # 公共服务, also of public utilities


class Level(StrEnum):
    """The five levels of government (实施层级)."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class Audience(StrEnum):
    """Whom a service is for (服务对象)."""

    INDIVIDUAL = "individual"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Fee:
    """Money due for a service, to a payee; amount in yuan, or in percent of a fact, or for each that a fact counts."""

    payee: Text
    amount: Decimal
    label: Text
    basis: Basis
    when: Condition | None = None
    returned_without: str = ""  # service without which it goes back, as a tax on a sale that is never registered
    returned_basis: Basis | None = None  # by which article
    percent_of: str = ""  # the fact (decimal, yuan) of which `amount` percent are due, rounded to the fen
    times: str = ""  # the fact (integer) that says how often `amount` is due


class AcceptKind(StrEnum):
    """What can prove a requirement, best first for the applicant."""

    LICENCE = "licence"  # an e-licence he holds
    RESOURCE = "resource"  # a register's data
    OUTPUT = "output"  # the output of another procedure of this plan
    EARLIER = "earlier"  # an upload already given in this or an earlier case
    UPLOAD = "upload"
    COPY = "copy"  # paper copy, at a counter
    ORIGINAL = "original"  # paper original shown at a counter
    COMMITMENT = "commitment"  # a promise in its place: offered, never chosen for anybody

    @property
    def is_licence(self) -> bool:
        """Whether it is a licence that government issues, in this case or before it: nobody is asked to bring one."""
        return self in (AcceptKind.LICENCE, AcceptKind.OUTPUT)


@dataclass(frozen=True, slots=True)
class Accept:
    """One way to prove a requirement. `ref` names licence type, resource, or output (licence type)."""

    kind: AcceptKind
    ref: str = ""
    when: Condition | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class EvidenceType:
    """A kind of document (申请材料), the same for all services that ask for it."""

    key: str
    name: Text
    issuer: Text | None = None  # who issues it; None = the applicant makes it
    trip: bool = False  # getting it is a trip elsewhere (hospital, bank, notary)
    hint: Text | None = None
    paper_only: Basis | None = None  # a civil paper that is not signed electronically, and by what (电子签名法 3(3))


@dataclass(frozen=True, slots=True)
class Provisional:
    """That an application is accepted without an evidence, for so many working days (容缺受理, 浙江规定 4, 11)."""

    days: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class EvidenceRequirement:
    """That a service needs a type of evidence from a role, and what it accepts as such."""

    evidence: str  # EvidenceType.key
    role: str  # role key, or "matter"
    accepts: tuple[Accept, ...]
    basis: Basis
    when: Condition | None = None
    step: str = ""  # step that needs it; "" = the first (apply)
    provisional: Provisional | None = None  # none: not accepted without it


class ModeKind(StrEnum):
    """How a step that needs a person can be done."""

    ONLINE = "online"
    COUNTER = "counter"
    TERMINAL = "terminal"
    COURIER = "courier"
    GOVERNMENT_COMES = "government_comes"
    THIRD_PARTY = "third_party"  # hospital, bank, notary: a trip, listed apart

    @property
    def in_person(self) -> bool:
        """Whether the mode makes somebody of the applicant's side visit government."""
        return self in (ModeKind.COUNTER, ModeKind.TERMINAL)


class Assurance(IntEnum):
    """How well signing in has to tell who acts online; a member for each way in which it can be done here."""

    PASSWORD = 1
    REAL_NAME = 2  # the account's person is known by name and identity number


@dataclass(frozen=True, slots=True)
class Mode:
    """One way to do a step; `at` lists places (hall or terminal keys) for modes in person."""

    kind: ModeKind
    basis: Basis
    at: tuple[str, ...] = ()
    when: Condition | None = None
    assurance: Assurance = Assurance.PASSWORD  # what the agency asks for at least, of a mode online


class Actor(StrEnum):
    """Who acts in a step."""

    APPLICANT = "applicant"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Step:
    """One act in a service, with its predecessors in the same service."""

    key: str
    name: Text
    actor: Actor
    after: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()  # roles whose persons act; none: the applicant, or the agency in its own steps
    together: bool = False  # all of them (for whom `when` holds) at the same moment
    modes: tuple[Mode, ...] = ()
    least: int = 0  # working days the step takes, least
    most: int = 0  # working days, at most (promise); 0/0 = while you wait
    window: tuple[int, int] | None = None  # first and last working day from the start, if fixed
    when: Condition | None = None
    pays: bool = False  # an applicant's step that is done once the service's fees are paid


@dataclass(frozen=True, slots=True)
class Output:
    """A licence that a service issues; `internal_transfer`: passes inside government to those who need it."""

    licence_type: str
    internal_transfer: bool = True
    when: Condition | None = None
    role: str = ""  # one for each party of this role, in his name (every twin's own); none: one for the holder


@dataclass(frozen=True, slots=True)
class Sequence:
    """An article that orders this service to wait, clockless, for another one's written notice."""

    after: str  # service key
    basis: Basis
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What one agency does at one level (事项, 实施清单)."""

    key: str
    name: Text
    agency: str
    regime: Regime
    legal_basis: tuple[Basis, ...]
    applies_when: Condition
    facts: tuple[str, ...]  # FactSpec keys of its form
    evidence: tuple[EvidenceRequirement, ...]
    steps: tuple[Step, ...]
    outputs: tuple[Output, ...]
    statutory: Period | None
    promise: Period
    level: Level = Level.COUNTY
    audience: tuple[Audience, ...] = (Audience.INDIVIDUAL, Audience.COMPANY)
    fees: tuple[Fee, ...] = ()
    sequences: tuple[Sequence, ...] = ()
    conditions: tuple[Text, ...] = ()  # 受理条件, in words
    why: Text | None = None  # one plain sentence: why this service belongs to the event
    offer: Text | None = None  # ApprovalCommitment offered: what it saves and what it risks
    offer_fact: str = ""  # fact by which the applicant takes the offer
    on_promise: Condition | None = None  # when true the service is granted on a promise (告知承诺)
    excluded_from_promise: Basis | None = None  # it touches what is not granted on a promise, by what (浙江规定 14(1))
    window_accepts: bool = True  # its agency entrusts the window with acceptance (浙江规定 5(2)); assumed unless said


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of party with bounded number."""

    key: str
    name: Text
    least: int = 1
    most: int = 1  # how many there are is the fact `KEY.count`
    natural: bool = True  # a natural person who can make visits
    when: Condition | None = None  # there are parties of this kind only where it holds
    agent: str = ""  # facts `AGENT_name`, `AGENT_id_number` of a party: who signs for him, if anybody does


@dataclass(frozen=True, slots=True)
class Place:
    """A hall or terminal where people come; services it takes are named by steps' modes."""

    key: str
    name: Text
    basis: Basis | None = None  # how well the name is sourced


@dataclass(frozen=True, slots=True)
class Review:
    """Who hears 行政复议 against an agency's acts (行政复议法 24, 25, 27), and how well that is sourced."""

    name: Text
    basis: Basis


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that decides."""

    key: str
    name: Text
    short: Text
    basis: Basis | None = None  # how well the name is sourced
    review: Review | None = None  # printed on its decisions (行政复议法实施条例 17)


@dataclass(frozen=True, slots=True)
class LicenceType:
    """A kind of licence (证照、批文): its name, number pattern and validity."""

    key: str
    name: Text
    issuer: str  # Agency.key
    validity: Period | None = None
    fields: tuple[str, ...] = ()  # FactSpec keys printed on it


@dataclass(frozen=True, slots=True)
class Resource:
    """Shared data of a register: which facts and evidence it gives without the applicant."""

    key: str
    name: Text
    holder: Text  # the body that keeps the register
    by_fact: str = ""  # the fact whose value is the look-up key
    gives_facts: tuple[str, ...] = ()
    gives_evidence: tuple[str, ...] = ()
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A local number that the law leaves open, with its source (e.g. a size threshold)."""

    key: str
    value: Decimal
    label: Text
    basis: Basis


@dataclass(frozen=True, slots=True)
class Asked:
    """That a fact is asked only of some applicants: of the others no form wants it."""

    fact: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Body:
    """The business for which the applicant acts where `when` holds: the licences are issued to it, not to him.

    `name`, `code`, `representative`: facts; the last is who acts for it by its register.
    """

    when: Condition
    name: str
    code: str
    representative: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Founding:
    """The business that comes into being on the way: what is granted from then on is issued to it.

    `service`: whose grant founds it. `name`: the fact with the name applied for; `code`: the fact with its credit code,
    which nobody is asked for, because only the registration gives it.
    """

    service: str
    name: str
    code: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One thing to get done, as the applicant sees it (一件事)."""

    key: str  # slug
    name: Text
    summary: Text
    region: str
    lead: str  # Agency.key
    roles: tuple[Role, ...]
    facts: tuple[FactSpec, ...]
    services: tuple[Service, ...]
    evidence_types: tuple[EvidenceType, ...]
    licence_types: tuple[LicenceType, ...]
    resources: tuple[Resource, ...]
    agencies: tuple[Agency, ...]
    places: tuple[Place, ...]
    parameters: tuple[Parameter, ...] = ()
    constraints: tuple[Condition, ...] = ()  # always true of real applicants; prune impossible facts
    asked: tuple[Asked, ...] = ()  # facts of forms that only some applicants have
    body: Body | None = None  # none: the licences are issued to the applicant himself
    founding: Founding | None = None  # none: no business comes into being on the way
    matter: Text | None = None  # what its facts that belong to no party are about: the title over them
    you: str = ""  # the fact whose value is the role that the applicant has; none: the first role of natural persons
    in_force_from: date | None = None
    words: tuple[Text, ...] = ()  # other words people search by

    @property
    def has_fees(self) -> bool:
        """Whether anybody may have to pay something in it."""
        return any(fee.amount for service in self.services for fee in service.fees)
