"""Addresses of register."""

from django.urls import path

from shokibo.web.register import views

app_name = "register"
urlpatterns = [path("", views.homes, name="homes")]
