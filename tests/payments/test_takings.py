"""What a hall took on a day, by way and payee, for whoever counts the drawer."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from onevisit.payments.actions import give_back_at_window, pay_at_window, refund
from onevisit.payments.queries import bill, takings
from onevisit.payments.values import Way
from tests.payments.making import CLERK, OFFICER, TOTAL, bill_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("provider")]
NOON = datetime(2026, 11, 26, 4, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 26, 16, tzinfo=UTC)  # the 27th begins in Shanghai
ELSEWHERE = replace(CLERK, hall="tax-hall")


def paid(way: Way, slip: str, at: datetime, by=CLERK):
    made = bill_for(now=at)
    pay_at_window(made.id, way=way, amount=TOTAL, receipt_number=slip, by=by, now=at)
    return made


def test_a_day_of_one_hall():
    made = paid(Way.CASH, "1", NOON)
    paid(Way.POS, "POS-2", NOON)
    paid(Way.CASH, "3", MIDNIGHT)
    paid(Way.CASH, "4", NOON, by=ELSEWHERE)
    back = refund(made.id, [made.lines[0].id], reason="不予登记", by=OFFICER, now=NOON)
    assert back is not None
    give_back_at_window(back, receipt_number="5", by=CLERK, now=NOON)
    found = takings("county-hall", date(2026, 11, 26))
    assert [(row.way, row.amount, row.slip) for row in found.rows] == [
        (Way.CASH, TOTAL, "1"), (Way.POS, TOTAL, "POS-2"), (Way.CASH, Decimal("-80.00"), "5"),
    ]  # fmt: skip
    assert [(way, one.came, one.back) for way, one in found.ways] == [
        (Way.CASH, TOTAL, Decimal("80.00")), (Way.POS, TOTAL, Decimal("0.00")),
    ]  # fmt: skip
    assert {name.zh: one.left for name, one in found.payees} == {
        "示范县不动产登记中心": Decimal("80.00"), "示范县税务局": Decimal("2401.00"),
    }  # fmt: skip
    assert sum(one.left for _, one in found.ways) == sum(one.left for _, one in found.payees)
    assert [row.slip for row in takings("county-hall", date(2026, 11, 27)).rows] == ["3"]
    assert [row.slip for row in takings("tax-hall", date(2026, 11, 26)).rows] == ["4"]
    assert takings("county-hall", date(2026, 11, 25)).rows == ()


def test_what_another_hall_hands_back_leaves_its_drawer():
    made = paid(Way.CASH, "1", NOON)
    back = refund(made.id, None, reason="不予登记", by=OFFICER, now=NOON)
    assert back is not None
    give_back_at_window(back, receipt_number="2", by=ELSEWHERE, now=NOON)
    assert [row.slip for row in takings("county-hall", date(2026, 11, 26)).rows] == ["1"]
    (row,) = takings("tax-hall", date(2026, 11, 26)).rows
    assert row.amount == -TOTAL and bill(made.id).held == Decimal("0.00")
