"""Addresses of the ministry's pages."""

from django.urls import path

from shokibo.web.nation.views import (
    children,
    files,
    prefectures,
    questions,
    received,
    timeliness,
    version,
    years,
)
from shokibo.web.nation.views import sum as sums
from shokibo.web.returns import paper

OF_FORM = "<code:authority>/form<number:number>/<number:year>/"
urlpatterns = [
    path("", received.nation, name="nation"),
    path("timeliness/", timeliness.timeliness, name="nation_timeliness"),
    path("timeliness.svg", timeliness.picture, name="nation_timeliness_picture"),
    path("years/", years.years, name="nation_years"),
    path("years/<slug:name>.svg", years.picture, name="nation_years_picture"),
    path("prefectures/", prefectures.prefectures, name="nation_prefectures"),
    path("children/", children.children, name="nation_children"),
    path("files/", files.files, name="nation_files"),
    path("files/progress/", files.progress, name="nation_files_progress"),
    path("files/<number:pk>/", files.received, name="nation_received"),
    path("files/<number:pk>/original/", files.original, name="nation_original"),
    path("sum/", sums.sum_page, name="nation_sum"),
    path("sum/package.zip", sums.package, name="nation_package"),
    path("sum/publish/", sums.publish, name="nation_publish"),
    path("questions/", questions.questions, name="nation_questions"),
    path("questions/<number:pk>/withdraw/", questions.withdraw, name="nation_withdraw_question"),
    path(f"{OF_FORM}ask/", questions.ask, name="nation_ask"),
    path(f"{OF_FORM}paper/", paper.of_nation, name="nation_paper"),
    path(f"{OF_FORM}accept/", version.accept, name="nation_accept"),
    path("returns/<number:pk>/", version.submitted, name="nation_return"),
    path("returns/<number:pk>/files/<number:file_pk>/", version.file, name="nation_file"),
]
