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
    path("next-year/<int:year>/", own.next_year, name="next_year"),
    path("bulk/propose/", many.propose, name="bulk_propose"),
    path("bulk/certify/", many.certify, name="bulk_certify"),
    path("letters/", letters.letters, name="letters"),
    path("letters/file/", letters.letters_file, name="letters_file"),
    path("<int:pk>/", detail.application, name="application"),
    path("<int:pk>/edit/", own.edit, name="edit"),
    path("<int:pk>/submit/", own.submit, name="submit"),
    path("<int:pk>/discard/", own.discard, name="discard"),
    path("<int:pk>/withdraw/", own.withdraw, name="withdraw"),
    path("<int:pk>/revise/", own.revise, name="revise"),
    path("<int:pk>/evidence/", files.add, name="evidence_add"),
    path("<int:pk>/evidence/<int:evidence>/", files.download, name="evidence"),
    path("<int:pk>/evidence/<int:evidence>/remove/", files.remove, name="evidence_remove"),
    path("<int:pk>/return/", examine.send_for_correction, name="send_for_correction"),
    path("<int:pk>/propose/", examine.propose, name="propose"),
    path("<int:pk>/take-back/", examine.take_back, name="take_back"),
    path("<int:pk>/decide/", decide.decide, name="decide"),
    path("<int:pk>/send-back/", decide.send_back, name="send_back"),
    path("<int:pk>/end/", decide.end, name="end"),
]
