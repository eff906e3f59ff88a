"""Addresses of the applicant's pages: nouns; a verb is a resource that is posted to."""

from django.urls import path

from onevisit.portal.views import cases, draft, home, intake, me, papers, pay

urlpatterns = [
    path("", home.home, name="home"),
    path("guides/<slug:slug>", home.guide, name="guide"),
    path("drafts", draft.start, name="drafts"),
    path("drafts/<uuid:draft>", draft.resume, name="draft"),
    path("drafts/<uuid:draft>/questions", draft.questions, name="questions"),
    path("drafts/<uuid:draft>/plan", draft.plan, name="plan"),
    path("drafts/<uuid:draft>/offers", draft.offer, name="offers"),
    path("drafts/<uuid:draft>/registers", draft.registers, name="registers"),
    path("drafts/<uuid:draft>/known", intake.known, name="known"),
    path("drafts/<uuid:draft>/form", intake.form, name="form"),
    path("drafts/<uuid:draft>/uploads", intake.uploads, name="uploads"),
    path("drafts/<uuid:draft>/uploads/<uuid:document>/removal", intake.removal, name="removal"),
    path("drafts/<uuid:draft>/check", intake.check, name="check"),
    path("documents/<uuid:document_id>", papers.document, name="document"),
    path("cases", cases.cases, name="cases"),
    path("cases/<str:number>", cases.case, name="case"),
    path("cases/<str:number>/receipt", cases.receipt, name="receipt"),
    path("cases/<str:number>/supplement", cases.supplement, name="supplement"),
    path("cases/<str:number>/signature", cases.signature, name="signature"),
    path("cases/<str:number>/withdrawal", cases.withdrawal, name="withdrawal"),
    path("cases/<str:number>/rating", cases.rating, name="rating"),
    path("notices/<uuid:notice_id>", papers.notice, name="notice"),
    path("cases/<str:number>/pay", pay.bills, name="pay"),
    path("cases/<str:number>/pay/<uuid:bill>", pay.payment, name="payment"),
    path("cases/<str:number>/pay/receipts/<uuid:receipt>", pay.receipt, name="money-receipt"),
    path("payments/callback", pay.callback, name="payment-callback"),
    path("notices/<uuid:notice_id>/pdf", papers.notice_pdf, name="notice-pdf"),
    path("licences", papers.my_licences, name="licences"),
    path("licences/<uuid:licence_id>", papers.licence, name="licence"),
    path("licences/<uuid:licence_id>/pdf", papers.licence_pdf, name="licence-pdf"),
    path("verify", papers.verify_file, name="verify-file"),
    path("verify/<str:token>", papers.verify, name="verify"),
    path("me", me.me, name="me"),
    path("me/looks", me.looks, name="looks"),
]
