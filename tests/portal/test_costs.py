"""What the applicant's pages cost: at most ten round trips, at most 100 KB, nothing inline."""

import pytest

from tests.fixtures.costs import MOST_BYTES, MOST_QUERIES, measured
from tests.portal import walk

pytestmark = pytest.mark.django_db


def test_every_page_is_cheap_light_and_safe(client, content, register, sign_in):
    pages = ["/", "/?q=面馆", "/guides/open-restaurant", "/verify", "/verify/nonsense", "/sign-in"]
    costs = {page: measured(client, page) for page in pages}
    sign_in("xiaoman")
    draft = walk.begin(client)
    costs["question"] = measured(client, f"/drafts/{draft}/questions")
    walk.answer_all(client, draft)
    walk.fill_form(client, draft)
    walk.upload_all(client, draft)
    costs |= {p: measured(client, f"/drafts/{draft}/{p}") for p in ("plan", "known", "form", "uploads", "check")}
    number = walk.submit(client, draft)
    inside = ("", "/receipt", "/withdrawal", "/rating")
    costs |= {f"case{p}": measured(client, f"/cases/{number}{p}") for p in inside}
    costs |= {p: measured(client, p) for p in ("/", "/cases", "/licences", "/me", "/me/looks")}
    assert {page: queries for page, (queries, _) in costs.items() if queries > MOST_QUERIES} == {}
    assert {page: size for page, (_, size) in costs.items() if size > MOST_BYTES} == {}
