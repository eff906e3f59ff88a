"""What can be done with bills and money: one write a file."""

from onevisit.payments.actions.amend_bill import amend_bill
from onevisit.payments.actions.ask_provider import ask_provider
from onevisit.payments.actions.begin_payment import begin_payment
from onevisit.payments.actions.give_back import ask_refunds, give_back_at_window
from onevisit.payments.actions.make_bill import make_bill
from onevisit.payments.actions.pay_at_window import pay_at_window
from onevisit.payments.actions.refund import refund
from onevisit.payments.actions.render_pending import render_pending
from onevisit.payments.actions.take_callback import take_callback

__all__ = [
    "amend_bill",
    "ask_provider",
    "ask_refunds",
    "begin_payment",
    "give_back_at_window",
    "make_bill",
    "pay_at_window",
    "refund",
    "render_pending",
    "take_callback",
]
