"""Rules for every response but static files, whatever produced it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shokibo.web.base.lines import write_refusal


class ProtectionMiddleware:
    """Forbids caching by default, and writes a line for each refusal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Respond; a view's own Cache-Control stays."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        write_refusal(request, response)
        return response
