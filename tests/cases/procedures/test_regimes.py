"""Regimes beside licence, registration and filing, run as real cases: intake, decision, words and remedies."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from onevisit.cases.actions import (
    accept,
    answer,
    grant,
    not_accept,
    refuse,
    report_missing,
    settle_due,
    start_draft,
    submit,
)
from onevisit.cases.models import CorrectionNotice, Procedure
from onevisit.cases.queries import case as case_view
from onevisit.cases.queries import work
from onevisit.cases.rules.regimes import WORDS, Remedy, remedy_of
from onevisit.cases.values import MissingInput
from onevisit.core.basis import Basis, Mark, Period, Unit
from onevisit.core.catalogue import Actor as Acts
from onevisit.core.catalogue import Agency, LifeEvent, Mode, ModeKind, Regime, Review, Sequence, Service, Step
from onevisit.core.conditions import parse
from onevisit.core.law.procedure import NotLawful, State
from onevisit.core.text import Text
from onevisit.notices.models import Notice
from onevisit.people.actor import Actor, Role
from tests.cases.procedures.conftest import applicant
from tests.cases.procedures.event import EVENT
from tests.fixtures.content import put_in_force

pytestmark = pytest.mark.django_db
BASIS = Basis(Mark.ASSUMED, note=Text("示范"))
REGIMES = [regime for regime in Regime if regime not in (Regime.LICENCE, Regime.REGISTRATION)]
COUNTY = Review(Text("示范县人民政府", "the county"), BASIS)


def _service(key: str, regime: Regime, *after: str) -> Service:
    steps = (
        Step("apply", Text("申请"), Acts.APPLICANT, roles=("applicant",), modes=(Mode(ModeKind.ONLINE, BASIS),)),
        Step("decide", Text("决定"), Acts.AGENCY, ("apply",), most=5),
    )
    sequences = tuple(Sequence(one, BASIS) for one in after)
    days = Period(5, Unit.WORKING_DAY, BASIS)
    made = Service(key, Text(key, key), key, regime, (BASIS,), parse(True), ("matter.name",), (), steps, (), days, days)
    return replace(made, sequences=sequences)


SERVICES = (*(_service(regime.value.replace("_", "-"), regime) for regime in REGIMES),)
LATE = _service("transfer", Regime.REAL_ESTATE, "tax")
KEYS = tuple(service.key for service in (*SERVICES, LATE))
HOME: LifeEvent = replace(
    EVENT,
    key="regimes",
    lead="tax",
    facts=EVENT.facts[:3],
    services=(*SERVICES, LATE),
    evidence_types=(),
    licence_types=(),
    agencies=tuple(
        Agency(key, Text(key, key), Text(key), review=None if key == "public-service" else COUNTY) for key in KEYS
    ),
)


def officer(agency: str) -> Actor:
    return Actor(UUID(int=2000 + KEYS.index(agency)), None, None, f"{agency}经办", Role.OFFICER, agency)


@pytest.fixture
def filed(now: datetime) -> dict[str, UUID]:
    """A case of every regime, submitted; procedures by service."""
    put_in_force(HOME, "regimes")
    person = applicant()
    by = Actor(UUID(int=12), person.pk, None, "王小满", Role.APPLICANT)
    mine = start_draft("regimes", EVENT.region, by=by, now=now)
    answer(mine, {"matter.name": "示范路18号"}, by=by, now=now)
    case = submit(mine, "key", by=by, now=now).case
    return dict(Procedure.objects.filter(case=case).values_list("service", "pk"))


def letter(procedure: UUID, kind: str) -> dict:
    return Notice.objects.get(procedure=procedure, kind=kind).data


def accepted(filed: dict[str, UUID], key: str, now: datetime) -> UUID:
    if Procedure.objects.get(pk=filed[key]).state == State.RECEIVED:
        accept(filed[key], by=officer(key), now=now)
    return filed[key]


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.key)
def test_granted_as_its_regime_calls_it(filed, now, service):
    pk = accepted(filed, service.key, now)
    grant(pk, "k", by=officer(service.key), now=now)
    words = WORDS[service.regime]
    told = letter(pk, "decision")
    assert (told["title"], told["done"]) == (words.granted, words.done)
    shown = work(pk, by=officer(service.key), now=now).procedure
    assert shown.state_words == words.state


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.key)
def test_refused_only_where_the_law_knows_a_refusal(filed, now, service):
    pk, by = accepted(filed, service.key, now), officer(service.key)
    refusable = service.regime not in (Regime.FILING, Regime.TAX)
    assert ("refuse" in work(pk, by=by, now=now).can) == refusable
    if not refusable:
        with pytest.raises(NotLawful):
            refuse(pk, "理由", "", "k", by=by, now=now)
        return
    refuse(pk, "理由", "", "k", by=by, now=now)
    assert letter(pk, "decision")["title"] == WORDS[service.regime].refused
    assert letter(pk, "decision")["done"] == f"本机关决定{WORDS[service.regime].refusal.zh}。"
    assert work(pk, by=by, now=now).procedure.state_words == WORDS[service.regime].refusal


def test_remedies_are_those_of_the_regime(filed, now):
    assert {key: remedy_of(HOME, service.regime, key) for key, service in zip(KEYS, SERVICES, strict=False)} == {
        **dict.fromkeys(KEYS[:-1], Remedy.GENERAL),
        "tax": Remedy.TAX,
        "public-service": Remedy.SERVICE,
    }
    reviewed = replace(HOME, agencies=(Agency("public-service", Text("社保中心"), Text("社保"), review=COUNTY),))
    assert remedy_of(reviewed, Regime.PUBLIC_SERVICE, "public-service") is Remedy.GENERAL
    pk = accepted(filed, "public-service", now)
    refuse(pk, "不在供气范围内", "", "k", by=officer("public-service"), now=now)
    assert letter(pk, "decision")["remedy"] == "service"
    assert (
        work(pk, by=officer("public-service"), now=now).procedure.next_action.zh == "不服可以向政务咨询投诉举报平台投诉"
    )


def test_a_real_estate_registry_that_says_nothing_on_the_day_has_accepted(filed, now):
    row = Procedure.objects.get(pk=filed["real-estate"])
    assert row.check_due == now.date()
    tomorrow = now + timedelta(days=1)
    assert work(row.pk, by=officer("real-estate"), now=tomorrow).can == ()
    settle_due(tomorrow)
    row.refresh_from_db()
    assert (row.state, row.accepted_at) == (State.ACCEPTED, row.received_at)
    told = letter(row.pk, "acceptance")
    assert told["deemed_at_once"] and not told["deemed"]
    assert "《不动产登记暂行条例》第十七条第二款" in told["basis"]
    assert Procedure.objects.get(pk=filed["benefit"]).state == State.RECEIVED  # its five days are not over


def test_what_a_registry_misses_is_told_on_the_day(filed, now):
    lacks = [MissingInput("", "matter.name", "与登记簿不符")]
    report_missing(filed["real-estate"], lacks, by=officer("real-estate"), now=now)
    assert not CorrectionNotice.objects.exists()  # others have not looked yet
    settle_due(now.replace(hour=9, minute=30))  # half past five in China
    assert CorrectionNotice.objects.exists()


def test_a_registry_that_is_not_competent_says_who_is(filed, now):
    pk, by = filed["real-estate"], officer("real-estate")
    assert [code for code, _ in work(pk, by=by, now=now).grounds] == ["not-competent"]
    not_accept(pk, "房屋不在本县", ground="not-competent", competent="示范市不动产登记中心", by=by, now=now)
    told = letter(pk, "non_acceptance")
    assert told["competent"] == "示范市不动产登记中心"
    assert told["basis"] == "《不动产登记暂行条例》第十七条第一款第四项"


def test_a_transfer_waits_for_its_tax_and_is_then_looked_at_on_the_day(filed, now):
    assert Procedure.objects.get(pk=filed["transfer"]).check_due == date(2026, 12, 1)  # our promise, while it waits
    pk = accepted(filed, "tax", now)
    grant(pk, "k", by=officer("tax"), now=now)
    row = Procedure.objects.get(pk=filed["transfer"])
    assert (row.state, row.check_due) == (State.RECEIVED, now.date())


def test_the_applicant_reads_every_regime(filed, now):
    by = Actor(UUID(int=12), applicant().pk, None, "王小满", Role.APPLICANT)
    number = Procedure.objects.get(pk=filed["tax"]).number.rsplit("-", 1)[0]
    assert all(one.clock.words.zh for one in case_view(number, by=by, now=now).procedures)
