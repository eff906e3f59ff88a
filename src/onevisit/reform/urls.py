"""Addresses of the reform office's pages: an act is a resource that is posted to."""

from django.urls import path

from onevisit.reform import causing, findings, replay, showing, trying
from onevisit.reform.views import acts, events, versions

urlpatterns = [
    path("", events.events, name="reform"),
    path("events/<slug:slug>/", showing.event, name="reform-event"),
    path("events/<slug:slug>/causes", causing.causes, name="reform-causes"),
    path("workbench/<slug:slug>", trying.workbench, name="workbench"),
    path("versions", versions.versions, name="versions"),
    path("versions/<uuid:version>", versions.version, name="version"),
    path("versions/<uuid:version>/proof", acts.proof, name="version-proof"),
    path("versions/<uuid:version>/entry", acts.entry, name="version-entry"),
    path("versions/<uuid:version>/comment-days", acts.comment_days, name="version-comment-days"),
    path("versions/<uuid:version>/force", acts.force, name="version-force"),
    path("versions/<uuid:version>/withdrawal", acts.withdrawal, name="version-withdrawal"),
    path("versions/<uuid:version>/comments/<uuid:number>/answer", acts.answer, name="comment-answer"),
    path("versions/<uuid:version>/comments/<uuid:number>/hiding", acts.hiding, name="comment-hiding"),
    path("findings/", findings.findings, name="findings"),
    path("findings/examination", findings.examination, name="examination"),
    path("findings/<uuid:finding>", findings.finding, name="finding"),
    path("replay/", replay.replays, name="replays"),
    path("replay/of/<slug:slug>", replay.begin, name="replay-begin"),
    path("replay/<uuid:replay>", replay.replay, name="replay"),
    path("replay/<uuid:replay>/stop", replay.stop, name="replay-stop"),
]
