"""`onevisit reconcile [--day 2026-11-30] [--payee KEY]`: our books against the provider's statement of a day."""

import argparse
from datetime import UTC, date, datetime, timedelta

from onevisit.config.plain import Plain
from onevisit.core.china import day_of
from onevisit.core.errors import Refusal
from onevisit.payments.queries import reconcile
from onevisit.payments.values import Difference

WORDS = {"missing_here": "the provider has it, we have not", "missing_there": "we have it, the provider has not"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which day, whose money."""
    yesterday = day_of(datetime.now(UTC)) - timedelta(days=1)
    parser.add_argument("--day", type=date.fromisoformat, default=yesterday, help="in Shanghai (default: yesterday)")
    parser.add_argument("--payee", default="", help="key of one agency (default: all)")


def run(options: argparse.Namespace) -> int:
    """Print both sides for each payee, then every difference; 0 when there is none, else 1."""
    try:
        found = reconcile(options.day, payee=options.payee)
    except Refusal as error:
        raise Plain("The payment provider does not answer, or ONEVISIT_PAYMENT_URL is not set.") from error
    for one in found.payees:
        print(
            f"{one.payee}: paid {one.paid_ours} here, {one.paid_theirs} there; "
            f"refunded {one.refunded_ours} here, {one.refunded_theirs} there"
        )
    for difference in found.differences:
        print(line(difference))
    count = len(found.differences)
    print(f"{found.day}: {'no difference' if not count else f'{count} differences'}")
    return 1 if count else 0


def line(one: Difference) -> str:
    """A difference in one line."""
    said = WORDS.get(one.what, "the amounts differ")
    return f"  {one.kind} {one.number} for {one.payee}: {said} (here {one.ours or '-'}, there {one.theirs or '-'})"
