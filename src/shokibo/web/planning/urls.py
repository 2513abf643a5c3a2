"""Addresses of the plan."""

from django.urls import path, re_path

from shokibo.web.planning import estimates, views
from shokibo.web.planning.grid import views as grids
from shokibo.web.planning.texts import pictures
from shokibo.web.planning.texts import views as texts
from shokibo.web.planning.versions import document, progress
from shokibo.web.planning.versions import views as versions

app_name = "planning"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("findings/", views.findings, name="findings"),
    path("picture/<path:name>.svg", views.picture_file, name="picture"),
    path("head/", views.head, name="head"),
    path("actions/", grids.actions, name="actions"),
    path("actions/preview/", grids.actions_preview, name="actions_preview"),
    path("need/", grids.need, name="need"),
    path("need/preview/", grids.need_preview, name="need_preview"),
    path("need/estimate/", estimates.estimate_page, name="estimate"),
    path("population/", grids.population, name="population"),
    path("population/preview/", grids.population_preview, name="population_preview"),
    path("care-rates/", grids.care_rates, name="care_rates"),
    path("care-rates/preview/", grids.care_rates_preview, name="care_rates_preview"),
    path("targets/", grids.targets, name="targets"),
    path("targets/preview/", grids.targets_preview, name="targets_preview"),
    path("versions/", versions.versions, name="versions"),
    path("versions/propose/", versions.propose, name="propose"),
    path("versions/compare/", versions.compare, name="compare"),
    path("versions/<number:number>/", versions.version, name="version"),
    path("versions/<number:number>/publish/", versions.PAGES.view("publish"), name="publish"),
    path("versions/<number:number>/send-back/", versions.PAGES.view("send_back"), name="send_back"),
    path("versions/<number:number>/take-back/", versions.PAGES.view("take_back"), name="take_back"),
    re_path(
        r"^versions/(?P<number>[0-9]{1,9})/draft\.(?P<kind>docx|pdf|xlsx)$",
        versions.version_draft,
        name="version_draft",
    ),
    path("versions/<number:number>/files/<number:file_pk>/", versions.file, name="version_file"),
    path("texts/", texts.texts, name="texts"),
    path("texts/pictures/", pictures.pictures, name="text_pictures"),
    path("texts/pictures/add/", pictures.picture_add, name="text_picture_add"),
    path("texts/pictures/<number:pk>/", pictures.picture_file, name="text_picture_file"),
    path("texts/pictures/<number:pk>/remove/", pictures.picture_remove, name="text_picture_remove"),
    path("texts/<number:number>/", texts.text, name="text"),
    path("texts/<number:number>/preview/", texts.preview, name="text_preview"),
    path("texts/<number:number>/reset/", texts.reset, name="text_reset"),
    path("document/", document.document, name="document"),
    re_path(r"^document/draft\.(?P<kind>docx|pdf|xlsx)$", document.draft, name="document_draft"),
    re_path(r"^document/report\.(?P<kind>docx|pdf)$", document.report, name="report"),
    path("review/", progress.review, name="review"),
    path("review/places.svg", progress.places, name="review_places"),
]
