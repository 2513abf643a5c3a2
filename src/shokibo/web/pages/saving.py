"""A page that shows a form and saves it. What was typed stays, whatever refuses it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shokibo.documents.drawing.printable import UnprintableError
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.forms import ConfirmedForm, ShownForm, VersionedForm
from shokibo.web.base.language import language
from shokibo.web.base.refusal import ConsequencesError, RefusedError
from shokibo.web.base.seen import ChangedSinceError
from shokibo.web.pages import constraints
from shokibo.web.store.wording import display

T = TypeVar("T")


@dataclass(frozen=True)
class Saving:
    """The words of a page that saves, and where it leads; `up` is the path of pages above it."""

    title: str
    button: str
    back: str = ""
    done: str = ""
    up: tuple[str, ...] = ()
    lead: str = ""
    grave: bool = False
    narrow: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    """The row in question, where the form does not show it."""
    beside: tuple[tuple[str, str, str], ...] = ()
    """What is proposed next to what holds today: header, now, then."""
    template: str = "pages/save.html"

    @property
    def leads_to(self) -> str:
        """Where to go afterwards: the page above, unless another is named."""
        return self.back or self.up[-1]


def save_page(
    request: HttpRequest,
    saving: Saving,
    save: Callable[..., object],
    form: forms.Form | None = None,
    **context: Any,
) -> HttpResponse:
    """Show a form, save what was typed, and go back; `save` takes the form's data by name.

    Without a form the page only asks once more. A page that `save` gives is shown instead.
    """
    form = forms.Form(request.POST if request.method == "POST" else None) if form is None else form
    if request.method == "POST" and form.is_valid() and (result := saved(form, save)):
        if isinstance(result, HttpResponse):
            return result
        messages.success(request, saving.done)
        return redirect(saving.leads_to)
    return render(request, saving.template, {"form": form, "saving": saving, **context})


def saved(form: forms.Form, save: Callable[..., object], *, at: str | None = None) -> object:
    """Save a form's data, and give what `save` gives, or True.

    Where it is refused, give None and put the reason into the form, at field `at` if named. The
    the form is then based on the row as it is now, so that sending it again saves it.
    """
    try:
        return save(**form.cleaned_data) or True
    except StaleError as stale:
        _rest_on(cast("VersionedForm", form), stale.current)
    except ConsequencesError as consequences:
        cast("ConfirmedForm", form).show(consequences)
    except ChangedSinceError as changed:
        cast("ShownForm", form).refuse(changed)
    except IntegrityError as error:
        field, words = constraints.explained(error)
        form.add_error(field if field in form.fields else None, words)
    except RefusedError as refusal:
        form.add_error(at, refusal.text.say(language()))
    except UnprintableError as error:
        form.add_error(at, error.message(language()))
    return None


def acted(request: HttpRequest, act: Callable[[], T], *, stale: str = "") -> T | None:
    """Act where there is no form to show again, and give what `act` gives.

    Where it is refused, give None: the next page shows why. `stale` are the words for a row that
    somebody saved since, if the page has its own.
    """
    try:
        return act()
    except StaleError:
        words = _(
            "ほかの人が先に保存しました。何も変えていません。"
            "今の内容を確かめて、もう一度送ってください。"
        )
        messages.error(request, stale or words)
    except RefusedError as refusal:
        messages.error(request, refusal.text.say(language()))
    except UnprintableError as error:
        messages.error(request, error.message(language()))
    return None


def _rest_on(form: VersionedForm, current: Model) -> None:
    """Show the row as it is now next to what was typed, and rest the form on its version."""
    model = type(current)
    form.newer_row = [
        (str(form.fields[name].label), now, typed, now != typed)
        for name in form.row_fields
        for now, typed in [
            (
                display(model, name, getattr(current, name)),
                display(model, name, form.typed.get(name)),
            )
        ]
    ]
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = current.version if current.pk else 0  # type: ignore[attr-defined, index]
