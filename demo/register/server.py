"""The register over HTTP, on the standard library alone. Contract: docs/register-contract.yaml."""

import json
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from demo.register.records import Register

RECORDS = "/v1/records/"


class RegisterServer(ThreadingHTTPServer):
    """A server that can be switched off (it then answers 503) and that can be made slow."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], registers: dict[str, Register], latency: float) -> None:
        """Listen at the address; `latency` in seconds before each record."""
        super().__init__(address, Handler)
        self.registers = registers
        self.latency = latency
        self.on = True


class Handler(BaseHTTPRequestHandler):
    """One connection; kept open between requests (HTTP/1.1)."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: RegisterServer

    def do_GET(self) -> None:
        """Answer /health and /v1/records/{resource}/{lookup}."""
        path = urlsplit(self.path).path
        if path == "/health":
            self._send(HTTPStatus.OK, {"on": self.server.on, "demonstration": True})
        elif path.startswith(RECORDS):
            self._record(path.removeprefix(RECORDS))
        else:
            self._problem(HTTPStatus.NOT_FOUND, "no-such-page")

    def do_POST(self) -> None:
        """Switch the register on or off: POST /v1/switch {"on": false}."""
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(min(length, 1000))
        if urlsplit(self.path).path != "/v1/switch":
            self._problem(HTTPStatus.NOT_FOUND, "no-such-page")
            return
        try:
            on = json.loads(body)["on"]
        except (ValueError, KeyError, TypeError):
            on = None
        if not isinstance(on, bool):
            self._problem(HTTPStatus.BAD_REQUEST, "say-on-true-or-false")
            return
        self.server.on = on
        self._send(HTTPStatus.OK, {"on": on})

    def _record(self, rest: str) -> None:
        time.sleep(self.server.latency)
        resource, _, lookup = rest.partition("/")
        register = self.server.registers.get(unquote(resource))
        if not self.server.on:
            self._problem(HTTPStatus.SERVICE_UNAVAILABLE, "switched-off")
        elif not self.headers.get("X-Purpose") or not self.headers.get("X-Requester"):
            self._problem(HTTPStatus.BAD_REQUEST, "purpose-and-requester-needed")
        elif register is None:
            self._problem(HTTPStatus.NOT_FOUND, "no-such-resource")
        elif (answer := register.answer(unquote(lookup))) is None:
            self._problem(HTTPStatus.NOT_FOUND, "no-such-record")
        else:
            self._send(HTTPStatus.OK, answer)

    def _problem(self, status: HTTPStatus, kind: str) -> None:
        self._send(status, {"type": kind, "demonstration": True}, "application/problem+json")

    def _send(self, status: HTTPStatus, body: dict[str, Any], media: str = "application/json") -> None:
        content = json.dumps(body, ensure_ascii=False, default=str).encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{media}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: look-up keys are personal data and belong into no log file."""
