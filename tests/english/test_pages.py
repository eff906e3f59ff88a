"""Every page that a visitor, an applicant, a clerk, an officer or the reform office reaches, read in English."""

import io
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from onevisit.cases import actions
from onevisit.cases.models import CorrectionItem, Procedure
from onevisit.cases.values import MissingInput
from onevisit.catalogue import queries as catalogue
from onevisit.catalogue.models import CatalogueVersion, PublicComment
from onevisit.halls.models import CheckIn
from onevisit.insight.tasks import replay
from onevisit.licences.models import Licence
from onevisit.licences.tasks import render_pending as render_licences
from onevisit.notices.tasks import render_pending as render_notices
from onevisit.people.actor import Actor, Role
from onevisit.people.ids import new_id
from tests.catalogue.gate.making import card, sent_in
from tests.desk.conftest import WU, grant
from tests.english.reading import crawl
from tests.fixtures.files import picture
from tests.fixtures.people import PASSWORD
from tests.fixtures.shop import LARGE
from tests.office.filing import FIRST, key
from tests.portal import walk

pytestmark = pytest.mark.usefixtures("reader")
FOOD = "food-licence"
PLAN = MissingInput("layout-plan", "", "图上看不清洗手池，请重画")
MANAGER = MissingInput("", "matter.food_manager", "请写真实姓名")


def officer(procedure: Procedure) -> Actor:
    return Actor(new_id(), None, None, "李审批", Role.OFFICER, agency=procedure.agency)


def tell_what_is_missing() -> None:
    """One agency misses something, the others accept: the notice goes out."""
    now = timezone.now()
    for row in Procedure.objects.exclude(state="waiting"):
        if row.service == FOOD:
            actions.report_missing(row.pk, [PLAN, MANAGER], by=officer(row), now=now)
        else:
            actions.accept(row.pk, by=officer(row), now=now)


def file(name: str = "a.png", content: bytes | None = None) -> io.BytesIO:
    made = io.BytesIO(picture("PNG") if content is None else content)
    made.name = name
    return made


@pytest.fixture
def sealed(settings, tmp_path):
    settings.SEAL_FOLDER = tmp_path


def test_a_visitor(client, content, register):
    crawl(client, "/lists/exceptions", "/lists/not-yet", "/consultations")
    crawl(client, "/", "/?q=noodles", "/?q=zzz", "/verify", "/sign-in", "/api/v1/docs")
    assert client.get("/verify/nonsense").status_code == 404
    assert client.post("/verify", {}).status_code == 422
    assert client.post("/verify", {"file": file("x.pdf", b"no PDF")}).status_code == 200
    client.post("/sign-in", {"username": "nobody", "password": "x"})
    draft = walk.begin(client)
    assert client.post(f"/drafts/{draft}/questions", {"fact": "matter.kind"}).status_code == 422
    crawl(client, f"/drafts/{draft}/plan")
    walk.answer_all(client, draft, LARGE)
    crawl(client, f"/drafts/{draft}/plan")


def test_an_applicant_until_he_submits(client, content, register, sign_in):
    sign_in("xiaoman")
    draft = walk.begin(client)
    client.post(f"/drafts/{draft}/questions", {"fact": "matter.area", "matter.area": "much"})
    crawl(client, f"/drafts/{draft}/check", f"/drafts/{draft}/plan")
    walk.answer_all(client, draft, {"matter.area": "320", "matter.sign": "large", "matter.tobacco": "true"})
    crawl(client, f"/drafts/{draft}/plan", f"/drafts/{draft}/known")
    client.post(f"/drafts/{draft}/offers", {"fact": "matter.fire_promise", "value": "true"})
    client.post(f"/drafts/{draft}/known", {})
    page = client.get(f"/drafts/{draft}/form").content.decode()
    wrong = {"matter.staff_ids": "123", "applicant.phone": "1", "matter.shop_name": "x" * 500}
    assert client.post(f"/drafts/{draft}/form", dict.fromkeys(walk.fields_of(page), "") | wrong).status_code == 422
    crawl(client, f"/drafts/{draft}/plan", f"/drafts/{draft}/form", f"/drafts/{draft}/uploads")
    walk.fill_form(client, draft)
    page = client.get(f"/drafts/{draft}/uploads").content.decode()
    wanted = re.findall(r'name="evidence" value="([^"]+)"', page)[0]
    for bad in (None, file("a.exe", b"MZ"), file("a.pdf"), file("a.png", b""), file("b.pdf", b"%PDF-1.4 broken")):
        sent = {"evidence": wanted} | ({} if bad is None else {f"file-{wanted}": bad})
        client.post(f"/drafts/{draft}/uploads", sent)
    walk.upload_all(client, draft)
    crawl(client, f"/drafts/{draft}/check", "/", "/cases")
    crawl(client, client.post(f"/drafts/{draft}/check", {"key": "k"})["Location"].partition("#")[0])
    walk.submit(client, draft)


def test_an_applicant_with_cases_and_licences(client, content, register, sign_in, sealed):
    sign_in("xiaoman")
    _, number = walk.submitted(client)
    crawl(client, f"/cases/{number}/receipt", "/", f"/cases/{number}/withdrawal")
    tell_what_is_missing()
    grant_row = Procedure.objects.get(service=FIRST)
    actions.grant(grant_row.pk, "key", by=officer(grant_row), now=timezone.now())
    crawl(client, f"/cases/{number}")
    render_licences(timezone.now())
    render_notices(timezone.now())
    assert client.post(f"/cases/{number}/supplement", {}).status_code == 422
    crawl(client, f"/cases/{number}", f"/cases/{number}/supplement", f"/cases/{number}/rating", "/me", "/licences")
    plan = CorrectionItem.objects.get(evidence="layout-plan").pk
    assert client.post(f"/cases/{number}/supplement", {f"item-{plan}": file()}).status_code == 302
    render_notices(timezone.now())
    licence = Licence.objects.get()
    crawl(client, f"/verify/{licence.token}", f"/cases/{number}")
    assert client.post("/verify", {"file": file("a.pdf", bytes(licence.document))}).status_code == 200
    client.post(f"/cases/{number}/rating", {"grade": "9"})
    client.post(f"/cases/{number}/rating", {"grade": "1"})
    crawl(client, f"/cases/{number}/rating")
    row = licence.procedure
    actions.revoke(licence.pk, "40-2", "冒名登记", by=officer(Procedure.objects.get(pk=row)), now=timezone.now())
    crawl(client, f"/licences/{licence.pk}", f"/verify/{licence.token}", f"/cases/{number}", "/me/looks")
    client.post("/verify", {"file": file("a.pdf", bytes(licence.document))})
    client.post(f"/cases/{number}/withdrawal")
    crawl(client, f"/cases/{number}")


def test_an_applicant_whose_application_was_refused(client, content, register, sign_in, sealed):
    sign_in("xiaoman")
    _, number = walk.submitted(client)
    now = timezone.now()
    for row in Procedure.objects.exclude(state="waiting"):
        if row.service == FOOD:
            by = officer(row)
            actions.not_accept(row.pk, "冒名登记", ground="not-competent", competent="德清县工商局", by=by, now=now)
        else:
            actions.accept(row.pk, by=officer(row), now=now)
            actions.refuse(row.pk, "冒名登记", "", "key", by=officer(row), now=now)
    render_notices(now)
    crawl(client, f"/cases/{number}", "/cases")


def test_a_company_and_registers_that_are_down(client, content, sign_in, settings):
    settings.REGISTER_URL = "http://127.0.0.1:9"
    sign_in("gongsi")
    draft = walk.begin(client)
    walk.answer_all(client, draft)
    crawl(client, f"/drafts/{draft}/plan", f"/drafts/{draft}/known", f"/drafts/{draft}/check", "/me")


def test_an_officer(office, sealed):
    fang, applicant = office.of("fang"), office.applicant
    crawl(fang, "/office/", "/office/?q=nothing", "/office/licences", "/office/licences?q=nothing")
    assert fang.post(office.url(FOOD, "missing"), {}).status_code == 422
    assert fang.post(office.url(FOOD, "non-acceptance"), {}).status_code == 422
    crawl(fang, office.url(FOOD, "missing"), office.url(FOOD, "non-acceptance"))
    fang.post(office.url(FIRST, "acceptance"))
    assert fang.post(office.url(FIRST, "refusal"), {"reasons": ""}).status_code == 422
    crawl(fang, office.url(FIRST), office.url(FIRST, "refusal"))
    page = fang.get(office.url(FIRST)).content.decode()
    fang.post(office.url(FOOD, "acceptance"))
    fang.post(office.url(FOOD, "grant"), {"key": "early"})
    assert fang.post(office.url(FIRST, "grant"), {"key": key(page)}).status_code == 302
    render_licences(timezone.now())
    late = office.of("lin").post(office.url(FIRST, "refusal"), {"key": "late", "reasons": "冒名登记"})
    assert late.status_code == 409
    licence = Licence.objects.get()
    crawl(fang, "/office/", "/office/licences", office.url(FOOD), f"/office/licences/{licence.pk}/revocation")
    assert fang.post(f"/office/licences/{licence.pk}/revocation", {}).status_code == 422
    fang.post(f"/office/licences/{licence.pk}/revocation", {"ground": "40-2", "reasons": "冒名登记"})
    crawl(fang, f"/office/licences/{licence.pk}/revocation", office.url(FOOD), "/office/?tab=done")
    assert office.of("shi").get(office.url(FOOD)).status_code == 404
    crawl(applicant, "/me/looks")


def test_officers_wait_for_the_applicant(office):
    tell_what_is_missing()
    crawl(office.of("fang"), "/office/", "/office/?tab=waiting", office.url(FOOD))
    crawl(office.of("shi"), "/office/")


def test_a_clerk(window, sealed):
    assert window.clerk.post("/desk/arrivals", {}).status_code == 422
    window.clerk.post("/desk/arrivals", WU | {"name": "王小"})
    window.clerk.get("/desk/cases?number=nothing")
    window.arrive()
    assert window.clerk.post(f"{window.url}/answers", {"matter.area": "much"}).status_code == 422
    crawl(window.clerk, window.url, "/desk/")
    window.answer_all()
    papers = window.papers()
    window.clerk.post(f"{window.url}/papers/{papers[0]}", {"scan": "1"})
    window.clerk.post(f"{window.url}/papers/{papers[0]}", {"file": file(), "scan": "1"})
    window.show_all()
    window.clerk.post(f"{window.url}/submission", {"key": window.key()})
    CheckIn.objects.all().delete()
    assert window.clerk.post(f"{window.url}/submission", {"key": window.key(), "declared": "yes"}).status_code == 422
    window.clerk.post(f"{window.url}/arrival")
    number = window.submit()
    crawl(window.clerk, "/desk/", f"/desk/cases/{number}/steps", f"/desk/cases/{number}/withdrawal")
    grant(FIRST)
    step = f"/desk/cases/{number}/steps/{Procedure.objects.get(service=FOOD).pk}/apply"
    window.clerk.post(step)
    crawl(window.clerk, f"/desk/cases/{number}")
    render_licences(timezone.now())
    render_notices(timezone.now())
    CheckIn.objects.update(day=timezone.localdate() - timedelta(days=1))
    crawl(window.clerk, f"/desk/cases/{number}")
    window.clerk.post(f"/desk/cases/{number}/withdrawal", {})


def test_a_clerk_takes_what_was_missing(ready, sealed):
    number = ready.submit()
    tell_what_is_missing()
    crawl(ready.clerk, f"/desk/cases/{number}", f"/desk/cases/{number}/supplement", "/desk/")
    ready.clerk.post(f"/desk/cases/{number}/supplement", {})
    plan = CorrectionItem.objects.get(evidence="layout-plan").pk
    ready.clerk.post(f"/desk/cases/{number}/supplement", {f"seen-{plan}": "1"})
    crawl(ready.clerk, f"/desk/cases/{number}")


def test_the_reform_office(client, content, sign_in):
    sign_in("reform")
    client.post("/reform/findings/examination")
    change = "/reform/replay/of/newborn?of=unreformed&pull=courier-results"
    run = client.post(change, {"source": "synthetic", "count": "20"})["Location"]
    assert "This page renews itself" in client.get(run).content.decode()
    while replay(timezone.now()):
        pass
    client.get(change)
    crawl(client, "/reform/")
    assert client.post("/reform/versions", {}).status_code == 422
    made = [
        client.post("/reform/versions", {"document": drafted(**more)})["Location"] for more in ({}, {"sent": False})
    ]
    client.post("/reform/versions", {"document": file("a.json", b"{")})
    today = timezone.localdate()
    days = {"first": str(today), "last": str(today + timedelta(days=29))}
    entry = {"list": "not-yet", "causes": "fetched", "who": "library", "change": "send it", "until": "2027-06-30"}
    for address in made:
        client.post(f"{address}/force", {"day": "x"})
        client.post(f"{address}/proof")
        client.post(f"{address}/comment-days", days | {"last": ""})
        client.post(f"{address}/entry", {"list": "not-yet"})
        client.post(f"{address}/entry", {"list": "exceptions"})
        client.post(f"{address}/entry", entry)
        crawl(client, address)
        client.post(f"{address}/comment-days", days)
        public = f"/consultations/{address.rsplit('/', 1)[1]}"
        client.post(public, {"key": "k", "name": "", "text": ""})
        client.post(public, {"key": "k", "name": "reader", "text": "too slow"})
        client.post(f"{address}/force", {"day": str(today)})
        crawl(client, address, public, f"{address}?with={made[0].rsplit('/', 1)[1]}")
        (said,) = PublicComment.objects.filter(version=address.rsplit("/", 1)[1])
        client.post(f"{address}/comments/{said.pk}/answer", {f"answer-{said.pk}": "better"})
        CatalogueVersion.objects.filter(pk=said.version_id).update(comment_until=today - timedelta(days=1))
        client.post(f"{address}/force", {"day": str(today)})
        catalogue.forget()
        crawl(client, address, public, "/reform/versions", "/lists/not-yet", "/guides/library-card")
        client.post(f"{address}/comments/{said.pk}/hiding", {f"reason-{said.pk}": "advertising"})
        client.post(f"{address}/withdrawal", {"reason": "mistaken"})
        catalogue.forget()
        crawl(client, address, public, "/reform/versions")


def drafted(**more: object) -> io.BytesIO:
    """A version's document to be handed in."""
    return file("card.json", sent_in(card(**more)))


def test_pages_of_trouble(client, accounts, content):
    assert client.get("/no-such-page").status_code == 404
    assert client.get("/drafts/0193a000-0000-7000-8000-000000000001").status_code in (302, 404)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in", {"username": "xiaoman"}).status_code == 403
    assert strict.post("/language", {"language": "en"}).status_code == 403
    for _ in range(6):
        last = client.post("/sign-in", {"username": "xiaoman", "password": "wrong"})
    assert last.status_code == 429
    cache.clear()
    assert client.get("/", CONTENT_LENGTH=str(10**9)).status_code == 413
    client.post("/sign-in", {"username": "qiushi", "password": PASSWORD})
    assert client.get("/office/").status_code == 403
    assert client.get("/cases/nothing").status_code == 404
