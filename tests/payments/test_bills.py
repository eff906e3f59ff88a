"""Bills: what they say, when they change, what the database itself refuses."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from onevisit.core.text import Text
from onevisit.payments import queries
from onevisit.payments.actions import amend_bill, give_back_at_window, make_bill, pay_at_window, refund
from onevisit.payments.errors import (
    AlreadyPaid,
    AmendedTooLate,
    AmountChanged,
    BillExists,
    LinesRefused,
    NothingDue,
    NotPaidYet,
    OnlyClerks,
    OnlyStaff,
    ReasonMissing,
    ReceiptNumberMissing,
)
from onevisit.payments.models import Bill, Line, Payment, Refund, RefundLine
from onevisit.payments.values import BillState, Way
from onevisit.people.actor import SYSTEM
from tests.payments.making import CLERK, LINES, OFFICER, PAYER, REGISTER, TAX, TOTAL, bill_for, line

pytestmark = pytest.mark.django_db


def paid(bill, slip="POS-1"):
    pay_at_window(bill.id, way=Way.POS, amount=TOTAL, receipt_number=slip, by=CLERK, now=timezone.now())
    return queries.bill(bill.id)


def test_a_bill_is_split_by_payee_with_basis_and_reduction():
    bill = bill_for()
    assert (bill.total, bill.state, bill.waiting) == (TOTAL, BillState.UNPAID, False)
    assert [(p.payee, p.due) for p in bill.payees] == [(REGISTER, Decimal("80.00")), (TAX, Decimal("1200.50"))]
    stamp = bill.lines[2]
    assert (stamp.amount, stamp.reduction, stamp.due) == (Decimal("10.00"), Decimal("-10.00"), 0)
    assert stamp.reduction_basis and all(one.basis for one in bill.lines)
    assert bill.lines[0].label == Text("登记费", "Fee")
    assert queries.bill_of(bill.case) == bill
    assert queries.bills_by_number(bill.case_number) == (bill,)
    assert queries.bill_of(bill.id) is None


@pytest.mark.parametrize(
    "wrong",
    [
        line(TAX, "税", "-1.00"),
        line(TAX, "税", "1.005"),
        line(TAX, "税", "NaN"),
        line(TAX, "税", "1.00", reduction=Decimal("-1.01"), reduction_basis="x"),
        line(TAX, "税", "1.00", reduction=Decimal("0.01"), reduction_basis="x"),
        line(TAX, "税", "1.00", reduction=Decimal("-0.50")),
    ],
)
def test_a_line_that_no_bill_may_have(wrong):
    with pytest.raises(LinesRefused) as refused:
        bill_for((LINES[0], wrong))
    assert refused.value.data == {"place": 2}
    with pytest.raises(LinesRefused):
        bill_for(())


@pytest.mark.parametrize(
    "columns",
    [
        {"basis": ""},
        {"amount": Decimal(-1)},
        {"reduction": Decimal(-11), "reduction_basis": "x"},
        {"reduction": Decimal(1), "reduction_basis": "x"},
        {"reduction": Decimal(-5)},
    ],
)
def test_the_database_refuses_such_a_line_too(columns):
    bill = bill_for()
    revision = Bill.objects.get(pk=bill.id).revisions.get()
    fine = {"payee": TAX, "payee_zh": "税", "label_zh": "税", "service": "tax", "amount": Decimal(10), "basis": "依据"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.create(revision=revision, place=9, **(fine | columns))


def test_lines_are_not_slipped_in_later():
    bill = bill_for()
    revision = Bill.objects.get(pk=bill.id).revisions.get()
    with pytest.raises(DatabaseError, match="make its total"), transaction.atomic():
        Line.objects.create(
            revision=revision, place=9, payee=TAX, payee_zh="税", label_zh="税", service="t", amount=1, basis="b"
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_case_has_one_bill_and_supplements():
    bill = bill_for()
    more = {"case": bill.case, "case_number": bill.case_number, "region": "330521", "payer": "王", "issuer": "示范"}
    with pytest.raises(BillExists):
        make_bill(lines=LINES, by=SYSTEM, now=timezone.now(), **more)
    paid(bill)
    extra = make_bill(lines=LINES[:1], supplement=True, by=SYSTEM, now=timezone.now(), **more)
    assert extra.supplement and extra.number.endswith("缴2")
    assert queries.bill_of(bill.case) == extra
    owed = queries.owed(bill.case)
    assert owed["tax"] is not None, "its only bill is paid"
    assert owed["register"] is None, "its supplement is not"


def test_a_bill_is_amended_while_it_is_unpaid_and_only_then():
    bill = bill_for()
    with pytest.raises(ReasonMissing):
        amend_bill(bill.id, LINES[:1], reason=" ", by=OFFICER, now=timezone.now())
    amended = amend_bill(bill.id, LINES[:1], reason="税款改核定", by=OFFICER, now=timezone.now())
    assert (amended.revision, amended.total) == (2, Decimal("80.00"))
    with pytest.raises(AmountChanged):
        paid(amended)
    back = amend_bill(bill.id, LINES, reason="恢复", by=OFFICER, now=timezone.now())
    paid(back)
    with pytest.raises(AmendedTooLate):
        amend_bill(bill.id, LINES[:1], reason="税款改核定", by=OFFICER, now=timezone.now())
    with pytest.raises(DatabaseError, match="paid bill is not amended"), transaction.atomic():
        Bill.objects.filter(pk=bill.id).update(revision=1)


def test_nothing_due_is_nothing_to_pay():
    free = bill_for((LINES[2],))
    assert free.state is BillState.NOTHING_DUE
    assert queries.owed(free.case) == {}
    with pytest.raises(NothingDue):
        pay_at_window(free.id, way=Way.CASH, amount=Decimal(0), receipt_number="1", by=CLERK, now=timezone.now())


def test_the_window_takes_it_once():
    bill = bill_for()
    for by, slip, refusal in ((PAYER, "1", OnlyClerks), (CLERK, " ", ReceiptNumberMissing)):
        with pytest.raises(refusal):
            pay_at_window(bill.id, way=Way.CASH, amount=TOTAL, receipt_number=slip, by=by, now=timezone.now())
    assert set(queries.owed(bill.case).values()) == {None}
    view = paid(bill)
    assert view.state is BillState.PAID and view.held == TOTAL
    assert set(queries.owed(bill.case)) == {"tax", "register"} and None not in queries.owed(bill.case).values()
    assert paid(bill).held == TOTAL, "the clerk's second click"
    with pytest.raises(AlreadyPaid):
        paid(bill, slip="POS-2")
    (row,) = view.money
    assert (row.way, row.by_name, row.number, row.done) == (Way.POS, "周窗口", "POS-1", True)


def test_a_refund_by_line_then_of_the_rest_and_handed_out():
    bill = bill_for()
    with pytest.raises(NotPaidYet):
        refund(bill.id, None, reason="不予登记", by=OFFICER, now=timezone.now())
    view = paid(bill)
    tax = next(one for one in view.lines if one.due == Decimal("1200.50"))
    with pytest.raises(OnlyStaff):
        refund(bill.id, None, reason="不予登记", by=PAYER, now=timezone.now())
    with pytest.raises(ReasonMissing):
        refund(bill.id, None, reason="", by=OFFICER, now=timezone.now())
    with pytest.raises(ValueError, match="another bill"):
        refund(bill.id, [bill_for().lines[0].id], reason="不予登记", by=OFFICER, now=timezone.now())
    ordered = refund(bill.id, [tax.id], reason="不予登记", by=OFFICER, now=timezone.now())
    assert refund(bill.id, [tax.id], reason="不予登记", by=OFFICER, now=timezone.now()) is None
    assert {one.service for one in queries.bill(bill.id).lines if one.refund} == {"tax"}
    assert queries.bill(bill.id).held == TOTAL, "nothing has been handed out"
    for _ in range(2):
        give_back_at_window(ordered, receipt_number="退-1", by=CLERK, now=timezone.now())
    view = queries.bill(bill.id)
    assert (view.held, view.state) == (Decimal("80.00"), BillState.PARTLY_REFUNDED)
    rest = refund(bill.id, None, reason="不予登记", by=OFFICER, now=timezone.now())
    give_back_at_window(rest, receipt_number="退-2", by=CLERK, now=timezone.now())
    view = queries.bill(bill.id)
    assert (view.held, view.state) == (0, BillState.REFUNDED)
    assert refund(bill.id, None, reason="不予登记", by=OFFICER, now=timezone.now()) is None


def payment(bill, **more):
    row = Bill.objects.get(pk=bill.id)
    fine = {
        "bill": row, "revision": row.revisions.get(number=row.revision), "settles": True, "way": "cash",
        "amount": bill.total, "reference": "R", "by": CLERK.account, "at": timezone.now(),
        "recorded_at": timezone.now(),
    }  # fmt: skip
    return Payment.objects.create(**(fine | more))


def refused(act, says=""):
    with pytest.raises(DatabaseError, match=says), transaction.atomic():
        act()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_itself_takes_nothing_twice_and_gives_back_no_more_than_came():
    bill = bill_for()
    refused(lambda: payment(bill, amount=TOTAL + 1), "what a revision")
    refused(lambda: payment(bill, way="online"), "payment_online_or_by_a_clerk")
    refused(lambda: payment(bill, settles=False), "payment_online_or_by_a_clerk")
    kept = payment(bill)
    refused(lambda: payment(bill, reference="R2"), "paid_once")
    refused(lambda: Payment.objects.filter(pk=kept.pk).update(reference="x"), "append-only")
    refused(lambda: kept.delete(), "append-only")
    by = {"reason": "r", "by": CLERK.account, "by_name": "x", "at": timezone.now()}
    refused(lambda: Refund.objects.create(payment=kept, number="n", amount=TOTAL + 1, **by), "no more is refunded")
    refused(lambda: Refund.objects.create(payment=kept, number="n", amount=TOTAL, **by), "make its amount")
    first, second = Line.objects.filter(revision=kept.revision).order_by("place")[:2]

    def back(number, line, amount):
        made = Refund.objects.create(payment=kept, number=number, amount=amount, **by)
        RefundLine.objects.create(refund=made, payment=kept, line=line, amount=amount)

    refused(lambda: back("n", first, Decimal(1)), "goes back whole")
    back("n1", first, first.due)
    refused(lambda: back("n2", first, first.due), "line_refunded_once")
    back("n3", second, second.due)
    refused(lambda: Refund.objects.create(payment=kept, number="n4", amount=Decimal("0.01"), **by), "no more")


def test_a_payment_of_what_was_asked_before_settles_nothing():
    bill = bill_for()
    old = Bill.objects.get(pk=bill.id).revisions.get()
    amend_bill(bill.id, LINES[:1], reason="改", by=OFFICER, now=timezone.now())
    refused(lambda: payment(bill, revision=old), "asks for now")
