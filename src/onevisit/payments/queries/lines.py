"""Lines added up by payee."""

from collections.abc import Iterable
from decimal import Decimal

from onevisit.payments.models import Line
from onevisit.payments.values import ZERO


def splits(lines: Iterable[Line]) -> list[tuple[str, str, Decimal]]:
    """What each payee gets of these lines: key, name, amount; none of nothing."""
    sums: dict[str, tuple[str, Decimal]] = {}
    for line in lines:
        name, sum_ = sums.get(line.payee, (line.payee_zh, ZERO))
        sums[line.payee] = (name, sum_ + line.due)
    return [(payee, name, sum_) for payee, (name, sum_) in sums.items() if sum_]
