"""People and programs over HTTP who ask again until they are answered."""

import http.client
import json
import secrets
import time
from collections import Counter
from collections.abc import Callable
from copy import copy
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

from bench.site import Site, Visitor

PATIENCE = 120.0  # seconds
PAUSE = 0.1
Answer = TypeVar("Answer")


class Unexpected(Exception):
    """An answer that nobody should get, or none for too long."""


class Asking:
    """How often nobody answered."""

    def __init__(self) -> None:
        self.unanswered = 0
        self.errors: Counter[str] = Counter()

    def until_answered(self, ask: Callable[[], Answer]) -> tuple[Answer, bool]:
        """The answer, and whether it was asked for more than once."""
        end, again = time.monotonic() + PATIENCE, False
        while time.monotonic() < end:
            try:
                return ask(), again
            except (OSError, http.client.HTTPException):
                again = True
                self.unanswered += 1
                time.sleep(PAUSE)
        raise Unexpected("no answer")


class Person(Visitor):
    """Somebody signed in who reloads, and presses the button again, until he is answered."""

    def __init__(self, site: Site, username: str, asking: Asking) -> None:
        self.asking, self.repeated = asking, False
        super().__init__(site, username)

    def twin(self) -> Self:
        """The same person in another browser window, for another thread."""
        other = copy(self)
        other.cookies = dict(self.cookies)
        return other

    def press(self, path: str, *also: int, **fields: str) -> str:
        """Send a form; where it leads. `also`: what a repeat may be answered when the first was done unanswered."""
        status, _ = self.post(path, fields)
        if status != 302 and not (self.repeated and status in also):
            raise Unexpected(f"POST {path.split('/')[-1]}: {status}")
        return self.location

    def _ask(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        ask = super()._ask
        answer, self.repeated = self.asking.until_answered(lambda: ask(method, path, body))
        return answer


class Program:
    """A program with a token that sends a request again, with its key, until it is answered."""

    def __init__(self, site: Site, name: str, asking: Asking) -> None:
        self.site, self.asking, self.token = site, asking, ""
        form = {"grant_type": "client_credentials", "client_id": name, "client_secret": site.password}
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self.token = self._send("/api/v1/token", urlencode(form).encode(), kind)["access_token"]

    def post(self, path: str, given: object) -> dict[str, Any]:
        """A write under a key of its own; the answer."""
        kind = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": secrets.token_urlsafe(18),
        }
        return self._send(path, json.dumps(given).encode(), kind)

    def _send(self, path: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            (status, answer), _ = self.asking.until_answered(lambda: self._once(path, body, headers))
            if status in (200, 201):
                return answer
            if answer.get("code") != "idempotency-key-in-use":
                raise Unexpected(f"POST {path.split('/')[-1]}: {status} {answer.get('code')}")
            time.sleep(1.0)
        raise Unexpected(f"POST {path.split('/')[-1]}: the key stays in use")

    def _once(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
