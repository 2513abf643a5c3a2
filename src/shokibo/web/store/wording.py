"""Values of fields formatted for people."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import DateField, DateTimeField, Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shokibo.ledger.tables import BY_NAME
from shokibo.web.base.words import circle, hours, month, nendo, wareki
from shokibo.web.store.mapping import BY_LABEL

Labelled = tuple[tuple[str, str], ...]
"""Labels and values as a page lists them."""
Comparison = tuple[tuple[str, str, str], ...]
"""Labels with the value that holds and the one that is proposed."""
CHANGE_KINDS = {
    "add": "追加",
    "change": "変更",
    "remove": "削除",
    "propose": "申出",
    "draft": "申請の下書き",
}
"""What an import does to rows."""
_WRITERS: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(("weekly_hours", "full_time_weekly_hours", "hours"), hours),
    **dict.fromkeys(("fiscal_year", "planned_year"), nendo),
    "birth_month": month,
}
_AT_MAIN_BUILDING = {"register.Posting", "register.ChangeProposal", "certification.Application"}
"""Models whose rows without a unit belong to the main building."""


def field_of(model: type[Model] | None, name: str) -> Any:
    """Return a model's own field; None if it has none of this name."""
    fields = model._meta.concrete_fields if model else ()
    return next((field for field in fields if field.name == name), None)


def display(model: type[Model] | None, name: str, value: Any) -> str:
    """Format a field's value: codes by their label, days by their era, a dash for a blank.

    Days may be text, as the log stores them. A value that does not fit the field, or has none,
    stays as it is.
    """
    field = field_of(model, name)
    if name == "unit" and value is None and model and model._meta.label in _AT_MAIN_BUILDING:
        return _("本体施設")
    try:
        if field is None or value in (None, ""):
            return _plain(value)
        if isinstance(field, DateTimeField) and isinstance(value, str):
            value = dt.datetime.fromisoformat(value)
        elif isinstance(field, DateField) and isinstance(value, str):
            value = dt.date.fromisoformat(value)
        if name in _WRITERS:
            return _WRITERS[name](value)
        if isinstance(value, dt.date):
            return wareki(value)
        label = dict(field.flatchoices).get(value)
        return _plain(value if label is None else _(str(label)))
    except (TypeError, ValueError):
        return _plain(value)


def _plain(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return circle(value)
    if isinstance(value, dict):
        parts = sorted(value.items(), key=lambda part: _ORDER.get(part[0], len(_ORDER)))
        return _("、").join(f"{_name(key)} {_plain(one)}" for key, one in parts)
    if isinstance(value, list):
        return _("、").join(map(_plain, value))
    return str(value)


def header(model: type[Model] | None, name: str) -> str:
    """Return a field's header, or the name of what else the log records."""
    field: Any = field_of(model, name)
    return _(str(getattr(field, "verbose_name", ""))) or _name(name)


def fields_of(row: Model, *names: str) -> Labelled:
    """Return fields of a row with their headers."""
    model = type(row)
    return tuple((header(model, name), display(model, name, getattr(row, name))) for name in names)


_NO_FIELDS = {
    "file": gettext_noop("ファイル"),
    "rows": gettext_noop("行数"),
    "evidence": gettext_noop("根拠資料"),
    "sha256": "SHA-256",
    "factor": gettext_noop("認証の手段"),
    "fields": gettext_noop("項目"),
}
"""What an event records apart from its row's fields."""


_ORDER = {name: place for place, name in enumerate(BY_NAME)}
"""The tables' order of fields, which PostgreSQL's JSON objects lose."""


def _name(name: str) -> str:
    if name in _NO_FIELDS:
        return _(_NO_FIELDS[name])
    if name in CHANGE_KINDS:
        return _(CHANGE_KINDS[name])
    return _(BY_NAME[name].sheet) if name in BY_NAME else name


_SHORT_KINDS = {
    "main_unit": gettext_noop("本体施設"),
    "community_home": gettext_noop("地域小規模"),
    "branch_group_care": gettext_noop("分園型"),
    "other_group_home": gettext_noop("その他"),
}


def short_kind(kind: str) -> str:
    """Name a kind of unit briefly, for the legend of a chart."""
    return _(_SHORT_KINDS[kind])


def kind_of_row(model: type[Model] | None) -> str:
    """Name a model's rows as the ledger's sheet does; blank if no sheet holds them."""
    mapped = BY_LABEL.get(model._meta.label) if model else None
    return _(mapped.table.sheet) if mapped else ""
