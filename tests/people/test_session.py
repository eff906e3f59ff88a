"""Who is signed in: no query while fresh, out within a minute when disabled, gone when idle."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onevisit.people import session
from onevisit.people.actor import Role
from onevisit.people.models import Account


@pytest.fixture
def at(monkeypatch):
    """Move the clock to some time after the test's beginning."""
    start = timezone.now()

    def _at(later: timedelta) -> None:
        monkeypatch.setattr(timezone, "now", lambda: start + later)

    return _at


def actor(client):
    return client.get("/healthz").wsgi_request.actor


@pytest.mark.parametrize(
    ("username", "role"),
    [("xiaoman", Role.APPLICANT), ("gongsi", Role.APPLICANT), ("clerk", Role.CLERK), ("officer", Role.OFFICER)],
)
def test_the_actor_says_who_and_in_what_capacity(client, sign_in, accounts, username, role):
    sign_in(username)
    found = actor(client)
    assert (found.account, found.role) == (accounts[username].pk, role)
    assert found.person == accounts[username].person_id
    assert found.organisation == accounts[username].organisation_id


def test_a_company_account_carries_the_companys_name(client, sign_in):
    sign_in("gongsi")
    assert actor(client).name == "示范餐饮有限公司"


def test_no_query_while_fresh_and_one_afterwards(client, sign_in, at, django_assert_num_queries):
    sign_in("xiaoman")
    with django_assert_num_queries(1):  # the health page's own
        assert actor(client)
    at(timedelta(seconds=90))
    with django_assert_num_queries(2):
        assert actor(client)
    with django_assert_num_queries(1):
        assert actor(client)


def test_a_disabled_account_is_out_within_a_minute(client, sign_in, at):
    sign_in("xiaoman")
    Account.objects.filter(username="xiaoman").update(is_active=False)
    at(timedelta(seconds=61))
    assert actor(client) is None
    assert "actor" not in client.session


def test_a_changed_password_signs_out_elsewhere(client, sign_in, accounts, at):
    sign_in("xiaoman")
    accounts["xiaoman"].set_password("another")
    accounts["xiaoman"].save()
    at(timedelta(seconds=61))
    assert actor(client) is None


def test_idle_for_long_means_signed_out(client, sign_in, at):
    sign_in("xiaoman")
    at(session.IDLE + timedelta(seconds=1))
    assert actor(client) is None


def test_a_cookie_with_more_than_is_kept_now_stays_signed_in(client, sign_in):
    sign_in("officer")
    kept = client.session
    kept["actor"] |= {"assurance": 2}
    kept.save()
    client.cookies["sessionid"] = kept.session_key
    assert actor(client).role is Role.OFFICER


def test_no_session_outlives_its_longest(client, sign_in, at):
    sign_in("xiaoman")
    step = timedelta(minutes=110)
    for count in range(1, 7):
        at(step * count)
        assert actor(client)
    at(step * 7)
    assert actor(client) is None


def test_a_forged_cookie_is_nobody(client, sign_in):
    sign_in("officer")
    cookie = client.cookies["sessionid"]
    cookie.set("sessionid", cookie.value[:-2] + "zz", cookie.value[:-2] + "zz")
    assert actor(client) is None


def test_what_a_visitor_had_stays_his_but_never_passes_to_another_account(client, sign_in):
    keep = client.session
    keep["drafts"] = ["d1"]
    keep.save()
    client.cookies["sessionid"] = keep.session_key
    sign_in("xiaoman")
    assert client.session["drafts"] == ["d1"]
    sign_in("qiushi")
    assert "drafts" not in client.session


def test_sign_out_forgets_everything(client, sign_in):
    sign_in("xiaoman")
    assert client.post("/sign-out").status_code == 302
    assert actor(client) is None
    assert client.get("/sign-out").status_code == 405


def test_pages_of_somebody_signed_in_are_not_kept(client, sign_in):
    assert "Cache-Control" not in client.get("/healthz")
    sign_in("xiaoman")
    assert client.get("/healthz")["Cache-Control"] == "private, no-store"
