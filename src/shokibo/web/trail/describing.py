"""Events in words: what was done, to what, and which fields differ.

The log outlives the program that wrote it, so an event may be of an action, table or field unknown
to this version. Such parts are shown as stored; none is an error.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from shokibo.web.audit.models import Event
from shokibo.web.audit.words import KINDS
from shokibo.web.base.language import language
from shokibo.web.base.words import colon
from shokibo.web.store.mapping import BY_LABEL
from shokibo.web.store.wording import display, field_of, header, kind_of_row

_DIGEST = re.compile("[0-9a-f]{64}")
Names = dict[tuple[type[Model], int], str]


@dataclass(frozen=True)
class Changed:
    """A field of an event: its header, and both values in words."""

    field: str
    header: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """The change on one line."""
        return f"{colon(self.header)}{self.before} → {self.after}"

    @property
    def is_digest(self) -> bool:
        """Whether it is a digest, compared only by programs."""
        return bool(_DIGEST.fullmatch(self.after))


def model_of(event: Event) -> type[Model] | None:
    """Return the model of its row; None if the model no longer exists."""
    try:
        return apps.get_model(event.subject_kind)
    except (LookupError, ValueError):
        return None


def is_of_children(event: Event) -> bool:
    """Whether it was a row of a child."""
    mapped = BY_LABEL.get(model._meta.label) if (model := model_of(event)) else None
    return mapped is not None and mapped.table.is_of_children


def kind_of(event: Event) -> str:
    """Name the kind of row."""
    words = KINDS.get(event.subject_kind)
    if words:
        return words.say(language())
    model = model_of(event)
    return kind_of_row(model) or (_(str(model._meta.verbose_name)) if model else event.subject_kind)


_NAMED_WITH_KIND = {
    "opendata.publication",
    "planning.planversion",
    "receipts.acceptance",
    "receipts.question",
    "receipts.sumedition",
    "returns.laterdeadline",
    "returns.paperreturn",
}
"""Models whose rows' names contain their kind."""


def subject_of(event: Event) -> str:
    """Name the row, after its kind unless its name already does."""
    kind, name = kind_of(event), event.subject_name
    is_named = event.subject_kind in _NAMED_WITH_KIND or name.startswith(kind)
    return name if is_named else f"{kind} {name}"


def sides_of(event: Event) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields before and after; anything else is one field without a name."""
    before, after = (
        side if isinstance(side, dict) else {"": side} for side in (event.before, event.after)
    )
    return before, after


def names_in(events: Iterable[Event]) -> Names:
    """Look up the names of the rows that events refer to: a query per model.

    A removed row has its name from the log.
    """
    wanted: dict[type[Model], set[int]] = {}
    for event in events:
        model = model_of(event)
        for side in sides_of(event):
            for name, value in side.items():
                referred = _referred(model, name)
                if referred and isinstance(value, int):
                    wanted.setdefault(referred, set()).add(value)
    named = {
        (model, row.pk): str(row)
        for model, keys in wanted.items()
        for row in model._default_manager.filter(pk__in=keys).order_by()
    }
    for model, keys in wanted.items():
        if gone := {key for key in keys if (model, key) not in named}:
            removed = Event.objects.filter(
                subject_kind=model._meta.label_lower, subject_id__in=gone
            ).order_by("pk")
            for event in removed:
                named[model, event.subject_id] = event.subject_name
    return named


def changes_of(event: Event, names: Names) -> list[Changed]:
    """Return every field of an event."""
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
    return field.related_model if isinstance(field, ForeignKey) else None  # type: ignore[return-value]


def _written(model: type[Model] | None, name: str, value: Any, names: Names) -> str:
    referred = _referred(model, name)
    if referred and isinstance(value, int):
        value = names.get((referred, value), value)
    return display(model, name, value)
