"""Addresses of the API: its operations, its document and its reference page."""

from django.urls import URLPattern, path, re_path

from shokibo.web.api.answering import answering, no_such_address
from shokibo.web.api.api import API
from shokibo.web.api.reference import docs, openapi_json, schemas

app_name = "api"


def _operations() -> list[URLPattern]:
    """Return ninja's addresses, each answering as all of them do."""
    found, _, _ = API.urls
    return [
        URLPattern(one.pattern, answering(one.callback), one.default_args, one.name)
        for one in found
        if isinstance(one, URLPattern) and one.name != "api-root"
    ]


urlpatterns = [
    path("openapi.json", openapi_json, name="openapi"),
    path("docs", docs, name="docs"),
    path("docs/schemas", schemas, name="schemas"),
    *_operations(),
    re_path("", answering(no_such_address), name="no_such_address"),
]
