"""Addresses of what is published, for everybody."""

from django.urls import URLPattern

app_name = "open"
urlpatterns: list[URLPattern] = []
