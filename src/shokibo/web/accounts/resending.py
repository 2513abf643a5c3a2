"""A form that could not be taken when it was sent: what was typed is shown in it again.

Every form of a page for people who are logged in carries a token signed for the person to whom the
page was shown. It names the owner of the form even when the session has ended; nothing is shown to
anybody else. Forms that ask for passwords or codes carry none, so that these are never stored.
Nothing is saved before the person sends the form again.
"""

import hashlib
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

TOKEN = "form_token"  # noqa: S105 - the name of a field
_OWN_FIELDS = (TOKEN, "csrfmiddlewaretoken")
_STORE = "typed"
MOST_FORMS, MOST_LENGTH = 5, 1_000_000
"""Forms stored in a session, and the length of each."""


def make_token(request: HttpRequest) -> str:
    """Make the token of a page's forms, signed for the person who sees them."""
    made: Any = request
    if not hasattr(made, "form_token"):
        made.form_token = _signer().sign(f"{request.user.pk}.{get_random_string(22)}")
    return str(made.form_token)


def person_of(request: HttpRequest) -> int | None:
    """Return the key of the person to whom the form that was sent was shown."""
    try:
        signed = _signer().unsign(request.POST.get(TOKEN, ""))
    except BadSignature:
        return None
    return int(signed.partition(".")[0])


def key_of(request: HttpRequest) -> str:
    """Return the digest of a form with all that was sent in it."""
    digest = hashlib.sha256()
    for part in (request.get_full_path(), request.POST.get(TOKEN, ""), _typed(request)):
        digest.update(part.encode() + b"\x00")
    files: Any = request.FILES
    for name, file in files.items():
        digest.update(f"{name}\x00{file.name}\x00".encode())
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
    return digest.hexdigest()


def store(request: HttpRequest) -> None:
    """Store what was sent by a person who has to log in first, until they are back."""
    person, typed = person_of(request), _typed(request)
    if request.method != "POST" or _is_part(request) or person is None or len(typed) > MOST_LENGTH:
        return
    stored = request.session.get(_STORE, {})
    stored.pop(request.get_full_path(), None)
    stored[request.get_full_path()] = [person, typed, bool(request.FILES)]
    request.session[_STORE] = dict(list(stored.items())[-MOST_FORMS:])


def restore(request: HttpRequest) -> None:
    """Let a page show what the person typed in it before they had to log in.

    The request stays a GET, which saves nothing. What others typed is forgotten.
    """
    stored = request.session.get(_STORE)
    if not stored or request.method != "GET" or _is_part(request):
        return
    own = {path: one for path, one in stored.items() if one[0] == request.user.pk}
    found = own.pop(request.get_full_path(), None)
    request.session[_STORE] = own
    if found is not None:
        _person, typed, has_files = found
        _show(request, QueryDict(typed), has_files=has_files)


def to_login(request: HttpRequest) -> HttpResponse:
    """Lead to the log-in and back, with what was typed."""
    store(request)
    back = urlencode({"next": request.get_full_path()}, safe="/")
    return redirect(f"{reverse('account_login')}?{back}")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Show a form of an older log-in again, with what was typed and a token that holds now."""
    person, match = person_of(request), request.resolver_match
    if person is not None and match is not None and not _is_part(request):
        if not request.user.is_authenticated:
            return to_login(request)
        if person == request.user.pk:
            request.method = "GET"
            _show(request, request.POST, has_files=bool(request.FILES))
            answer = cast("HttpResponseBase", match.func(request, *match.args, **match.kwargs))
            answer.status_code = 403 if answer.status_code == 200 else answer.status_code
            return answer
    context = {"is_others": person is not None}
    return render(request, "pages/csrf.html", context, status=403)


def _show(request: HttpRequest, typed: QueryDict, *, has_files: bool) -> None:
    request.POST = typed  # type: ignore[assignment]
    words = _(
        "まだ保存していません。入力した内容は残っています。確かめて、もう一度送ってください。"
    )
    if has_files:
        words += _("ファイルは残せないので、もう一度選んでください。")
    messages.warning(request, words)


def _typed(request: HttpRequest) -> str:
    """Write the fields that were sent, without those of the form itself."""
    fields = request.POST.copy()
    for name in _OWN_FIELDS:
        fields.pop(name, None)
    return fields.urlencode()


def _is_part(request: HttpRequest) -> bool:
    """Whether a script asks for a part of a page."""
    return "HX-Request" in request.headers


def _signer() -> Signer:
    return Signer(salt="shokibo.form")
