"""Japanese unless the person chose English."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise

from shokibo.texts import LANGUAGES, Language, Text, literal

COOKIE = settings.LANGUAGE_COOKIE_NAME


class LanguageMiddleware:
    """Sets the language of the page from the person's choice; a browser's setting is no choice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language."""
        chosen = "en" if request.COOKIES.get(COOKIE) == "en" else "ja"
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response


def language() -> Language:
    """Return the language of the page that is being made."""
    return "en" if translation.get_language() == "en" else "ja"


def labels(codes: Mapping[str, str]) -> dict[str, Promise]:
    """Return codes with their labels in the language of the page that will show them."""
    return {code: translation.gettext_lazy(label) for code, label in codes.items()}


def in_both(label: object) -> Text:
    """Return words of the catalogue in both languages, whatever the page's is."""
    return written_in_both(lambda: translation.gettext(str(label)))


def written_in_both(write: Callable[[], str]) -> Text:
    """Return what is written in the page's language as it is in either."""
    written = []
    for each in LANGUAGES:
        with translation.override(each):
            written.append(write())
    return literal(*written)
