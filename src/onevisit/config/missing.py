"""What is not there: a page for people, a problem for programs."""

from django.http import HttpRequest, HttpResponse
from django.views.defaults import page_not_found

from onevisit.api.errors import NoSuchAddress
from onevisit.api.problems import problem
from onevisit.config.middleware import MACHINES


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to an address that leads nowhere."""
    if request.path.startswith(MACHINES):
        return problem(NoSuchAddress())
    return page_not_found(request, exception)
