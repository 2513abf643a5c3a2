"""R9: 様式1 and 様式2: the printed figures, and what is missing or suspicious."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import msgspec
import polars as pl

from shokibo.answers import Answer, about
from shokibo.law import register
from shokibo.law.facts import unit_facts
from shokibo.law.parameters import Law
from shokibo.law.presence import presence_on
from shokibo.ledger.findings import Finding, FindingReport
from shokibo.ledger.model import Ledger
from shokibo.returns import counted
from shokibo.returns.counted import FormNumber, Period
from shokibo.returns.households import (
    chains,
    dispersal_by_household,
    last_of_each,
    on_reference_days,
)
from shokibo.returns.notes import OnForm, notes_on
from shokibo.rounding import tenths
from shokibo.texts import Language

KINDS = ("community_home", "branch_group_care")


Split = Annotated[
    dict[str, int],
    about("総数と定員ごとの数", "`total`, and by capacity `4`, `5`, `6`", {"total": 1, "4": 1}),
]


class KindCounts(Answer, frozen=True):
    """Table 1, one column: units in scope, applied, certified."""

    title = "種別ごとの数"
    units: Annotated[int, about("生活単位か所数", "units in scope")]
    applied: Split
    certified: Split


class BackupCounts(Answer, frozen=True):
    """Table 2: homes; of these with units in scope; applied; certified."""

    title = "バックアップ職員加算の数"
    homes: Annotated[int, about("児童養護施設数")]
    homes_with_units: Annotated[int, about("うち生活単位保有")]
    applied: int
    certified: int


class FormRow(Answer, frozen=True):
    """Table 3, one row."""

    title = "様式の一覧の行"
    number: int
    unit_name: str
    capacity: Annotated[int | None, about("定員", "on the unit's reference date")]
    dispersal: Annotated[bool, about("小規模かつ地域分散化加算", "○ or ×")]
    staff: Annotated[
        str | None, about("職員数。勤務時間が足りなければ null", "null: hours are missing", "4.8")
    ]
    home_name: str
    backup: Annotated[bool, about("バックアップ職員加算", "○ or ×")]


class FormFigures(Answer, frozen=True, kw_only=True):
    """A form's figures, as they are printed and sent."""

    title = "様式の数値"
    form: FormNumber
    fiscal_year: int
    first: Annotated[dt.date, about("見る期間の初日", "first day that the form looks at")] = (
        msgspec.field(name="from")
    )
    last: Annotated[dt.date, about("見る期間の末日")] = msgspec.field(name="to")
    due: Annotated[dt.date, about("期限", "30 April of the year, or of the next for form 2")]
    units: Annotated[
        dict[str, KindCounts],
        about("種別ごと", "table 1: `community_home`, `branch_group_care`, `total`"),
    ]
    backup: Annotated[BackupCounts, about("表2", "table 2")]
    rows: Annotated[list[FormRow], about("表3", "table 3")] = msgspec.field(name="list")
    notes: Annotated[
        list[FindingReport] | msgspec.UnsetType,
        about("確認事項。提出した版では、以前のプログラムのものだけにある", "missing or odd"),
    ] = msgspec.UNSET
    drawn_on: Annotated[dt.date, about("作った日", "the day the figures were drawn")]


@dataclass(frozen=True)
class Form:
    """A form with its figures, its addressee of the day it is due, and its notes."""

    period: Period
    units: dict[str, KindCounts]
    backup: BackupCounts
    rows: list[FormRow]
    notes: tuple[Finding, ...]

    def figures(self, drawn_on: dt.date, language: Language | None = None) -> FormFigures:
        """Return its figures as an answer; its notes too where a language is named."""
        return FormFigures(
            form=self.period.number,
            fiscal_year=self.period.year,
            first=self.period.first,
            last=self.period.last,
            due=self.period.due,
            units=self.units,
            backup=self.backup,
            rows=self.rows,
            notes=[note.report(language) for note in self.notes] if language else msgspec.UNSET,
            drawn_on=drawn_on,
        )


def fill_form(ledger: Ledger, law: Law, number: FormNumber, year: int) -> Form:
    """Fill form 1 or form 2 for a fiscal year.

    The ledger is one authority's; for several the form is their sum, with a note.
    Raises NotInForceError for a year before the Notification applied.
    """
    period = counted.period_of(number, year)
    counted.require_in_force(period, law)
    homes = register.homes(ledger).filter(counted.open_in(period)).collect()
    applications, of_units = counted.applications(ledger, period), chains(ledger, period)
    in_scope = counted.units_in_scope(ledger, law, period).join(
        of_units, on="unit_id", maintain_order="left"
    )
    units = counted_households(ledger, law, period, in_scope, of_units)
    of_open = pl.col("home_id").is_in(homes["home_id"].implode())
    backup = (
        applications.filter((pl.col("addon") == "backup") & of_open)
        .group_by("home_id", maintain_order=True)
        .agg(pl.col("certified").any())
    )
    has_backup = pl.col("home_id").is_in(backup.filter("certified")["home_id"].implode())
    listed = (
        units.with_columns(backup=has_backup)
        .filter(pl.col("certified") | pl.col("backup"))
        .sort("home_row", "unit_row")
    )
    by_kind = {kind: units.filter(pl.col("kind") == kind) for kind in KINDS}
    capacities = [int(capacity) for capacity in law.listed("report_capacities", period.due)]
    return Form(
        period,
        {
            name: KindCounts(
                of_kind.height,
                _split(of_kind.filter("applied"), capacities),
                _split(of_kind.filter("certified"), capacities),
            )
            for name, of_kind in {**by_kind, "total": units}.items()
        },
        BackupCounts(
            homes.height,
            units["home_id"].n_unique(),
            backup.height,
            int(backup["certified"].sum()),
        ),
        list(_rows(listed)),
        tuple(notes_on(ledger, law, period, OnForm(of_units, in_scope, units, listed, backup))),
    )


def counted_households(
    ledger: Ledger, law: Law, period: Period, in_scope: pl.DataFrame, of_units: pl.DataFrame
) -> pl.DataFrame:
    """Return the households that a form counts, judged on their reference dates.

    `in_scope` are `counted.units_in_scope` with their households, `of_units` as `chains`. Columns:
    those of the last unit of each; applied, certified; as_of, capacity, staff_fte. The columns
    day_home, day_unit and day_row name the unit as which each lives on that day.
    """
    applications = counted.applications(ledger, period)
    counting = last_of_each(in_scope).join(
        dispersal_by_household(applications, of_units),
        on="household",
        how="left",
        maintain_order="left",
    )
    kinds = counted.scope_kinds(law)["kind"].unique()
    cases = on_reference_days(ledger, counting, of_units, kinds, period.year)
    presence = presence_on(ledger, law, cases["as_of"].unique())
    facts = unit_facts(ledger, law, cases, presence).select(
        *("household", "as_of", "capacity", "staff_fte"),
        day_home="home_name",
        day_unit="name",
        day_row="unit_row",
    )
    return counting.with_columns(
        applied=pl.col("certified").is_not_null(),
        certified=pl.col("certified").fill_null(value=False),
    ).join(facts.collect(), on="household", maintain_order="left")


def _rows(listed: pl.DataFrame) -> Iterator[FormRow]:
    for number, row in enumerate(listed.iter_rows(named=True), start=1):
        staff = row["staff_fte"]
        yield FormRow(
            number,
            row["name"],
            row["capacity"],
            row["certified"],
            None if staff is None else tenths(staff).removesuffix(".0"),
            row["home_name"],
            row["backup"],
        )


def _split(units: pl.DataFrame, capacities: list[int]) -> dict[str, int]:
    found = dict(units["capacity"].value_counts().iter_rows())
    return {"total": units.height, **{str(size): found.get(size, 0) for size in capacities}}
