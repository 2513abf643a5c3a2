"""The public pages see no cookies: they read nothing about a person, and set none."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shokibo.web.base.language import COOKIE

PREFIX = "/open/"


class PublicPagesMiddleware:
    """Removes the cookies from requests for public pages; their language is in the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Respond as to an anonymous person."""
        if request.path.startswith(PREFIX):
            request.COOKIES = {COOKIE: "en"} if request.GET.get("lang") == "en" else {}
        return self.get_response(request)
