"""Addresses of the reform office's pages."""

from django.urls import path

from onevisit.reform import trying, views

urlpatterns = [
    path("", views.events, name="reform"),
    path("workbench/<slug:slug>", trying.workbench, name="workbench"),
]
