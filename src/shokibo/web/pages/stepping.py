"""The page of a step: it shows what is decided on, takes the step, and loses nothing typed."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Office
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.forms import SeenForm, TextField
from shokibo.web.base.language import language
from shokibo.web.base.seen import Facts, seal
from shokibo.web.pages.saving import Saving, saved
from shokibo.web.steps.step import REASON_LENGTH, R, Step
from shokibo.web.steps.taking import stale_words, take, wrong_state

T = TypeVar("T", bound=Model)
_REASONS = {"required": gettext_lazy("理由"), "optional": gettext_lazy("理由・所見")}


class StepForm(SeenForm):
    """What a step asks for: the reason, where it has one, and what subclasses add."""

    def __init__(self, *args: Any, step: Step[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step.reason in _REASONS and "reason" not in self.fields:
            self.fields["reason"] = reason_field(
                _REASONS[step.reason], required=step.reason == "required"
            )

    @property
    def values(self) -> dict[str, Any]:
        """What was entered besides the reason."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("version", "seen", "reason")
        }


def reason_field(label: Any, *, required: bool, help_text: Any = "") -> TextField:
    """Make the field of a reason."""
    return TextField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=REASON_LENGTH,
        required=required,
    )


def attempt(
    form: forms.Form, step: Step[Any], act: Callable[[], T], *, at: str | None = None
) -> T | None:
    """Act; where it is refused, give None and put the reason into the form, at field `at` if given.

    Whoever comes too late reads in which state the row is now.
    """
    written: list[T] = []

    def save(**_given: Any) -> None:
        try:
            written.append(act())
        except StaleError as stale:
            form.add_error(None, stale_words(step, stale.current).say(language()))
            raise

    return written[0] if saved(form, save, at=at) else None


def refused(request: HttpRequest, step: Step[R], row: R, back: str) -> HttpResponse:
    """Go back from the page of a step that the row's state does not allow, with the reason."""
    messages.error(request, wrong_state(step, row).text.say(language()))
    return redirect(back)


def step_page(
    request: HttpRequest,
    office: Office,
    row: R,
    step: Step[R],
    *,
    back: str,
    done: str,
    then: Callable[[R], str] | None = None,
    form_class: Callable[..., StepForm] = StepForm,
    initial: dict[str, Any] | None = None,
    facts: Facts | None = None,
    title: str = "",
    lead: str = "",
    button: str = "",
    grave: bool = False,
    template: str = "pages/save.html",
    **context: Any,
) -> HttpResponse:
    """Ask once more and for what the step asks; POST takes it and goes to `then`, or `back`.

    `facts` are the step's own, where the page has them already. `done` may name the row: `what`.
    """
    if request.method != "POST" and step.process.state_of(row) not in step.sources:
        return refused(request, step, row, back)
    if facts is None and step.facts is not None:
        facts = step.facts(row)
    form = form_class(
        request.POST or None,
        step=step,
        initial={"version": row.version, "seen": seal(facts or {}), **(initial or {})},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        written = attempt(
            form,
            step,
            lambda: take(
                step,
                office=office,
                row=row,
                version=given["version"],
                values=form.values,
                reason=given.get("reason", ""),
                seen=given["seen"],
            ),
        )
        if written is not None:
            messages.success(request, done % {"what": written})
            return redirect(then(written) if then else back)
    name = step.name.say(language())
    saving = Saving(title or name, button or name, back, lead=lead, grave=grave, narrow=True)
    return render(request, template, {"form": form, "saving": saving, **context})
