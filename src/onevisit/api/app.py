"""The API: routers under /api/v1, its JSON, its problems."""

from typing import Any

import orjson
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from onevisit.api.problems import of_exception
from onevisit.api.views import bills, cases, drafts, hooks, planning, work

NUL = "\0"


class _Parser(Parser):
    """JSON by orjson. NUL, which PostgreSQL holds in no text, is refused."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body's value. Raises ValueError."""
        found = orjson.loads(request.body)
        if b"\\u0000" in request.body and _has_nul(found):
            raise ValueError("NUL in a text")
        return found


class _Renderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002 - ninja's call
        """The answer's bytes."""
        return orjson.dumps(data)


def _has_nul(value: object) -> bool:
    if isinstance(value, str):
        return NUL in value
    if isinstance(value, dict):
        return any(_has_nul(one) for pair in value.items() for one in pair)
    return isinstance(value, list) and any(_has_nul(one) for one in value)


def _make() -> NinjaAPI:
    made = NinjaAPI(
        title="OneVisit 一次办",
        version="1",
        docs_url=None,
        openapi_url=None,
        urls_namespace="api-v1",
        parser=_Parser(),
        renderer=_Renderer(),
    )
    for router in (planning.router, drafts.router, cases.router, bills.router, work.router, hooks.router):
        made.add_router("", router)
    for kind in (Exception, HttpError, ValidationError):
        made.add_exception_handler(kind, of_exception)
    return made


api = _make()
