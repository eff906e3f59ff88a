"""Revoke a licence, and hand one over at the window."""

from uuid import UUID

import pytest

from onevisit.cases.actions import accept, grant, hand_over, revoke
from onevisit.cases.errors import (
    NotCheckedIn,
    NotFound,
    NothingToDeliver,
    NotRevocable,
    NotYourHall,
    OnlyOfficers,
    ReasonsMissing,
)
from onevisit.cases.queries import verify, work
from onevisit.core.law.procedure import State
from onevisit.halls.actions import check_in
from onevisit.licences.errors import AlreadyRevoked, NoSuchGround
from onevisit.licences.queries import licence, public
from onevisit.licences.rules import Status
from onevisit.notices.models import Notice
from onevisit.notices.queries import of_case as notices_of
from onevisit.people.actor import Actor, Role
from tests.cases.procedures.conftest import APPLICANT, later, officer

CLERK = Actor(UUID(int=77), None, None, "周窗口", Role.CLERK, hall="county-hall")


@pytest.fixture
def granted(submit, now):
    """A granted case of a walk-in, and its licence."""
    case = submit("labour", number="L1", hall="county-hall")
    accept(case.ids["labour"], by=officer("labour"), now=now)
    return case, grant(case.ids["labour"], "k", by=officer("labour"), now=now).licence


def test_revoked_on_a_ground_of_the_law(granted, now):
    case, pk = granted
    at = later(now, days=3)
    token = licence(pk).token
    assert public(token, now=at).status is Status.VALID
    revoke(pk, "69-2", "以虚假材料取得", by=officer("labour"), now=at)
    assert public(token, now=at).status is Status.REVOKED
    entry = case.case.entries.order_by("-seq").first()
    assert entry.kind == "licence.revoked"
    assert '"article":"69(2)"' in entry.body
    assert [notice.kind for notice in notices_of(case.case.pk)][-1] == "revocation"
    assert case.state("labour") is State.GRANTED  # the licence has its own states after the decision
    with pytest.raises(AlreadyRevoked):
        revoke(pk, "69-2", "再来一次", by=officer("labour"), now=at)
    assert verify("L1") == []


def test_revoking_is_the_issuers_and_has_reasons(granted, now):
    case, pk = granted
    with pytest.raises(NotFound) as refused:
        revoke(pk, "69-2", "理由", by=officer("tax"), now=now)
    assert refused.value.case == case.case.pk
    with pytest.raises(OnlyOfficers):
        revoke(pk, "69-2", "理由", by=APPLICANT, now=now)
    with pytest.raises(ReasonsMissing):
        revoke(pk, "69-2", " ", by=officer("labour"), now=now)
    with pytest.raises(NoSuchGround):
        revoke(pk, "68-1", "理由", by=officer("labour"), now=now)
    assert case.kinds()[-1] == "licence.issued"


def test_each_kind_is_revoked_by_its_own_law(submit, now):
    case = submit("business", "tax", "labour")
    issued = {}
    for key in case.ids:
        accept(case.ids[key], by=officer(key), now=now)
        issued[key] = grant(case.ids[key], key, by=officer(key), now=now).licence
    with pytest.raises(NoSuchGround):  # a licence's ground (行政许可法 69) for a registration
        revoke(issued["business"], "69-2", "冒名登记", by=officer("business"), now=now)
    with pytest.raises(NoSuchGround):
        revoke(issued["labour"], "40-2", "冒名登记", by=officer("labour"), now=now)
    with pytest.raises(NotRevocable):  # a registration whose law names no case
        revoke(issued["tax"], "69-2", "冒名登记", by=officer("tax"), now=now)
    assert "revoke" not in work(case.ids["tax"], by=officer("tax"), now=now).can
    revoke(issued["business"], "40-2", "冒名登记", by=officer("business"), now=now)
    assert licence(issued["business"]).revocation.article == "《中华人民共和国市场主体登记管理条例》第四十条第二款"
    entry = case.case.entries.order_by("-seq").first()
    assert '"article":"40(2)","law":"市场主体登记管理条例"' in entry.body
    letter = Notice.objects.get(kind="revocation").data
    assert (letter["act"], "缴回营业执照" in letter["after"]) == ("市场主体登记", True)


def test_handed_over_to_who_came(granted, now):
    case, pk = granted
    with pytest.raises(NotCheckedIn):
        hand_over(pk, by=CLERK, now=now)
    check_in(case.case.person_id, "county-hall", by=CLERK, now=now)
    hand_over(pk, by=CLERK, now=now)
    assert case.state("labour") is State.DELIVERED
    assert case.row("labour").delivered_at == now
    assert case.kinds()[-1] == "procedure.delivered"
    with pytest.raises(NothingToDeliver):
        hand_over(pk, by=CLERK, now=now)
    assert verify("L1") == []


def test_handing_over_is_the_halls(granted, now):
    _, pk = granted
    with pytest.raises(NotYourHall):
        hand_over(pk, by=officer("labour"), now=now)
    other = Actor(UUID(int=78), None, None, "别处", Role.CLERK, hall="town-hall")
    with pytest.raises(NotFound):
        hand_over(pk, by=other, now=now)


def test_a_revoked_licence_is_not_handed_over(granted, now):
    case, pk = granted
    revoke(pk, "69-1-4", "不符合条件", by=officer("labour"), now=now)
    check_in(case.case.person_id, "county-hall", by=CLERK, now=now)
    with pytest.raises(NothingToDeliver):
        hand_over(pk, by=CLERK, now=now)
