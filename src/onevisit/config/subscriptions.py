"""Which action answers which event of a lower room, in the same transaction: `handle(event, now=now)`."""

from onevisit.payments.events import BillPaid, BillRefunded, MoneyMoves, Subscriptions

SUBSCRIPTIONS: Subscriptions = {
    MoneyMoves: (),  # the case room's lock belongs here, before its handlers below
    BillPaid: (),
    BillRefunded: (),
}
