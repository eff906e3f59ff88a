"""Reconciliation by day and payee, and the command that prints it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from onevisit.config.cli import main
from onevisit.core.china import day_of
from onevisit.payments import queries
from onevisit.payments.actions import ask_provider, ask_refunds, begin_payment, pay_at_window, refund
from onevisit.payments.errors import ProviderAway
from onevisit.payments.values import Way
from tests.fixtures.provider import SECRET, start
from tests.payments.making import CLERK, OFFICER, PAYER, REGISTER, TAX, TOTAL, bill_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailbox")]


@pytest.fixture
def provider(settings, tmp_path):
    """A provider whose day is empty."""
    (tmp_path / "secret").write_text(SECRET, encoding="ascii")
    running = start(tmp_path / "secret", "--callback", "never", "--book", str(tmp_path / "book"))
    settings.PAYMENT_URL, settings.PAYMENT_SECRET = running.url, SECRET
    yield running
    running.stop()


def today():
    return day_of(timezone.now())


def paid(provider, *, known=True):
    bill = bill_for()
    provider.pay(begin_payment(bill.id, by=PAYER, now=timezone.now()))
    if known:
        ask_provider(timezone.now() + timedelta(minutes=1))
    return bill


def differences(payee=""):
    found = queries.reconcile(today(), payee=payee).differences
    return [(one.what, one.payee, one.ours, one.theirs) for one in found]


def sums(payee):
    found = next((one for one in queries.reconcile(today()).payees if one.payee == payee), None)
    return (found.paid_ours, found.refunded_ours) if found else (Decimal(0), Decimal(0))


def test_both_sides_agree_payee_by_payee(provider):
    bill = paid(provider)
    refund(bill.id, [bill.lines[0].id], reason="不予登记", by=OFFICER, now=timezone.now())
    ask_refunds(timezone.now() + timedelta(minutes=1))
    window = bill_for()
    pay_at_window(window.id, way=Way.CASH, amount=TOTAL, receipt_number="1", by=CLERK, now=timezone.now())
    assert differences() == []
    assert sums(REGISTER) == (Decimal("80.00"), Decimal("80.00"))
    assert sums(TAX) == (Decimal("1200.50"), Decimal(0)), "the window's cash is not the provider's"
    assert {one.payee for one in queries.reconcile(today(), payee=TAX).payees} == {TAX}
    assert queries.reconcile(today() - timedelta(days=400)).payees == ()


def test_what_one_side_lacks_is_listed(provider):
    paid(provider, known=False)
    assert set(differences()) == {
        ("missing_here", REGISTER, None, Decimal("80.00")),
        ("missing_here", TAX, None, Decimal("1200.50")),
    }
    assert differences(payee=REGISTER) == [("missing_here", REGISTER, None, Decimal("80.00"))]
    ask_provider(timezone.now() + timedelta(minutes=1))
    assert differences() == []
    provider.faults(statement="short")
    assert {one[0] for one in differences()} == {"missing_there"}


def test_another_amount_is_listed(provider):
    paid(provider)
    provider.faults(statement="other-amount")
    assert differences() == [("amount", REGISTER, Decimal("80.00"), Decimal("81.00"))]


def test_the_provider_does_not_answer(provider):
    provider.faults(on=False)
    with pytest.raises(ProviderAway):
        queries.reconcile(today())


def test_the_command_says_it_and_ends_with_1(provider, capsys):
    bill = paid(provider, known=False)
    assert main(["reconcile", "--day", today().isoformat(), "--payee", TAX]) == 1
    said = capsys.readouterr().out
    assert f"payment {bill.case_number}P1N1 for tax: the provider has it, we have not (here -, there 1200.50)" in said
    assert main(["reconcile", "--day", "2020-01-01"]) == 0
    assert capsys.readouterr().out == "2020-01-01: no difference\n"
    provider.faults(on=False)
    assert main(["reconcile"]) == 1
    assert "does not answer" in capsys.readouterr().err
