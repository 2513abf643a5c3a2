"""Addresses of the costs."""

from django.urls import path

from shokibo.web.planning.grid import views

app_name = "costs"
urlpatterns = [
    path("", views.costs, name="costs"),
    path("preview/", views.costs_preview, name="preview"),
    path("picture.svg", views.cost_picture, name="picture"),
]
