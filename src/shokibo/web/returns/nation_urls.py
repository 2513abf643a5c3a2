"""Addresses of what all authorities submitted."""

from django.urls import path

from shokibo.web.returns import nation

urlpatterns = [
    path("", nation.nation, name="nation"),
    path("returns/<number:pk>/", nation.submitted, name="nation_return"),
    path("returns/<number:pk>/files/<number:file_pk>/", nation.file, name="nation_file"),
]
