"""Random orders of all that can happen to a bill's money, on real PostgreSQL and the real provider over HTTP.

Afterwards: what the payer gave = what is held + what he got back; never more is held than the bill asks for.
The same property, on a product with a planted fault, fails.
"""

import threading
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from demo.payments.book import Book
from demo.payments.faults import Faults
from demo.payments.server import ProviderServer
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from onevisit.payments.actions import asking, give_back, recording
from onevisit.payments.connectors.provider import client
from onevisit.payments.connectors.provider.mapping import OrderState, ProviderOrder
from onevisit.payments.models import Order, Refund
from tests.fixtures.provider import SECRET, Mailbox
from tests.payments.world import Crash, World

ACTIONS = "onevisit.payments.actions"  # whose names are the actions, not their modules
begin_payment = import_module(f"{ACTIONS}.begin_payment")
pay_at_window = import_module(f"{ACTIONS}.pay_at_window")
take_callback = import_module(f"{ACTIONS}.take_callback")
MODES = ("prompt", "twice", "never", "early", "bad-signature", "other-amount", "other-order")
ACTS = (
    "begin", "pay", "pay", "deliver", "again", "lose", "at_once", "forge", "poll", "poll", "window", "window",
    "refund_line", "refund_line", "refund_all", "ask_refunds", "hand_out", "amend", "wait", "away",
)  # fmt: skip
PLACES = (
    (client, "create"), (client, "ask"), (client, "close"), (client, "refund"), (begin_payment, "_order_for"),
    (begin_payment, "keep"), (asking, "keep"), (pay_at_window, "_record"), (give_back, "_confirm"),
)  # fmt: skip
KILLS = st.tuples(st.sampled_from([name for _, name in PLACES]), st.booleans())
CRASHES = st.integers(0, 3).flatmap(lambda chance: st.none() if chance else KILLS)  # one step in four is cut short
Step = tuple[str, str, tuple[str, bool] | None]
FIRST = st.tuples(st.just("begin"), st.sampled_from(MODES), CRASHES)
NEXT = st.tuples(st.sampled_from(ACTS), st.sampled_from(MODES), CRASHES)
STEPS = st.builds(lambda first, rest: [first, *rest], FIRST, st.lists(NEXT, min_size=2, max_size=11))
HEALTH = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
Start = Callable[[], World]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def start(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Start]:
    """Makes a world of its own: an empty book at the provider, one bill here."""
    server = ProviderServer(("127.0.0.1", 0), SECRET, Book(":memory:"), Faults(), "")
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    crash = Crash()
    for module, name in PLACES:
        monkeypatch.setattr(module, name, crash.wrapped(name, getattr(module, name)))
    product = request.getfixturevalue("settings")
    product.PAYMENT_URL, product.PAYMENT_SECRET = url, SECRET

    def _start() -> World:
        Order.objects.exclude(next_try_at=None).update(state="closed", next_try_at=None)  # of one that failed
        Refund.objects.update(next_try_at=None)
        server.book, server.faults = Book(":memory:"), Faults()
        mailbox.held.clear()
        mailbox.at_once = None
        return World(server, url, mailbox, crash)

    yield _start
    server.shutdown()
    server.server_close()


def live(start: Start, steps: list[Step]) -> None:
    world = start()
    for step in steps:
        world.do(*step)
    world.settle()
    world.check()


@settings(max_examples=50, deadline=None, suppress_health_check=HEALTH)
@given(steps=STEPS)
def test_no_money_is_lost_none_is_taken_twice(start: Start, steps: list[Step]):
    live(start, steps)


def believe(order: object, *, now: object) -> None:
    """Planted: a callback is believed, nobody is asked, and no signature checked."""
    number, amount, pk = order.number, order.amount, order.pk  # type: ignore[attr-defined]
    asking.keep(pk, ProviderOrder(number, OrderState.PAID, amount, f"R{number}", "", now), now=now)  # type: ignore[arg-type]


def fail_at_random(start: Start) -> None:
    """The property as above, quicker: fails when the planted fault is met."""

    @settings(
        max_examples=80, deadline=None, suppress_health_check=HEALTH, phases=[Phase.generate],
        derandomize=True, database=None, report_multiple_bugs=False,
    )  # fmt: skip
    @given(steps=STEPS)
    def property_(steps: list[Step]) -> None:
        live(start, steps)

    with pytest.raises(AssertionError):
        property_()


def test_it_fails_when_callbacks_are_believed(start, monkeypatch):
    monkeypatch.setattr(take_callback, "ask", believe)
    monkeypatch.setattr(take_callback, "is_signed", lambda *_given: True)
    fail_at_random(start)


def test_it_fails_when_surplus_is_not_sent_back(start, monkeypatch):
    monkeypatch.setattr(recording, "send_back", lambda *_given, **_named: None)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE payments_payment DISABLE TRIGGER surplus")
    try:
        fail_at_random(start)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE payments_payment ENABLE TRIGGER surplus")


def test_it_fails_when_a_refund_is_new_in_every_try(start, monkeypatch):
    genuine, tries = client.refund, iter(range(10_000))

    def renumbered(number, order, *given, **named):
        found = genuine(f"{number}T{next(tries)}", order, *given, **named)
        return type(found)(number, found.done, found.amount, found.reference, found.done_at)

    monkeypatch.setattr(client, "refund", renumbered)
    fail_at_random(start)


def test_it_fails_when_nobody_asks_after_orders(start, monkeypatch):
    monkeypatch.setattr(asking.client, "ask", lambda *_given: None)
    monkeypatch.setattr(asking, "_unwanted", lambda *_given: False)
    fail_at_random(start)
