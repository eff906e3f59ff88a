"""Paying through the real demonstration provider, over HTTP: callbacks of every kind, polling, faults, refunds."""

import time
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from onevisit.payments import queries
from onevisit.payments.actions import (
    amend_bill,
    ask_provider,
    ask_refunds,
    begin_payment,
    give_back_at_window,
    pay_at_window,
    refund,
    take_callback,
)
from onevisit.payments.connectors.provider import client
from onevisit.payments.errors import (
    AlreadyPaid,
    ForgedCallback,
    NotAtTheWindow,
    NothingDue,
    OrderOver,
    ProviderAway,
    UnreadableCallback,
)
from onevisit.payments.models import Order, Payment
from onevisit.payments.rules import signature
from onevisit.payments.values import BillState, Way
from tests.fixtures.provider import SECRET
from tests.payments.making import CLERK, LINES, OFFICER, PAYER, TOTAL, bill_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("provider", "mailbox")]
LATER = timedelta(hours=2)


def begin(bill):
    return begin_payment(bill.id, by=PAYER, now=timezone.now())


def order_of(bill):
    return Order.objects.filter(revision__bill=bill.id).latest("created_at")


def paid_online(bill, provider):
    provider.faults(callback="never")
    provider.pay(begin(bill))
    ask_provider(timezone.now() + timedelta(minutes=1))
    return queries.bill(bill.id)


def window(bill):
    pay_at_window(bill.id, way=Way.CASH, amount=bill.total, receipt_number="S-1", by=CLERK, now=timezone.now())


def wait_for(held, count):
    end = time.monotonic() + 5
    while len(held) < count and time.monotonic() < end:
        time.sleep(0.01)
    assert len(held) == count


def test_order_page_payment_callback(provider, mailbox):
    bill = bill_for()
    page = begin(bill)
    assert begin(bill) == page, "two tabs, one order"
    assert queries.bill(bill.id).waiting
    assert "付款成功" in provider.pay(page)
    wait_for(mailbox.held, 1)
    assert take_callback(*mailbox.held[0], now=timezone.now())
    view = queries.bill(bill.id)
    assert (view.state, view.held, view.waiting) == (BillState.PAID, TOTAL, False)
    assert view.money[0].receipt is not None
    with pytest.raises(AlreadyPaid):
        begin(bill)
    with pytest.raises(AlreadyPaid):
        window(bill)


def test_twice_is_once(provider, mailbox):
    provider.faults(callback="twice")
    bill = bill_for()
    provider.pay(begin(bill))
    wait_for(mailbox.held, 2)
    for callback in mailbox.held * 2:
        assert take_callback(*callback, now=timezone.now())
    assert Payment.objects.filter(bill=bill.id).count() == 1


def test_without_any_callback_the_provider_is_asked(provider):
    bill = bill_for()
    assert paid_online(bill, provider).held == TOTAL
    assert ask_provider(timezone.now() + LATER) == 0, "nothing is left to ask"


@pytest.mark.parametrize("mode", ["bad-signature", "other-amount", "other-order"])
def test_a_forged_callback_makes_no_money_and_hides_none(provider, mailbox, mode):
    provider.faults(callback=mode)
    bill, other = bill_for(), bill_for()
    begin(other)
    provider.pay(begin(bill))
    wait_for(mailbox.held, 1)
    if mode == "bad-signature":
        with pytest.raises(ForgedCallback):
            take_callback(*mailbox.held[0], now=timezone.now())
    else:
        take_callback(*mailbox.held[0], now=timezone.now())
    ask_provider(timezone.now() + timedelta(minutes=1))
    assert queries.bill(bill.id).held == TOTAL
    assert queries.bill(other.id).held == 0


def test_a_callback_of_an_unpaid_order_is_not_believed(provider, mailbox):
    bill = bill_for()
    begin(bill)
    assert provider.forge(order_of(bill).number, "unpaid").json() == {"answered": 200}
    assert take_callback(*mailbox.held[0], now=timezone.now())
    assert queries.bill(bill.id).state is BillState.UNPAID


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"number": 5}', b'{"number": "no-such-order"}', b"[" * 100_000])
def test_a_callback_that_cannot_be_read(body):
    with pytest.raises(UnreadableCallback):
        take_callback(body, {"X-Signature": signature(SECRET, "callback", body)}, now=timezone.now())
    for headers in ({}, {"X-Signature": ""}, {"X-Signature": "é"}):
        with pytest.raises(ForgedCallback):
            take_callback(body, headers, now=timezone.now())


def test_without_a_secret_nothing_is_believed(settings):
    settings.PAYMENT_SECRET = ""
    with pytest.raises(ForgedCallback):
        take_callback(b"{}", {"X-Signature": signature("", "callback", b"{}")}, now=timezone.now())


def test_paid_on_the_page_after_the_window_took_it(provider):
    """The order could not be closed, because the provider was away while the window was paid."""
    bill = bill_for()
    page = begin(bill)
    provider.faults(on=False, callback="never")
    window(bill)
    provider.faults(on=True)
    provider.pay(page)
    ask_provider(timezone.now() + timedelta(minutes=1))
    assert queries.bill(bill.id).held == 2 * TOTAL
    ask_refunds(timezone.now() + timedelta(minutes=1))
    view = queries.bill(bill.id)
    assert (view.held, view.state) == (TOTAL, BillState.PAID)
    assert [(row.kind, row.surplus, row.done) for row in view.money] == [
        ("payment", False, True),
        ("payment", True, True),
        ("refund", True, True),
    ]


def test_the_window_closes_the_page_or_learns_that_it_was_paid(provider):
    provider.faults(callback="never")
    bill, other = bill_for(), bill_for()
    page = begin(bill)
    window(bill)
    assert "已关闭" in provider.pay(page)
    provider.pay(begin(other))
    with pytest.raises(AlreadyPaid):
        window(other)
    assert queries.bill(other.id).held == TOTAL


def test_money_for_what_was_asked_before_an_amendment_goes_back(provider):
    bill = bill_for()
    page = begin(bill)
    provider.faults(callback="never")
    amend_bill(bill.id, LINES[:1], reason="税款改核定", by=OFFICER, now=timezone.now())
    provider.pay(page)
    ask_provider(timezone.now() + timedelta(minutes=1))
    view = queries.bill(bill.id)
    assert (view.state, view.held) == (BillState.UNPAID, TOTAL)
    ask_refunds(timezone.now() + timedelta(minutes=1))
    assert queries.bill(bill.id).held == 0
    provider.pay(begin(bill))
    ask_provider(timezone.now() + timedelta(minutes=1))
    assert queries.bill(bill.id).held == Decimal("80.00")


def test_an_order_of_an_amended_bill_is_closed(provider):
    bill = bill_for()
    page = begin(bill)
    amend_bill(bill.id, LINES[:1], reason="税款改核定", by=OFFICER, now=timezone.now())
    ask_provider(timezone.now() + timedelta(minutes=1))
    assert order_of(bill).state == "closed"
    assert "已关闭" in provider.pay(page)


def test_an_order_whose_time_is_over_is_closed_and_followed_by_another(provider):
    bill = bill_for()
    page = begin(bill)
    again = begin_payment(bill.id, by=PAYER, now=timezone.now() + timedelta(minutes=29))
    assert again != page
    assert "已关闭" in provider.pay(page)
    assert ask_provider(timezone.now() + LATER) == 1
    assert order_of(bill).state == "closed"


def test_the_provider_is_away_and_comes_back(provider, settings):
    bill = bill_for()
    provider.faults(on=False)
    with pytest.raises(ProviderAway):
        begin(bill)
    assert order_of(bill).state == "new"
    assert ask_provider(timezone.now() + timedelta(minutes=1)) == 1, "one try a round"
    provider.faults(on=True)
    page = begin(bill)
    assert Order.objects.filter(revision__bill=bill.id).count() == 1
    provider.faults(callback="never")
    provider.pay(page)
    provider.faults(on=False)
    body = b'{"number": "%s"}' % order_of(bill).number.encode()
    assert not take_callback(body, {"X-Signature": signature(SECRET, "callback", body)}, now=timezone.now())
    provider.faults(on=True)
    ask_provider(timezone.now())
    assert queries.bill(bill.id).held == TOTAL
    settings.PAYMENT_URL = ""
    with pytest.raises(ProviderAway):
        begin(bill_for())


def test_an_order_that_the_provider_never_heard_of_is_closed_there(provider):
    bill = bill_for()
    provider.faults(on=False)
    with pytest.raises(ProviderAway):
        begin(bill)
    provider.faults(on=True)
    order = order_of(bill)
    ask_provider(timezone.now() + LATER)
    assert order_of(bill).state == "closed"
    closed = client.create(order.number, order.amount, [("tax", "税", order.amount)], subject="迟到的开单",
                           back="http://localhost/", callback="", expires=order.expires_at)  # fmt: skip
    assert closed.state == "closed", "a call that comes too late opens nothing"


def test_an_order_that_ended_while_it_was_opened(provider):
    bill = bill_for()
    provider.faults(on=False)
    with pytest.raises(ProviderAway):
        begin(bill)
    provider.faults(on=True)
    client.close(order_of(bill).number, TOTAL)
    with pytest.raises(OrderOver):
        begin(bill)
    assert begin(bill).startswith("http")


def test_nothing_to_pay_is_not_ordered():
    with pytest.raises(NothingDue):
        begin(bill_for((LINES[2],)))


@pytest.mark.parametrize("fault", ["done", "slow", "lost"])
def test_a_refund_is_asked_for_until_it_is_confirmed(provider, fault):
    bill = bill_for()
    view = paid_online(bill, provider)
    provider.faults(refund=fault)
    tax = [line.id for line in view.lines if line.payee == "tax"]
    ordered = refund(bill.id, tax, reason="不予登记，退税", by=OFFICER, now=timezone.now())
    with pytest.raises(NotAtTheWindow):
        give_back_at_window(ordered, receipt_number="1", by=CLERK, now=timezone.now())
    rounds = 0
    while queries.bill(bill.id).held != Decimal("80.00"):
        rounds += 1
        assert rounds < 4
        ask_refunds(timezone.now() + LATER * rounds)
    assert rounds == (1 if fault == "done" else 2)
    assert ask_refunds(timezone.now() + 9 * LATER) == 0
    assert queries.bill(bill.id).state is BillState.PARTLY_REFUNDED


def test_unsigned_requests_get_nothing_from_the_provider(provider, settings):
    settings.PAYMENT_SECRET = "another"
    with pytest.raises(ProviderAway):
        begin(bill_for())
