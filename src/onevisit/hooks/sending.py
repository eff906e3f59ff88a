"""One message over the network: signed (Standard Webhooks), and never to a machine that is not public.

The name is looked up here and the connection goes to that very address, so that a name that changes its answer
between the look and the call (DNS rebinding) reaches nothing inside. Redirects are not followed.
"""

import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx
from standardwebhooks import Webhook

from onevisit.hooks.addresses import is_possible, is_public

TIMEOUT = httpx.Timeout(5.0, connect=3.0)  # seconds
AGENT = "OneVisit-Webhooks/1"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt."""

    delivered: bool
    gone: bool  # 410: its owner wants no more
    said: str


def send(url: str, secret: str, message_id: str, body: str, *, now: datetime, local: bool) -> Outcome:
    """Post the body once; 2xx is delivered. `local`: this machine may be called, as in a demonstration."""
    if not is_possible(url, local=local):
        return Outcome(False, False, "address not allowed")
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        address = _looked_up(host, parts.port or (443 if parts.scheme == "https" else 80))
        if not (is_public(address) or (local and parts.scheme == "http")):
            return Outcome(False, False, "the name leads to an address that is not public")
        return _post(url, host, address, _headers(secret, message_id, body, now), body)
    except (OSError, UnicodeError) as error:
        return Outcome(False, False, f"name not found: {error}"[:200])
    except httpx.HTTPError as error:
        return Outcome(False, False, f"{type(error).__name__}: {error}"[:200])


def _looked_up(host: str, port: int) -> str:
    return str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])


def _headers(secret: str, message_id: str, body: str, now: datetime) -> dict[str, str]:
    at = now.astimezone(UTC)
    return {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, at, body),
    }


def _post(url: str, host: str, address: str, headers: dict[str, str], body: str) -> Outcome:
    target = httpx.URL(url).copy_with(host=address)
    named = {"Host": httpx.URL(url).netloc.decode(), **headers}
    extensions = {"sni_hostname": host}  # its certificate has to be the name's
    with (
        httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False) as client,
        client.stream("POST", target, content=body.encode(), headers=named, extensions=extensions) as answer,
    ):
        status = answer.status_code  # what it says beyond that is not read
    return Outcome(200 <= status < 300, status == httpx.codes.GONE, f"HTTP {status}")
