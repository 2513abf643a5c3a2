"""The public pages see no cookie: nothing of a person is read there, and none is set."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shokibo.web.base.language import COOKIE

PREFIX = "/open/"


class PublicPagesMiddleware:
    """Takes the cookies away from requests for public pages; their language is in the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as to somebody who is not known."""
        if request.path.startswith(PREFIX):
            request.COOKIES = {COOKIE: "en"} if request.GET.get("lang") == "en" else {}
        return self.get_response(request)
