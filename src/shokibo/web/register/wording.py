"""Values of the register's fields as a person reads them."""

import datetime as dt
from typing import Any

from django.db.models import DateField, Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shokibo.web.bridge.mapping import BY_MODEL
from shokibo.web.look.templatetags.look import circle, hours, wareki

_HOURS = {"weekly_hours", "full_time_weekly_hours"}


def said(model: type[Model], name: str, value: Any) -> str:
    """Write a field's value: codes by their label, days by their era, a dash for a blank.

    Days may be given as the log keeps them, in text.
    """
    field: Any = model._meta.get_field(name)
    if name == "unit":
        return _("本体施設") if value is None else str(value)
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return circle(value)
    if name in _HOURS:
        return hours(value)
    if isinstance(field, DateField) and isinstance(value, str):
        value = dt.date.fromisoformat(value)
    if isinstance(value, dt.date):
        return wareki(value)
    return str(dict(field.flatchoices).get(value, value))


def header(model: type[Model], name: str) -> str:
    """Give the header of a field."""
    field: Any = model._meta.get_field(name)
    return _(str(field.verbose_name))


_SHORT_KINDS = {
    "main_unit": gettext_noop("本体施設"),
    "community_home": gettext_noop("地域小規模"),
    "branch_group_care": gettext_noop("分園型"),
    "other_group_home": gettext_noop("その他"),
}


def short_kind(kind: str) -> str:
    """Name a kind of unit as short as the legend of a picture has room for."""
    return _(_SHORT_KINDS[kind])


def kind_of_row(model: type[Model]) -> str:
    """Name what a row is, as the ledger's sheet does; blank for one that no sheet holds."""
    return _(BY_MODEL[model].table.sheet) if model in BY_MODEL else ""


def kind_is_undated() -> str:
    """Say what changing a kind does, since the ledger keeps one kind a unit."""
    return _(
        "種別に履歴はありません。直すと、過去の日の判定も新しい種別で行います。"
        "途中から種別が変わるときは、この生活単位を廃止し、新しい生活単位を登録してください。"
    )
