"""What the officer's pages cost: at most ten round trips, at most 100 KB, nothing inline."""

import pytest

from onevisit.licences.models import Licence
from tests.fixtures.costs import MOST_BYTES, MOST_QUERIES, measured
from tests.office.filing import FIRST, key

pytestmark = pytest.mark.django_db


def test_every_page_is_cheap_light_and_safe(office, accepted):
    fang = accepted("food-licence")
    pages = [f"/office/?tab={tab}" for tab in ("check", "decide", "waiting", "done")] + ["/office/licences"]
    pages += [office.url(FIRST), office.url(FIRST, "missing")]
    pages += [office.url("food-licence"), office.url("food-licence", "refusal")]
    fang.get("/office/")  # compiles the catalogue
    costs = {page: measured(fang, page) for page in pages}
    fang.post(office.url(FIRST, "acceptance"))
    fang.post(office.url(FIRST, "grant"), {"key": key(fang.get(office.url(FIRST)).content.decode())})
    costs |= {
        page: measured(fang, page)
        for page in (office.url(FIRST), f"/office/licences/{Licence.objects.get().pk}/revocation")
    }
    assert {page: queries for page, (queries, _) in costs.items() if queries > MOST_QUERIES} == {}
    assert {page: size for page, (_, size) in costs.items() if size > MOST_BYTES} == {}
