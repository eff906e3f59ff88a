"""What every page of the window shares: which hall it is, and a refusal's sentence."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from onevisit.catalogue.queries import place
from onevisit.people.access import SignedInRequest


def page(request: SignedInRequest, template: str, context: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    """The page under the name of the clerk's hall."""
    hall = place(request.actor.hall, settings.REGION)
    return render(request, template, {**context, "hall": hall.name if hall else None}, status=status)
