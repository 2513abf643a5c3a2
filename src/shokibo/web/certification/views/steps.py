"""What the pages of one step have in common: find the row, ask, act, tell what came of it."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.forms import SeenForm
from shokibo.web.base.language import language
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import ChangedSinceError, seal
from shokibo.web.certification.bulk import stale_words
from shokibo.web.certification.facts import facts_of
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import Transition, wrong_state

Act = Callable[[Application, int, dict[str, Any]], object]


def found(office: Office, pk: int, permission: Permission) -> Application:
    """Give an application over which the person holds a permission; 404 for any other."""
    rows = office.rows(Application, permission).select_related(
        "home", "unit", "authority", "previous", "submitted_by", "proposed_by", "decided_by"
    )
    return get_object_or_404(rows, pk=pk)


def to_detail(office: Office, application: Application) -> HttpResponse:
    """Go to an application's page."""
    return redirect("certification:application", office.authority.code, application.pk)


def tell(request: HttpRequest, refusal: RefusedError) -> None:
    """Show why something was refused on the next page."""
    messages.error(request, refusal.text.say(language()))


def attempt(
    form: forms.Form, act: Callable[[], object], *, inside: bool, field: str | None = None
) -> bool:
    """Act; where it is refused or stale say so in the form, which keeps what was typed.

    A refusal is shown at `field` where one is named. A home, which is not `inside`, is not told of
    the office's own states.

    Then the form stands on the row's present version, and on what is shown now.
    """
    try:
        act()
    except ChangedSinceError as changed:
        cast("SeenForm", form).refuse(changed)
        return False
    except RefusedError as refusal:
        form.add_error(field, refusal.text.say(language()))
        return False
    except StaleError as stale:
        form.add_error(None, stale_words(stale, inside=inside).say(language()))
        form.add_error(
            None, _("入力した内容は残っています。確かめてから、もう一度保存してください。")
        )
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["version"] = stale.current.version  # type: ignore[attr-defined, index]
        return False
    return True


def step_page(
    request: HttpRequest,
    office: Office,
    pk: int,
    *,
    transition: Transition,
    form_class: type[forms.Form],
    act: Act,
    done: str,
    text: str = "",
    grave: bool = False,
) -> HttpResponse:
    """Show the page of a step that is confirmed with a small form, and take it."""
    application = found(office, pk, transition.permission)
    if application.state not in transition.sources:
        tell(request, wrong_state(transition, application))
        return to_detail(office, application)
    seen = seal(facts_of(application, judged=transition.judged))
    form = form_class(request.POST or None, initial={"version": application.version, "seen": seen})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        inside = transition.permission is not Permission.APPLICATION_WRITE
        if attempt(form, lambda: act(application, version, form.cleaned_data), inside=inside):
            messages.success(request, done)
            return to_detail(office, application)
    name = transition.name.say(language())
    context = {
        "application": application,
        "form": form,
        "title": name,
        "button": name,
        "text": text,
        "grave": grave,
    }
    return render(request, "certification/step.html", context)
