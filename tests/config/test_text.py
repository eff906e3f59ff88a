"""A NUL character, which PostgreSQL cannot hold, at every address and in every form: never an error of ours."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

NUL = "%00"
ID = "0190f0a0-0000-7000-8000-000000000000"


def addresses(patterns, prefix=""):
    """Every address, with a NUL wherever it takes text."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            parts = (prefix + str(one.pattern)).split("/")
            yield "/" + "/".join(_filled(part) for part in parts)


def _filled(part):
    if not part.startswith("<"):
        return part
    return ID if part.startswith("<uuid:") else "1" if part.startswith("<int:") else NUL


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["", "xiaoman", "officer", "clerk", "reform"])
def test_no_address_stumbles_over_nul(client, accounts, sign_in, who):
    if who:
        sign_in(who)
    found = sorted(addresses(get_resolver().url_patterns), key=lambda address: "sign-out" in address)
    assert any(NUL in address for address in found)
    for address in found:
        for page in (client.get(f"{address}?q=a{NUL}&before={NUL}&after={NUL}"), client.post(address, {"a\0": "b\0"})):
            assert page.status_code < 500, address


@pytest.mark.django_db
def test_it_is_taken_out_of_what_was_typed(client, accounts):
    page = client.post("/sign-in", {"username": "xiao\0man", "password": "wrong"})
    assert page.status_code < 500
    assert 'value="xiaoman"' in page.content.decode()
