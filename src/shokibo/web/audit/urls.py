"""Addresses of the log."""

from django.urls import path

from shokibo.web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.events, name="events"),
    path("looks/", views.looks, name="looks"),
]
