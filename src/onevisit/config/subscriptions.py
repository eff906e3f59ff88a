"""Which action answers which event of a lower room, in the same transaction: `handle(event, now=now)`."""

from onevisit.cases.actions.billing import hold_still, note_money
from onevisit.payments.events import BillPaid, BillRefunded, MoneyMoves, Subscriptions

SUBSCRIPTIONS: Subscriptions = {
    MoneyMoves: (hold_still,),
    BillPaid: (note_money,),
    BillRefunded: (note_money,),
}
