"""What every page of the officers shares: whose office it is, and a refusal's sentence."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from onevisit.catalogue.queries import agency
from onevisit.people.access import SignedInRequest


def page(request: SignedInRequest, template: str, context: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    """The page under the name of the officer's agency."""
    own = agency(request.actor.agency, settings.REGION)
    return render(request, template, {**context, "agency": own.short if own else None}, status=status)
