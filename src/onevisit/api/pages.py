"""The document, and the page for integrators that is drawn from it."""

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onevisit.api import reference
from onevisit.api.document import document


@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return HttpResponse(orjson.dumps(document()), content_type="application/json")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Operations, parameters, examples, errors and webhooks on one page."""
    return render(request, "api/docs.html", reference.context())
