"""What the database refuses, told at the field with what to do."""

from django.db import IntegrityError
from django.db.models import Model, UniqueConstraint
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

_TOLD = {
    "home_code_once": (
        "code",
        gettext_noop("この施設IDは、もう使われています。別のIDにしてください。"),
    ),
    "unit_code_once": (
        "code",
        gettext_noop("この生活単位IDは、もう使われています。別のIDにしてください。"),
    ),
    "home_end_not_before_start": (
        "closed_on",
        gettext_noop("廃止日が開設日より前です。どちらかの日を直してください。"),
    ),
    "unit_end_not_before_start": (
        "closed_on",
        gettext_noop("廃止日が開設日より前です。どちらかの日を直してください。"),
    ),
    "capacity_once_a_day": (
        "effective_from",
        gettext_noop("この日からの定員は、もう登録されています。その行を直してください。"),
    ),
    "capacity_one_or_more": ("capacity", gettext_noop("定員は1以上の数にしてください。")),
    "posting_no_overlap": (
        "started_on",
        gettext_noop(
            "同じ職員の、同じ場所での別の配置と期間が重なります。"
            "先の配置を終えるか、配置開始日を前の配置の終了日より後にしてください。"
        ),
    ),
    "posting_end_not_before_start": (
        "ended_on",
        gettext_noop("配置終了日が配置開始日より前です。どちらかの日を直してください。"),
    ),
    "confirmation_once_a_day": (
        "confirmed_on",
        gettext_noop("この事項の、同じ確認日の確認があります。その行を直してください。"),
    ),
    "confirmation_end_not_before_start": (
        "expires_on",
        gettext_noop("有効期限が効力開始日より前です。どちらかの日を直してください。"),
    ),
    "occupancy_once_a_home": (
        "as_of",
        gettext_noop("同じ基準日、対象、区分の人数があります。その行を直してください。"),
    ),
    "occupancy_once": (
        "as_of",
        gettext_noop("同じ基準日、対象、区分の人数があります。その行を直してください。"),
    ),
    "occupancy_not_negative": ("children", gettext_noop("入所児童数は0以上の数にしてください。")),
}
"""For each promise of the register the field at which it is told, and the words."""


def told(error: IntegrityError, model: type[Model]) -> tuple[str, str]:
    """Give the field and the words of a promise that was about to be broken.

    Raises the error itself where the promise is not one that a person can break by typing.
    """
    said = str(error)
    for name, (field, words) in _TOLD.items():
        if name in said or _columns(model, name) in said:
            return field, _(words)
    raise error


def _columns(model: type[Model], name: str) -> str:
    """Give what SQLite says instead of a unique constraint's name: its columns, all of them."""
    for constraint in model._meta.constraints:
        if constraint.name == name and isinstance(constraint, UniqueConstraint):
            columns = {field.name: field.column for field in model._meta.concrete_fields}
            table = model._meta.db_table
            return "failed: " + ", ".join(f"{table}.{columns[f]}" for f in constraint.fields)
    return name
