"""Addresses of one's own tokens."""

from django.urls import path

from shokibo.web.api import views

app_name = "tokens"
urlpatterns = [
    path("", views.tokens, name="tokens"),
    path("make/", views.make, name="make"),
    path("<number:pk>/revoke/", views.revoke, name="revoke"),
]
