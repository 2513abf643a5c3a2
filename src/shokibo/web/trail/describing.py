"""An event in words: what was done, to what, and which fields differ.

The log outlives the program that wrote it, so an event may be of an action, a table or a field
that this program does not know. Such parts are written as they are stored; none is an error.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.utils import translation
from django.utils.translation import gettext as _

from shokibo.web.accounts.models import Person
from shokibo.web.audit.models import Event
from shokibo.web.audit.words import KINDS
from shokibo.web.base.language import language
from shokibo.web.base.words import colon
from shokibo.web.register.models import Authority, Home, Unit
from shokibo.web.store.mapping import BY_LABEL
from shokibo.web.store.wording import display, field_of, header, kind_of_row

_NAMED: tuple[type[Model], ...] = (Person, Authority, Home, Unit)
"""Rows that events refer to by number, and pages by name."""
_DIGEST = re.compile("[0-9a-f]{64}")
Names = dict[tuple[type[Model], int], str]


@dataclass(frozen=True)
class Changed:
    """A field that an event says something of: its header, and both values in words."""

    field: str
    header: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """The whole of it on one line."""
        return f"{colon(self.header)}{self.before} → {self.after}"

    @property
    def is_digest(self) -> bool:
        """Whether it is a digest, which only programs compare."""
        return bool(_DIGEST.fullmatch(self.after))


def model_of(event: Event) -> type[Model] | None:
    """Return the model whose row it was; None for one that is no longer there."""
    try:
        return apps.get_model(event.subject_kind)
    except (LookupError, ValueError):
        return None


def is_of_children(event: Event) -> bool:
    """Whether it was a row of a child."""
    mapped = BY_LABEL.get(model._meta.label) if (model := model_of(event)) else None
    return mapped is not None and mapped.table.is_of_children


def kind_of(event: Event) -> str:
    """Name what kind of row it was."""
    words = KINDS.get(event.subject_kind)
    if words:
        return words.say(language())
    model = model_of(event)
    return kind_of_row(model) or (_(str(model._meta.verbose_name)) if model else event.subject_kind)


def sides_of(event: Event) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields before and after; what is no set of fields is one field without a name."""
    before, after = (
        side if isinstance(side, dict) else {"": side} for side in (event.before, event.after)
    )
    return before, after


def names_in(events: Iterable[Event]) -> Names:
    """Look up the names of the rows that events refer to: a query for each model, always.

    A row that was removed has the name that the log knows it by.
    """
    wanted: dict[type[Model], set[int]] = {model: {0} for model in _NAMED}
    for event in events:
        model = model_of(event)
        for side in sides_of(event):
            for name, value in side.items():
                referred = _referred(model, name)
                if referred and isinstance(value, int):
                    wanted[referred].add(value)
    named = {
        (model, row.pk): str(row)
        for model, keys in wanted.items()
        for row in model._default_manager.filter(pk__in=keys)
    }
    for model, keys in wanted.items():
        if gone := {key for key in keys if key and (model, key) not in named}:
            removed = Event.objects.filter(
                subject_kind=model._meta.label_lower, subject_id__in=gone
            ).order_by("pk")
            for key, name in removed.values_list("subject_id", "subject"):
                named[model, key] = name
    return named


def subjects_of(events: Sequence[Event]) -> dict[tuple[str, int | None], str]:
    """Name the rows of events in the page's language: a query for each model.

    The log names them in Japanese. A row that is no longer there, or is called otherwise since,
    keeps the name that the log has.
    """
    if language() == "ja":
        return {}
    keys: dict[type[Model], set[int]] = {}
    for event in events:
        if (model := model_of(event)) and event.subject_id:
            keys.setdefault(model, set()).add(event.subject_id)
    rows = {
        (model._meta.label_lower, row.pk): row
        for model, wanted in keys.items()
        for row in model._default_manager.select_related(*_with(model)).filter(pk__in=wanted)
    }
    with translation.override("ja"):
        logged = {key: str(row)[:_LONGEST] for key, row in rows.items()}
    return {
        key: str(rows[key])
        for event in events
        if (key := (event.subject_kind, event.subject_id)) in rows and logged[key] == event.subject
    }


_LONGEST = 300
"""Letters of a name in the log."""


def _with(model: type[Model]) -> list[str]:
    """Return the rows that the name of a row may speak of."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.name in ("unit", "home")
    ]


def changes_of(event: Event, names: Names) -> list[Changed]:
    """Return every field that an event says something of."""
    model, (before, after) = model_of(event), sides_of(event)
    return [
        Changed(
            name,
            header(model, name),
            *(_written(model, name, side.get(name), names) for side in (before, after)),
        )
        for name in {**before, **after}
    ]


def _referred(model: type[Model] | None, name: str) -> type[Model] | None:
    field = field_of(model, name)
    target = field.related_model if isinstance(field, ForeignKey) else None
    return next((one for one in _NAMED if one is target), None)


def _written(model: type[Model] | None, name: str, value: Any, names: Names) -> str:
    referred = _referred(model, name)
    if referred and isinstance(value, int):
        value = names.get((referred, value), value)
    return display(model, name, value)
