"""What a page may cost: at most ten round trips, at most 100 KB on first load, nothing inline."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal import walk

pytestmark = pytest.mark.django_db
MOST_QUERIES, MOST_BYTES = 10, 100 * 1024
FORBIDDEN = re.compile(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", re.I)


def weight(page: str) -> int:
    """Bytes on first load, compressed as the server does: the page and every style sheet and picture it names."""
    total = len(gzip.compress(page.encode()))
    for name in re.findall(r'(?:href|src)="/static/([^"]+)"', page):
        found = finders.find(name)
        assert isinstance(found, str), name
        total += len(gzip.compress(Path(found).read_bytes()))
    return total


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


def measured(client, path: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    page = response.content.decode()
    assert response.status_code in (200, 404), (path, response.status_code)
    assert not FORBIDDEN.search(page), (path, FORBIDDEN.search(page))
    assert page.count("<h1") == 1, path
    return len(queries), weight(page)
