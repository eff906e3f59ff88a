"""What officers do, through the pages: accept, grant, refuse, tell what is missing, and being second."""

import re
from pathlib import Path

import pytest

from onevisit import paper
from onevisit.cases.models import CorrectionItem, Decision
from onevisit.licences.models import Licence
from onevisit.notices.models import Notice
from tests.office.filing import FIRST, key

pytestmark = pytest.mark.django_db


def test_accept_and_grant_issue_the_licence_once(office, accepted):
    fang = accepted(FIRST)
    page = fang.get(office.url(FIRST)).content.decode()
    sent = {"key": key(page)}
    assert fang.post(office.url(FIRST, "grant"), sent).status_code == 302
    assert fang.post(office.url(FIRST, "grant"), sent).status_code == 302  # pressed twice
    assert Licence.objects.filter(procedure=office.row(FIRST).pk).count() == 1
    page = fang.get(office.url(FIRST)).content.decode()
    assert "已准予" in page and "撤销证照" in page and "看发出的证照" in page


def test_accepting_twice_is_accepting(office, accepted):
    fang = accepted(FIRST)
    assert fang.post(office.url(FIRST, "acceptance")).status_code == 302
    second = office.of("lin").post(office.url(FIRST, "acceptance"))
    assert second.status_code == 409 and "方敏" in second.content.decode()


def test_what_rests_on_a_revoked_licence_is_said_and_not_granted(office, accepted):
    accepted("food-licence")
    fang = accepted(FIRST)
    fang.post(office.url(FIRST, "grant"), {"key": key(fang.get(office.url(FIRST)).content.decode())})
    food = fang.get(office.url("food-licence")).content.decode()
    revoked = {"ground": "40-2", "reasons": "冒名登记"}
    assert fang.post(f"/office/licences/{Licence.objects.get().pk}/revocation", revoked).status_code == 302
    page = fang.get(office.url("food-licence")).content.decode()
    assert "（已失效）" in page and "已被撤销或者失效" in page and office.url("food-licence", "grant") not in page
    late = fang.post(office.url("food-licence", "grant"), {"key": key(food)})
    assert late.status_code == 409 and "不能再作依据" in late.content.decode()
    assert Licence.objects.count() == 1


def test_the_second_officer_is_told_who_was_first_and_loses_nothing(office, accepted):
    fang, lin = accepted(FIRST), office.of("lin")
    form = lin.get(office.url(FIRST, "refusal")).content.decode()
    fang.post(office.url(FIRST, "grant"), {"key": key(fang.get(office.url(FIRST)).content.decode())})
    late = lin.post(office.url(FIRST, "refusal"), {"key": key(form), "reasons": "字号违反名称管理规定"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "方敏" in page and "作出决定" in page and "字号违反名称管理规定" in page
    again = lin.get(office.url(FIRST, "refusal"))
    assert again.status_code == 409 and "方敏已于" in again.content.decode()
    assert lin.post(office.url(FIRST, "acceptance")).status_code == 409


def test_second_to_accept_is_told_who_was_first(office, accepted):
    accepted(FIRST)
    late = office.of("lin").post(office.url(FIRST, "acceptance"))
    page = late.content.decode()
    assert late.status_code == 409 and "方敏已于" in page and "已受理" in page and "什么都没有改" in page


def test_refusal_wants_reasons_and_keeps_what_was_chosen(office, accepted):
    fang = accepted("food-licence")
    url = office.url("food-licence", "refusal")
    form = fang.get(url).content.decode()
    articles = re.findall(r'name="article"\s+value="([^"]+)"', form)
    assert articles
    empty = fang.post(url, {"key": key(form), "reasons": " ", "article": articles[0]})
    page = empty.content.decode()
    assert empty.status_code == 422 and "请写明理由" in page and 'href="#reasons"' in page
    assert re.search(rf'value="{re.escape(articles[0])}" checked', page)
    long = fang.post(url, {"key": key(form), "reasons": "长" * 5000, "article": ""})
    assert long.status_code == 422 and "长" * 5000 in long.content.decode()
    sent = {"key": key(form), "reasons": "没有设置专用洗手池\n请补设后再申请", "article": "《杜撰法》第一条"}
    assert fang.post(url, sent).status_code == 302
    decision = Decision.objects.get(procedure=office.row("food-licence").pk)
    assert decision.outcome == "refused" and "杜撰" not in decision.article
    assert "没有设置专用洗手池" in fang.get(office.url("food-licence")).content.decode()


def test_remedies_on_the_page_are_those_that_are_printed(office, accepted):
    page = accepted("food-licence").get(office.url("food-licence", "refusal")).content.decode()
    template = (Path(paper.__file__).parent / "templates" / "common.typ").read_text(encoding="utf-8")
    printed = re.search(r"let general = \[(.*?提起行政诉讼。)\]", template)
    assert printed and "[您如果不服本决定，#general]" in template
    assert "您如果不服本决定，" + printed.group(1).replace("#body;", "德清县人民政府") in page


def test_a_refusal_names_who_reviews_it(office, accepted):
    fang, url = accepted("food-licence"), office.url("food-licence", "refusal")
    fang.post(url, {"key": key(fang.get(url).content.decode()), "reasons": "没有设置专用洗手池"})
    assert Notice.objects.get(kind="decision").data["review_body"] == "德清县人民政府"
    assert "向德清县人民政府申请行政复议" in fang.get(office.url("food-licence")).content.decode()


def test_not_accepted_with_reasons(office):
    fang, url = office.of("fang"), office.url("food-licence", "non-acceptance")
    assert "不予受理" in fang.get(url).content.decode()
    assert fang.post(url, {"reasons": ""}).status_code == 422
    groundless = fang.post(url, {"reasons": "不归我们"}).content.decode()
    assert 'href="#ground"' in groundless and "不归我们" in groundless
    nowhere = fang.post(url, {"reasons": "不归我们", "ground": "not-competent"}).content.decode()
    assert 'href="#competent"' in nowhere and re.search(r'value="not-competent"[^>]* checked', nowhere)
    sent = {"reasons": "不归我们", "ground": "not-competent", "competent": "德清县某局"}
    assert fang.post(url, sent).status_code == 302
    assert fang.get(url).status_code == 409


def test_missing_is_chosen_and_said_in_words(office):
    fang, url = office.of("fang"), office.url("food-licence", "missing")
    form = fang.get(url).content.decode()
    assert "合成一份通知" in form and "只发这一次" in form
    names = re.findall(r'name="what-([^"]+)"', form)
    paper_name = next(name for name in names if name.startswith("evidence:"))
    fact_name = next(name for name in names if name.startswith("fact:"))
    shown = office.of("fang").get(office.url("food-licence")).content.decode()
    assert "姓名" in shown and not any("applicant.name" in name or "id_number" in name for name in names)
    nothing = fang.post(url, {})
    assert nothing.status_code == 422 and "至少写一项" in nothing.content.decode()
    silent = fang.post(url, {f"has-{paper_name}": "1", f"what-{fact_name}": "请写真实姓名"})
    page = silent.content.decode()
    assert silent.status_code == 422 and "要补什么、为什么" in page and "请写真实姓名" in page
    assert not CorrectionItem.objects.exists()
    sent = {f"has-{paper_name}": "1", f"what-{paper_name}": "请重画", f"what-{fact_name}": "请写真实姓名"}
    assert fang.post(url, sent).status_code == 302
    assert set(CorrectionItem.objects.values_list("what", flat=True)) == {"请重画", "请写真实姓名"}
    assert fang.get(url).status_code == 409
