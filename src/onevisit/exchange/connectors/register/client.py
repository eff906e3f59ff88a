"""Ask a register over HTTP: connections reused, two seconds at most, answers no larger than they may be."""

import time
from functools import cache
from urllib.parse import quote

import httpx

from onevisit.exchange.connectors.register.mapping import NotTheContract, read_record
from onevisit.exchange.values import Fetched, Outcome

TIMEOUT = 2.0  # seconds for the whole answer
LARGEST = 256 * 1024  # bytes


class RegisterDown(Exception):
    """The register did not answer in time, or not what the contract says."""


@cache
def _client() -> httpx.Client:
    """The process's one client; registers are inside government's network, so no proxy of the environment."""
    return httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False)


def ask(base: str, resource: str, lookup: str, *, purpose: str, requester: str) -> Fetched:
    """One record, or `Outcome.ABSENT`. Raises `RegisterDown`."""
    url = f"{base.rstrip('/')}/v1/records/{quote(resource, safe='')}/{quote(lookup, safe=',')}"
    headers = {"X-Purpose": quote(purpose), "X-Requester": quote(requester)}  # headers carry ASCII
    try:
        status, body = _get(url, headers)
        if status == httpx.codes.OK:
            return read_record(body, resource)
        if status == httpx.codes.NOT_FOUND and b"no-such-record" in body:
            return Fetched(Outcome.ABSENT)
    except (httpx.HTTPError, httpx.InvalidURL, NotTheContract) as error:
        raise RegisterDown(str(error)) from error
    raise RegisterDown(f"status {status}")


def _get(url: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """Status and body, read piece by piece so that neither a slow nor an endless answer holds us."""
    end = time.monotonic() + TIMEOUT
    body = b""
    with _client().stream("GET", url, headers=headers) as answer:
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > LARGEST or time.monotonic() > end:
                raise NotTheContract("too large or too slow")
        return answer.status_code, body
