"""What pages of the window share: which hall it is, the case, a refusal's sentence."""

from collections.abc import Mapping
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from onevisit.cases import queries
from onevisit.cases.values import CaseView
from onevisit.catalogue.queries import place
from onevisit.core.errors import Refusal
from onevisit.people.access import SignedInRequest
from onevisit.people.refused import said


def page(request: SignedInRequest, template: str, context: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    """The page under the name of the clerk's hall."""
    hall = place(request.actor.hall, settings.REGION)
    return render(request, template, {**context, "hall": hall.name if hall else None}, status=status)


def case_of(request: SignedInRequest, number: str) -> CaseView:
    """The case, if this hall took it in; the look is recorded. Raises NotFound."""
    return queries.case(number, by=request.actor, now=timezone.now())


def conflict(refused: Refusal) -> str:
    """Why something cannot be done now, for the page; every other refusal goes its own way."""
    if refused.status != HTTPStatus.CONFLICT:
        raise refused
    return said(refused)
