"""The real content over the demonstration register: what it asks can be answered, what registers give is taken."""

from datetime import datetime

import pytest

from onevisit.cases.actions import answer, confirm, start_draft, submit, upload
from onevisit.cases.queries import case, draft
from onevisit.catalogue import queries
from onevisit.catalogue.actions import publish_content
from onevisit.core.catalogue import AcceptKind
from onevisit.exchange.actions import BREAKERS
from onevisit.people.actor import SYSTEM
from onevisit.people.models import Account
from tests.fixtures.content import REGION
from tests.fixtures.files import pdf
from tests.fixtures.people import actor
from tests.fixtures.register import ROOT, Running
from tests.fixtures.shop import COMPANY, LARGE, typed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "who", "uscc"),
    [
        ("new_sole", "xiaoman", ""),
        ("new_company", "xiaoman", ""),
        ("sole", "qiushi", "92330521MA2B9XX34F"),
        ("company", "gongsi", ""),
    ],
)
def test_from_home_to_submission(
    accounts: dict[str, Account], register: Running, now: datetime, kind: str, who: str, uscc: str
) -> None:
    BREAKERS.clear()
    publish_content(ROOT / "content", by=SYSTEM, now=now)
    queries.forget()
    by = actor(accounts[who])
    mine = start_draft("open-restaurant", REGION, by=by, now=now)
    shop = typed(LARGE, but=("matter.area",)) | {"matter.kind": kind} | ({"organisation.uscc": uscc} if uscc else {})
    answer(mine, shop | (COMPANY if kind == "new_company" else {}), by=by, now=now)
    view = draft(mine, by=by, now=now)
    assert view.plan.questions == ()
    fetched = {need.evidence for need in view.plan.evidence if need.kind is AcceptKind.RESOURCE}
    assert {"identity-card", "premises-proof", "health-certificates"} <= fetched
    assert ("business-licence" in fetched) == (kind in ("sole", "company"))
    confirm(mine, [known.spec.key for known in view.known], by=by, now=now)
    for need in view.needed:
        upload(mine, need.evidence, "材料.pdf", pdf(), by=by, now=now)
    number = submit(mine, "key-1", by=by, now=now).number
    assert case(number, by=by, now=now).title == "小满面馆"
