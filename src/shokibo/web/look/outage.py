"""The database away for a while: a plain page, and it comes back."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

_LOG = logging.getLogger(__name__)


class OutageMiddleware:
    """Answers 503 with a page that needs no database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say that the database is away."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a view whose database went away."""
        if isinstance(exception, OperationalError | InterfaceError):
            _LOG.error("database away: %s", exception)
            return outage_page()
        return None


def outage_page() -> HttpResponse:
    """Give the plain page."""
    response = HttpResponse(get_template("look/outage.html").render(), status=503)
    response["Retry-After"] = "30"
    return response
