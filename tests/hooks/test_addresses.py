"""Messages go to public addresses only, whatever is registered and whatever a name answers."""

from datetime import UTC, datetime

import pytest

from onevisit.hooks import sending
from onevisit.hooks.addresses import is_possible, is_public
from onevisit.hooks.rules import ATTEMPTS, FIRST_WAIT, LONGEST_WAIT, wait_after

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/hook",
        "https://example.com:8443/hook?a=b",
        "https://93.184.216.34/",
        "https://[2606:2800:220:1:248:1893:25c8:1946]/",
    ],
)
def test_taken(url):
    assert is_possible(url, local=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/", "ftp://example.com/", "example.com", "https://", "https://localhost/", "https://intranet/",
        "https://127.0.0.1/", "https://10.0.0.1/", "https://192.168.1.1/", "https://172.16.0.1/", "https://169.254.169.254/",
        "https://100.64.0.1/", "https://0.0.0.0/", "https://224.0.0.1/", "https://[::1]/", "https://[fd00::1]/",
        "https://[fe80::1]/", "https://[::ffff:10.0.0.1]/", "https://[64:ff9b::a00:1]/", "https://[2002:a00:1::]/",
        "https://user:word@example.com/", "https://user@example.com/", "https://example.com/#part",
        "https://exa mple.com/", "https://example.com/\n", "https://例子.cn/", "https://example.com:0/",
        "https://example.com:99999/", "https://example.com/" + "x" * 500, "https://[::1/",
    ],
)  # fmt: skip
def test_not_taken(url):
    assert not is_possible(url, local=False)
    assert not is_possible(url, local=True)


def test_this_machine_only_in_a_demonstration():
    assert is_possible("http://127.0.0.1:9000/hook", local=True)
    assert is_possible("http://localhost:9000/hook", local=True)
    assert not is_possible("http://127.0.0.1:9000/hook", local=False)
    assert not is_possible("http://10.0.0.1:9000/hook", local=True)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::1", "fe80::1", "::ffff:127.0.0.1", "198.18.0.1"])
def test_what_is_inside(address):
    assert not is_public(address)


def test_a_name_that_leads_inside_is_not_called(monkeypatch, listener):
    """The name is public when it is registered; its answer is what counts."""
    inside = [(0, 0, 0, "", ("127.0.0.1", 0))]
    monkeypatch.setattr(sending.socket, "getaddrinfo", lambda *_args, **_more: inside)
    for local in (False, True):
        outcome = sending.send("https://rebind.example.com/", SECRET, "msg_1", "{}", now=NOW, local=local)
        assert not outcome.delivered and "not public" in outcome.said
    assert listener.got == []


def test_redirects_are_not_followed(listener):
    listener.status, listener.location = 302, listener.url
    outcome = sending.send(listener.url, SECRET, "msg_1", "{}", now=NOW, local=True)
    assert (outcome.delivered, outcome.said) == (False, "HTTP 302")
    assert len(listener.got) == 1


def test_nobody_there():
    outcome = sending.send("http://127.0.0.1:1/", SECRET, "msg_1", "{}", now=NOW, local=True)
    assert not outcome.delivered and outcome.said


def test_it_waits_longer_each_time_and_gives_up_after_three_days():
    waits = [wait_after(n) for n in range(1, ATTEMPTS)]
    assert waits[0] == FIRST_WAIT and waits[1] == 2 * FIRST_WAIT and max(waits) == LONGEST_WAIT
    assert waits == sorted(waits)
    assert 2.5 < sum(wait.total_seconds() for wait in waits) / 86400 < 3.5
    assert wait_after(ATTEMPTS) is None
