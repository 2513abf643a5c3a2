"""Addresses of certification."""

from django.urls import path

from shokibo.web.certification.views import detail, files, letters, many, months, own, queue
from shokibo.web.certification.views.steps import PAGES

app_name = "certification"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("own/", own.applications, name="applications"),
    path("new/", own.new, name="new"),
    path("judge/", own.judge_live, name="judge"),
    path("next-year/<number:year>/", own.next_year, name="next_year"),
    path("bulk/submit/", many.submit, name="bulk_submit"),
    path("bulk/propose/", many.propose, name="bulk_propose"),
    path("bulk/certify/", many.certify, name="bulk_certify"),
    path("months/", months.months, name="months"),
    path("months/amounts/", months.amounts, name="amounts"),
    path("letters/", letters.letters, name="letters"),
    path("letters/file/", letters.letters_file, name="letters_file"),
    path("<number:pk>/", detail.application, name="application"),
    path("<number:pk>/edit/", own.edit, name="edit"),
    path("<number:pk>/submit/", PAGES.view("submit"), name="submit"),
    path("<number:pk>/discard/", PAGES.view("discard"), name="discard"),
    path("<number:pk>/withdraw/", PAGES.view("withdraw"), name="withdraw"),
    path("<number:pk>/revise/", PAGES.view("revise"), name="revise"),
    path("<number:pk>/evidence/", files.add, name="evidence_add"),
    path("<number:pk>/evidence/<number:evidence>/", files.download, name="evidence"),
    path("<number:pk>/evidence/<number:evidence>/remove/", files.remove, name="evidence_remove"),
    path("<number:pk>/return/", PAGES.view("send_for_correction"), name="send_for_correction"),
    path("<number:pk>/propose/", PAGES.view("propose"), name="propose"),
    path("<number:pk>/take-back/", PAGES.view("take_back"), name="take_back"),
    path("<number:pk>/decide/", PAGES.view("decide"), name="decide"),
    path("<number:pk>/send-back/", PAGES.view("send_back"), name="send_back"),
    path("<number:pk>/propose-end/", PAGES.view("propose_end"), name="propose_end"),
    path("<number:pk>/propose-change/", PAGES.view("propose_change"), name="propose_change"),
    path("<number:pk>/end/", PAGES.view("end"), name="end"),
]
