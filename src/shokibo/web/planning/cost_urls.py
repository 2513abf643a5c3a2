"""Addresses of the costs."""

from django.urls import path

from shokibo.web.planning.views import costs

app_name = "costs"
urlpatterns = [
    path("", costs.costs, name="costs"),
    path("preview/", costs.costs_preview, name="preview"),
    path("picture.svg", costs.cost_picture, name="picture"),
]
