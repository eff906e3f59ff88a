"""One bill, its payer, a clerk, the worker and the provider, for random orders of everything that they can do.

A process that is killed is an exception between two steps of an action: before or after a message to the provider,
before or after a transaction. The window's cash is counted here: the clerk takes it, then records it; when recording
is refused he hands it back, when the process was killed he tries again with the same slip.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import httpx
from demo.payments import calling
from demo.payments.server import ProviderServer
from django.db import connection
from django.utils import timezone

from onevisit.core.china import day_of
from onevisit.core.errors import Refusal
from onevisit.payments import actions, queries
from onevisit.payments.models import Order
from onevisit.payments.values import BillState, BillView, Way
from tests.fixtures.provider import Mailbox
from tests.payments.making import CLERK, LINES, OFFICER, PAYER, bill_for

CALLS = {"prompt": 1, "twice": 2}  # callbacks that come in their own time; the others are over when paying is
LATER = timedelta(hours=2)


class Killed(BaseException):
    """The process ended here."""


@dataclass
class Crash:
    """Where the next kill is: a place, and whether after it."""

    at: tuple[str, bool] | None = None

    def wrapped(self, place: str, act: Callable[..., object]) -> Callable[..., object]:
        def act_or_die(*given: object, **named: object) -> object:
            self._die_if((place, False))
            done = act(*given, **named)
            self._die_if((place, True))
            return done

        return act_or_die

    def _die_if(self, here: tuple[str, bool]) -> None:
        if self.at == here:
            self.at = None
            raise Killed


@dataclass
class World:
    """What has happened so far."""

    server: ProviderServer
    url: str
    mailbox: Mailbox
    crash: Crash
    bill: BillView = field(default_factory=bill_for)
    now: datetime = field(default_factory=timezone.now)
    taken: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)
    counted: Decimal | None = None  # cash that the clerk has taken but not seen recorded
    cash: Decimal = Decimal(0)  # that the payer gave at the window
    handed_out: dict[UUID, Decimal] = field(default_factory=dict)

    def do(self, act: str, mode: str, crash: tuple[str, bool] | None) -> None:
        self.server.faults.callback = mode
        self.server.faults.refund = {"twice": "slow", "never": "lost"}.get(mode, "done")
        self.crash.at = crash
        self.now += timedelta(seconds=20)
        with suppress(Refusal, Killed):
            getattr(self, act)()
        self.crash.at = None

    # --- the payer

    def begin(self) -> None:
        actions.begin_payment(self.bill.id, by=PAYER, now=self.now)

    def pay(self) -> None:
        """He pays every page that he was ever sent to, also those of which our side was killed before it knew."""
        for order in self._orders():
            held = len(self.mailbox.held)
            unpaid = order["state"] == "open"
            httpx.post(f"{self.url}/pay/{order['reference']}", trust_env=False, timeout=20)
            if unpaid and self.mailbox.at_once is None:
                self._wait(held + CALLS.get(self.server.faults.callback, 0))

    # --- callbacks

    def deliver(self) -> None:
        """All that came; those that were lost with their process are not sent again."""
        came, self.mailbox.held[:] = list(self.mailbox.held), []
        self.taken += came
        for callback in came:
            self._take(callback)

    def again(self) -> None:
        for callback in self.taken:
            self._take(callback)

    def lose(self) -> None:
        self.mailbox.held.clear()

    def at_once(self) -> None:
        """From now on callbacks are answered as they come, also before our call to the provider has returned."""
        self.mailbox.at_once = None if self.mailbox.at_once else self._at_once

    def forge(self) -> None:
        """Callbacks that no payment caused, for every order of the bill, and their delivery."""
        for order in self._orders():
            for kind in ("unpaid", "bad-signature", "other-amount"):
                calling.forge(self.server.secret, {**order, "paid_at": self.now.isoformat()}, kind)
        self.deliver()

    def _take(self, callback: tuple[bytes, dict[str, str]]) -> None:
        with suppress(Refusal):
            actions.take_callback(*callback, now=self.now)

    def _at_once(self, callback: tuple[bytes, dict[str, str]]) -> int:
        try:
            self._take(callback)
        except Killed:
            pass
        finally:
            connection.close()  # of the mailbox's thread
        return 200

    # --- the worker

    def poll(self) -> None:
        actions.ask_provider(self.now)

    def ask_refunds(self) -> None:
        actions.ask_refunds(self.now)

    # --- the window and the office

    def window(self) -> None:
        """Take what is due, record it under the one slip; the same slip again after a kill, or by a second click."""
        if self.counted is None:
            self.counted = queries.bill(self.bill.id).total
        try:
            actions.pay_at_window(
                self.bill.id, way=Way.CASH, amount=self.counted, receipt_number="S", by=CLERK, now=self.now
            )
        except Refusal:
            self.counted = None  # handed back on the spot
            raise
        self.cash, self.counted = self.cash or self.counted, None

    def refund_line(self) -> None:
        line = queries.bill(self.bill.id).lines[0]
        actions.refund(self.bill.id, [line.id], reason="不予登记", by=OFFICER, now=self.now)

    def refund_all(self) -> None:
        actions.refund(self.bill.id, None, reason="不予登记", by=OFFICER, now=self.now)

    def hand_out(self) -> None:
        """Give the cash, then record it; a second time only the record."""
        for row in queries.bill(self.bill.id).money:
            if row.kind == "refund" and row.way is not Way.ONLINE and row.refund is not None:
                self.handed_out[row.refund] = -row.amount
                actions.give_back_at_window(row.refund, receipt_number="B", by=CLERK, now=self.now)

    def amend(self) -> None:
        lines = LINES[:2] if queries.bill(self.bill.id).revision % 2 else LINES[1:]
        actions.amend_bill(self.bill.id, lines, reason="重新核定", by=OFFICER, now=self.now)

    # --- time and the provider's health

    def wait(self) -> None:
        self.now += timedelta(minutes=28)

    def away(self) -> None:
        self.server.faults.on = not self.server.faults.on

    # --- the end

    def settle(self) -> None:
        """Everything works again, and the worker goes on until nothing is left to ask."""
        self.server.faults.set({"callback": "never", "refund": "done", "on": True})
        self.mailbox.at_once = None
        if self.counted is not None:
            with suppress(Refusal):
                self.window()
        for _ in range(6):
            self.now += LATER
            self.hand_out()
            if not actions.ask_provider(self.now) + actions.ask_refunds(self.now):
                return
        raise AssertionError("the worker is never done")

    def check(self) -> None:
        """No money lost, none made of nothing, none held twice; and both books agree."""
        bill = queries.bill(self.bill.id)
        gave = self.cash + sum((Decimal(one["amount"]) for one in self._orders() if one["state"] == "paid"), Decimal(0))
        back = sum(self.handed_out.values(), Decimal(0)) + self._refunded()
        assert gave == bill.held + back, (gave, bill.held, back)
        kept = [line.due for line in bill.lines if not line.refunded]
        unpaid = bill.state in (BillState.UNPAID, BillState.NOTHING_DUE)
        assert bill.held == (0 if unpaid else sum(kept)), bill
        assert all(row.done for row in bill.money)
        found = queries.reconcile(day_of(timezone.now())).differences
        assert [one for one in found if one.number.startswith(self.bill.case_number)] == []
        settled = any(row.kind == "payment" and not row.surplus for row in bill.money)
        owed = queries.owed(bill.case)
        assert set(owed) == {line.service for line in bill.lines if line.due}
        assert all((at is not None) == settled for at in owed.values())

    def _orders(self) -> list[dict[str, str]]:
        numbers = Order.objects.filter(revision__bill=self.bill.id).order_by("number").values_list("number", flat=True)
        return [order for number in numbers if (order := self.server.book.order(number))]

    def _refunded(self) -> Decimal:
        day = day_of(timezone.now()).isoformat()
        moved = [one for one in self.server.book.movements(day) if one["kind"] == "refund"]
        return sum((Decimal(part["amount"]) for one in moved for part in one["splits"]), Decimal(0))

    def _wait(self, count: int) -> None:
        end = time.monotonic() + 5
        while len(self.mailbox.held) < count and time.monotonic() < end:
            time.sleep(0.001)
        assert len(self.mailbox.held) >= count
