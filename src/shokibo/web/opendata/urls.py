"""Addresses of opendata."""

from django.urls import path

from shokibo.web.opendata import views

app_name = "opendata"
urlpatterns = [
    path("", views.publications, name="publications"),
    path("settings/", views.settings, name="settings"),
    path("preview/", views.preview, name="preview"),
    path("<number:pk>/withdraw/", views.PAGES.view("withdraw"), name="withdraw"),
]
