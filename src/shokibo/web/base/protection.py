"""What holds for every answer but static files, whatever made it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shokibo.web.base.lines import write_refusal


class ProtectionMiddleware:
    """Lets no cache store an answer by default, and writes a line for each that refuses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a view's own Cache-Control stays."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        write_refusal(request, response)
        return response
