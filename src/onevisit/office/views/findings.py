"""What the examination found about the own agency's services: to be read; the reform office decides."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onevisit.insight import queries
from onevisit.office.page import page
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role


@require_safe
@roles(Role.OFFICER)
def findings(request: SignedInRequest) -> HttpResponse:
    """The own agency's findings, those that are gone last; no other agency's."""
    rows = queries.findings(settings.REGION, timezone.localdate(), owner=request.actor.agency)
    context = {"rows": rows, "examined": queries.examined(settings.REGION)}
    return page(request, "office/findings.html", context)
