"""Addresses of forecasts and proposals, which are pages of the plan."""

from django.urls import path

from shokibo.web.needs.views import common, files, forecasts, proposals

app_name = "needs"
urlpatterns = [
    path("forecasts/", forecasts.forecasts, name="forecasts"),
    path("forecasts/<number:pk>/", forecasts.forecast, name="forecast"),
    path("forecasts/<number:pk>/<slug:group>.svg", forecasts.picture, name="forecast_picture"),
    path("forecasts/<number:pk>/need/", forecasts.adopt, name="adopt_need"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<number:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<number:pk>/<slug:name>.svg", proposals.picture, name="proposal_picture"),
    path("proposals/<number:pk>/again/", proposals.pin, name="pin"),
    path("proposals/<number:pk>/actions/", proposals.adopt, name="adopt_actions"),
    path("files/", files.files, name="files"),
    path("files/<number:pk>/", files.made, name="made"),
    path("files/<number:pk>/<number:file_pk>/", files.file, name="file"),
    path("calculations/<number:pk>/progress/", common.progress, name="progress"),
    path("calculations/<number:pk>/stop/", common.stop, name="stop"),
]
