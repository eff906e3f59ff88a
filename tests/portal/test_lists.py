"""Long lists of one's own: pages follow each other, nothing is shown twice or left out."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest

from onevisit.cases.models import Case
from onevisit.people.ids import new_id
from tests.cases.intake.conftest import actor
from tests.licences.making import rows, write
from tests.office.filing import file_case
from tests.portal import walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(content, register, accounts, now: datetime) -> Callable[[int], list[str]]:
    """So many cases of xiaoman's; their numbers, the latest first."""

    def _filed(count: int) -> list[str]:
        number = file_case(actor(accounts["xiaoman"]), now)
        row = Case.objects.get(number=number)
        for n in range(1, count):
            row.pk, row.number, row.draft, row._state.adding = new_id(), f"{number}C{n}", None, True
            row.save()
        return list(Case.objects.order_by("-pk").values_list("number", flat=True))

    return _filed


def shown(page: str) -> list[str]:
    """Numbers of the cases on a page."""
    return re.findall(r'href="/cases/([^"/]+)"', page)


def test_a_second_page_of_my_cases_goes_on_where_the_first_ended(client, filed, sign_in):
    numbers = filed(21)
    sign_in("xiaoman")
    first = client.get("/cases").content.decode()
    older = re.search(r'href="(/cases\?before=[^"]+)"', first)
    assert older, first
    second = client.get(older.group(1)).content.decode()
    assert shown(first) + shown(second) == numbers
    assert "更早的" not in second


def test_a_full_page_with_nothing_behind_it_leads_nowhere(client, filed, sign_in):
    numbers = filed(20)
    sign_in("xiaoman")
    page = client.get("/cases").content.decode()
    assert shown(page) == numbers
    assert "更早的" not in page


def test_a_second_page_of_my_licences(client, accounts, sign_in, now):
    write(rows(now, many=21, person=accounts["xiaoman"].person_id))
    sign_in("xiaoman")
    first = client.get("/licences").content.decode()
    older = re.search(r'href="(/licences\?before=[^"]+)"', first)
    assert older, first
    second = client.get(older.group(1)).content.decode()
    listed = [re.findall(r'href="/licences/([0-9a-f-]{36})"', page) for page in (first, second)]
    assert [len(page) for page in listed] == [20, 1]
    assert len({*listed[0], *listed[1]}) == 21 and "更早的" not in second
    assert client.get(f"/licences/{listed[1][0]}").status_code == 200


@pytest.mark.parametrize("cursor", ["nonsense", "%00", "33052120261124000017X", "{"])
def test_a_cursor_that_cannot_be_read_begins_anew(client, filed, sign_in, cursor):
    numbers = filed(2)
    sign_in("xiaoman")
    draft = walk.begin(client)
    page = client.get(f"/cases?before={cursor}").content.decode()
    assert shown(page) == numbers
    assert f"/drafts/{draft}" in page, "as on the first page"
