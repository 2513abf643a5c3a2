"""Pages of steps: they show what is decided on, take the step, and keep what was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import View, office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.forms import SeenForm, TextField
from shokibo.web.base.language import language
from shokibo.web.base.parameters import query_of
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import Facts, seal
from shokibo.web.pages.removed import get_row
from shokibo.web.pages.saving import Saving, saved
from shokibo.web.steps.step import REASON_LENGTH, Process, R, Step
from shokibo.web.steps.taking import stale_words, take, wrong_state

T = TypeVar("T", bound=Model)
Written = TypeVar("Written")
_REASONS = {"required": gettext_lazy("理由"), "optional": gettext_lazy("理由・所見")}


class StepForm(SeenForm):
    """What a step asks for: a reason, if it has one, and what subclasses add."""

    def __init__(
        self, *args: Any, page: "StepPage[Any]", shown: Mapping[str, Any], **kwargs: Any
    ) -> None:
        """Make the fields; `shown` is the page's context of the row."""
        super().__init__(*args, **kwargs)
        self.shown = shown
        asks = page.step.reason
        if asks in _REASONS and "reason" not in self.fields:
            self.fields["reason"] = reason_field(
                page.reason or _REASONS[asks],
                required=asks == "required",
                help_text=page.reason_help,
            )


def reason_field(
    label: Any, *, required: bool, depends: bool = False, help_text: Any = ""
) -> TextField:
    """Make the field of a reason."""
    return TextField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=REASON_LENGTH,
        required=required,
        depends=depends,
    )


def attempt(
    form: forms.Form, step: Step[Any], act: Callable[[], T], *, at: str | None = None
) -> T | None:
    """Act; if it is refused, return None and put the reason into the form, at field `at` if given.

    A stale row is described by its current state.
    """
    written: list[T] = []

    def save(**_given: Any) -> None:
        written.append(act())

    return written[0] if saved(form, stating(form, step, save), at=at) else None


def stating(
    form: forms.Form, step: Step[Any], save: Callable[..., Written]
) -> Callable[..., Written]:
    """Have a form that comes too late say in which state the row is now.

    A row that left the step's states is refused: nothing that was typed can take its place.
    """

    def stated(**given: Any) -> Written:
        try:
            return save(**given)
        except StaleError as stale:
            words = stale_words(step, stale.current)
            if step.process.state_of(stale.current) not in step.sources:
                raise RefusedError(words.ja, words.en) from stale
            form.add_error(None, words.say(language()))
            raise

    return stated


def barred(step: Step[R], row: R) -> str:
    """Return why the row's state does not allow a step; blank where it does."""
    if step.process.state_of(row) in step.sources:
        return ""
    return wrong_state(step, row).text.say(language())


def refused(request: HttpRequest, step: Step[R], row: R, back: str) -> HttpResponse:
    """Leave the page of a step that the row's state does not allow, with the reason."""
    messages.error(request, barred(step, row))
    return redirect(back)


@dataclass(frozen=True)
class StepPage(Generic[R]):
    """The page of a step: its texts, its form, and what it shows."""

    name: str
    """The name of its address. Steps of one address are tried in order."""
    step: Step[R]
    done: Any
    """The message after the step; it may name the row: `what`."""
    lead: Any = ""
    """A text, or a function that makes it of the row."""
    title: Any = ""
    button: Any = ""
    reason: Any = ""
    """The reason's label, if not the usual one."""
    reason_help: Any = ""
    grave: bool = False
    form: Callable[..., StepForm] = StepForm
    template: str = ""
    when: Callable[[R, Mapping[str, str]], bool] | None = None
    """Whether it applies to a row and what was sent; by default if the state allows the step."""
    shows: Callable[[Office, R], Mapping[str, Any]] = lambda _office, _row: {}
    facts: Callable[[Mapping[str, Any]], Facts] | None = None
    """The step's facts, if the page's context already holds them."""
    then: Callable[[Office, R], str] | None = None
    """Where to go afterwards, if not back."""

    def answers(self, row: R, sent: Mapping[str, str]) -> bool:
        """Whether the page applies to a row and what was sent."""
        if self.when is not None:
            return self.when(row, sent)
        return self.step.process.state_of(row) in self.step.sources


@dataclass(frozen=True)
class StepPages(Generic[R]):
    """The pages of a process's steps. The last of an address applies if no other does."""

    process: Process[R]
    up: Callable[[Office, R], tuple[str, ...]]
    """The breadcrumb path of a row's steps; they lead back to its last page."""
    pages: tuple[StepPage[R], ...]
    related: tuple[str, ...] = ()
    carried: frozenset[str] = frozenset()
    """Parameters of the list from which a row was opened, carried along and back."""
    called: str = "found"
    """The row's name in templates."""
    template: str = "pages/save.html"

    def find(self, office: Office, permission: Permission, **address: Any) -> R:
        """Return the row of an address over which the person has a permission; 404 for others."""
        rows = office.rows(self.process.model, permission).select_related(*self.related)
        return get_row(office, rows, permission, **address)

    def view(self, name: str) -> View:
        """Make the view of an address."""
        pages = [page for page in self.pages if page.name == name]
        permission = pages[0].step.permission
        return office_page(permission, write=permission)(partial(step_page, self, pages))


def step_page(
    process_pages: StepPages[R],
    pages: Sequence[StepPage[R]],
    request: HttpRequest,
    office: Office,
    **address: object,
) -> HttpResponse:
    """Show a step's form; POST takes the step and goes on, or back."""
    row = process_pages.find(office, pages[0].step.permission, **address)
    page = next((one for one in pages if one.answers(row, request.POST)), pages[-1])
    step, up = page.step, process_pages.up(office, row)
    carried = query_of(request, process_pages.carried)
    up = (*up[:-1], up[-1] + carried)
    if request.method != "POST" and step.process.state_of(row) not in step.sources:
        return refused(request, step, row, up[-1])
    shown = {process_pages.called: row, **page.shows(office, row)}
    facts = page.facts(shown) if page.facts else step.facts(row) if step.facts else {}
    opened = {"version": row.version, "seen": seal(facts)}
    form = page.form(request.POST or None, page=page, shown=shown, initial=opened)
    if request.method == "POST" and form.is_valid():
        act = partial(take, step, office=office, row=row, **form.entered)
        written = attempt(form, step, act)
        if written is not None:
            messages.success(request, page.done % {"what": written})
            return redirect(page.then(office, written) if page.then else up[-1])
    name = step.name.say(language())
    saving = Saving(
        title=page.title or name,
        button=page.button or name,
        up=up,
        lead=page.lead(row) if callable(page.lead) else page.lead,
        grave=page.grave,
        narrow=True,
    )
    template = page.template or process_pages.template
    context = {**shown, "form": form, "saving": saving, "carried": carried}
    return render(request, template, context)
