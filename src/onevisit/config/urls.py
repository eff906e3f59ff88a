"""Every face's pages under one roof."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from onevisit.config.health import healthz

handler404 = "onevisit.config.missing.handler404"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("language", set_language, name="language"),
    path("", include("onevisit.people.urls")),
    path("api/", include("onevisit.api.urls")),
    path("office/", include("onevisit.office.urls")),
    path("desk/", include("onevisit.desk.urls")),
    path("reform/", include("onevisit.reform.urls")),
    path("", include("onevisit.portal.urls")),
]
