"""The token endpoint: OAuth 2.0 client credentials (RFC 6749, 4.4), by authlib."""

from typing import Any, cast

from authlib.integrations.django_oauth2 import AuthorizationServer
from authlib.integrations.django_oauth2.requests import DjangoOAuth2Payload, DjangoOAuth2Request
from authlib.oauth2.rfc6749 import ClientMixin, OAuth2Request, scope_to_list
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from onevisit.api.access import LIFETIME, make_token
from onevisit.api.errors import TooOften
from onevisit.api.problems import WITHIN
from onevisit.machines.queries import client, proves
from onevisit.people.often import counted
from onevisit.people.queries import machine

METHODS = ("client_secret_basic", "client_secret_post")
ATTEMPTS = 60  # requests for a token of one address in a minute


class _Client(ClientMixin):  # type: ignore[misc]  # authlib has no types
    """A client as authlib asks for it; one that does not exist is like one whose secret is wrong."""

    def __init__(self, name: str) -> None:
        self.name = name
        found = None if "\0" in name else client(name)
        self.view = found if found and machine(found.account) else None

    def get_client_id(self) -> str:
        return self.name

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """All of them where none is asked for; None, which is an error, when one is asked for that it has not."""
        own = self.view.scopes if self.view else frozenset()
        asked = scope_to_list(scope) or sorted(own)
        return " ".join(asked) if own.issuperset(asked) else None

    def check_client_secret(self, client_secret: str) -> bool:
        return self.view is not None and proves(self.name, client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return endpoint == "token" and method in METHODS

    def check_grant_type(self, grant_type: str) -> bool:
        return bool(grant_type == ClientCredentialsGrant.GRANT_TYPE)


class _Grant(ClientCredentialsGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS


class _Request(DjangoOAuth2Request):  # type: ignore[misc]
    """A request as authlib reads it. Secrets travel by TLS only, which authlib demands; a demonstration has none."""

    def __init__(self, request: HttpRequest) -> None:
        uri = request.build_absolute_uri()
        OAuth2Request.__init__(
            self,
            method=request.method,
            uri=uri.replace("http://", "https://", 1) if settings.DEMO else uri,
            headers=request.headers,
        )
        self.payload = DjangoOAuth2Payload(request)
        self._request = request


class _Server(AuthorizationServer):  # type: ignore[misc]
    """Finds clients in the machines room; keeps no token, as each is signed and says all itself."""

    def __init__(self) -> None:
        super().__init__(None, None)

    def query_client(self, client_id: str) -> _Client:
        return _Client(client_id)

    def create_oauth2_request(self, request: HttpRequest) -> _Request:
        return _Request(request)

    def save_token(self, token: dict[str, Any], request: object) -> None:
        """Nothing to keep."""

    def create_bearer_token_generator(self) -> BearerTokenGenerator:
        return BearerTokenGenerator(access_token_generator=_signed, expires_generator=lambda *_: LIFETIME)


def _signed(client: _Client, grant_type: str, user: object, scope: str) -> str:  # noqa: ARG001 - authlib's call
    assert client.view is not None
    return make_token(client.view, scope_to_list(scope) or [])


SERVER = _Server()
SERVER.register_grant(_Grant)


@csrf_exempt
def token(request: HttpRequest) -> HttpResponse:
    """A token for a client that proves itself, by Basic or in the form; errors as RFC 6749, 5.2 has them."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if counted(f"token-{request.META.get('REMOTE_ADDR', '')}", WITHIN) > ATTEMPTS:
        raise TooOften(most=ATTEMPTS)
    return cast(HttpResponse, SERVER.create_token_response(request))
