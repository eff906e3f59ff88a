"""Who comes: by his card, with what he has here; without telephone; by mandate; and what waits at the window."""

import io
import re

import pytest
from demo.reader import line
from django.utils import timezone
from pypdf import PdfReader

from onevisit.cases import actions
from onevisit.cases.models import Case, Draft, Entry, HandOver, Procedure
from onevisit.desk.cards import CardUnreadable, parse
from onevisit.halls.models import CheckIn
from onevisit.halls.queries import visits_of
from onevisit.licences.tasks import render_pending as render_licences
from onevisit.notices.models import Notice
from onevisit.notices.tasks import render_pending
from onevisit.people.actor import Actor, Role
from onevisit.people.models import Look, Person
from tests.desk.conftest import ANSWERS, WU, grant
from tests.fixtures.people import actor

pytestmark = pytest.mark.django_db
MANDATARY = {"taker": "林一勺", "taker_number": "330521199311059963"}


def read(window, typed: str):
    return window.clerk.post("/desk/arrivals", {"reader": typed})


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (line("吴秋实"), "吴秋实"),
        ("阿依古丽·买买提｜330521198412129962", "阿依古丽·买买提"),
        ("Li Wei\t男\t19841212\t330521198412129962\t", "Li Wei"),
    ],
)
def test_a_readers_line_gives_name_and_number(typed, name):
    assert (parse(typed).name, parse(typed).id_number) == (name, WU["id_number"])


@pytest.mark.parametrize("typed", ["", "吴秋实", "330521198412129962", "吴秋实|330521198412129963", "|" * 500])
def test_a_line_that_is_none_is_refused(typed):
    with pytest.raises(CardUnreadable):
        parse(typed)


def test_a_bad_line_says_so_and_changes_nothing(window):
    bad = read(window, "吴秋实|12345")
    page = bad.content.decode()
    assert bad.status_code == 422 and "看不懂" in page and 'href="#reader"' in page
    assert not CheckIn.objects.exists()


def test_the_card_shows_who_he_is_and_begins_with_one_key(window):
    came = read(window, line("吴秋实"))
    person = Person.objects.get(id_number=WU["id_number"])
    assert came["Location"] == f"/desk/people/{person.pk}"
    page = window.clerk.get(came["Location"]).content.decode()
    assert "吴秋实" in page and WU["id_number"] not in page and "今天已登记到场" in page
    begin = window.clerk.post(f"{came['Location']}/drafts", {"event": "open-restaurant"})
    assert begin["Location"].startswith("/desk/drafts/") and Draft.objects.get().person_id == person.pk
    again = window.clerk.get(came["Location"]).content.decode()
    assert begin["Location"] in again, "the draft is found again"
    assert "吴**" in window.clerk.get("/desk/").content.decode(), "he stands among today's people"


def test_who_has_not_come_today_is_nobodys_business(window):
    person = Person.objects.get(id_number=WU["id_number"])
    assert window.clerk.get(f"/desk/people/{person.pk}").status_code == 404
    assert Look.objects.filter(subject=person.pk, refused=True).exists()


def test_what_he_began_at_home_is_gone_on_with_when_he_asks(window, accounts):
    own = actor(accounts["qiushi"])
    person = Person.objects.get(id_number=WU["id_number"])
    home = actions.start_draft("open-restaurant", "330521", by=own, now=timezone.now())
    actions.answer(home, {"matter.shop_name": "秋实小馆"}, by=own, now=timezone.now())
    url = f"/desk/people/{person.pk}/drafts/{home}"
    assert window.clerk.post(url).status_code == 409, "not while he is away"
    read(window, line("吴秋实"))
    assert url in window.clerk.get(f"/desk/people/{person.pk}").content.decode()
    brought = window.clerk.post(url)
    new = Draft.objects.get(walk_in=True)
    assert brought["Location"] == f"/desk/drafts/{new.pk}" and new.answers["matter.shop_name"] == "秋实小馆"
    assert Look.objects.filter(subject=person.pk, what="网上的草稿").count() == 1
    stranger = Person.objects.exclude(pk=person.pk).first()
    assert window.clerk.post(f"/desk/people/{stranger.pk}/drafts/{home}").status_code == 404


def test_without_telephone_everything_comes_on_paper(window, settings, tmp_path):
    settings.SEAL_FOLDER = tmp_path
    read(window, line("周阿满"))
    person = Person.objects.get(name__startswith="周阿满")
    begun = window.clerk.post(f"/desk/people/{person.pk}/drafts", {"event": "open-restaurant"})
    window.draft = begun["Location"].split("/")[3]
    from_home = {"applicant.address": "浙江省湖州市德清县示范路9号（示范）"}
    declared = False
    for _ in range(6):
        names = window.asked()
        if "applicant.phone" in names:
            assert not declared, "nobody asks again"
            assert "他没有电话，全部给纸质的" in window.page()
            assert window.clerk.post(f"{window.url}/no-phone").status_code == 302
            declared = True
        elif names:
            window.clerk.post(f"{window.url}/answers", {name: (ANSWERS | from_home)[name] for name in names})
        window.clerk.post(f"{window.url}/confirmation", {})
    assert declared
    window.show_all()
    number = window.submit()
    assert Case.objects.get().facts["applicant.phone"] == "无"
    page = window.clerk.get("/desk/").content.decode()
    letter = Notice.objects.get()
    assert "要打印寄出或者当面给的" in page and letter.number in page
    assert window.clerk.post(f"/desk/letters/{letter.pk}/posting").status_code == 409, "there is nothing to post yet"
    printed = window.clerk.get(f"/desk/letters/{letter.pk}/pdf")
    assert printed.content.startswith(b"%PDF"), "made at once for who waits"
    assert window.clerk.post(f"/desk/letters/{letter.pk}/posting").status_code == 302
    assert letter.number not in window.clerk.get("/desk/").content.decode()
    case = window.clerk.get(f"/desk/cases/{number}").content.decode()
    assert "他没有电话" in case and "寄出或者当面给了" in case
    row = Procedure.objects.get(service="sole-trader-registration")
    by = Actor(row.pk, None, None, "李审批", Role.OFFICER, agency=row.agency)
    actions.accept(row.pk, by=by, now=timezone.now())
    actions.grant(row.pk, "k", by=by, now=timezone.now())
    waiting = Notice.objects.filter(paper_at="county-hall", posted_at=None)
    assert {one.kind for one in waiting} == {"acceptance", "decision"}


def test_a_result_is_taken_by_mandate_against_signature(ready, settings, tmp_path):
    settings.SEAL_FOLDER = tmp_path
    number = ready.submit()
    grant("sole-trader-registration")
    render_licences(timezone.now())
    page = ready.clerk.get("/desk/").content.decode()
    assert "1 份结果可领" in page
    url = re.search(
        rf'action="(/desk/cases/{number}/licences/[^"]+/mandatary)"',
        ready.clerk.get(f"/desk/cases/{number}").content.decode(),
    )
    assert url
    bad = ready.clerk.post(url.group(1), {**MANDATARY, "taker_number": "330521199311059964"})
    assert bad.status_code == 422 and 'value="330521199311059964"' in bad.content.decode()
    assert not HandOver.objects.exists()
    assert ready.clerk.post(url.group(1), MANDATARY).status_code == 302
    row, taker = HandOver.objects.get(), Person.objects.get(id_number=MANDATARY["taker_number"])
    assert (row.taker, row.by_mandate, row.hall) == (taker.pk, True, "county-hall")
    assert len(visits_of(taker.pk, timezone.localdate())) == 1, "who comes by mandate makes a visit"
    assert '"mandatary":"林一勺"' in Entry.objects.get(kind="procedure.delivered").body
    render_pending(timezone.now())
    pdf = bytes(Notice.objects.get(kind="delivery").document or b"")
    said = re.sub(r"\s", "", "".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages))
    assert "送达回证" in said and "林一勺（受托人" in said and MANDATARY["taker_number"] not in said
    assert "份结果可领" not in ready.clerk.get("/desk/").content.decode()


def test_an_answer_is_put_right_after_the_submission(ready):
    number = ready.submit()
    url = f"/desk/cases/{number}/answers"
    page = ready.clerk.get(url).content.decode()
    assert 'value="秋实小馆"' in page
    typed = {"matter.shop_name": "秋实面馆", "was-matter.shop_name": "秋实小馆"}
    assert ready.clerk.post(url, typed).status_code == 302
    assert Case.objects.get().facts["matter.shop_name"] == "秋实面馆"
    assert Entry.objects.filter(kind="case.answer_corrected").count() == 1
    other = ready.clerk.post(url, {"matter.tobacco": "true", "was-matter.tobacco": "false"})
    assert other.status_code == 422 and "要办的事项或者要的材料就不一样" in other.content.decode()
    name = ready.clerk.post(url, {"applicant.name": "吴春花", "was-applicant.name": "吴秋实"})
    assert name.status_code == 422 and "说的是谁在申请" in name.content.decode()
    empty = ready.clerk.post(url, {"matter.shop_name": " ", "was-matter.shop_name": "秋实面馆"})
    assert empty.status_code == 422 and Case.objects.get().facts["matter.shop_name"] == "秋实面馆"
    grant("sole-trader-registration")
    late = ready.clerk.post(url, {"matter.shop_name": "秋实酒家", "was-matter.shop_name": "秋实面馆"})
    assert late.status_code == 422 and Case.objects.get().facts["matter.shop_name"] == "秋实面馆"
