"""The reform office sees each published event with what its full enumeration says."""

import pytest

from tests.fixtures.costs import MOST_QUERIES, measured

pytestmark = pytest.mark.django_db


def test_worst_cases_witnesses_and_what_they_rest_on(client, content, sign_in):
    sign_in("reform")
    page = client.get("/reform/").content.decode()
    for words in (
        "开餐饮店",
        "在网上办，最多跑",
        "到窗口办，最多跑",
        "穷举",
        "目录版本",
        "谁来开店",
        "/guides/open-restaurant",
    ):
        assert words in page, words
    assert measured(client, "/reform/")[0] <= MOST_QUERIES


def test_for_the_reform_office_only(client, content, sign_in):
    assert client.get("/reform/")["Location"].startswith("/sign-in")
    sign_in("officer")
    assert client.get("/reform/").status_code == 403
