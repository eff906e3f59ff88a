"""Signing in: right and wrong passwords, and the pause after too many wrong ones."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.utils import timezone

from tests.fixtures.people import PASSWORD


def attempt(client, username="xiaoman", password="wrong", **extra):
    return client.post("/sign-in", {"username": username, "password": password}, **extra)


def test_a_wrong_password_and_an_unknown_name_look_the_same(client, accounts):
    wrong, unknown = attempt(client), attempt(client, "nobody")
    assert wrong.status_code == unknown.status_code == 422
    assert "用户名或密码不对" in wrong.content.decode()

    def rest(page):
        return re.sub(r'value="[^"]*"', "", page.content.decode())

    assert rest(wrong) == rest(unknown)


def test_a_disabled_account_cannot_sign_in(client, accounts):
    accounts["xiaoman"].is_active = False
    accounts["xiaoman"].save()
    assert attempt(client, password=PASSWORD).status_code == 422


@pytest.mark.parametrize(
    ("username", "home"), [("xiaoman", "/"), ("officer", "/office/"), ("clerk", "/desk/"), ("reform", "/reform/")]
)
def test_everybody_lands_at_his_own_face(client, accounts, username, home):
    assert attempt(client, username, PASSWORD)["Location"] == home
    assert client.get("/sign-in")["Location"] == home


def test_five_wrong_passwords_pause_and_the_page_says_until_when(client, accounts):
    for _ in range(4):
        assert attempt(client).status_code == 422
    locked = attempt(client)
    assert locked.status_code == 429
    until = timezone.localtime(AccessAttempt.objects.get().attempt_time + timedelta(minutes=15))
    assert f"{until:%H:%M}以后再试" in locked.content.decode()
    assert 0 < int(locked["Retry-After"]) <= 900
    right = attempt(client, password=PASSWORD)
    assert right.status_code == 429
    assert f"{until:%H:%M}以后再试" in right.content.decode()


def test_the_pause_ends(client, accounts):
    for _ in range(5):
        attempt(client)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert attempt(client, password=PASSWORD).status_code == 302


def test_nobody_locks_out_somebody_else(client, accounts):
    for _ in range(5):
        attempt(client, REMOTE_ADDR="127.0.0.9")
    assert attempt(client, password=PASSWORD).status_code == 302


def test_what_was_typed_is_not_in_the_log_of_attempts(client, accounts):
    client.post("/sign-in", {"username": "xiaoman", "password": "wrong-secret", "carried": "carried-secret"})
    kept = AccessAttempt.objects.get()
    assert "secret" not in kept.post_data


def test_signing_in_costs_few_queries(client, accounts, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        attempt(client, password=PASSWORD)
    with django_assert_max_num_queries(0):
        client.get("/sign-in")
