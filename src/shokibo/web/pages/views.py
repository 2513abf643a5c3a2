"""General pages: health, language, errors."""

import sys
from functools import cache

from django import forms
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shokibo.web.accounts.roles import holders
from shokibo.web.base.language import COOKIE, language
from shokibo.web.base.outage import is_outage, outage_page
from shokibo.web.base.parameters import AddressField
from shokibo.web.base.scanning import InfectedFileError, ScannerAwayError
from shokibo.web.pages.removed import RemovedRowError


@never_cache
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Report whether the application and its database answer."""
    try:
        behind = len(_migrations() - MigrationRecorder(connection).applied_migrations().keys())
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "unreachable"}, status=503)
    if behind:
        return JsonResponse({"status": "down", "migrations_to_run": behind}, status=503)
    return JsonResponse({"status": "ok", "database": connection.vendor})


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Return the program's migrations by app and name, read once per process."""
    return frozenset(MigrationLoader(None).graph.nodes)


class LanguageForm(forms.Form):
    """The chosen language, and where to go back to."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
    next = AddressField(required=False)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Store the chosen language in a cookie, and go back."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return render(request, "pages/400.html", status=400)
    response = redirect(form.cleaned_data["next"] or "/")
    response.set_cookie(
        COOKIE,
        form.cleaned_data["language"],
        max_age=365 * 86400,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that the request is malformed, or that its session could not be stored."""
    if is_outage(exception):
        return outage_page(exception)
    if isinstance(exception, RequestDataTooBig):  # a plain page: the request was not read
        most = settings.IMPORT_MOST_BYTES // 1024 // 1024
        return HttpResponse(get_template("pages/413.html").render({"most": most}), status=413)
    if isinstance(exception, InfectedFileError):
        context = {"name": exception.name, "signature": exception.signature}
        return HttpResponse(get_template("pages/infected.html").render(context), status=422)
    if isinstance(exception, ScannerAwayError):
        return HttpResponse(get_template("pages/scanner_away.html").render(), status=503)
    return render(request, "pages/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show which roles may open the page."""
    match = request.resolver_match
    page = getattr(match.func, "__wrapped__", match.func) if match else None
    wanted = {*getattr(page, "permissions", ()), getattr(page, "write", None)} - {None}
    roles = [role.name.say(language()) for role in holders(*wanted)]
    return render(request, "pages/403.html", {"roles": roles}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that there is no such page, in the same words for every cause.

    For a removed row, those who may write it see who removed it, and what they typed.
    """
    if isinstance(exception, RemovedRowError):
        typed = exception.typed(request.POST)
        context = {"event": exception.event, "home": exception.home, "typed": typed}
        return render(request, "pages/removed.html", context, status=404)
    return render(request, "pages/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show that the program or its database failed, as a plain page without dependencies."""
    failure = sys.exc_info()[1]
    if is_outage(failure):
        return outage_page(failure)
    return HttpResponse(get_template("pages/500.html").render(), status=500)
