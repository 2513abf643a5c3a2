"""What all pages that save have in common: show, save, and tell what stood in the way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from shokibo.web.accounts.access import Office
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.forms import ShownForm
from shokibo.web.base.language import language
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import ChangedSinceError
from shokibo.web.register import actions, promises
from shokibo.web.register.forms import ReasonedForm, RowForm
from shokibo.web.register.models import Home
from shokibo.web.register.touching import TouchesError
from shokibo.web.store.wording import header, said


@dataclass(frozen=True)
class Saving:
    """The words and ways of a page that saves; `up` leads to where the row stands."""

    title: str
    button: str
    back: str
    done: str
    up: tuple[str, ...] = ()
    lead: str = ""
    grave: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    """What the page speaks of, where the form does not show it."""


def saving_page(
    request: HttpRequest,
    form: forms.Form,
    saving: Saving,
    save: Callable[[dict[str, Any]], None],
    model: type[Model],
) -> HttpResponse:
    """Show a form, save what was typed, and go back; else show it again with what was typed.

    Nothing that was typed is lost where somebody saved meanwhile, where a certified month is
    touched without a reason, or where the database refuses. `model` is that of the row.
    """
    context: dict[str, Any] = {"form": form, "saving": saving}
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except StaleError as stale:
            context["standing"] = _beside(form, stale.current)
        except TouchesError as touching:
            context["touched"] = touching.touched
            cast("ReasonedForm", form).ask_why()
        except IntegrityError as error:
            field, words = promises.told(error, model)
            form.add_error(field if field in form.fields else None, words)
        except ChangedSinceError as changed:
            cast("ShownForm", form).refuse(changed)
        except RefusedError as refusal:
            form.add_error(None, refusal.text.say(language()))
        else:
            messages.success(request, saving.done)
            return redirect(saving.back)
    return render(request, "register/edit.html", context)


def add_page(
    request: HttpRequest, office: Office, row: Model, saving: Saving, home: Home | None = None
) -> HttpResponse:
    """Enter a new row."""
    form = RowForm(request.POST or None, row, home=home)

    def save(given: dict[str, Any]) -> None:
        for name, value in form.values.items():
            setattr(row, name, value)
        actions.add(office=office, row=row, reason=given["reason"])

    return saving_page(request, form, saving, save, type(row))


def change_page(
    request: HttpRequest, office: Office, form: RowForm, saving: Saving
) -> HttpResponse:
    """Change fields of a row."""

    def save(given: dict[str, Any]) -> None:
        actions.change(
            office=office,
            row=form.row,
            version=given["version"],
            values=form.values,
            reason=given["reason"],
        )

    return saving_page(request, form, saving, save, type(form.row))


def remove_page(request: HttpRequest, office: Office, row: Model, saving: Saving) -> HttpResponse:
    """Take out a row that was entered by mistake."""
    form = RowForm(request.POST or None, row, [])

    def save(given: dict[str, Any]) -> None:
        actions.remove(office=office, row=row, version=given["version"], reason=given["reason"])

    return saving_page(request, form, saving, save, type(row))


def facts_of(row: Model, *names: str) -> tuple[tuple[str, str], ...]:
    """Write fields of a row with their headers."""
    model = type(row)
    return tuple((header(model, name), said(model, name, getattr(row, name))) for name in names)


def _beside(form: forms.Form, current: Model) -> dict[str, object]:
    """Put what stands now beside what was typed, and let the form stand on it."""
    rows: list[tuple[str, str, str]] = []
    if isinstance(form, RowForm):
        stands = [(name, said(type(current), name, getattr(current, name))) for name in form.names]
        rows = [(header(type(current), n), now, form.shown(n)) for n, now in stands]
    typed_on_newer = cast("Any", form.data).copy()
    typed_on_newer["version"] = str(current.version)  # type: ignore[attr-defined]
    form.data = typed_on_newer
    return {"rows": [(name, now, typed, now != typed) for name, now, typed in rows]}
