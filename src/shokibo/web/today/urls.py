"""Addresses of today."""

from django.urls import path, re_path

from shokibo.web.today import reminding, search, views

app_name = "today"
urlpatterns = [
    path("", views.today, name="today"),
    path("search/", search.search, name="search"),
    path("today/findings/", views.findings, name="findings"),
    path("today/remind/", reminding.remind_homes, name="remind"),
    path("today/homes-due/", views.homes_due, name="homes_due"),
    re_path(r"^today/(?P<name>[a-z-]+)\.svg$", views.picture, name="picture"),
]
