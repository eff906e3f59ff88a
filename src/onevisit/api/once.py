"""Writes: the same Idempotency-Key, the same answer; and If-Match, so that nobody decides on what he has not read."""

from collections.abc import Callable
from uuid import UUID

import orjson
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from ninja import Schema

from onevisit.api.access import ApiRequest
from onevisit.api.errors import Changed
from onevisit.cases.queries import version
from onevisit.machines.actions import begin, finish, release
from onevisit.machines.queries import fingerprint

Act = Callable[[], Schema | dict[str, object]]


def at_once(request: ApiRequest, key: str, act: Act, *, status: int = 200) -> HttpResponse:
    """Do the act and keep its answer in one transaction: a crash leaves both or neither."""
    account = request.auth.actor.account
    with transaction.atomic():
        kept = begin(account, key, _print(request), now=timezone.now())
        if kept is not None:
            return _replied(kept.status, kept.body, again=True)
        body = _json(act())
        finish(account, key, status, body)
    return _replied(status, body)


def in_steps(request: ApiRequest, key: str, act: Act, *parts: bytes, status: int = 200) -> HttpResponse:
    """The same for acts that have transactions of their own, ask registers, or read files.

    One that dies between act and answer is done again after a minute; each of these can bear that.
    `parts`: stand for a body whose bytes differ each time it is sent (multipart).
    """
    account = request.auth.actor.account
    kept = begin(account, key, _print(request, *parts), now=timezone.now())
    if kept is not None:
        return _replied(kept.status, kept.body, again=True)
    try:
        body = _json(act())
    except Exception:
        release(account, key)
        raise
    finish(account, key, status, body)
    return _replied(status, body)


def unchanged(request: ApiRequest, procedure: UUID) -> None:
    """Raise Changed if the caller has read another version than the one that is; inside the act's transaction."""
    given = request.headers.get("If-Match", "").strip()
    if not given or given == "*":
        return
    known = [one.strip().strip('"').partition("-")[0] for one in given.split(",")]
    if str(version(procedure, by=request.auth.actor)) not in known:
        raise Changed()


def _print(request: ApiRequest, *parts: bytes) -> bytes:
    said = parts or (request.body,)
    return fingerprint((request.method or "").encode(), request.get_full_path().encode(), *said)


def _json(answer: Schema | dict[str, object]) -> str:
    return orjson.dumps(answer.model_dump(mode="json") if isinstance(answer, Schema) else answer).decode()


def _replied(status: int, body: str, *, again: bool = False) -> HttpResponse:
    answer = HttpResponse(body, status=status, content_type="application/json")
    if again:
        answer["Idempotent-Replayed"] = "true"
    return answer
