"""Tax is paid before the register writes; what failed is not owed, and what was paid for it goes back, once."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import pytest

from onevisit.cases.actions import (
    accept,
    answer,
    attend,
    correct_answer,
    grant,
    refuse,
    report_missing,
    sign,
    submit,
    supplement,
    upload,
    withdraw,
)
from onevisit.cases.models import Entry, Procedure
from onevisit.cases.presence_errors import PresenceMissing
from onevisit.cases.queries.presence import present_at
from onevisit.cases.values import MissingInput
from onevisit.halls.actions import check_in
from onevisit.payments.actions import give_back_at_window, pay_at_window
from onevisit.payments.queries import bill_of, bills_of, owed
from onevisit.payments.values import BillState, BillView, Way
from onevisit.people.actor import Actor
from onevisit.people.models import Person
from tests.cases.parties.conftest import CLERK, OFFICER, SECOND_SELLER, STRANGER, TAXMAN
from tests.fixtures.files import pdf


def procedure(service: str) -> UUID:
    return Procedure.objects.get(service=service).pk


def bill() -> BillView:
    found = bill_of(Procedure.objects.values_list("case", flat=True)[0])
    assert found is not None
    return found


def pay(now: datetime) -> None:
    due = bill()
    pay_at_window(due.id, way=Way.POS, amount=due.total, receipt_number="POS-1", by=CLERK, now=now)


@pytest.mark.django_db(transaction=True)
def test_the_bill_has_a_line_for_each_fee_and_its_basis(taxed: str) -> None:
    made = bill()
    assert (made.case_number, made.total, made.state) == (taxed, Decimal("3080.00"), BillState.UNPAID)
    assert [(line.payee_name.zh, line.due, line.basis) for line in made.lines] == [
        ("税务局", Decimal("3000.00"), "《契税法》第十条"),
        ("税务局", Decimal("0.00"), "测试"),
        ("登记中心", Decimal("80.00"), "测试"),
    ]
    assert owed(made.case) == {"tax": None, "transfer": None}


@pytest.mark.django_db(transaction=True)
def test_no_certificate_before_it_is_paid(taxed: str, now: datetime) -> None:
    tax = procedure("tax")
    accept(tax, by=TAXMAN, now=now)
    with pytest.raises(PresenceMissing, match="缴税"):
        grant(tax, "tax-1", by=TAXMAN, now=now)
    assert [act.service for act in present_at(bill().case, now).day.to_pay()] == ["tax"]
    pay(now)
    assert grant(tax, "tax-2", by=TAXMAN, now=now).outcome == "granted"
    assert Entry.objects.filter(kind="bill.paid").count() == 1


@pytest.mark.django_db(transaction=True)
def test_tax_paid_but_the_register_refuses(taxed: str, people: dict[str, Actor], now: datetime) -> None:
    for service, by in (("tax", TAXMAN), ("transfer", OFFICER)):
        accept(procedure(service), by=by, now=now)
    pay(now)
    grant(procedure("tax"), "tax", by=TAXMAN, now=now)
    sign(taxed, by=people["seller"], now=now)
    for number in (SECOND_SELLER, STRANGER):
        check_in(Person.objects.get(id_number=number).pk, "H", by=CLERK, now=now)
    attend(procedure("transfer"), "hall", person=Person.objects.get(id_number=STRANGER).pk, by=CLERK, now=now)
    refuse(procedure("transfer"), "房屋已被查封，不能转移", "", "no", by=OFFICER, now=now)
    row = next(row for row in bill().money if row.kind == "refund")
    assert (row.amount, row.done) == (Decimal("-3080.00"), False)
    assert row.refund is not None
    give_back_at_window(row.refund, receipt_number="POS-2", by=CLERK, now=now)
    assert (bill().state, bill().held) == (BillState.REFUNDED, Decimal("0.00"))
    assert Entry.objects.filter(kind="bill.refunded").count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_withdraws_before_paying_owes_nothing(taxed: str, people: dict[str, Actor], now: datetime) -> None:
    withdraw(taxed, by=people["seller"], now=now)
    assert (bill().total, bill().state) == (Decimal("0.00"), BillState.NOTHING_DUE)


@pytest.mark.django_db(transaction=True)
def test_who_withdraws_after_paying_gets_it_back(taxed: str, people: dict[str, Actor], now: datetime) -> None:
    pay(now)
    withdraw(taxed, by=people["buyer"], now=now)
    assert [row.amount for row in bill().money if row.kind == "refund"] == [Decimal("-3080.00")]


@pytest.mark.django_db(transaction=True)
def test_free_of_charge_has_no_bill(number: str) -> None:
    assert bill_of(Procedure.objects.values_list("case", flat=True)[0]) is None and number


@pytest.mark.django_db(transaction=True)
def test_an_unpaid_bill_follows_a_corrected_price(taxed: str, people: dict[str, Actor], now: datetime) -> None:
    correct_answer(taxed, "matter.price", "2000000", by=people["buyer"], now=now)
    assert (bill().total, bill().state) == (Decimal("3580.00"), BillState.UNPAID)
    correct_answer(taxed, "matter.home", "示范小区2号", by=people["buyer"], now=now)
    assert bill().revision == 2, "the home makes no difference"
    correct_answer(taxed, "matter.price", "800000", by=people["buyer"], now=now)
    assert bill().total == Decimal("3080.00")


@pytest.mark.django_db(transaction=True)
def test_what_is_paid_stays_paid_and_the_rest_is_asked_for(taxed: str, people: dict[str, Actor], now: datetime) -> None:
    pay(now)
    tax = procedure("tax")
    report_missing(tax, [MissingInput("", "matter.price", "与合同不符")], by=TAXMAN, now=now)
    accept(procedure("transfer"), by=OFFICER, now=now)
    supplement(taxed, {"matter.price": "2000000"}, {}, by=people["buyer"], now=now)
    assert (bill().supplement, bill().total) == (True, Decimal("500.00"))
    accept(tax, by=TAXMAN, now=now)
    with pytest.raises(PresenceMissing, match="缴税"):
        grant(tax, "tax-1", by=TAXMAN, now=now)
    pay(now)
    assert grant(tax, "tax-2", by=TAXMAN, now=now).outcome == "granted"


@pytest.mark.django_db(transaction=True)
def test_what_was_paid_too_much_goes_back(mine: UUID, people: dict[str, Actor], now: datetime) -> None:
    by = people["buyer"]
    answer(mine, {"matter.taxed": "true", "matter.price": "2000000"}, by=by, now=now)
    upload(mine, "identity-card--buyer-2", "身份证.pdf", pdf(), by=by, now=now)
    number = submit(mine, "key", by=by, now=now).number
    pay(now)
    correct_answer(number, "matter.price", "800000", by=by, now=now)
    (made,) = bills_of(bill().case)
    assert [(row.kind, row.amount) for row in made.money] == [
        ("payment", Decimal("3580.00")),
        ("refund", Decimal("-500.00")),
    ]
