"""Addresses of the officer's pages: an act is a resource that is posted to."""

from django.urls import path

from onevisit.office.views import acts, findings, inbox, licences, missing, work

urlpatterns = [
    path("", inbox.inbox, name="office"),
    path("procedures/<uuid:procedure>", work.procedure, name="work"),
    path("procedures/<uuid:procedure>/acceptance", acts.acceptance, name="work-acceptance"),
    path("procedures/<uuid:procedure>/missing", missing.missing, name="work-missing"),
    path("procedures/<uuid:procedure>/non-acceptance", acts.non_acceptance, name="work-non-acceptance"),
    path("procedures/<uuid:procedure>/grant", acts.grant, name="work-grant"),
    path("procedures/<uuid:procedure>/refusal", acts.refusal, name="work-refusal"),
    path("procedures/<uuid:procedure>/end", acts.end, name="work-end"),
    path("documents/<uuid:document>", work.document, name="work-document"),
    path("findings", findings.findings, name="office-findings"),
    path("licences", licences.licences, name="office-licences"),
    path("licences/<uuid:licence>/document", licences.licence_pdf, name="office-licence-pdf"),
    path("licences/<uuid:licence>/revocation", licences.revocation, name="work-revocation"),
]
