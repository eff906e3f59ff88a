"""Forms keep what was typed after every error: all forms of all pages, found by walking them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from django.test import Client

from tests.forms.marking import written
from tests.forms.reading import Form, Page
from tests.forms.trying import Attempt, Outcome, attempts, send, send_signed_out, send_twice
from tests.forms.walking import County, walk

pytestmark = pytest.mark.django_db
OF_A_KIND = 4  # forms of one template, with different fields


@dataclass
class Found:
    """Forms with whose browser met them, and where in the templates all that was met is written."""

    forms: list[tuple[str, Form]] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    kinds: set[object] = field(default_factory=set)

    def meet(self, who: str, page: Page, *, at: str = "") -> None:
        """Keep forms of a kind that was not met yet; `at`: the page on which that form is met, if not this one."""
        for form in page.forms:
            new = form.controls - self.places
            alike = sum(one.written == form.written for _, one in self.forms)
            if form.posted and form.fields and form.kind not in self.kinds and (new or (alike < OF_A_KIND and not at)):
                self.kinds.add(form.kind)
                self.forms.append((who, replace(form, page=at or form.page)))
            self.places |= form.controls | {form.written}


def test_every_form_keeps_what_was_typed(county: County):
    found = Found()
    for who, browser in county.browsers.items():
        for page in walk(browser, county.starts[who]):
            found.meet(who, page)
    refused, troubles = Counter[str](), []
    for who, form in found.forms:  # which grows: some controls come only with an error
        for attempt, outcome in tried(county.browsers[who], who, form):
            found.meet(who, outcome.page, at=form.page)
            refused[form.written] += outcome.refused
            if outcome.refused and not outcome.page.wrong + outcome.page.told:
                troubles.append(f"{form.written} ({form.page}) {attempt}: {outcome.page.status} without words")
            troubles += [f"{form.written} ({form.page}) {attempt}: {one}" for one in outcome.lost]
    print(f"{len(found.forms)} forms of {len(refused)} templates, refused {refused.total()} times")
    places = {form.written for _, form in found.forms}
    troubles += [f"{place} was never refused: what is wrong with it?" for place in sorted(places - (+refused).keys())]
    troubles += [f"{place} was never met: add a state that shows it" for place in sorted(written() - found.places)]
    assert not troubles, "\n".join(troubles)


def tried(browser: Client, who: str, form: Form) -> Iterator[tuple[str, Outcome]]:
    """Each thing wrong; somebody else first; and, where one has signed in, the session over."""
    for attempt in attempts(form):
        outcome = send(browser, form, attempt)
        yield f"{attempt.wrong} {attempt.how}", outcome
        if not attempt.wrong:
            yield from (further(browser, who, form, attempt) if not outcome.refused else ())


def further(browser: Client, who: str, form: Form, attempt: Attempt) -> Iterator[tuple[str, Outcome]]:
    yield "done before", send_twice(browser, form, attempt)
    if who:
        yield "signed out", send_signed_out(form, attempt)
