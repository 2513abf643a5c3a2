"""Pages that show and save a form. What was typed stays if it is refused."""

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
from shokibo.web.base.forms import ConfirmedForm, NewerField, ShownForm, VersionedForm
from shokibo.web.base.language import language
from shokibo.web.base.refusal import ConsequencesError, RefusedError
from shokibo.web.base.seen import ChangedSinceError
from shokibo.web.pages import constraints
from shokibo.web.store.wording import Comparison, Labelled, display

T = TypeVar("T")


@dataclass(frozen=True)
class Saving:
    """The texts of a page with a form, and where it leads; `up` is its breadcrumb path."""

    title: str
    button: str
    back: str = ""
    done: str = ""
    up: tuple[str, ...] = ()
    lead: str = ""
    grave: bool = False
    narrow: bool = False
    facts: Labelled = ()
    """The row in question, if the form does not show it."""
    comparison: Comparison = ()
    barred: str = ""
    """Why it can't be done now: whoever opens the page reads it, and is led back."""
    template: str = "pages/save.html"

    @property
    def leads_to(self) -> str:
        """Where to go after saving: by default the page above."""
        return self.back or self.up[-1]


def save_page(
    request: HttpRequest,
    saving: Saving,
    save: Callable[..., object],
    form: forms.Form | None = None,
    **context: Any,
) -> HttpResponse:
    """Show a form, save it, and go back; `save` takes the form's data by name.

    Without a form the page only asks for confirmation. A response from `save` is returned instead.
    """
    if saving.barred and request.method != "POST":  # what was typed meanwhile is refused and stays
        messages.error(request, saving.barred)
        return redirect(saving.leads_to)
    form = forms.Form(request.POST if request.method == "POST" else None) if form is None else form
    if request.method == "POST" and form.is_valid() and (result := saved(form, save)):
        if isinstance(result, HttpResponse):
            return result
        messages.success(request, saving.done)
        return redirect(saving.leads_to)
    return render(request, saving.template, {"form": form, "saving": saving, **context})


def saved(form: forms.Form, save: Callable[..., object], *, at: str | None = None) -> object:
    """Save a form's data, and return what `save` returns, or True.

    If it is refused, return None and put the reason into the form, at field `at` if given. The form
    is then based on the current row, so that sending it again saves it.
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
    """Act without a form, and return what `act` returns.

    If it is refused, return None: the next page shows why. `stale` is the page's own message for a
    row that somebody else saved since.
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
    """Show the current row next to what was typed, and rebase the form on it.

    A field that only the other person changed takes its current value, as a cell of a grid does.
    """
    model, data = type(current), form.data.copy()  # type: ignore[attr-defined]
    held = {name: getattr(current, name) for name in form.row_names}
    form.newer_row = []
    for name in form.row_names:
        field = NewerField(
            label=str(form.fields[name].label),
            now=display(model, name, held[name]),
            typed=display(model, name, form.typed.get(name)),
            mine=form.differs(name, form.typed.get(name)),
            theirs=form.differs(name, held[name]),
        )
        form.newer_row.append(field)
        if field.theirs and not field.mine:
            data.setlist(name, form.as_sent(name, held[name]))
    data["seal"] = form.seal_of(held)
    data["version"] = current.version if current.pk else 0  # type: ignore[attr-defined]
    form.data = data
