"""The pages of a case of several people, at home and at the window, read in English: signing, paying, handing over."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onevisit.cases import actions
from onevisit.cases.queries import draft
from onevisit.licences.tasks import render_pending as render_licences
from onevisit.notices.tasks import render_pending as render_notices
from onevisit.payments.actions import pay_at_window
from onevisit.payments.models import Bill
from onevisit.payments.tasks import render_pending as render_receipts
from onevisit.payments.values import Way
from onevisit.people.actions import make_accounts
from onevisit.people.actor import Actor
from onevisit.people.models import Account
from onevisit.people.values import AccountSpec
from tests.desk.conftest import grant
from tests.desk.test_intake import RULES, show_all_but, tell
from tests.desk.test_people import MANDATARY
from tests.english.reading import crawl
from tests.fixtures.content import REGION
from tests.fixtures.files import picture
from tests.fixtures.people import PASSWORD, actor
from tests.walker.test_sell_home import PEOPLE, SALE

pytestmark = pytest.mark.usefixtures("reader")


@pytest.fixture(autouse=True)
def _papers(settings, tmp_path):
    settings.SEAL_FOLDER = tmp_path


@pytest.fixture
def sale(content, register, accounts) -> str:
    """Two sellers and two buyers, one of each online: submitted by the first seller from home; its number."""
    make_accounts(
        [AccountSpec(who(party), name, id_number=card, phone="13900000101") for party, (name, card) in PEOPLE.items()],
        password=PASSWORD,
    )
    facts = dict(SALE)
    for (party, (_, card)), how in zip(PEOPLE.items(), ("online", "window") * 2, strict=True):
        key = party.removesuffix("[1]")
        facts |= {f"{key}.signs": how, f"{key}.id_number": card}
    by, now = acting("seller[1]"), timezone.now()
    mine = actions.start_draft("sell-home", REGION, by=by, now=now)
    actions.answer(mine, facts, by=by, now=now)
    actions.confirm(mine, [one.spec.key for one in draft(mine, by=by, now=now).known], by=by, now=now)
    for need in draft(mine, by=by, now=now).needed:
        actions.upload(mine, need.slot, "a.png", picture("PNG"), by=by, now=now)
    return actions.submit(mine, "key", by=by, now=now).number


def who(party: str) -> str:
    """The user name of a party."""
    return party.replace("[", "-").removesuffix("]")


def acting(party: str) -> Actor:
    return actor(Account.objects.get(username=who(party)))


def client_of(username: str) -> Client:
    client = Client()
    assert client.post("/sign-in", {"username": username, "password": PASSWORD}).status_code == 302
    return client


def render() -> None:
    for task in (render_licences, render_notices, render_receipts):
        task(timezone.now())


def test_who_signs_and_pays_at_home(sale, settings):
    seller, buyer = client_of("seller-1"), client_of("buyer-1")
    crawl(seller, "/cases", f"/cases/{sale}", f"/cases/{sale}/pay")
    crawl(buyer, f"/cases/{sale}", f"/cases/{sale}/signature")
    assert buyer.post(f"/cases/{sale}/signature", {}).status_code == 422
    settings.PAYMENT_URL = "http://127.0.0.1:9"
    assert seller.post(f"/cases/{sale}/pay/{Bill.objects.get().pk}").status_code == 503
    settings.PAYMENT_URL = settings.PAYMENT_PAGE = ""
    crawl(seller, f"/cases/{sale}/pay")
    assert buyer.post(f"/cases/{sale}/signature", {"declared": "yes"}).status_code == 302
    render()
    crawl(buyer, f"/cases/{sale}")
    actions.withdraw(sale, by=acting("seller[1]"), now=timezone.now())
    render()
    crawl(seller, f"/cases/{sale}", f"/cases/{sale}/pay")
    crawl(buyer, f"/cases/{sale}")


def test_who_comes_to_the_window(sale):
    clerk, buyer = client_of("clerk"), client_of("buyer-1")
    assert buyer.post(f"/cases/{sale}/signature", {"declared": "yes"}).status_code == 302
    for party in ("seller[2]", "buyer[2]"):
        name, card = PEOPLE[party]
        came = clerk.post("/desk/arrivals", {"name": name, "id_number": card})["Location"]
        crawl(clerk, came, "/desk/")
        steps = re.findall(rf'action="({came}/steps/[^"]+)"', clerk.get(came).content.decode())
    assert steps, "both are there"
    for step in steps:
        assert clerk.post(step).status_code == 302
    assert clerk.post(steps[0]).status_code == 409
    render()
    crawl(buyer, f"/cases/{sale}")
    clerk.get("/desk/takings?day=tomorrow")
    bill = Bill.objects.get()
    total = bill.revisions.get().total
    pay_at_window(bill.pk, way=Way.CASH, amount=total, receipt_number="7", by=acting("clerk"), now=timezone.now())
    crawl(clerk, "/desk/takings")


def test_a_clerk_tells_what_is_missing_and_hands_over(ready):
    clerk = ready.clerk
    crawl(clerk, f"{ready.url}/missing")
    assert clerk.post(f"{ready.url}/missing", {}).status_code in (302, 422)
    number = ready.submit()
    crawl(clerk, f"/desk/cases/{number}/answers")
    wrong = {"matter.tobacco": "true", "was-matter.tobacco": "false"}
    assert clerk.post(f"/desk/cases/{number}/answers", wrong).status_code == 422
    grant("sole-trader-registration")
    render()
    page = clerk.get(f"/desk/cases/{number}").content.decode()
    (address,) = re.findall(rf'action="(/desk/cases/{number}/licences/[^"]+/mandatary)"', page)
    assert clerk.post(address, MANDATARY | {"taker_number": "330521199311059964"}).status_code == 422
    assert clerk.post(address, MANDATARY).status_code == 302
    render()
    crawl(clerk, f"/desk/cases/{number}", "/desk/")
    crawl(client_of("qiushi"), f"/cases/{number}")


def test_what_never_comes_revokes_the_acceptance(begun):
    show_all_but(begun, RULES)
    crawl(begun.clerk, begun.url, f"{begun.url}/missing")
    number = tell(begun, **{f"way-{RULES}": "later", f"what-{RULES}": ""})
    crawl(begun.clerk, f"/desk/cases/{number}", f"/desk/cases/{number}/supplement")
    actions.settle_due(timezone.now() + timedelta(days=30))
    render()
    crawl(client_of("qiushi"), f"/cases/{number}")
    crawl(begun.clerk, f"/desk/cases/{number}")


def test_what_was_typed_when_the_session_had_ended(content, accounts, client):
    sent = client.post("/cases/33052120261127000001Q/rating", {"grade": "1", "words": "good"})
    assert sent.status_code == 403
    (carried,) = re.findall(r'name="carried" value="([^"]+)"', sent.content.decode())
    kept = client.post("/sign-in", {"username": "xiaoman", "password": PASSWORD, "carried": carried})
    assert "is still here" in kept.content.decode()
