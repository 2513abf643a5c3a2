"""R6: the backup worker at the main building of a home (子発1004第5号 別紙3(2))."""

import polars as pl

from shokibo.law.outcomes import Rule, met_if
from shokibo.texts import Text

BACKUP_UNITS = Rule(
    "BACKUP_UNITS",
    "scope_kinds",
    met_if(pl.col("has_units_in_scope")),
    {
        "met": Text(
            "対象の生活単位が{units_in_scope}か所あります。",
            "{units_in_scope} {units_in_scope:unit|units} in scope.",
        ),
        "not_met": Text("対象の生活単位がありません。", "No unit in scope."),
        "cannot_judge": Text(
            "定員の分からない分園型があり、対象の生活単位があるか判定できません。",
            "The capacity of a branch is unknown, so it is not known whether a unit is in scope.",
        ),
    },
    title=Text("対象の生活単位", "Units in scope"),
)
BACKUP_STAFF = Rule(
    "BACKUP_STAFF",
    "backup_staff",
    met_if(pl.col("backup_fte") >= pl.col("backup_staff") * 10),
    {
        "met": Text(
            "バックアップ職員は常勤換算{backup_fte}人(必要{backup_staff}人)。",
            "Backup staff {backup_fte} FTE ({backup_staff} needed).",
        ),
        "not_met": Text(
            "バックアップ職員は常勤換算{backup_fte}人で、{backup_staff}人に足りません。",
            "Backup staff {backup_fte} FTE, less than the {backup_staff} needed.",
        ),
        "cannot_judge": Text(
            "バックアップ職員の勤務時間が空欄で、常勤換算できません。",
            "Hours of backup staff are blank, so the FTE is not known.",
        ),
    },
    uses_where={"absent_staff_counted": "leave_by_default"},
    title=Text("バックアップ職員の配置", "Backup staff"),
)
