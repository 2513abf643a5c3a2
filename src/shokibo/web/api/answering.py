"""What every answer of the API has in common: language, media type, size, no cookie, problems."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from shokibo.texts import Text
from shokibo.web.api.problems import MEDIA_TYPE, ProblemError, of_validation, response_of
from shokibo.web.base.outage import is_full, is_outage, log_outage

_LOG = logging.getLogger(__name__)
LARGEST_BODY = 64 * 1024
WITH_BODY = ("POST", "PATCH", "PUT")
View = Callable[..., HttpResponseBase]
_FULL = Text(
    "保存する場所がいっぱいです。何も登録していません。しばらくして、もう一度送ってください。",
    "The disk is full; nothing was saved. Send it again after a while.",
)


def answering(view: View) -> View:
    """Make an API view: in the caller's language, with a problem if it fails."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        del request.session  # the API has no browser session: no cookie is sent back
        accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
        known = (code[:2] for code, _ in accepted if code.startswith(("en", "ja")))
        chosen = next(known, "ja")
        with translation.override(chosen):
            response = _unusable(request) or _answered(view, request, *args, **kwargs)
            if response.status_code == 405:
                allowed = {"Allow": response["Allow"]}
                response = response_of(request, ProblemError("method-not-allowed", headers=allowed))
        response["Cache-Control"] = "no-store"
        response["Content-Language"] = chosen
        patch_vary_headers(response, ("Accept", "Accept-Language", "Authorization"))
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def no_such_address(request: HttpRequest) -> HttpResponse:
    """Answer for an unknown address of the API."""
    return response_of(request, ProblemError("not-found"))


def unauthorized(request: HttpRequest) -> HttpResponse:
    """Answer if no valid token is given."""
    challenge = 'Bearer realm="shokibo"'
    if "Authorization" in request.headers:
        challenge += ', error="invalid_token"'
    return response_of(
        request, ProblemError("unauthorized", headers={"WWW-Authenticate": challenge})
    )


def handle_errors(api: NinjaAPI) -> None:
    """Answer with a problem whatever goes wrong in an operation."""
    handlers: dict[type[Exception], Callable[..., HttpResponse]] = {
        Exception: _failed,
        ProblemError: response_of,
        ValidationError: lambda request, error: response_of(
            request, ProblemError("invalid", errors=of_validation(error.errors))
        ),
        AuthenticationError: lambda request, _: unauthorized(request),
        Throttled: lambda request, _: response_of(request, ProblemError("throttled")),
        HttpError: lambda request, _: response_of(request, ProblemError("malformed")),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    asked = request.method
    request.method = "GET" if asked == "HEAD" else asked  # the server leaves out the body
    try:
        return view(request, *args, **kwargs)
    except ProblemError as problem:  # this and the next outside of an operation
        return response_of(request, problem)
    except Exception as error:
        if not is_outage(error):
            raise
        return _failed(request, error)
    finally:
        request.method = asked


def _unusable(request: HttpRequest) -> HttpResponse | None:
    """Refuse what can't be read or answered in any case."""
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        return response_of(request, ProblemError("https-required"))
    if not (request.accepts("application/json") or request.accepts(MEDIA_TYPE)):
        return response_of(request, ProblemError("not-acceptable"))
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        return response_of(request, ProblemError("too-large"))
    if request.method in WITH_BODY and request.content_type != "application/json":
        return response_of(request, ProblemError("unsupported-media-type"))
    return None


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    if is_outage(error):
        log_outage(error)
        detail = _FULL if is_full(error) else None
        return response_of(request, ProblemError("outage", detail, headers={"Retry-After": "30"}))
    _LOG.error("%s %s failed", request.method, request.path, exc_info=error)
    return response_of(request, ProblemError("failed"))
