"""A walk-in applicant, from his identity card to the licence in his hands, through the window's pages."""

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from onevisit.cases.models import Case, Procedure
from onevisit.halls.models import CheckIn
from onevisit.halls.queries import visits_of
from onevisit.licences.tasks import render_pending
from tests.desk.conftest import grant
from tests.fixtures.files import picture

pytestmark = pytest.mark.django_db


def test_from_identity_card_to_licence_in_hand(window, settings, tmp_path):
    settings.SEAL_FOLDER = tmp_path
    window.arrive()
    assert "先问完" in window.page()
    window.answer_all()
    papers = window.papers()
    assert papers and "还差" in window.page()
    file = io.BytesIO(picture("PNG"))
    file.name = "执照.png"
    assert window.clerk.post(f"{window.url}/papers/{papers[0]}", {"file": file, "scan": "1"}).status_code == 302
    page = window.page()
    assert "扫描件收到了" in page
    scan = re.search(r'href="(/desk/documents/[^"]+)"', page)
    assert scan and "sandbox" in window.clerk.get(scan.group(1))["Content-Security-Policy"]
    window.show_all()
    number = window.submit()
    case = Case.objects.get(number=number)
    assert case.walk_in and case.hall == "county-hall" and case.title == "秋实小馆"
    assert window.clerk.get(window.url)["Location"].endswith(number)  # back after submitting
    assert "今天没有要他到场办的手续" in window.clerk.get(f"/desk/cases/{number}/steps").content.decode()
    grant("sole-trader-registration")
    page = window.clerk.get(f"/desk/cases/{number}").content.decode()
    assert "收件回执" in page and "今天已登记到场" in page and "正在生成" in page
    render_pending(timezone.now())
    page = window.clerk.get(f"/desk/cases/{number}").content.decode()
    hand = re.search(rf'action="(/desk/cases/{number}/licences/[^"]+/hand-over)"', page)
    document = re.search(rf'href="(/desk/cases/{number}/licences/[^"]+/pdf)"', page)
    assert hand and document
    assert window.clerk.get(document.group(1)).content.startswith(b"%PDF")
    assert window.clerk.post(hand.group(1)).status_code == 302
    assert "已经给他了" in window.clerk.get(f"/desk/cases/{number}").content.decode()
    again = window.clerk.post(hand.group(1))
    assert again.status_code == 409 and "可能已经发过" in again.content.decode()
    assert visits_of(case.person_id, timezone.localdate()) == [("county-hall", timezone.localdate())]


def test_results_only_to_somebody_who_is_here(ready, settings, tmp_path):
    settings.SEAL_FOLDER = tmp_path
    number = ready.submit()
    grant("sole-trader-registration")
    render_pending(timezone.now())
    CheckIn.objects.update(day=timezone.localdate() - timedelta(days=1))  # he came yesterday
    page = ready.clerk.get(f"/desk/cases/{number}").content.decode()
    assert "可领；先登记到场" in page and "hand-over" not in page
    licence = re.search(r"/licences/([^/]+)/pdf", page)
    assert licence
    early = ready.clerk.post(f"/desk/cases/{number}/licences/{licence.group(1)}/hand-over")
    assert early.status_code == 409 and "到场" in early.content.decode()
    step = f"/desk/cases/{number}/steps/{Procedure.objects.get(service='food-licence').pk}/apply"
    done = ready.clerk.post(step)
    assert done.status_code == 409 and "什么都没有改" in done.content.decode()
    assert ready.clerk.post(f"/desk/cases/{number}/arrival", {"steps": "1"})["Location"].endswith("/steps")
    assert "打印好了，交给他" in ready.clerk.get(f"/desk/cases/{number}").content.decode()


def test_submission_on_another_day_asks_to_check_in(ready):
    CheckIn.objects.all().delete()
    sent = {"key": ready.key(), "declared": "yes"}
    absent = ready.clerk.post(f"{ready.url}/submission", sent)
    page = absent.content.decode()
    assert absent.status_code == 422 and "登记到场" in page and f"{ready.url}/arrival" in page
    assert ready.clerk.post(f"{ready.url}/arrival").status_code == 302
    first, again = (ready.clerk.post(f"{ready.url}/submission", sent) for _ in range(2))
    assert first.status_code == 302 and first["Location"] == again["Location"]
    assert Case.objects.count() == 1


def test_lists_of_the_hall_and_finding_by_number(ready):
    assert "办到一半的" in ready.clerk.get("/desk/").content.decode()
    number = ready.submit()
    page = ready.clerk.get("/desk/").content.decode()
    assert number in page and "吴**" in page and "吴秋实" not in page
    assert ready.clerk.get(f"/desk/cases?number= {number.lower()} ")["Location"] == f"/desk/cases/{number}"
    assert ready.clerk.get("/desk/cases?number=")["Location"] == "/desk/"
    assert "没有更早的了" in ready.clerk.get(f"/desk/?before={Case.objects.get().pk}").content.decode()
    assert ready.clerk.get("/desk/?before=nonsense").status_code == 200


def test_results_wait_as_long_as_the_law_gives(ready):
    ready.submit()
    grant("sole-trader-registration")
    assert "1 份结果可领" in ready.clerk.get("/desk/").content.decode()
    row = Procedure.objects.get(service="sole-trader-registration")
    Procedure.objects.filter(pk=row.pk).update(decided_at=row.decided_at - timedelta(days=30))
    assert "份结果可领" not in ready.clerk.get("/desk/").content.decode()
