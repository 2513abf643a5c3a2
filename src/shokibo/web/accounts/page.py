"""The gate of every page: who may open it, and what they then see."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shokibo.web.accounts import drafts, resending
from shokibo.web.accounts.access import Access, Office, access_of
from shokibo.web.accounts.permissions import OF_CHILDREN, TAKING_ALONG, Permission
from shokibo.web.accounts.second_factor import is_missing
from shokibo.web.audit import once

P = ParamSpec("P")
OfficeView = Callable[Concatenate[HttpRequest, Office, P], HttpResponseBase]
View = Callable[..., HttpResponseBase]


def office_page(
    read: Permission, *more: Permission, write: Permission | None = None
) -> Callable[[OfficeView[P]], View]:
    """Make a page of one authority, `<code>` in its address.

    Nobody logged in: redirect to the log-in. No role at that authority: 404, as if it did not
    exist. A role without any of `read` and `more`: 403, saying which roles may. POST requires
    `write`; a page without it answers POST with 405. What decides or publishes requires the second
    factor first; the page shows that before anything is typed. A page with children's rows
    requires it before showing anything.
    """

    def gate(view: OfficeView[P]) -> View:
        @wraps(view)
        def page(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.access = access_of(request.user)  # type: ignore[attr-defined, arg-type]
            office = request.access.office(code)  # type: ignore[attr-defined]
            if office is None:
                raise Http404
            request.office = office  # type: ignore[attr-defined]
            if not any(office.may(permission) for permission in (read, *more)):
                raise PermissionDenied
            used = write if request.method == "POST" else None
            if used is not None and not office.may(used):
                raise PermissionDenied
            if _shows_children(office, {read, *more}):
                used = Permission.CHILD_READ
            if used is not None and is_missing(request, used):
                return to_second_factor(request)
            request.factor_missing = (  # type: ignore[attr-defined]
                write is not None and office.may(write) and is_missing(request, write)
            )
            return view(request, office, *args, **kwargs)

        methods = ["GET", "HEAD"] if write is None else ["GET", "HEAD", "POST"]
        page.permissions = (read, *more)  # type: ignore[attr-defined]
        page.write = write  # type: ignore[attr-defined]
        return signed_in(require_http_methods(methods)(page))

    return gate


def _shows_children(office: Office, read: set[Permission]) -> bool:
    """Whether a page shows children's rows, or carries them along for who may see them."""
    return bool(read & OF_CHILDREN or (read & TAKING_ALONG and office.may(Permission.CHILD_READ)))


def instance_page(
    permission: Permission, methods: tuple[str, ...] = ("GET", "HEAD", "POST")
) -> Callable[[Callable[Concatenate[HttpRequest, Access, P], HttpResponseBase]], View]:
    """Make an instance-wide page: people and roles, or what all authorities submitted.

    Anyone without the permission gets 404. A page that acts requires the second factor when it is
    opened, before anything is typed; one that only shows does not.
    """

    def gate(view: Callable[Concatenate[HttpRequest, Access, P], HttpResponseBase]) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            access = access_of(request.user)  # type: ignore[arg-type]
            if not access.may(permission):
                raise Http404
            request.access = access  # type: ignore[attr-defined]
            request.factor_missing = is_missing(request, permission)  # type: ignore[attr-defined]
            if "POST" in methods and request.factor_missing:  # type: ignore[attr-defined]
                return to_second_factor(request)
            return view(request, access, *args, **kwargs)

        page.permissions = (permission,)  # type: ignore[attr-defined]
        return signed_in(require_http_methods(list(methods))(page))

    return gate


def signed_in(view: View) -> View:
    """Make a page for anyone who is logged in.

    A form submitted after the session has ended is shown again, as typed, after the log-in. What is
    typed is stored as a draft, and offered again, until the form is saved. The same form submitted
    twice is accepted once: the second submission leads to where the first one led.
    """

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return resending.to_login(request)
        if resending.DRAFT in request.POST:
            return resending.answer_draft(request)
        resending.restore(request)
        if request.method != "POST" or resending.person_of(request) != request.user.pk:
            return view(request, *args, **kwargs)
        try:
            with once.sending(resending.key_of(request)) as sent:
                answer = view(request, *args, **kwargs)
                headers = answer.headers
                sent.led_to(headers.get("Location") or headers.get("Content-Location", ""))
        except once.SentAlreadyError as again:
            messages.info(request, _("同じ内容は、もう受け付けています。一度だけ行いました。"))
            answer = redirect(again.answer or request.path)
        else:
            if not sent.claimed and answer.status_code != 302:
                return answer
        drafts.discard_saved(request.user.pk, request.get_full_path(), resending.form_of(request))
        return answer

    return page


def to_second_factor(request: HttpRequest) -> HttpResponse:
    """Redirect to the page where a second factor is set up or requested."""
    resending.store(request)
    back = urlencode({"next": request.get_full_path()}, safe="/")
    return redirect(f"{reverse('people_own:second_factor')}?{back}")
