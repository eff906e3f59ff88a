"""Addresses of the window clerk's pages."""

from django.urls import path

from onevisit.desk.views import cases, corrections, draft, intake, letters, money, people, supply, takings, today

urlpatterns = [
    path("", today.today, name="desk"),
    path("arrivals", today.arrivals, name="desk-arrivals"),
    path("cases", today.find, name="desk-find"),
    path("takings", takings.takings, name="desk-takings"),
    path("people/<uuid:person>", people.person, name="desk-person"),
    path("people/<uuid:person>/steps/<uuid:procedure>/<str:step>", people.attendance, name="desk-attend"),
    path("people/<uuid:person>/drafts", people.begin, name="desk-begin"),
    path("people/<uuid:person>/drafts/<uuid:draft>", people.bring, name="desk-bring"),
    path("letters/<uuid:notice>/pdf", letters.letter, name="desk-letter"),
    path("letters/<uuid:notice>/posting", people.posted, name="desk-posted"),
    path("drafts/<uuid:draft>/no-phone", intake.no_phone, name="desk-no-phone"),
    path("drafts/<uuid:draft>/missing", intake.missing, name="desk-missing"),
    path("cases/<str:number>/answers", corrections.answers, name="desk-case-answers"),
    path("drafts/<uuid:draft>", draft.draft, name="desk-draft"),
    path("drafts/<uuid:draft>/answers", draft.answers, name="desk-answers"),
    path("drafts/<uuid:draft>/confirmation", draft.confirmation, name="desk-confirmation"),
    path("drafts/<uuid:draft>/papers/<str:evidence>", draft.papers, name="desk-papers"),
    path("drafts/<uuid:draft>/scans/<uuid:document>/removal", draft.removal, name="desk-removal"),
    path("drafts/<uuid:draft>/arrival", draft.arrival, name="desk-draft-arrival"),
    path("drafts/<uuid:draft>/submission", draft.submission, name="desk-submission"),
    path("documents/<uuid:document>", draft.document, name="desk-document"),
    path("cases/<str:number>", cases.case, name="desk-case"),
    path("cases/<str:number>/arrival", cases.arrival, name="desk-arrival"),
    path("cases/<str:number>/supplement", supply.supplement, name="desk-supplement"),
    path("cases/<str:number>/withdrawal", supply.withdrawal, name="desk-withdrawal"),
    path("cases/<str:number>/bills/<uuid:bill>/payment", money.payment, name="desk-payment"),
    path("cases/<str:number>/refunds/<uuid:refund>/payment", money.given_back, name="desk-given-back"),
    path("cases/<str:number>/receipts/<uuid:receipt>/pdf", money.receipt, name="desk-receipt"),
    path("people/<uuid:person>/cases/<str:number>", money.his_bills, name="desk-his-bills"),
    path(
        "people/<uuid:person>/cases/<str:number>/bills/<uuid:bill>/payment", money.his_payment, name="desk-his-payment"
    ),
    path(
        "people/<uuid:person>/cases/<str:number>/refunds/<uuid:refund>/payment",
        money.given_back_to_him,
        name="desk-his-given-back",
    ),
    path(
        "people/<uuid:person>/cases/<str:number>/receipts/<uuid:receipt>/pdf",
        money.his_receipt,
        name="desk-his-receipt",
    ),
    path("cases/<str:number>/steps", cases.steps, name="desk-steps"),
    path("cases/<str:number>/steps/<uuid:procedure>/<str:step>", cases.attendance, name="desk-attendance"),
    path("cases/<str:number>/licences/<uuid:licence>/hand-over", cases.hand_over, name="desk-hand-over"),
    path("cases/<str:number>/licences/<uuid:licence>/mandatary", cases.mandatary, name="desk-mandatary"),
    path("cases/<str:number>/licences/<uuid:licence>/pdf", cases.licence_pdf, name="desk-licence-pdf"),
    path("cases/<str:number>/notices/<uuid:notice>/pdf", cases.notice_pdf, name="desk-notice-pdf"),
]
