"""R2, R3: how many extra staff a unit has beyond its base (子発1004第5号 別紙3(1)).

FTE are tenths; base_staff and base_qualified are whole persons and 未確認.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from shokibo.law.outcomes import CANNOT_JUDGE, MET, NOT_APPLICABLE, NOT_MET, Hint, Rule
from shokibo.law.scope import capacity_later
from shokibo.rounding import tenths
from shokibo.texts import Language, Text

NEXT_EXTRA = Text("加配{number}人まであと{shortage}人。", "{shortage} more for {number} extra.")


def available_extra() -> pl.Expr:
    """min(max_extra, floor(staff) - base, floor(qualified) - base), never below 0.

    Null if the capacity or hours are not known; 0 if no extra is allowed at all.
    """
    spare = pl.min_horizontal(
        "max_extra",
        pl.col("staff_fte") // 10 - pl.col("base_staff"),
        pl.col("qualified_fte") // 10 - pl.col("base_qualified"),
    ).clip(lower_bound=0)
    known = pl.col("staff_fte").is_not_null() & pl.col("qualified_fte").is_not_null()
    return (
        pl.when(pl.col("max_extra") == 0)
        .then(0)
        .when(pl.col("max_extra").is_not_null() & known)
        .then(spare)
    )


def shortage() -> pl.Expr:
    """Tenths of an FTE that the unit lacks for one more extra worker; null at the maximum."""
    following = pl.col("available_extra") + 1
    lacking = pl.max_horizontal(
        (following + pl.col("base_staff")) * 10 - pl.col("staff_fte"),
        (following + pl.col("base_qualified")) * 10 - pl.col("qualified_fte"),
    )
    return pl.when(following <= pl.col("max_extra")).then(lacking)


def _further(row: Mapping[str, Any], language: Language) -> str:
    if row["capacity_from"]:
        return capacity_later(row, language)
    if not row["shortage"]:
        return ""
    number, lacking = row["available_extra"] + 1, tenths(row["shortage"])
    return NEXT_EXTRA.say(language, number=number, shortage=lacking)


EXTRA_STAFF = Rule(
    "EXTRA_STAFF",
    "max_extra",
    pl.when(pl.col("in_scope").eq_missing(False))
    .then(NOT_APPLICABLE)
    .when(pl.col("in_scope").is_null() | pl.col("available_extra").is_null())
    .then(CANNOT_JUDGE)
    .when(pl.col("available_extra") >= 1)
    .then(MET)
    .otherwise(NOT_MET),
    {
        "met": Text(
            "加配{available_extra}人まで可。定員{capacity}人の上限{max_extra}人、職員{staff_fte}人、"
            "うち専任の児童指導員・保育士{qualified_fte}人、加配前の必要職員{base_staff}人"
            "(うち児童指導員・保育士{base_qualified}人)。{hint}",
            "Up to {available_extra} extra: at most {max_extra} for {capacity} "
            "{capacity:place|places}; staff "
            "{staff_fte}, qualified and dedicated {qualified_fte}, base {base_staff} "
            "(qualified {base_qualified}). {hint}",
        ),
        "not_met": Text(
            "加配できません。定員{capacity}人の上限{max_extra}人、職員{staff_fte}人、"
            "うち専任の児童指導員・保育士{qualified_fte}人、加配前の必要職員{base_staff}人"
            "(うち児童指導員・保育士{base_qualified}人)。{hint}",
            "No extra staff: at most {max_extra} for {capacity} {capacity:place|places}; staff "
            "{staff_fte}, "
            "qualified and dedicated {qualified_fte}, base {base_staff} "
            "(qualified {base_qualified}). {hint}",
        ),
        "cannot_judge": Text(
            "判定できません(定員:{capacity}、職員:{staff_fte}、うち専任の児童指導員・保育士:{qualified_fte})。"
            "「不明」の定員か勤務時間を台帳に記入してください。{hint}",
            "Can't be judged: places {capacity}, staff {staff_fte}, qualified {qualified_fte}; "
            "fill in the capacity or hours that are unknown. {hint}",
        ),
        "not_applicable": Text(
            "対象外の生活単位なので、加配はありません。", "Out of scope; there is no extra staff."
        ),
    },
    uses=("base_staff", "base_qualified"),
    uses_where={"absent_staff_counted": "leave_by_default"},
    title=Text("加配する職員の配置", "Extra staff"),
    hint=Hint(("available_extra", "shortage", "capacity_from"), _further),
)
