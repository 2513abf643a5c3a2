"""Checks of applications and confirmations (R7, R8)."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from shokibo import calendar
from shokibo.ledger.checks.located import RowCheck, check_rows, findings_at
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.texts import Text

_R8 = "子発1004第5号 別紙4"
_FILL = Text("記入してください。", "Fill it in.")

CONFIRMATION_DATES_REVERSED = Entry(
    "CONFIRMATION_DATES_REVERSED",
    "error",
    Text(
        "有効期限{expires_on:day}が、効力の始まる日より前です。",
        "It expires on {expires_on:day}, before it takes effect.",
    ),
    Text("日付を修正してください。", "Correct the dates."),
    _R8,
)
APPLICATION_UNIT_MISSING = Entry(
    "APPLICATION_UNIT_MISSING",
    "error",
    Text(
        "申請「{application_id}」(小規模かつ地域分散化加算)に生活単位がありません。",
        "Application {application_id} for dispersal has no unit.",
    ),
    Text("生活単位IDを記入してください。", "Fill in “unit_id”."),
    _R8,
)
APPLICATION_UNIT_NEEDLESS = Entry(
    "APPLICATION_UNIT_NEEDLESS",
    "warning",
    Text(
        "申請「{application_id}」(バックアップ職員加算)に生活単位が書かれています。",
        "Application {application_id} for backup names a unit.",
    ),
    Text("施設ごとの加算なので、空欄にしてください。", "It is a home's add-on; leave it blank."),
    _R8,
)
APPLICATION_HOME_DIFFERS = Entry(
    "APPLICATION_HOME_DIFFERS",
    "error",
    Text(
        "申請「{application_id}」の生活単位「{unit_name}」は、施設「{home_name}」のものではなく、"
        "施設「{unit_home_name}」のものです。",
        "The unit of application {application_id}, {unit_name}, is not of {home_name} but of "
        "{unit_home_name}.",
    ),
    Text("施設IDか生活単位IDを修正してください。", "Correct “home_id” or “unit_id”."),
)
APPLIED_ON_MISSING = Entry(
    "APPLIED_ON_MISSING",
    "error",
    Text(
        "申請「{application_id}」の申請日が空欄です。",
        "Application {application_id} has no application date.",
    ),
    Text(
        "作成中でなければ、申請日を記入してください。",
        "Fill in “applied_on”, unless it is a draft.",
    ),
    _R8,
)
DECIDED_ON_MISSING = Entry(
    "DECIDED_ON_MISSING",
    "error",
    Text(
        "申請「{application_id}」は決まっていますが、決定日が空欄です。",
        "Application {application_id} is decided but has no decision date.",
    ),
    _FILL,
    _R8,
)
CERTIFIED_EXTRA_MISSING = Entry(
    "CERTIFIED_EXTRA_MISSING",
    "error",
    Text(
        "「{home_name}」「{unit_name}」の認定(申請ID:{application_id})の認定加配数が空欄です。",
        "The add-on of {unit_name} of {home_name} ({application_id}) has no “certified_extra”.",
    ),
    Text("決定した人数を記入してください。", "Enter the number that was decided."),
    _R8,
)
REQUESTED_EXTRA_MISSING = Entry(
    "REQUESTED_EXTRA_MISSING",
    "warning",
    Text(
        "申請「{application_id}」の申請加配数が空欄です。",
        "Application {application_id} has no “requested_extra”.",
    ),
    _FILL,
    _R8,
)
EXTRA_NOT_POSITIVE = Entry(
    "EXTRA_NOT_POSITIVE",
    "error",
    Text(
        "申請「{application_id}」の加配数が1に満たない数です。",
        "Application {application_id} has fewer than 1 extra staff.",
    ),
    Text("1以上の数を書いてください。", "Write 1 or more."),
    _R8,
)
CERTIFIED_ABOVE_REQUESTED = Entry(
    "CERTIFIED_ABOVE_REQUESTED",
    "warning",
    Text(
        "「{home_name}」「{unit_name}」の認定(申請ID:{application_id})は、認定加配数{certified_extra}人が、"
        "申請加配数{requested_extra}人より多いです。",
        "The add-on of {unit_name} of {home_name} ({application_id}): {certified_extra} certified, "
        "{requested_extra} requested.",
    ),
    Text(
        "申請と決定の書類を確かめ、違うほうの人数を修正してください。",
        "Look at the application and the decision, and correct the number that differs.",
    ),
    _R8,
)
START_MONTH_OUTSIDE_YEAR = Entry(
    "START_MONTH_OUTSIDE_YEAR",
    "error",
    Text(
        "申請「{application_id}」の適用開始月が年度の外です({start_month:month})。",
        "Application {application_id} starts outside its fiscal year ({start_month:month}).",
    ),
    Text("年度か適用開始月を修正してください。", "Correct the year or the month."),
    _R8,
)
DECIDED_BEFORE_APPLIED = Entry(
    "DECIDED_BEFORE_APPLIED",
    "error",
    Text(
        "申請「{application_id}」の決定日{decided_on:day}が、申請日{applied_on:day}より前です。",
        "Application {application_id} is decided on {decided_on:day}, before {applied_on:day}.",
    ),
    Text("日付を修正してください。", "Correct the dates."),
    _R8,
)
ENDED_NOT_MONTH_END = Entry(
    "ENDED_NOT_MONTH_END",
    "error",
    Text(
        "申請「{application_id}」の終了日{ended_on:day}が月末ではありません。",
        "Application {application_id} ends on {ended_on:day}, which is not the end of a month.",
    ),
    Text("月末の日を書いてください。", "Write the last day of a month."),
    _R8,
)
ENDED_BEFORE_START = Entry(
    "ENDED_BEFORE_START",
    "error",
    Text(
        "申請「{application_id}」の終了日{ended_on:day}が、適用開始月か決定日より前です。",
        "Application {application_id} ends on {ended_on:day}, before it starts or was decided.",
    ),
    Text(
        "日付を修正してください。認定の数は、認定結果の欄によります。",
        "Correct the dates; the decision stands regardless.",
    ),
    _R8,
)
ENDED_NOT_CERTIFIED = Entry(
    "ENDED_NOT_CERTIFIED",
    "warning",
    Text(
        "申請「{application_id}」は認定されていないのに、終了日があります。",
        "Application {application_id} was not certified but has an end date.",
    ),
    Text("認定結果か終了日を修正してください。", "Correct the decision or the day."),
    _R8,
)
END_REASON_MISSING = Entry(
    "END_REASON_MISSING",
    "warning",
    Text(
        "申請「{application_id}」は終了していますが、終了理由が空欄です。",
        "Application {application_id} has ended without a reason.",
    ),
    _FILL,
    _R8,
)
APPLICATION_TWICE = Entry(
    "APPLICATION_TWICE",
    "warning",
    Text(
        "同じ年度の同じ加算に、認定が二つあります(もう一方は{other})。",
        "There are two certified applications for one add-on in one year (the other: {other}).",
    ),
    Text(
        "様式には申請日の新しい方が載ります。一方を終了にしてください。",
        "The forms use the later one; end the other.",
    ),
    _R8,
)

_DISPERSAL = pl.col("addon") == "dispersal"
_CERTIFIED = pl.col("decision") == "certified"
YEAR_OF_START = pl.col("start_month").dt.year() - (
    pl.col("start_month").dt.month() < calendar.FIRST_MONTH
).cast(pl.Int32)


def _check(what: Entry, column: str, wrong: pl.Expr) -> RowCheck:
    return RowCheck(what, "applications", column, wrong)


ROW_CHECKS = (
    RowCheck(
        CONFIRMATION_DATES_REVERSED,
        "confirmations",
        "expires_on",
        pl.col("expires_on") < pl.coalesce("holds_from", "confirmed_on"),
    ),
    _check(APPLICATION_UNIT_MISSING, "unit_id", _DISPERSAL & pl.col("unit_id").is_null()),
    _check(APPLICATION_UNIT_NEEDLESS, "unit_id", ~_DISPERSAL & pl.col("unit_id").is_not_null()),
    _check(
        APPLIED_ON_MISSING,
        "applied_on",
        (pl.col("decision") != "draft") & pl.col("applied_on").is_null(),
    ),
    _check(
        DECIDED_ON_MISSING,
        "decided_on",
        pl.col("decision").is_in(["certified", "rejected", "withdrawn"])
        & pl.col("decided_on").is_null(),
    ),
    _check(
        CERTIFIED_EXTRA_MISSING,
        "certified_extra",
        _DISPERSAL & _CERTIFIED & pl.col("certified_extra").is_null(),
    ),
    _check(
        REQUESTED_EXTRA_MISSING,
        "requested_extra",
        _DISPERSAL & (pl.col("decision") != "draft") & pl.col("requested_extra").is_null(),
    ),
    _check(EXTRA_NOT_POSITIVE, "requested_extra", pl.col("requested_extra") < 1),
    _check(EXTRA_NOT_POSITIVE, "certified_extra", pl.col("certified_extra") < 1),
    _check(
        CERTIFIED_ABOVE_REQUESTED,
        "certified_extra",
        pl.col("certified_extra") > pl.col("requested_extra"),
    ),
    _check(START_MONTH_OUTSIDE_YEAR, "start_month", pl.col("fiscal_year") != YEAR_OF_START),
    _check(DECIDED_BEFORE_APPLIED, "decided_on", pl.col("decided_on") < pl.col("applied_on")),
    _check(
        ENDED_NOT_MONTH_END, "ended_on", pl.col("ended_on") != pl.col("ended_on").dt.month_end()
    ),
    _check(
        ENDED_BEFORE_START,
        "ended_on",
        pl.col("ended_on") < pl.max_horizontal("start_month", "decided_on"),
    ),
    _check(ENDED_NOT_CERTIFIED, "ended_on", ~_CERTIFIED & pl.col("ended_on").is_not_null()),
    _check(
        END_REASON_MISSING,
        "end_reason",
        pl.col("ended_on").is_not_null() & pl.col("end_reason").is_null(),
    ),
)


def applications(ledger: Ledger) -> Iterator[Finding]:
    """Check that an application's unit belongs to its home, and that no add-on is certified twice.

    Twice means in one year while an earlier one, or one in a row above, is still running. If one
    replaces the other, it is the end that is wrong.
    """
    units = ledger["units"].select("unit_id", unit_home="home_id")
    differs = (
        ledger["applications"]
        .join(units, on="unit_id", maintain_order="left")
        .filter(pl.col("home_id") != pl.col("unit_home"))
    )
    yield from findings_at(ledger, APPLICATION_HOME_DIFFERS, "applications", "unit_id", differs)
    order = ["start_month", ROW]
    certified = ledger["applications"].filter(_CERTIFIED).sort(order).with_row_index("order")
    key = ["addon", "home_id", "unit_id", "fiscal_year"]
    before = certified.select(*key, "order", ended_before="ended_on", other="application_id")
    pairs = certified.join(before, on=key, nulls_equal=True, suffix="_before").filter(
        (pl.col("order_before") < pl.col("order"))
        & pl.col("replaces").ne_missing(pl.col("other"))
        & (pl.col("ended_before").is_null() | (pl.col("ended_before") >= pl.col("start_month")))
    )
    rows = pairs.sort(ROW, "order_before").unique(ROW, keep="last", maintain_order=True)
    yield from findings_at(ledger, APPLICATION_TWICE, "applications", "application_id", rows)


CHECKS = (partial(check_rows, checks=ROW_CHECKS), applications)
ENTRIES = (
    *(check.entry for check in ROW_CHECKS),
    APPLICATION_HOME_DIFFERS,
    APPLICATION_TWICE,
)
