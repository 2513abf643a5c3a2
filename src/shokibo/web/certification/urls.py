"""Addresses of certification."""

from django.urls import path

from shokibo.web.certification import views

app_name = "certification"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("own/", views.applications, name="applications"),
]
