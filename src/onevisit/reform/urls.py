"""Addresses of the reform office's pages."""

from django.urls import path

from onevisit.reform import causing, showing, trying, views

urlpatterns = [
    path("", views.events, name="reform"),
    path("events/<slug:slug>/", showing.event, name="reform-event"),
    path("events/<slug:slug>/causes", causing.causes, name="reform-causes"),
    path("workbench/<slug:slug>", trying.workbench, name="workbench"),
]
