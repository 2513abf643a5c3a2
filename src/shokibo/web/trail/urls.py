"""Addresses of the log."""

from django.urls import path

from shokibo.web.trail import views

app_name = "trail"
urlpatterns = [
    path("", views.events, name="events"),
    path("looks/", views.looks, name="looks"),
]
