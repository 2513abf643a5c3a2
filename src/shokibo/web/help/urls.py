"""Addresses of the help."""

from django.urls import path

from shokibo.web.help import views

app_name = "help"
urlpatterns = [
    path("", views.index, name="index"),
    path("words/", views.words, name="words"),
    path("guide/<number:number>/", views.section, name="section"),
]
