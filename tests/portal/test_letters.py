"""What a notice says, as a page: each kind, in both languages, for its recipient only."""

from uuid import uuid4

import pytest
from django.utils.translation import deactivate

from onevisit.notices.rules import Kind
from tests.notices.test_notices import row, write

pytestmark = pytest.mark.django_db
SAYS = {
    Kind.RECEIPT: ("最迟告知日", "Last day to tell you 1 December 2026"),
    Kind.ACCEPTANCE: ("5 个工作日（法定 20 个工作日）", "5 working days (by law 20 working days)"),
    Kind.CORRECTION: ("看不出洗碗池的位置", "There will be no second correction notice"),
    Kind.SUPPLIED: ("还差下面这些", "photocopy taken at the window"),
    Kind.NON_ACCEPTANCE: ("经营场所不在本县", "Administrative Licensing Law art. 32(1)(2)"),
    Kind.DECISION: ("现决定准予行政许可", "the administrative licence is granted"),
    Kind.ACCEPTANCE_REVOKED: ("现撤销受理", "the acceptance is now revoked"),
    Kind.DELIVERY: ("受托人领取", "Taken by mandate"),
    Kind.ENDED: ("先办继承的登记", "from the moment of his death (Civil Code 230)"),
    Kind.REVOCATION: ("办理注销手续", "the holder got the licence by fraud"),
}


def words(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("</dt>", "").split()).replace(
        '<dd class="govuk-summary-list__value ov-break">', ""
    )


@pytest.mark.parametrize("kind", list(Kind))
def test_each_notice_is_a_page_in_the_readers_language(client, content, sign_in, accounts, now, kind):
    made = row(now, kind, recipient=accounts["xiaoman"].person_id)
    write(made)
    address = f"/notices/{made['id']}"
    sign_in("xiaoman")
    zh, en = SAYS[kind]
    assert zh in words(client.get(address))
    client.post("/language", {"language": "en"})
    page = words(client.get(address))
    deactivate()
    assert en in page and "What binds is the sealed PDF in Chinese" in page


def test_a_notice_to_somebody_else_is_none(client, sign_in, now):
    made = row(now, recipient=uuid4())
    write(made)
    sign_in("xiaoman")
    assert client.get(f"/notices/{made['id']}").status_code == 404
