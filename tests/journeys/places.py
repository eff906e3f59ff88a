"""Pages of every room, each with who looks at it; `press`: the button that ends in a page with an error."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.journeys.browser import DESKTOP, follow
from tests.journeys.installation import ROOT, Site


@dataclass(frozen=True, slots=True)
class Place:
    """A page; `path` names a state of tests/journeys/states.py in braces."""

    name: str
    who: str
    path: str
    press: str = ""


VISITOR = (
    Place("home", "", "/"),
    Place("home-not-found", "", "/?q=zzz"),
    Place("guide-restaurant", "", "/guides/open-restaurant"),
    Place("guide-newborn", "", "/guides/newborn"),
    Place("guide-home", "", "/guides/sell-home"),
    Place("sign-in", "", "/sign-in"),
    Place("sign-in-wrong", "", "/sign-in", "登录"),
    Place("verify-file", "", "/verify"),
    Place("verify-file-none", "", "/verify", "查验"),
    Place("verify", "", "{verify}"),
    Place("not-yet", "", "/lists/not-yet"),
    Place("exceptions", "", "/lists/exceptions"),
    Place("consultations", "", "/consultations"),
    Place("consultation", "", "{consultation}"),
    Place("consultation-empty", "", "{consultation}", "交意见"),
    Place("api-docs", "", "/api/v1/docs"),
    Place("not-found", "", "/nothing-here"),
)
APPLICANT = (
    Place("question", "chen", "{fresh}/questions"),
    Place("question-empty", "chen", "{fresh}/questions", "下一题"),
    Place("plan-open", "chen", "{fresh}/plan"),
    Place("plan", "chen", "{half}/plan"),
    Place("known", "chen", "{half}/known"),
    Place("form", "chen", "{half}/form"),
    Place("form-empty", "chen", "{half}/form", "存好，下一步传材料"),
    Place("uploads-missing", "chen", "{half}/uploads", "下一步，看一遍再提交"),
    Place("check-missing", "chen", "{half}/check"),
    Place("uploads", "chen", "{ready}/uploads"),
    Place("check-undeclared", "chen", "{ready}/check", "提交"),
    Place("receipt", "chen", "{running}/receipt"),
    Place("case", "chen", "{running}"),
    Place("withdrawal", "chen", "{running}/withdrawal"),
    Place("case-missing", "chen", "{missed}"),
    Place("supplement", "chen", "{missed}/supplement", "补上"),
    Place("case-done", "chen", "{done}"),
    Place("rating-none", "chen", "{done}/rating", "交评价"),
    Place("licence", "chen", "{licence}"),
    Place("cases", "chen", "/cases"),
    Place("licences", "chen", "/licences"),
    Place("me", "chen", "/me"),
    Place("looks", "chen", "/me/looks"),
    Place("twins-plan", "gu", "{twins}/plan"),
    Place("birth-case", "gu", "{birth}"),
    Place("sale-case", "wenyuan", "{sale}"),
    Place("pay", "wenyuan", "{sale}/pay"),
    Place("sale-party", "hejia", "{sale}"),
    Place("signature-undeclared", "hejia", "{sale}/signature", "签字"),
)
STAFF = (
    Place("desk", "chuangkou", "/desk/"),
    Place("desk-wrong", "chuangkou", "/desk/", "他本人到了，开始"),
    Place("desk-person", "chuangkou", "{person}"),
    Place("desk-asked", "chuangkou", "{asked}"),
    Place("desk-papers", "chuangkou", "{papers}"),
    Place("desk-missing", "chuangkou", "{papers}/missing", "提交，打印回执和补正单"),
    Place("desk-undeclared", "chuangkou", "{seen}", "材料齐全，当场受理，出回执"),
    Place("desk-case", "chuangkou", "{walk_in}"),
    Place("desk-answers", "chuangkou", "{walk_in}/answers"),
    Place("desk-withdrawal", "chuangkou", "{walk_in}/withdrawal", "替他撤回"),
    Place("desk-supplement", "chuangkou", "{walk_in_missed}/supplement"),
    Place("desk-results", "chuangkou", "{walk_in_done}"),
    Place("desk-money", "chuangkou", "{sold}"),
    Place("office", "shichang", "/office/?tab=check"),
    Place("office-done", "shichang", "/office/?tab=done"),
    Place("work", "shichang", "{work}"),
    Place("work-missing", "shichang", "{work}/missing", "列入补正通知"),
    Place("work-not-accepted", "shichang", "{work}/non-acceptance", "作出不予受理的决定"),
    Place("work-granted", "shichang", "{granted}"),
    Place("office-licences", "shichang", "/office/licences"),
    Place("revocation", "shichang", "{revocation}", "撤销这份证照"),
    Place("reform", "gaige", "/reform/"),
    Place("workbench", "gaige", "/reform/workbench/newborn"),
    Place("reform-versions", "gaige", "/reform/versions", "交草案"),
    Place("version-proved", "gaige", "{proved}"),
    Place("version-commenting", "gaige", "{commenting}"),
    Place("event-drawn", "gaige", "/reform/events/open-restaurant/"),
    Place("event-visits", "gaige", "/reform/events/open-restaurant/?of=unreformed&who=window"),
    Place("causes", "gaige", "/reform/events/newborn/causes?of=unreformed"),
    Place("findings", "gaige", "/reform/findings/"),
    Place("finding", "gaige", "{finding}"),
    Place("finding-late", "gaige", "{finding_late}", "记下来"),
    Place("replays", "gaige", "/reform/replay/"),
    Place("replay-asked", "gaige", "/reform/replay/of/newborn?of=now&pull=courier-results", "开始算"),
    Place("replay", "gaige", "{replay}"),
    Place("office-findings", "shichang", "/office/findings"),
)
PLACES = VISITOR + APPLICANT + STAFF
NAMED = {one.name: one for one in PLACES}


@dataclass
class Tour:
    """One browser for each who looks, signed in once."""

    browser: Browser
    site: Site
    states: dict[str, str]
    language: str = "zh-CN"
    pages: dict[str, Page] = field(default_factory=dict)

    def open(self, place: Place) -> Page:
        """The page, on a desktop's screen; with its error, if it is to have one."""
        if place.who not in self.pages:
            context = self.browser.new_context(base_url=self.site.address, viewport=DESKTOP, locale=self.language)
            context.set_default_timeout(15_000)
            self.pages[place.who] = context.new_page()
            if place.who:
                self._sign_in(self.pages[place.who], place.who)
        page = self.pages[place.who]
        page.set_viewport_size(DESKTOP)
        path = place.path.format(**self.states)
        page.goto(path)
        assert urlsplit(page.url).path == urlsplit(path).path, f"{place.name} leads to {page.url}"
        if place.press:
            follow(page.get_by_role("button", name=place.press, exact=True).first)
        return page

    def _sign_in(self, page: Page, who: str) -> None:
        """In whatever language."""
        page.goto("/sign-in")
        page.locator("#username").fill(who)
        page.locator("#password").fill(self.site.password)
        follow(page.locator("main").get_by_role("button"))

    def end(self) -> None:
        """Close all of them."""
        for page in self.pages.values():
            page.context.close()


def states(site: Site) -> dict[str, str]:
    """Make the states in the installation's database; where each is."""
    ours = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment = ours | {
        "ONEVISIT_VAR": str(site.var),
        "ONEVISIT_REGISTER_URL": site.register,
        "DJANGO_SETTINGS_MODULE": "onevisit.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    command = [sys.executable, "-m", "tests.journeys.states"]
    made = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    found: dict[str, str] = json.loads(made.stdout)
    return found
