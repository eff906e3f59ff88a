"""Money: bills by payee, paid once, refunded, with receipts, reconciled with the payment provider."""
