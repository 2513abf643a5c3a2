"""Addresses of returns."""

from django.urls import path

from shokibo.web.returns import views

app_name = "returns"
urlpatterns = [path("", views.returns, name="returns")]
