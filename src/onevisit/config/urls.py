"""Every face's pages under one roof."""

from django.urls import URLPattern, URLResolver, include, path

from onevisit.config.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", include("onevisit.people.urls")),
    path("", include("onevisit.portal.urls")),
]
