"""Violated database constraints, explained at the field with what to do."""

from collections.abc import Collection, Iterator
from typing import Any, cast

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model, UniqueConstraint
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shokibo.ledger.columns import Kind
from shokibo.ledger.support_tables import SUPPORT_TABLES

_WORDS: dict[str, tuple[str | None, str]] = {
    "plan_one_of_an_authority": (
        None,
        gettext_noop("計画の基本事項は、ほかの人が先に登録しました。開き直してください。"),
    ),
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
        gettext_noop("廃止日が開設日より前です。どちらかの日を修正してください。"),
    ),
    "unit_end_not_before_start": (
        "closed_on",
        gettext_noop("廃止日が開設日より前です。どちらかの日を修正してください。"),
    ),
    "capacity_once_a_day": (
        "effective_from",
        gettext_noop("この日からの定員は、もう登録されています。その行を修正してください。"),
    ),
    "capacity_one_or_more": ("capacity", gettext_noop("定員は1以上の数にしてください。")),
    "posting_no_overlap": (
        "started_on",
        gettext_noop(
            "同じ職員の、同じ場所での別の配置と期間が重なります。"
            "先の配置を終了するか、配置開始日を前の配置の終了日より後にしてください。"
        ),
    ),
    "posting_end_not_before_start": (
        "ended_on",
        gettext_noop("配置終了日が配置開始日より前です。どちらかの日を修正してください。"),
    ),
    "absence_no_overlap": (
        "started_on",
        gettext_noop(
            "同じ職員の別の休業と期間が重なります。"
            "先の休業の終了日を、この休業の開始日の前日までにしてください。"
        ),
    ),
    "absence_end_not_before_start": (
        "ended_on",
        gettext_noop("終了日が開始日より前です。どちらかの日を修正してください。"),
    ),
    "unit_rule_ages_in_order": (
        "age_to",
        gettext_noop("年齢の終わりが始めより下です。どちらかの年齢を修正してください。"),
    ),
    "confirmation_once_a_day": (
        "confirmed_on",
        gettext_noop("この事項の、同じ確認日の確認があります。その行を修正してください。"),
    ),
    "confirmation_end_not_before_start": (
        "expires_on",
        gettext_noop("有効期限が効力開始日より前です。どちらかの日を修正してください。"),
    ),
    "own_value_no_overlap": (
        None,
        gettext_noop(
            "同じ項目の別の値と期間が重なります。"
            "今の値を確かめ、取り下げて、期間を修正した起案をし直してください。"
        ),
    ),
    "own_value_end_not_before_start": (
        "effective_to",
        gettext_noop("適用終了日が適用開始日より前です。どちらかの日を修正してください。"),
    ),
    "occupancy_once_a_home": (
        "as_of",
        gettext_noop("同じ基準日、対象、区分の人数があります。その行を修正してください。"),
    ),
    "occupancy_once": (
        "as_of",
        gettext_noop("同じ基準日、対象、区分の人数があります。その行を修正してください。"),
    ),
    "episode_once": (
        "started_on",
        gettext_noop("この児童の、同じ開始日の行があります。その行を修正してください。"),
    ),
    "episode_end_not_before_start": (
        "ended_on",
        gettext_noop("終了日が開始日より前です。どちらかの日を修正してください。"),
    ),
    "placement_no_overlap": (
        "started_on",
        gettext_noop("前の養育の場の期間と重なります。前の場の最後の日より後の日にしてください。"),
    ),
    "placement_end_not_before_start": (
        "ended_on",
        gettext_noop("終了日が開始日より前です。どちらかの日を修正してください。"),
    ),
    "backing_end_not_before_start": (
        "ended_on",
        gettext_noop("終了日が開始日より前です。どちらかの日を修正してください。"),
    ),
    "occupancy_not_negative": ("children", gettext_noop("入所児童数は0以上の数にしてください。")),
    "lead_code_once": (
        "code",
        gettext_noop("この物件IDは、もう使われています。別のIDにしてください。"),
    ),
    "lead_unit_once": (
        "unit",
        gettext_noop("この生活単位は、別の物件の開設として登録されています。"),
    ),
    "lead_state_not_before_found": (
        "state_on",
        gettext_noop("状態の日が把握日より前です。どちらかの日を修正してください。"),
    ),
    "lead_opened_with_unit": (
        "unit",
        gettext_noop("開設した物件には、開設した生活単位を選んでください。"),
    ),
    "training_code_once": (
        "code",
        gettext_noop("この研修IDは、もう使われています。別のIDにしてください。"),
    ),
    **dict.fromkeys(
        ("support_of_unit_once_a_day", "support_of_home_once_a_day"),
        (
            "done_on",
            gettext_noop(
                "同じ日の、同じ支援と支援した人の行があります。その行を修正してください。"
            ),
        ),
    ),
    **dict.fromkeys(
        ("hiring_once_a_year", "family_support_once_a_year"),
        ("fiscal_year", gettext_noop("この年度の行があります。その行を修正してください。")),
    ),
    "quality_once_a_day": (
        "done_on",
        gettext_noop("同じ日の、同じ区分の行があります。その行を修正してください。"),
    ),
    **dict.fromkeys(
        ("community_of_unit_once", "community_of_home_once", "community_of_authority_once"),
        (
            "what",
            gettext_noop("同じ日の、同じ区分と内容の行があります。その行を修正してください。"),
        ),
    ),
    **{
        f"{table.name}_{column.name}_not_negative": (
            column.name,
            gettext_noop("0以上の数にしてください。"),
        )
        for table in SUPPORT_TABLES
        for column in table.columns
        if column.kind in (Kind.INTEGER, Kind.YEN)
    },
}
"""For each constraint the field at which it is explained, and the message."""


def explained(error: IntegrityError) -> tuple[str | None, str]:
    """Return the field and message of a constraint that a person's input violates.

    Raises the error itself if no input can violate it.
    """
    for name, (field, words) in _WORDS.items():
        if name in str(error) or _columns(name) in str(error):
            return field, _(words)
    raise error


def violated(row: Model, unread: Collection[str] = ()) -> Iterator[tuple[str | None, str]]:
    """Find the constraints that a row violates: field and message of each.

    Those that look at a field in `unread` are left out.
    """
    for constraint in cast("list[Any]", row._meta.constraints):
        if constraint.name in _WORDS:
            try:
                constraint.validate(type(row), row, exclude=set(unread))
            except ValidationError:
                field, words = _WORDS[constraint.name]
                yield field, _(words)


def words_of(name: str) -> str:
    """Return a constraint's message, for a page that checks before it writes."""
    return _(_WORDS[name][1])


def _columns(name: str) -> str:
    """Return what SQLite reports in place of a unique constraint's name: all its columns."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and isinstance(constraint, UniqueConstraint):
                columns = {field.name: field.column for field in model._meta.concrete_fields}
                table = model._meta.db_table
                return "failed: " + ", ".join(f"{table}.{columns[f]}" for f in constraint.fields)
    return name
