"""What a year's records show about a home: the grounds on which requirements are confirmed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from shokibo import calendar
from shokibo.ledger.model import Ledger
from shokibo.ledger.support_tables import SIX_DUTIES, SUPPORT_DUTIES
from shokibo.texts import Language, Text
from shokibo.wording import code_in_english, listed

_APRIL = 4
_TRAININGS = Text(
    "研修{trainings}件(うち外部{external}件、延べ{participants}人)",
    "{trainings} {trainings:training|trainings} ({external} external, {participants} "
    "{participants:participant|participants})",
)
_SUPERVISIONS = Text(
    "スーパーバイズ{supervisions}回", "{supervisions} {supervisions:supervision|supervisions}"
)
_MISSING = Text(
    "6つの支援のうち記録のないもの: {missing}", "of the six duties, no record of: {missing}"
)
_ALL_SIX = Text("6つの支援のすべてに記録あり", "records of all six duties")
_FAMILIES = Text(
    "家庭復帰等の支援を受けた児童{supported}人",
    "{supported} {supported:child|children} supported towards a family",
)


@dataclass(frozen=True)
class Evidence:
    """The records of a home in a fiscal year.

    `missing` are those of the six duties without a record. `supported` is None if no row has it.
    """

    trainings: int = 0
    external: int = 0
    participants: int = 0
    supervisions: int = 0
    missing: tuple[str, ...] = SIX_DUTIES
    supported: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the year has no record at all."""
        return self == Evidence()

    def say(self, language: Language) -> str:
        """Summarise the records in a sentence; blank if there are none."""
        if self.is_empty:
            return ""
        named = SUPPORT_DUTIES.__getitem__ if language == "ja" else code_in_english
        missing = listed(map(named, self.missing), language)
        parts = [
            _TRAININGS,
            _SUPERVISIONS,
            *([_FAMILIES] if self.supported is not None else []),
            _MISSING if self.missing else _ALL_SIX,
        ]
        values = {**vars(self), "missing": missing}
        return listed([part.say(language, **values) for part in parts], language)


def year_of_records(day: dt.date) -> int:
    """Return the fiscal year whose records are the basis of a confirmation that holds from a day.

    In April it is the year that has just ended, otherwise the current one.
    """
    return calendar.fiscal_year_of(day) - (day.month == _APRIL)


def records_year(day: pl.Expr) -> pl.Expr:
    """Return `year_of_records` for a column of days."""
    return fiscal_year(day) - (day.dt.month() == _APRIL).cast(pl.Int64)


def fiscal_year(day: pl.Expr) -> pl.Expr:
    """Return the fiscal year of a column of days."""
    return day.dt.offset_by("-3mo").dt.year().cast(pl.Int64)


def evidence(ledger: Ledger, year: int) -> dict[str, Evidence]:
    """Return what a fiscal year's records show, by home_id; homes without records are left out."""
    of_trainings = {
        "trainings": pl.len(),
        "external": pl.col("external").sum(),
        "participants": pl.col("participants").sum(),
    }
    duty = pl.col("duty")
    of_log = {"supervisions": (duty == "duty_supervision").sum(), "duties": duty.unique()}
    families = ledger["family_support"].filter(pl.col("fiscal_year") == year)
    rows = (
        _of_homes(ledger["trainings"], "held_on", year, of_trainings)
        .join(_of_homes(ledger["support_log"], "done_on", year, of_log), **_ON_HOME)
        .join(families.select("home_id", "supported"), **_ON_HOME)
    )
    found = {}
    for row in rows.iter_rows(named=True):
        home_id, done = row.pop("home_id"), row.pop("duties") or ()
        missing = tuple(duty for duty in SIX_DUTIES if duty not in done)
        known = {name: value for name, value in row.items() if value is not None}
        found[home_id] = Evidence(missing=missing, **known)
    return found


_ON_HOME: Any = {"on": "home_id", "how": "full", "coalesce": True}


def _of_homes(
    rows: pl.DataFrame, day: str, year: int, figures: Mapping[str, pl.Expr]
) -> pl.DataFrame:
    """Compute figures from a year's rows, by home."""
    of_year = rows.filter(fiscal_year(pl.col(day)) == year)
    return of_year.group_by("home_id").agg(**figures)
