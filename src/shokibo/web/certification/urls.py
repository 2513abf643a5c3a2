"""Addresses of certification."""

from django.urls import path

from shokibo.web.certification.views import (
    decide,
    detail,
    examine,
    files,
    letters,
    many,
    own,
    queue,
)

app_name = "certification"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("own/", own.applications, name="applications"),
    path("new/", own.new, name="new"),
    path("judge/", own.judge_live, name="judge"),
    path("next-year/<number:year>/", own.next_year, name="next_year"),
    path("bulk/propose/", many.propose, name="bulk_propose"),
    path("bulk/certify/", many.certify, name="bulk_certify"),
    path("letters/", letters.letters, name="letters"),
    path("letters/file/", letters.letters_file, name="letters_file"),
    path("<number:pk>/", detail.application, name="application"),
    path("<number:pk>/edit/", own.edit, name="edit"),
    path("<number:pk>/submit/", own.submit, name="submit"),
    path("<number:pk>/discard/", own.discard, name="discard"),
    path("<number:pk>/withdraw/", own.withdraw, name="withdraw"),
    path("<number:pk>/revise/", own.revise, name="revise"),
    path("<number:pk>/evidence/", files.add, name="evidence_add"),
    path("<number:pk>/evidence/<number:evidence>/", files.download, name="evidence"),
    path("<number:pk>/evidence/<number:evidence>/remove/", files.remove, name="evidence_remove"),
    path("<number:pk>/return/", examine.send_for_correction, name="send_for_correction"),
    path("<number:pk>/propose/", examine.propose, name="propose"),
    path("<number:pk>/take-back/", examine.take_back, name="take_back"),
    path("<number:pk>/decide/", decide.decide, name="decide"),
    path("<number:pk>/send-back/", decide.send_back, name="send_back"),
    path("<number:pk>/propose-end/", examine.propose_end, name="propose_end"),
    path("<number:pk>/end/", decide.end, name="end"),
]
