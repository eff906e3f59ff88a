"""Addresses of the reform office's pages."""

from django.urls import path

from onevisit.reform import findings, replay, trying, views

urlpatterns = [
    path("", views.events, name="reform"),
    path("workbench/<slug:slug>", trying.workbench, name="workbench"),
    path("findings/", findings.findings, name="findings"),
    path("findings/examination", findings.examination, name="examination"),
    path("findings/<uuid:finding>", findings.finding, name="finding"),
    path("replay/", replay.replays, name="replays"),
    path("replay/of/<slug:slug>", replay.begin, name="replay-begin"),
    path("replay/<uuid:replay>", replay.replay, name="replay"),
    path("replay/<uuid:replay>/stop", replay.stop, name="replay-stop"),
]
