"""What the window's pages cost: at most ten round trips, at most 100 KB, nothing inline."""

import pytest

from onevisit.cases.models import Case
from tests.desk.conftest import grant
from tests.fixtures.costs import MOST_BYTES, MOST_QUERIES, measured

pytestmark = pytest.mark.django_db


def test_every_page_is_cheap_light_and_safe(ready):
    ready.clerk.get("/desk/")  # compiles the catalogue
    costs = {page: measured(ready.clerk, page) for page in ("/desk/", ready.url)}
    number = ready.submit()
    costs |= {
        page: measured(ready.clerk, page) for page in ("/desk/", f"/desk/cases/{number}", f"/desk/cases/{number}/steps")
    }
    person = Case.objects.get(number=number).person_id
    costs |= {
        page: measured(ready.clerk, page)
        for page in (f"/desk/people/{person}", f"/desk/cases/{number}/answers", "/desk/")
    }
    grant("sole-trader-registration")
    costs[number] = measured(ready.clerk, f"/desk/cases/{number}")
    assert {page: queries for page, (queries, _) in costs.items() if queries > MOST_QUERIES} == {}
    assert {page: size for page, (_, size) in costs.items() if size > MOST_BYTES} == {}
