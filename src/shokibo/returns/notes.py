"""What is missing or suspicious on a form, as a separate list; none of it blocks the form."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

import polars as pl

from shokibo.law import register
from shokibo.law.parameters import Law
from shokibo.ledger.checks.located import findings_at
from shokibo.ledger.findings import Entry, Finding, Severity
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.returns.changes import changed
from shokibo.returns.counted import Period, applications
from shokibo.returns.renewals import not_applied_again
from shokibo.texts import Text

_R9 = "子発1004第5号 別紙4、様式1・様式2"


def _entry(code: str, severity: Severity, ja: str, en: str, remedy: str, remedy_en: str) -> Entry:
    return Entry(code, severity, Text(ja, en), Text(remedy, remedy_en), _R9)


FORM_STAFF_UNKNOWN = _entry(
    "FORM_STAFF_UNKNOWN",
    "warning",
    "「{home}」「{unit}」の職員数が空欄になります({day:day}現在の勤務時間が足りません)。",
    "{home}, {unit}: the number of staff stays blank; hours are missing on {day:day}.",
    "「職員」の勤務時間を記入してください。",
    "Fill in the hours in staff.",
)
FORM_CAPACITY_UNKNOWN = _entry(
    "FORM_CAPACITY_UNKNOWN",
    "warning",
    "「{home}」「{unit}」の{day:day}現在の定員が台帳にありません。",
    "{home}, {unit}: the capacity on {day:day} is not in the ledger.",
    "「定員」に行を加えてください。",
    "Add a row to capacities.",
)
FORM_CAPACITY_OUTSIDE = _entry(
    "FORM_CAPACITY_OUTSIDE",
    "warning",
    "「{home}」「{unit}」の定員{capacity}人は、内訳のどの行にもありません(合計には数えています)。",
    "{home}, {unit}: {capacity} {capacity:place|places} {capacity:is|are} in the total and in "
    "none of its rows.",
    "定員を確かめてください。",
    "Check the capacity.",
)
FORM_SCOPE_UNKNOWN = _entry(
    "FORM_SCOPE_UNKNOWN",
    "warning",
    "分園型「{unit}」は{day:day}現在の定員が分からないため、数えていません。",
    "The branch {unit} is not counted: its capacity on {day:day} is not known.",
    "「定員」に行を加えてください。",
    "Add a row to capacities.",
)
FORM_OUT_OF_SCOPE = _entry(
    "FORM_OUT_OF_SCOPE",
    "info",
    "{whose}の申請(申請ID:{application})は、この様式では対象でないため、数えていません。",
    "The application of {whose} ({application}) is not counted: out of scope here.",
    "種別、定員、開設日を確かめてください。",
    "Check its kind, capacity and day of opening.",
)
FORM_CLOSED = _entry(
    "FORM_OUT_OF_SCOPE",
    "info",
    "{whose}の申請(申請ID:{application})は、{closed_on:day}に廃止されているため、数えていません。",
    "The application of {whose} ({application}) is not counted: closed on {closed_on:day}.",
    "廃止日を確かめてください。",
    "Check the day of closing.",
)
FORM_BACKUP_WITHOUT_UNITS = _entry(
    "FORM_BACKUP_WITHOUT_UNITS",
    "warning",
    "「{home}」は対象の生活単位がないのに、バックアップ職員加算の申請があります。",
    "{home} applied for backup without a unit in scope.",
    "申請か生活単位の登録を確かめてください。",
    "Check the application or the units.",
)
FORM_UNDECIDED = _entry(
    "FORM_UNDECIDED",
    "info",
    "{count}件の申請は、認定の結果が出ていません({applications})。",
    "{count} {count:application|applications} {count:is|are} not decided ({applications}).",
    "決定した場合は「申請認定」に記入してください。",
    "Enter the decisions once they are made.",
)
FORM_APPLIED_ON_MISSING = _entry(
    "FORM_APPLIED_ON_MISSING",
    "warning",
    "申請「{application}」は申請日が空欄のため、数えていません。",
    "Application {application} has no day of application and is not counted.",
    "申請日を記入してください。",
    "Fill in “applied_on”.",
)
FORM_SEVERAL_AUTHORITIES = _entry(
    "FORM_SEVERAL_AUTHORITIES",
    "warning",
    "台帳に{count}の自治体があり、その合計です。様式は自治体ごとに作ります。",
    "The ledger holds {count} {count:authority|authorities}; this is their sum. A form is one "
    "authority's.",
    "--authority で団体コードを指定してください。",
    "Name one with --authority.",
)
FORM_NO_APPLICATIONS = _entry(
    "FORM_NO_APPLICATIONS",
    "warning",
    "{year:year}の申請で、この様式に数えるものが1件もありません。申請と認定の数は0になります。",
    "No application of {year:year} counts on this form: applied and certified are 0.",
    "年度と、「申請認定」の行を確かめてください。",
    "Check the year, and the rows of applications.",
)
_APPLY_AGAIN = (
    "続ける場合は、申請を「申請認定」に加えてください。続けない場合は、このままで構いません。",
    "Add the application, if it goes on.",
)
FORM_NOT_APPLIED_AGAIN = {
    "dispersal": _entry(
        "FORM_NOT_APPLIED_AGAIN",
        "warning",
        "{whose}は、前年度に認定された小規模かつ地域分散化加算について、{year:year}の申請がありません"
        "(前年度の申請ID:{application_id})。",
        "{whose} has not applied again in {year:year} for the dispersal add-on that was certified "
        "in the year before ({application_id}).",
        *_APPLY_AGAIN,
    ),
    "backup": _entry(
        "FORM_NOT_APPLIED_AGAIN",
        "warning",
        "{whose}は、前年度に認定されたバックアップ職員加算について、{year:year}の申請がありません"
        "(前年度の申請ID:{application_id})。",
        "{whose} has not applied again in {year:year} for the backup add-on that was certified in "
        "the year before ({application_id}).",
        *_APPLY_AGAIN,
    ),
}
FORM_UNIT_CHANGED = _entry(
    "FORM_UNIT_CHANGED",
    "info",
    "「{home}」「{unit}」は、年度の途中で定員か加配数が変わりました({spans:places})。",
    "{home}, {unit}: places or extra staff changed within the year ({spans:places}).",
    "様式に印刷するのは、基準日の定員です。",
    "The form prints the capacity of the reference date.",
)
FORM_ADDRESSEE_UNCONFIRMED = _entry(
    "FORM_ADDRESSEE_UNCONFIRMED",
    "info",
    "宛先「{addressee}」は未確認です。改正後の様式は手元にありません。",
    "The addressee {addressee} is unconfirmed; the amended form is not available.",
    "宛先を確かめてください。",
    "Check the addressee.",
)
CATALOGUE = {
    entry.code: entry
    for entry in (
        FORM_STAFF_UNKNOWN,
        FORM_CAPACITY_UNKNOWN,
        FORM_CAPACITY_OUTSIDE,
        FORM_SCOPE_UNKNOWN,
        FORM_OUT_OF_SCOPE,
        FORM_BACKUP_WITHOUT_UNITS,
        FORM_UNDECIDED,
        FORM_APPLIED_ON_MISSING,
        FORM_SEVERAL_AUTHORITIES,
        FORM_NO_APPLICATIONS,
        FORM_NOT_APPLIED_AGAIN["dispersal"],
        FORM_UNIT_CHANGED,
        FORM_ADDRESSEE_UNCONFIRMED,
    )
}


@dataclass(frozen=True)
class OnForm:
    """What a form counts: households in scope, `listed` those of table 3, homes that applied.

    `of_units` as `households.chains`; `in_scope` holds every unit in scope, of a household that
    changed each of them.
    """

    of_units: pl.DataFrame
    in_scope: pl.DataFrame
    units: pl.DataFrame
    listed: pl.DataFrame
    backup: pl.DataFrame

    @property
    def covered(self) -> pl.Series:
        """The ids of all units of the households that are counted."""
        return self.of_units.join(self.units, on="household", how="semi")["unit_id"]


def notes_on(ledger: Ledger, law: Law, period: Period, counts: OnForm) -> Iterator[Finding]:
    """Find what is missing or suspicious on a form."""
    count = ledger["authorities"].height
    if count > 1:
        yield ledger.finding(FORM_SEVERAL_AUTHORITIES, "authorities", None, None, count=count)
    addressee = law.at("addressee", period.due)
    if addressee and addressee.unconfirmed:
        values = {"addressee": str(addressee.value)}
        yield Finding(FORM_ADDRESSEE_UNCONFIRMED, "", "", values)
    yield from _on_figures(ledger, set(law.listed("report_capacities", period.due)), counts)
    yield from _on_scope(ledger, period, counts.covered)
    yield from _on_applications(ledger, period, counts.covered)
    of_year = _not_applied_again if period.number == 1 else _changed
    yield from of_year(ledger, period, counts)
    lone = counts.backup.join(counts.in_scope, on="home_id", how="anti")
    homes = lone.join(ledger["homes"].select("home_id", "name", ROW), on="home_id")
    for row in homes.iter_rows(named=True):
        yield ledger.finding(FORM_BACKUP_WITHOUT_UNITS, "homes", row[ROW], "name", home=row["name"])


def _on_figures(ledger: Ledger, printed: Set[object], counts: OnForm) -> Iterator[Finding]:
    """Capacities and staff that are not known, or not among the sizes that the form prints."""
    units, listed = counts.units, counts.listed
    on_form = units.filter(pl.col("applied") | pl.col("unit_id").is_in(listed["unit_id"].implode()))
    for row in on_form.iter_rows(named=True):
        if row["capacity"] is None:
            yield _of_unit(ledger, FORM_CAPACITY_UNKNOWN, row, day=row["as_of"].isoformat())
        elif row["applied"] and row["capacity"] not in printed:
            yield _of_unit(ledger, FORM_CAPACITY_OUTSIDE, row, capacity=row["capacity"])
    for row in listed.filter(pl.col("staff_fte").is_null()).iter_rows(named=True):
        yield _of_unit(ledger, FORM_STAFF_UNKNOWN, row, day=row["as_of"].isoformat())


def _of_unit(ledger: Ledger, entry: Entry, row: dict[str, object], **values: str | int) -> Finding:
    named = {"home": str(row["day_home"]), "unit": str(row["day_unit"])}
    return ledger.finding(entry, "units", int(str(row["day_row"])), "name", **named, **values)


def _not_applied_again(ledger: Ledger, period: Period, _: OnForm) -> Iterator[Finding]:
    lapsed = not_applied_again(ledger, period.year).with_columns(year=pl.lit(period.year))
    for addon, entry in FORM_NOT_APPLIED_AGAIN.items():
        rows = lapsed.filter(addon=addon)
        yield from findings_at(ledger, entry, "applications", "application_id", rows)


def _changed(ledger: Ledger, period: Period, counts: OnForm) -> Iterator[Finding]:
    spans: dict[str, list[str]] = {}
    of_counted = counts.of_units.join(counts.units, on="household", how="semi")
    for household, *span in changed(ledger, period, of_counted).iter_rows():
        written = "/".join("" if part is None else str(part) for part in span)
        spans.setdefault(household, []).append(written)
    for row in counts.units.iter_rows(named=True):
        if of_row := spans.get(row["household"]):
            yield ledger.finding(
                FORM_UNIT_CHANGED,
                "units",
                row["unit_row"],
                "name",
                home=row["home_name"],
                unit=row["name"],
                spans=of_row,
            )


def _on_scope(ledger: Ledger, period: Period, covered: pl.Series) -> Iterator[Finding]:
    """Branches that are open on the last day of the period and whose capacity is not known."""
    branches = (
        register.units(ledger)
        .filter(
            (pl.col("kind") == "branch_group_care")
            & register.open_on(pl.lit(period.last))
            & ~pl.col("unit_id").is_in(covered.implode())
        )
        .with_columns(
            as_of=pl.lit(period.last), day_home="home_name", day_unit="name", day_row="unit_row"
        )
        .collect()
    )
    known = register.with_capacity(branches, ledger["capacities"])
    for row in known.filter(pl.col("capacity").is_null()).collect().iter_rows(named=True):
        yield _of_unit(ledger, FORM_SCOPE_UNKNOWN, row, day=period.last.isoformat())


def _on_applications(ledger: Ledger, period: Period, covered: pl.Series) -> Iterator[Finding]:
    counting = applications(ledger, period)
    if counting.is_empty():
        yield ledger.finding(FORM_NO_APPLICATIONS, "applications", None, None, year=period.year)
    # for units that are not in scope, and for units and homes that have closed
    unit_names = register.units(ledger).select(
        "unit_id", "closed_on", whose=pl.format("「{}」「{}」", "home_name", "name")
    )
    home_names = register.homes(ledger).select(
        "home_id", "closed_on", whose=pl.format("「{}」", "name")
    )
    outside = counting.filter(
        (pl.col("addon") == "dispersal") & ~pl.col("unit_id").is_in(covered.implode())
    ).join(unit_names.collect(), on="unit_id", maintain_order="left")
    backup = counting.filter(pl.col("addon") == "backup").join(
        home_names.collect(), on="home_id", maintain_order="left"
    )
    closed = pl.col("closed_on") < period.first
    for what, column, rows in (
        (FORM_CLOSED, "unit_id", outside.filter(closed)),
        (FORM_OUT_OF_SCOPE, "unit_id", outside.filter(~closed)),
        (FORM_CLOSED, "home_id", backup.filter(closed)),
    ):
        named = rows.with_columns(application="application_id")
        yield from findings_at(ledger, what, "applications", column, named)
    undecided = counting.filter(pl.col("decision").is_in(["pending", "returned"]))
    if undecided.height:
        names = undecided["application_id"].to_list()
        yield ledger.finding(
            FORM_UNDECIDED, "applications", None, None, count=len(names), applications=names
        )
    if period.number == 1:
        without_day = ledger["applications"].filter(
            (pl.col("fiscal_year") == period.year)
            & pl.col("applied_on").is_null()
            & (pl.col("decision") != "draft")
        )
        named = without_day.with_columns(application="application_id")
        yield from findings_at(ledger, FORM_APPLIED_ON_MISSING, "applications", "applied_on", named)
