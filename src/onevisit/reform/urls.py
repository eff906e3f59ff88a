"""Addresses of the reform office's pages."""

from django.urls import path

from onevisit.reform import views

urlpatterns = [path("", views.events, name="reform")]
