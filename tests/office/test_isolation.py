"""Another agency's procedure, document and licence: 404, and logged. Documents cannot run anything."""

import re

import pytest
from django.utils import timezone

from onevisit.cases.models import Document, EvidenceItem
from onevisit.licences.models import Licence
from onevisit.licences.tasks import render_pending
from onevisit.people.models import Look
from tests.office.filing import FIRST, key

pytestmark = pytest.mark.django_db


def refused_looks(name: str) -> int:
    return Look.objects.filter(name=name, refused=True).count()


def test_another_agencys_procedure_is_not_found_and_logged(office):
    shi = office.of("shi")
    for act in ("", "missing", "refusal", "non-acceptance"):
        assert shi.get(office.url(FIRST, act)).status_code == 404
    for act in ("acceptance", "grant", "refusal"):
        assert shi.post(office.url(FIRST, act), {"key": "k", "reasons": "不"}).status_code == 404
    assert refused_looks("石磊") == 7
    assert shi.get("/office/procedures/01a20f45-5cd5-7843-a7ca-2068b0f1061c").status_code == 404


def test_every_look_is_logged_for_its_subject(office):
    before = Look.objects.count()
    office.of("fang").get(office.url(FIRST))
    look = Look.objects.order_by("-at").first()
    assert Look.objects.count() == before + 1
    assert look and look.name == "方敏" and look.what == office.row(FIRST).number
    assert "方敏" in office.applicant.get("/me/looks").content.decode()


def test_just_the_papers_it_needs_shown_never_run(office):
    fang, shi = office.of("fang"), office.of("shi")
    page = fang.get(office.url("food-licence")).content.decode()
    shown = re.search(r'<img class="ov-paper" src="(/office/documents/[^"]+)"', page)
    assert shown, page
    response = fang.get(shown.group(1))
    assert response["Content-Type"] == "image/png" and response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("inline") and "sandbox" in response["Content-Security-Policy"]
    own = EvidenceItem.objects.filter(document__isnull=False, services__contains="food-licence")
    foreign = Document.objects.exclude(
        pk__in=EvidenceItem.objects.filter(services__contains="fire-check", document__isnull=False).values("document")
    )
    assert own.exists() and foreign.exists()
    assert shi.get(f"/office/documents/{foreign.first().pk}").status_code == 404
    assert refused_looks("石磊") == 1


def test_licences_of_the_own_agency_are_listed_seen_and_revoked(office, accepted, settings, tmp_path):
    settings.SEAL_FOLDER = tmp_path
    fang, shi = accepted(FIRST), office.of("shi")
    fang.post(office.url(FIRST, "grant"), {"key": key(fang.get(office.url(FIRST)).content.decode())})
    licence = Licence.objects.get()
    url = f"/office/licences/{licence.pk}/revocation"
    page = fang.get("/office/licences").content.decode()
    assert licence.number in page and "王**" in page and "王小满" not in page
    assert licence.number in fang.get(f"/office/licences?q={licence.number[:8]}").content.decode()
    assert "没有这个编号" in fang.get("/office/licences?q=ZZZ").content.decode()
    assert licence.number not in shi.get("/office/licences").content.decode()
    assert shi.get(url).status_code == 404 and shi.post(url, {"ground": "40-2", "reasons": "假"}).status_code == 404
    assert fang.get(f"/office/licences/{licence.pk}/document").status_code == 409  # being made
    render_pending(timezone.now())
    assert fang.get(f"/office/licences/{licence.pk}/document").content.startswith(b"%PDF")
    assert shi.get(f"/office/licences/{licence.pk}/document").status_code == 404
    form = fang.get(url).content.decode()
    assert "市场主体登记管理条例第四十条" in form and "受虚假市场主体登记影响的" in form and "行政许可法" not in form
    bad = fang.post(url, {"reasons": "提交虚假材料"})
    assert (
        bad.status_code == 422 and "提交虚假材料" in bad.content.decode() and 'href="#ground"' in bad.content.decode()
    )
    assert fang.post(url, {"ground": "40-2", "reasons": ""}).status_code == 422
    assert fang.post(url, {"ground": "40-2", "reasons": "提交虚假材料"}).status_code == 302
    late = office.of("lin").post(url, {"ground": "40-2", "reasons": "我也查到了"})
    assert late.status_code == 409 and "方敏" in late.content.decode() and "我也查到了" in late.content.decode()
    assert "已撤销" in fang.get("/office/licences").content.decode()
