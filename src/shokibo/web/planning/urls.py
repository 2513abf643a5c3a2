"""Addresses of the plan."""

from django.urls import path

from shokibo.web.planning.views import grids, head, overview

app_name = "planning"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("findings/", overview.findings, name="findings"),
    path("picture/<path:name>.svg", overview.picture_file, name="picture"),
    path("head/", head.head, name="head"),
    path("actions/", grids.actions, name="actions"),
    path("actions/preview/", grids.actions_preview, name="actions_preview"),
    path("need/", grids.need, name="need"),
    path("need/preview/", grids.need_preview, name="need_preview"),
    path("targets/", grids.targets, name="targets"),
    path("targets/preview/", grids.targets_preview, name="targets_preview"),
]
