"""Japanese unless the person chose English."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise

from shokibo.texts import LANGUAGES, Language, Text, literal

COOKIE = settings.LANGUAGE_COOKIE_NAME


class LanguageMiddleware:
    """Sets the page's language from the person's choice; the browser's setting is ignored."""

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
    """Return the language of the current page."""
    return "en" if translation.get_language() == "en" else "ja"


def labels(codes: Mapping[str, str]) -> dict[str, Promise]:
    """Return codes with labels that are translated when a page shows them."""
    return {code: translation.gettext_lazy(label) for code, label in codes.items()}


def in_both(label: object) -> Text:
    """Return a message in both languages, whatever the page's."""
    return written_in_both(lambda: translation.gettext(str(label)))


def written_in_both(write: Callable[[], str]) -> Text:
    """Return in both languages what `write` gives in the page's language."""
    return all_in_both(lambda: [write()])[0]


def all_in_both(write: Callable[[], list[str]]) -> list[Text]:
    """Return each of many texts in both languages; the language is switched once for all."""
    written = []
    for each in LANGUAGES:
        with translation.override(each):
            written.append(write())
    return [literal(*texts) for texts in zip(*written, strict=True)]
