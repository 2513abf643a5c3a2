"""A typed but not yet accepted form: stored as its person's draft, and shown again.

Every form of a page for people who are logged in carries a token signed for the person to whom the
page was shown, and for the page. It names the owner of what was typed even when the session has
ended; nothing is shown to anybody else. Forms that ask for passwords or codes carry none, so that
these are never stored. Nothing is saved before the person sends the form again.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from shokibo.web.accounts import drafts
from shokibo.web.accounts.models import Draft
from shokibo.web.base.words import clock_time

TOKEN = "form_token"  # noqa: S105 - the name of a field
DRAFT = "form_draft"
"""The field that asks to store the form as a draft, to show the draft, or to discard it."""
_OWN_FIELDS = (TOKEN, DRAFT, "csrfmiddlewaretoken")


@dataclass(frozen=True)
class Shown:
    """Whom a submitted form was shown to, and whether on the page it was submitted to.

    `form` stays the same while a form is refused and shown again, or resumed from its draft.
    """

    person: int
    is_this_page: bool
    form: str


def make_token(request: HttpRequest) -> str:
    """Make the token of a page's forms, signed for the person who sees them."""
    made: Any = request
    if not hasattr(made, "form_token"):
        form = getattr(made, "form_of_draft", "") or form_of(request) or get_random_string(22)
        page = _digest_of(request.path)
        value = f"{request.user.pk}.{page}.{get_random_string(22)}.{form}"
        made.form_token = _signer().sign(value)
    return str(made.form_token)


def shown_of(request: HttpRequest) -> Shown | None:
    """Read the token of the submitted form; None for a form that is not ours, or too old."""
    token = request.POST.get(TOKEN, "")
    try:
        value = _signer().unsign(token, max_age=drafts.LIVE_FOR)
    except BadSignature:
        return None
    person, page, _random, form = value.split(".")
    return Shown(int(person), page == _digest_of(request.path), form)


def person_of(request: HttpRequest) -> int | None:
    """Return the key of the person to whom the submitted form was shown."""
    shown = shown_of(request)
    return None if shown is None else shown.person


def form_of(request: HttpRequest) -> str:
    """Return the number of the submitted form; blank for a form that is not ours."""
    shown = shown_of(request)
    return "" if shown is None else shown.form


def key_of(request: HttpRequest) -> str:
    """Return the digest of a form with everything submitted in it."""
    digest = hashlib.sha256()
    for part in (request.get_full_path(), request.POST.get(TOKEN, ""), _typed(request)):
        digest.update(part.encode() + b"\x00")
    files: Any = request.FILES
    for name, sent in files.lists():
        for file in sent:
            digest.update(f"{name}\x00{file.name}\x00".encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def store(request: HttpRequest, *, resumes: bool = True) -> Draft | None:
    """Store what was submitted for the person to whom the form was shown."""
    shown = shown_of(request)
    if request.method != "POST" or _is_part(request) or shown is None:
        return None
    page, typed = request.get_full_path(), _typed(request)
    has_files = bool(request.FILES)
    given = {"has_files": has_files, "resumes": resumes}
    return drafts.store(shown.person, page, shown.form, typed, **given)


def restore(request: HttpRequest) -> None:
    """Have a page show what its person typed before, or offer the draft.

    The request stays a GET, which saves nothing.
    """
    if request.method != "GET" or request.POST or _is_part(request):
        return
    person, page = cast("int", request.user.pk), request.get_full_path()
    draft = drafts.find(person, page)
    if draft is not None and draft.resumes:
        drafts.resume(person, page, at_next_look=False)
        _show(request, QueryDict(draft.typed), draft)
    elif draft is not None:
        _offer(request, draft)


def offer(request: HttpRequest, page: str) -> None:
    """Offer the draft of a page whose form is sent to a longer address than it was opened at."""
    if request.method == "GET" and not request.POST:
        draft = drafts.find(cast("int", request.user.pk), page)
        if draft is not None:
            _offer(request, draft)


def answer_draft(request: HttpRequest) -> HttpResponse:
    """Store a draft while it is typed, or show or discard the existing one.

    A draft is stored by the page that showed the form to this person: what they may not open they
    have no draft of.
    """
    shown = shown_of(request)
    if shown is None or shown.person != request.user.pk or not shown.is_this_page:
        raise BadRequest
    page = request.get_full_path()
    if request.POST[DRAFT] == "store":
        return _stored(store(request, resumes=False))
    if request.POST[DRAFT] == "show":
        drafts.resume(shown.person, page, at_next_look=True)
    else:
        drafts.discard(shown.person, page)
        messages.success(request, _("下書きを破棄しました。"))
    return redirect(page)


def to_login(request: HttpRequest) -> HttpResponse:
    """Redirect to the log-in and back, with what was typed."""
    if DRAFT in request.POST:  # a script stores what is typed: its page stays
        store(request, resumes=False)
        return HttpResponse(status=401)
    if store(request):
        words = _("入力した内容は残っています。ログインすると、続きから送れます。")
        messages.info(request, words)
    back = urlencode({"next": request.get_full_path()}, safe="/")
    return redirect(f"{reverse('account_login')}?{back}")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Show a form of an older log-in again, with what was typed and a token that holds now.

    What somebody typed on a page of theirs is stored for them alone, whoever is logged in now.
    """
    person, match = person_of(request), request.resolver_match
    if request.path == reverse("account_login"):
        return _log_in_again(request)
    if not request.user.is_authenticated and person is not None:
        return to_login(request)
    is_own = person == request.user.pk
    draft = store(request, resumes=not is_own)
    if is_own and match is not None and DRAFT not in request.POST and not _is_part(request):
        request.method = "GET"
        _show(request, request.POST, draft)
        answer = cast("HttpResponseBase", match.func(request, *match.args, **match.kwargs))
        answer.status_code = 403 if answer.status_code == 200 else answer.status_code
        return answer
    context = {"is_others": person is not None and not is_own}
    return render(request, "pages/csrf.html", context, status=403)


def _log_in_again(request: HttpRequest) -> HttpResponse:
    """Reopen a log-in opened before another tab's; it still leads to its page."""
    words = _("別の画面でログインかログアウトをしたので、もう一度ログインしてください。")
    messages.info(request, words)
    back = urlencode({"next": request.POST.get("next", "")}, safe="/")
    return redirect(f"{reverse('account_login')}?{back}")


def _stored(draft: Draft | None) -> HttpResponse:
    """Answer a script with words to show."""
    if draft is None:
        return HttpResponse(status=413)
    words = _("%(time)sに下書きを残しました。") % {"time": clock_time(draft.at)}
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


def _offer(request: HttpRequest, draft: Draft) -> None:
    offers: Any = request
    offers.draft, offers.form_of_draft = draft, draft.form


def _show(request: HttpRequest, typed: QueryDict, draft: Draft | None) -> None:
    shows: Any = request
    shows.POST, shows.form_of_draft = typed, draft.form if draft else ""
    words = _(
        "まだ保存していません。入力した内容は残っています。確かめて、もう一度送ってください。"
    )
    if draft is not None:
        words = _(
            "まだ保存していません。%(time)sに入力した内容を表示しています。"
            "確認して、もう一度送ってください。"
        ) % {"time": clock_time(draft.at)}
    if draft is not None and draft.has_files:
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


def _digest_of(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()[:16]


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="shokibo.form-number")
