"""Addresses of the returns."""

from django.urls import path, re_path

from shokibo.web.returns import paper, questions, views

app_name = "returns"
urlpatterns = [
    path("", views.returns, name="returns"),
    path("form<number:number>/<number:year>/", views.form, name="form"),
    path("form<number:number>/<number:year>/deadline/", views.deadline, name="deadline"),
    path("form<number:number>/<number:year>/compare/", views.compare, name="compare"),
    path("form<number:number>/<number:year>/paper/", paper.of_office, name="paper"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<number:pk>/answer/", questions.answer, name="answer"),
    path("<number:pk>/", views.detail, name="detail"),
    path("<number:pk>/submit/", views.PAGES.view("submit"), name="submit"),
    path("<number:pk>/discard/", views.PAGES.view("discard"), name="discard"),
    re_path(r"^(?P<pk>[0-9]{1,18})/preview\.(?P<kind>xlsx|pdf)$", views.preview, name="preview"),
    path("<number:pk>/notes.xlsx", views.notes, name="notes"),
    path("<number:pk>/files/<number:file_pk>/", views.file, name="file"),
]
