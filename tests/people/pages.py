"""Pages that only these tests serve, behind the real middleware and decorators."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import include, path

from onevisit.people.access import roles, signed_in
from onevisit.people.actor import Role
from onevisit.people.errors import NotYours

CASE = UUID("0193a000-0000-7000-8000-000000000001")


@signed_in
def form(request):
    posted = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
    return HttpResponse(f"{request.actor.name} {posted}")


@roles(Role.OFFICER)
def inbox(request):
    return HttpResponse(request.actor.agency)


@signed_in
def somebody_elses(request):
    raise NotYours("办件", case=CASE)


urlpatterns = [
    path("", include("onevisit.config.urls")),
    path("test/form", form),
    path("test/inbox", inbox),
    path("test/other", somebody_elses),
]
