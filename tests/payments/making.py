"""A bill of two payees, and who acts."""

from datetime import datetime
from decimal import Decimal
from itertools import count
from uuid import UUID

from django.utils import timezone

from onevisit.core.text import Text
from onevisit.payments.actions import make_bill
from onevisit.payments.values import BillView, NewLine
from onevisit.people.actor import SYSTEM, Actor, Role
from onevisit.people.ids import new_id

PAYER = Actor(UUID(int=31), UUID(int=32), None, "王小满", Role.APPLICANT)
CLERK = Actor(UUID(int=33), None, None, "周窗口", Role.CLERK, hall="county-hall")
OFFICER = Actor(UUID(int=34), None, None, "李审批", Role.OFFICER, agency="tax")
REGISTER, TAX = "real-estate", "tax"
_NUMBERS = count(1)


def line(payee: str, label: str, amount: str, service: str = "transfer", **more: object) -> NewLine:
    name = {REGISTER: "示范县不动产登记中心", TAX: "示范县税务局"}.get(payee, payee)
    return NewLine(payee, Text(name), Text(label, "Fee"), Decimal(amount), service, "示范收费依据", **more)  # type: ignore[arg-type]


LINES = (
    line(REGISTER, "登记费", "80.00", "register"),
    line(TAX, "税款", "1200.50", "tax"),
    line(TAX, "印花税", "10.00", "tax", reduction=Decimal("-10.00"), reduction_basis="示范减免依据"),
)
TOTAL = Decimal("1280.50")


def bill_for(lines: tuple[NewLine, ...] = LINES, *, now: datetime | None = None, **more: object) -> BillView:
    case = new_id()
    return make_bill(
        case=case,
        case_number=f"T{case.hex[-12:].upper()}{next(_NUMBERS)}",
        region="330521",
        payer="王小满（示范）",
        issuer="示范县行政服务中心",
        lines=lines,
        by=SYSTEM,
        now=now or timezone.now(),
        **more,  # type: ignore[arg-type]
    )
