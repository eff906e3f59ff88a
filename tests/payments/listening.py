"""Who listens to the room's events in its own tests: its bills are of cases that no other room has."""

from datetime import datetime

from onevisit.payments.events import BillPaid, BillRefunded, Event, MoneyMoves, Subscriptions

HEARD: list[Event] = []


def hear(event: Event, *, now: datetime) -> None:
    HEARD.append(event)


SUBSCRIPTIONS: Subscriptions = {MoneyMoves: (hear,), BillPaid: (hear,), BillRefunded: (hear,)}
