"""Who asks: the bearer token (RFC 6750), what it may do, how often; for public operations only how often."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest

from onevisit.api.errors import NotAuthenticated, ScopeMissing, TooOften
from onevisit.api.problems import WITHIN
from onevisit.machines.queries import client_of
from onevisit.machines.values import ClientView
from onevisit.people.actor import Actor
from onevisit.people.often import counted
from onevisit.people.queries import machine

LIFETIME = 900  # seconds of a token
FRESH = 60  # seconds for which a process goes on with what it has read of a client, as with sessions
PARTS = 10  # an address without a token may ask a tenth as often
_SALT = "onevisit.api.token"


@dataclass(frozen=True, slots=True)
class Asking:
    """A program that asks: its client, and the actor as whom it acts."""

    client: ClientView
    actor: Actor
    scopes: frozenset[str]


class ApiRequest(HttpRequest):
    """A request that came through `Needs`."""

    auth: Asking
    version: int  # set by a view: what If-Match names of its answer


def make_token(client: ClientView, scopes: list[str]) -> str:
    """A signed token: who, what for, and a stamp that a new secret makes void. It holds no personal data."""
    return signing.dumps({"c": client.account.hex, "s": scopes, "t": client.stamp}, salt=_SALT)


class Needs:
    """Only for a token with this scope."""

    def __init__(self, scope: str) -> None:
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Asking:
        """Who asks. Raises NotAuthenticated, TooOften, ScopeMissing."""
        asking = _asking(request.headers.get("Authorization", ""))
        _count(asking.client.account, settings.API_RATE)
        if self.scope not in asking.scopes:
            raise ScopeMissing(scope=self.scope)
        return asking


class Anybody:
    """For everybody: a program with its token as often as elsewhere, else by how often one address asks."""

    def __call__(self, request: HttpRequest) -> bool:
        """True. Raises TooOften."""
        try:
            _count(_asking(request.headers.get("Authorization", "")).client.account, settings.API_RATE)
        except NotAuthenticated:
            _count(request.META.get("REMOTE_ADDR", ""), settings.API_RATE // PARTS)
        return True


def _count(who: object, most: int) -> None:
    if counted(f"api-{who}", WITHIN) > most:
        raise TooOften(most=most)


def _asking(header: str) -> Asking:
    kind, _, token = header.partition(" ")
    if kind.lower() != "bearer":
        raise NotAuthenticated()
    try:
        said = signing.loads(token.strip(), salt=_SALT, max_age=LIFETIME)
    except signing.BadSignature:
        raise NotAuthenticated() from None
    found = _known(UUID(said["c"]))
    if found is None or found[0].stamp != said["t"]:
        raise NotAuthenticated()
    client, actor = found
    return Asking(client, actor, frozenset(said["s"]) & client.scopes)


def _known(account: UUID) -> tuple[ClientView, Actor] | None:
    """The client and its actor, read at most once in FRESH seconds by this process."""
    key = f"machine-{account}"
    found: tuple[ClientView, Actor] | None = cache.get(key)
    if found is None:
        client, actor = client_of(account), machine(account)
        if client is None or actor is None:
            return None
        found = client, actor
        cache.set(key, found, FRESH)
    return found
