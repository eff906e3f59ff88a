"""Paying in a real browser: over to the provider's page, back, paid, with a receipt; what is not paid yet says so."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import steps
from tests.journeys.browser import PHONE, check, follow, visitor
from tests.journeys.conftest import ROOT, Site

BILL = """
import django; django.setup()
from onevisit.cases.models import Case
from django.utils import timezone
from onevisit.payments.actions import make_bill
from onevisit.people.actor import SYSTEM
from tests.payments.making import LINES
case = Case.objects.get(number={number!r})
make_bill(case=case.pk, case_number=case.number, region=case.region, payer="陈小满（示范）",
          issuer="示范县行政服务中心", lines=LINES, by=SYSTEM, now=timezone.now())
"""


def make_bill(site: Site, number: str) -> None:
    """What the case room will do."""
    ours = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL",)}
    environment = ours | {
        "ONEVISIT_VAR": str(site.var),
        "DJANGO_SETTINGS_MODULE": "onevisit.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    subprocess.run([sys.executable, "-c", BILL.format(number=number)], env=environment, cwd=ROOT, check=True)


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_over_to_the_provider_and_back(browser: Browser, site: Site, script: bool):
    with visitor(browser, site.address, PHONE, script=script) as page:
        steps.ready(page, site, "chen")
        number = steps.submit(page)
        make_bill(site, number)
        page.goto(f"/cases/{number}/pay")
        expect(page.get_by_role("heading", name="要缴的费用")).to_be_visible()
        if script:
            steps.shot(page, "pay-due")
            check(page)
        follow(page.get_by_role("button", name="去付款"))
        expect(page.get_by_text("示范支付平台：不连接银行，不收真钱")).to_be_visible()
        steps.shot(page, "pay-provider")
        follow(page.get_by_role("link", name=re.compile("不付了")))
        expect(page.get_by_text(re.compile("不用再付"))).to_be_visible()
        if script:
            steps.shot(page, "pay-waiting")
            check(page)
        follow(page.get_by_role("button", name="去付款"))
        follow(page.get_by_role("button", name="付款（示范）"))
        follow(page.get_by_role("link", name="回到一次办"))
        steps.until(page.get_by_role("link", name=re.compile("收据")))
        expect(page.get_by_text("已缴 1280.50 元")).to_be_visible()
        if script:
            steps.shot(page, "pay-paid")
            check(page)
        paper = page.get_by_role("link", name=re.compile("收据")).get_attribute("href")
        assert page.request.get(paper or "").body().startswith(b"%PDF")
