"""Addresses of the returns."""

from django.urls import path, re_path

from shokibo.web.returns import views

app_name = "returns"
urlpatterns = [
    path("", views.returns, name="returns"),
    path("form<int:number>/<int:year>/", views.form, name="form"),
    path("form<int:number>/<int:year>/deadline/", views.deadline, name="deadline"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    re_path(r"^(?P<pk>[0-9]+)/preview\.(?P<kind>xlsx|pdf)$", views.preview, name="preview"),
    path("<int:pk>/notes.xlsx", views.notes, name="notes"),
    path("<int:pk>/files/<int:file_pk>/", views.file, name="file"),
]
