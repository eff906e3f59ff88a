"""What a person sends: every field filled in, and one thing wrong; and what of it the answer still shows."""

import copy
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from onevisit.cases.models import CorrectionItem, Draft
from onevisit.people import carry
from onevisit.ui.forms import as_typed
from tests.fixtures.shop import COMPANY, SHOP
from tests.forms.reading import ID, Form, Page, read
from tests.journeys.stories import SALE, TWINS

FACTS = COMPANY | SALE | TWINS | SHOP
LIKE = {  # what is written into a field whose name ends so
    "id_number": "330521199002149981", "taker_number": "330521199311059963", "phone": "13900000077",
    "address": "示范路77号", "reader": "林一勺|330521199311059963", "count": "3", "born": "2026-11-20",
    "died_on": "2026-11-20", "time": "08:30", "due": "2099-12-08",
    "_day": "2026-11-20",
}  # fmt: skip
FREE = "写在第"  # so begins what may be anything
WRONG = {"empty": "", "nonsense": "？", "long": "长" * 5000}
MANY = 12  # fields of a form that are wrong in turn; in longer ones each in one way only
EMPTIED = {"reader"}  # a card reader types its next line into the field, so nothing may stand in it
AFFIRMS = {"card": ("id_number", "name")}  # ticked for the words in those fields, not for others


@dataclass(frozen=True)
class Attempt:
    """A form as it is sent; `wrong`: the field that is not as it should be, and how."""

    wrong: str
    how: str
    sent: dict[str, str]


@dataclass
class Outcome:
    """What came of it: the page, whether something was wrong, and what was lost of what was sent."""

    page: Page
    refused: bool
    lost: list[str] = field(default_factory=list)


def written(name: str, place: int) -> str:
    """What somebody could well write into a field of that name; another thing for each place."""
    key = name.removeprefix("other-")
    if key in FACTS:
        return FACTS[key]
    ending = re.split(r"[.:]", key)[-1]
    return next((text for end, text in LIKE.items() if ending.endswith(end)), f"{FREE}{place}处")


def chosen(form: Form, name: str) -> str:
    """As in the stories, so that the same is asked afterwards; else something that is not chosen already."""
    offered = form.choices[name]
    if FACTS.get(name) in offered:
        return FACTS[name]
    return next((one for one in reversed(offered) if one != form.chosen.get(name)), offered[0])


def attempts(form: Form) -> Iterator[Attempt]:
    """Nothing wrong, as far as one can tell; then one thing after the other."""
    texts = {name: written(name, place) for place, name in enumerate(form.texts)}
    whole = form.hidden | texts | {name: chosen(form, name) for name in form.choices} | form.ticks
    whole |= dict.fromkeys(form.secret, "not the password")
    yield Attempt("", "nothing wrong", whole)
    for place, name in enumerate(list(texts)[:MANY]):
        ways = list(WRONG) if len(texts) <= MANY else [list(WRONG)[place % len(WRONG)]]
        yield from (Attempt(name, how, whole | {name: WRONG[how]}) for how in ways)
    for name in list(form.choices)[:MANY]:
        yield Attempt(name, "not chosen", _without(whole, name) | {key: "" for key in form.hidden if key == name})
        yield Attempt(name, "not offered", whole | {name: "not-offered"})
    for name in list(form.ticks)[:MANY]:
        yield Attempt(name, "not ticked", _without(whole, name))


def _without(sent: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in sent.items() if key != name}


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done inside is undone; acts that have to be durable may run in it, as in Django's own TestCase."""
    cache.clear()
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


def send(client: Client, form: Form, attempt: Attempt) -> Outcome:
    """Send it, and read the answer."""
    browser = Client()
    browser.cookies = copy.deepcopy(client.cookies)
    with taken_back():
        page = _page(browser.post(form.action, attempt.sent, follow=True))
        refused = page.status != 200 or bool(page.wrong)
        return Outcome(page, refused, list(_lost(browser, form, attempt, page)) if refused else [])


def send_twice(client: Client, form: Form, attempt: Attempt) -> Outcome:
    """Send it, and send it once more with other words: what can be done once was done by somebody else before."""
    again = {name: f"{text}。" if text.startswith(FREE) else text for name, text in attempt.sent.items()}
    with taken_back():
        client.post(form.action, attempt.sent)
        page = _page(client.post(form.action, again | {"key": "another"}, follow=True))
    refused = page.status != 200 or bool(page.wrong)
    lost = [
        f"{name}: {again[name]!r}" for name in form.texts if again[name] not in page.everything and name not in EMPTIED
    ]
    return Outcome(page, refused, lost if refused else [])


def send_signed_out(form: Form, attempt: Attempt) -> Outcome:
    """Send it after the session has ended: all of it is carried over the sign-in page, unless anybody may send it."""
    with taken_back():
        page = _page(Client().post(form.action, attempt.sent, follow=True))
    if page.status == 200 and page.address == form.page.partition("?")[0]:
        return Outcome(page, refused=False)
    token = next((one.hidden["carried"] for one in page.forms if "carried" in one.hidden), "")
    carried = carry.unpack(token)
    kept = dict(carried.fields) if carried else {}
    lost = [name for name, sent in attempt.sent.items() if kept.get(name) != sent and name not in carry.NEVER]
    return Outcome(page, page.status == 403, lost)


def _page(answer: HttpResponse) -> Page:
    return read(answer.request["PATH_INFO"], answer.status_code, answer.content.decode())  # type: ignore[attr-defined]


def _lost(browser: Client, form: Form, attempt: Attempt, page: Page) -> Iterator[str]:
    """Fields in which what was sent is not any more, unless it was taken and is not asked for any more."""
    fresh: Page | None = None
    for name in form.fields:
        sent = attempt.sent.get(name, "")
        if name == attempt.wrong and (attempt.how in ("not offered", "long") or name in EMPTIED):
            continue
        if attempt.wrong in AFFIRMS.get(name, ()):
            continue
        shown = page.shown(name)
        if sent in shown or (not sent and not shown):
            continue
        if not shown:
            fresh = fresh or _page(browser.get(form.page, follow=True))
            if not fresh.shown(name) and _taken(name, sent):
                continue
        yield f"{name}: {sent!r} became {shown}"


def _taken(name: str, sent: str) -> bool:
    """Whether it is kept: among the answers of a draft, or as what was missing."""
    key = name.removeprefix("other-")
    if found := ID.search(name):
        return CorrectionItem.objects.filter(pk=UUID(found[0]), supplied_at__isnull=False).exists()
    drafts = Draft.objects.filter(answers__has_key=key)
    return any(as_typed(one[key]) == sent for one in drafts.values_list("answers", flat=True))
