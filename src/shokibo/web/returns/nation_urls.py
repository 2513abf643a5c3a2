"""Addresses of what all authorities submitted."""

from django.urls import path

from shokibo.web.returns import nation, paper

urlpatterns = [
    path("", nation.nation, name="nation"),
    path(
        "<code:authority>/form<number:number>/<number:year>/paper/",
        paper.of_nation,
        name="nation_paper",
    ),
    path("returns/<number:pk>/", nation.submitted, name="nation_return"),
    path("returns/<number:pk>/files/<number:file_pk>/", nation.file, name="nation_file"),
]
