"""Fixtures that every test may use."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from onevisit.people.actions import make_accounts
from onevisit.people.actor import Role
from onevisit.people.models import Account
from onevisit.people.values import AccountSpec

PASSWORD = "correct horse battery"
PEOPLE = (
    AccountSpec("xiaoman", "王小满", id_number="330521199002149981", phone="13900000001"),
    AccountSpec("qiushi", "吴秋实", id_number="330521198412129962", phone="13900000003"),
    AccountSpec(
        "gongsi", "沈知行", id_number="330521198506189974", organisation="示范餐饮有限公司", uscc="91330521MA2B9XX0XW"
    ),
    AccountSpec("clerk", "周窗口", role=Role.CLERK, hall="county-hall", title="综合窗口"),
    AccountSpec("officer", "李审批", role=Role.OFFICER, agency="market-regulation", title="审批员"),
    AccountSpec("reform", "赵改革", role=Role.REFORM, title="改革办"),
)


@pytest.fixture
def now() -> datetime:
    """A working day's morning."""
    return datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


@pytest.fixture
def accounts(db: None) -> dict[str, Account]:
    """One account of each role by user name, all with PASSWORD."""
    cache.clear()
    make_accounts(PEOPLE, password=PASSWORD)
    return {account.username: account for account in Account.objects.all()}


@pytest.fixture
def sign_in(client, accounts) -> Callable[[str], None]:
    """Sign the test client in through the real page."""

    def _sign_in(username: str) -> None:
        response = client.post("/sign-in", {"username": username, "password": PASSWORD})
        assert response.status_code == 302, response.content.decode()

    return _sign_in
