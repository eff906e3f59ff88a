"""Addresses of the API, all behind the gate."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt

from onevisit.api.app import api
from onevisit.api.gate import FILES, FORM, gate
from onevisit.api.oauth import token
from onevisit.api.pages import docs, openapi


@csrf_exempt
def unknown(_request: HttpRequest) -> HttpResponse:
    """Whatever else is asked for under /api/."""
    raise Http404


def _guarded(pattern: URLPattern | URLResolver) -> URLPattern:
    """An operation of ninja behind the gate."""
    assert isinstance(pattern, URLPattern)
    uploads = str(pattern.pattern).endswith("/documents") and "documents/<" not in str(pattern.pattern)
    pattern.callback = gate(pattern.callback, FILES) if uploads else gate(pattern.callback)
    return pattern


urlpatterns = [
    path("v1/token", gate(token, FORM), name="api-token"),
    path("v1/openapi.json", csrf_exempt(gate(openapi)), name="api-openapi"),
    path("v1/docs", docs, name="api-docs"),
    *(path("v1/", ([_guarded(one)], "", "")) for one in api.urls[0] if getattr(one, "name", "") != "api-root"),
    re_path(r"", gate(unknown)),
]
