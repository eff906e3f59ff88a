"""A draft in a real browser: handed in, proved, commented on without script, answered, in force, withdrawn."""

import os
import re
import subprocess
import sys
from datetime import datetime

from playwright.sync_api import Browser, Page, expect

from onevisit.core.china import SHANGHAI
from tests.catalogue.gate.making import card, sent_in
from tests.journeys import steps
from tests.journeys.browser import DESKTOP, PHONE, check, follow, visitor
from tests.journeys.conftest import ROOT, Site

OVER = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from onevisit.catalogue.models import CatalogueVersion
CatalogueVersion.objects.filter(event="library-card").update(comment_until=timezone.localdate() - timedelta(days=1))
"""


def the_days_of_comment_pass(site: Site) -> None:
    ours = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL",)}
    environment = ours | {
        "ONEVISIT_VAR": str(site.var),
        "DJANGO_SETTINGS_MODULE": "onevisit.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    subprocess.run([sys.executable, "-c", OVER], env=environment, cwd=ROOT, check=True)


def hand_in(page: Page, site: Site) -> str:
    """The card, past one visit, as far as its days of comment; the address of its page."""
    steps.sign_in(page, site, "gaige")
    page.goto("/reform/versions")
    check(page)
    file = {"name": "card.json", "mimeType": "application/json", "buffer": sent_in(card(sent=False))}
    page.get_by_label("版本文档（JSON）").set_input_files(files=[file])  # type: ignore[list-item]
    follow(page.get_by_role("button", name="交草案"))
    expect(page.get_by_role("heading", level=1)).to_have_text("办读者证")
    follow(page.get_by_role("button", name="审核并证明"))
    page.get_by_text("尚未做到：写明原因，谁要改什么").click()
    expect(page.get_by_label("为什么现在做不到")).to_have_value(re.compile("必须在「发读者证 · 申请」之后"))
    page.get_by_label("谁要改").fill("示范图书馆")
    page.get_by_label("哪天以前改好").fill("2027-06-30")
    follow(page.get_by_role("button", name="登记到“尚未做到”"))
    check(page)
    expect(page.get_by_role("heading", name="现在还不能这样做")).to_have_count(0)
    expect(page.get_by_label("谁要改")).to_have_value("示范图书馆")
    page.get_by_label("要改什么").fill("证可以寄")
    follow(page.get_by_role("button", name="登记到“尚未做到”"))
    follow(page.get_by_role("button", name="开始公示"))
    expect(page.get_by_text(re.compile("^公示：")).first).to_be_visible()
    check(page)
    return page.url


def downloaded(page: Page, link: str) -> str:
    with page.expect_download() as kept:
        page.get_by_role("link", name=link).click()
    return kept.value.suggested_filename


def test_from_the_draft_to_the_day_it_is_in_force(browser: Browser, site: Site):
    with visitor(browser, site.address, DESKTOP) as office:
        address = hand_in(office, site)
        with visitor(browser, site.address, PHONE, script=False) as reader:
            reader.goto("/")
            follow(reader.get_by_role("link", name="公示和公开清单"))
            follow(reader.get_by_role("link", name=re.compile("办读者证")))
            expect(reader.get_by_text("证可以寄")).to_be_visible()
            reader.get_by_label("怎么称呼您").fill("一个读者")
            follow(reader.get_by_role("button", name="交意见"))
            expect(reader.get_by_label("怎么称呼您")).to_have_value("一个读者")
            reader.get_by_label("您的意见").fill("请寄到家")
            follow(reader.get_by_role("button", name="交意见"))
            expect(reader.get_by_text("请寄到家")).to_be_visible()
        with visitor(browser, site.address, PHONE) as looking:
            looking.goto(f"/consultations/{address.rsplit('/', 1)[1]}")
            check(looking)
        the_days_of_comment_pass(site)
        office.goto(address)
        follow(office.get_by_role("button", name="从这天起施行"))
        expect(office.get_by_text("还有 1 条意见没有答复").first).to_be_visible()
        office.get_by_label("答复").fill("明年起可以寄")
        follow(office.get_by_role("button", name="答复", exact=True))
        office.get_by_label("从哪天起施行").fill(datetime.now(SHANGHAI).date().isoformat())
        follow(office.get_by_role("button", name="从这天起施行"))
        office.wait_for_timeout(6_000)  # a web process goes on for five seconds with what was in force
        with visitor(browser, site.address, PHONE) as looking:
            looking.goto("/lists/not-yet")
            check(looking)
            follow(looking.get_by_role("link", name="办读者证"))
            expect(looking.get_by_text("网上办，最多跑 2 次")).to_be_visible()
            check(looking)
            assert downloaded(looking, "下载这个版本的目录（JSON）").startswith("library-card-")
            assert downloaded(looking, "下载证明（JSON）").endswith("-proof.json")
        office.goto(address)
        office.get_by_text("撤回这个版本").click()
        office.get_by_label("为什么撤回").fill("只是试一试")
        follow(office.get_by_role("button", name="撤回", exact=True))
        expect(office.get_by_text("已撤回").first).to_be_visible()
        office.wait_for_timeout(6_000)  # so that the journeys after this one find what they know
