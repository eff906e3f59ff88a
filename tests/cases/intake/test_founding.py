"""A company founded on the way: what is granted from then on is issued to it, by the code of its registration."""

from uuid import NAMESPACE_URL, uuid5

import pytest

from onevisit.cases.actions import accept, answer, confirm, grant, refuse, report_missing, start_draft, submit, upload
from onevisit.cases.errors import AnswersRefused, IdentityIsKnown, NotReady, OutputNeverComes, WaitsForOutput
from onevisit.cases.models import Case, Procedure
from onevisit.cases.queries import case as case_view
from onevisit.cases.queries import draft, verify, work
from onevisit.cases.values import MissingInput
from onevisit.core.catalogue import AcceptKind
from onevisit.core.codes import check_uscc
from onevisit.core.law.procedure import State
from onevisit.licences.queries import of_case, public
from onevisit.licences.rules import credit_code
from onevisit.notices.models import Notice
from onevisit.people.actor import Actor, Role
from tests.cases.intake.conftest import REGION
from tests.fixtures.files import pdf
from tests.fixtures.people import actor
from tests.fixtures.shop import COMPANY, LARGE, typed

pytestmark = pytest.mark.django_db
NAME = COMPANY["matter.company_name"]


@pytest.fixture
def drafted(accounts, register, content, now):
    """A draft of a new company with everything, by whoever."""

    def _drafted(who="xiaoman", **more):
        by = actor(accounts[who])
        mine = start_draft("open-restaurant", REGION, by=by, now=now)
        answer(mine, {**typed(LARGE, but=("matter.area",)), **COMPANY, **more}, by=by, now=now)
        confirm(mine, [known.spec.key for known in draft(mine, by=by, now=now).known], by=by, now=now)
        for need in draft(mine, by=by, now=now).needed:
            upload(mine, need.evidence, "材料.pdf", pdf(), by=by, now=now)
        return by, mine

    return _drafted


@pytest.fixture
def filed(drafted, now):
    """The case, its applicant, and its procedures by service, all accepted."""
    by, mine = drafted()
    made = submit(mine, "key", by=by, now=now)
    rows = {row.service: row for row in Procedure.objects.filter(case=made.case)}
    for row in rows.values():
        if row.state == State.RECEIVED:
            accept(row.pk, by=officer(row.agency), now=now)
    return made, by, rows


def officer(agency: str) -> Actor:
    return Actor(uuid5(NAMESPACE_URL, agency), None, None, "经办人（示范）", Role.OFFICER, agency=agency)


def granted(rows, service: str, now):
    return grant(rows[service].pk, f"grant-{service}", by=officer(rows[service].agency), now=now)


def test_what_follows_is_issued_to_the_company(filed, now):
    made, _, rows = filed
    assert len(rows) == 12
    for service in (
        "food-licence",
        "outdoor-ad-consent",
        "seal-filing",
        "taxpayer-record",
        "social-insurance-registration",
    ):
        with pytest.raises(WaitsForOutput):
            granted(rows, service, now)
    granted(rows, "company-registration", now)
    (licence,) = of_case(made.case, now=now)
    check_uscc(licence.holder_code)
    assert licence.holder_name == NAME and public(licence.token, now=now).holder == NAME
    printed = dict(licence.fields)
    assert (printed["公司名称"], printed["公司的统一社会信用代码"]) == (NAME, licence.holder_code)
    assert printed["注册资本"] == "10 万元" and printed["经营者（负责人）姓名"] == "陈小满"
    kinds = [entry.kind for entry in Case.objects.get(pk=made.case).entries.order_by("seq")]
    assert kinds.count("business.founded") == 1
    for service in rows:
        if service not in ("company-registration", "employees-insurance", "bank-appointment"):
            granted(rows, service, now)
    granted(rows, "employees-insurance", now)
    granted(rows, "bank-appointment", now)
    assert {one.holder_code for one in of_case(made.case, now=now)} == {licence.holder_code}
    assert {one.holder_name for one in of_case(made.case, now=now)} == {NAME}
    to = dict(Notice.objects.filter(case=made.case, kind="decision").values_list("procedure", "data__applicant"))
    assert to[rows["company-registration"].pk] == "王小满"  # who founded it, as his account names him
    assert to[rows["food-licence"].pk] == NAME
    assert verify(made.number) == []


def test_other_agencies_then_read_its_name_and_code(filed, now):
    made, by, rows = filed
    tax = rows["taxpayer-record"]
    before = {fact.key for fact in work(tax.pk, by=officer("tax"), now=now).facts}
    assert "matter.company_name" in before and "matter.company_code" not in before
    granted(rows, "company-registration", now)
    seen = work(tax.pk, by=officer("tax"), now=now)
    code = next(fact for fact in seen.facts if fact.key == "matter.company_code")
    assert code.source.zh == "本次设立登记"
    assert seen.applicant == NAME
    said = " ".join(one.words.zh for one in case_view(made.number, by=by, now=now).history)
    assert f"公司成立，统一社会信用代码 {of_case(made.case, now=now)[0].holder_code}" in said


def test_nobody_types_its_code(drafted, now):
    by, mine = drafted()
    with pytest.raises(AnswersRefused):
        answer(mine, {"matter.company_code": "91330521MA2B9XX18W"}, by=by, now=now)
    assert "matter.company_code" not in {field.spec.key for field in draft(mine, by=by, now=now).fields}


def test_its_name_can_be_corrected_until_it_is_founded(filed, now):
    _, _, rows = filed
    food = rows["food-licence"]
    Procedure.objects.filter(pk=food.pk).update(state="received", completeness="open", accepted_at=None, due=None)
    asked = [MissingInput("", "matter.company_code", "写错了")]
    with pytest.raises(IdentityIsKnown):
        report_missing(food.pk, asked, by=officer(food.agency), now=now)
    granted(rows, "company-registration", now)
    with pytest.raises(IdentityIsKnown):
        report_missing(food.pk, [MissingInput("", "matter.company_name", "改名")], by=officer(food.agency), now=now)


def test_where_it_is_not_founded_nothing_follows(filed, now):
    _, _, rows = filed
    refuse(rows["company-registration"].pk, "名称违反规定", "", "k", by=officer("market-supervision"), now=now)
    with pytest.raises(OutputNeverComes):
        granted(rows, "food-licence", now)
    assert work(rows["food-licence"].pk, by=officer("market-supervision"), now=now).can == ("refuse",)
    tax = work(rows["taxpayer-record"].pk, by=officer("tax"), now=now)
    assert tax.can == () and "撤回" in tax.cannot_why.zh  # a tax is never refused


def test_a_company_founds_none(drafted, now):
    by, mine = drafted("gongsi")
    assert any("公司设立登记" in said.zh for said in draft(mine, by=by, now=now).hindrances)
    with pytest.raises(NotReady):
        submit(mine, "key", by=by, now=now)


def test_the_new_companys_licence_counts_for_its_next_case(filed, accounts, now):
    made, by, rows = filed
    granted(rows, "company-registration", now)
    (licence,) = of_case(made.case, now=now)
    mine = start_draft("open-restaurant", REGION, by=by, now=now)
    shop = typed(LARGE, but=("matter.area",)) | {"matter.kind": "company", "organisation.uscc": licence.holder_code}
    answer(mine, shop, by=by, now=now)
    proofs = {need.evidence: need.kind for need in draft(mine, by=by, now=now).plan.evidence}
    assert proofs["business-licence"] is AcceptKind.LICENCE


@pytest.mark.parametrize("randomness", [bytes(7), b"\xff" * 7, b"onevisit"])
def test_a_code_passes_both_check_digits(randomness):
    code = credit_code("330521", randomness)
    check_uscc(code)
    body, digit = code[8:16], code[16]
    total = sum(weight * int(char, 36) for weight, char in zip((3, 7, 9, 10, 5, 8, 4, 2), body, strict=True))
    assert (total + (10 if digit == "X" else int(digit))) % 11 == 0
    assert code.startswith("91330521MA")
