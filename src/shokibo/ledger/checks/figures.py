"""Checks within a row or table, of the tables from plan to costs, population and rates."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from shokibo.ledger.checks.located import RowCheck, check_rows, findings_at
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.tables import COST_BASES, TABLES, TIMINGS
from shokibo.texts import Text

AUTHORITY_CODE_NEEDED = Entry(
    "AUTHORITY_CODE_NEEDED",
    "error",
    Text(
        "台帳に自治体が複数あるのに、団体コードが空欄です。",
        "The ledger holds several authorities and “authority_code” is blank.",
    ),
    Text("団体コードを記入してください。", "Fill it in."),
)
PLAN_YEARS_REVERSED = Entry(
    "PLAN_YEARS_REVERSED",
    "error",
    Text(
        "計画終了年度{to_year:year}が、計画開始年度{from_year:year}より前です。",
        "The plan ends in {to_year:year}, before it starts in {from_year:year}.",
    ),
    Text("年度を修正してください。", "Correct the years."),
)
CHILDREN_NEGATIVE = Entry(
    "CHILDREN_NEGATIVE",
    "error",
    Text("人数が負の数です({children})。", "The number of children is negative ({children})."),
    Text("0以上の数を書いてください。", "Write 0 or more."),
)
INDIVIDUAL_CARE_ABOVE_CHILDREN = Entry(
    "INDIVIDUAL_CARE_ABOVE_CHILDREN",
    "error",
    Text(
        "個別的ケアが必要な児童{individual_care}人が、入所児童{children}人より多いです。",
        "{individual_care} {individual_care:child|children} in need of individual care among "
        "{children}.",
    ),
    Text("数を修正してください。", "Correct the numbers."),
)
OCCUPANCY_SUM_DIFFERS = Entry(
    "OCCUPANCY_SUM_DIFFERS",
    "warning",
    Text(
        "合計{children}人と、区分ごとの数の合計{parts}人が違います。",
        "The total is {children}, its parts add up to {parts}.",
    ),
    Text("どちらかを修正してください。", "Correct one of them."),
)
NEED_BOTH_WAYS = Entry(
    "NEED_BOTH_WAYS",
    "warning",
    Text(
        "「3歳以上」と、その内訳の区分の両方があります({fiscal_year:year})。",
        "Both “three_and_over” and its own bands are given ({fiscal_year:year}).",
    ),
    Text("「3歳以上」は内訳が分からない年度だけに書きます。", "Give one of the two."),
)
COST_NEGATIVE = Entry(
    "COST_NEGATIVE",
    "error",
    Text("金額が負の数です({amount:yen}円)。", "The amount is negative ({amount:yen} yen)."),
    Text("0以上の金額を書いてください。", "Write 0 or more."),
)
SHARE_ABOVE_ONE = Entry(
    "SHARE_ABOVE_ONE",
    "error",
    Text(
        "国の負担割合「{national_share}」が1を超えています。",
        "The share {national_share} is above 1.",
    ),
    Text("1/2 のような割合を書いてください。", "Write a share such as 1/2."),
)
PREFECTURE_SHARE_ABOVE_ONE = Entry(
    "SHARE_ABOVE_ONE",
    "error",
    Text(
        "都道府県の負担割合「{prefecture_share}」が1を超えています。",
        "The prefecture's share {prefecture_share} is above 1.",
    ),
    Text("1/4 のような割合を書いてください。", "Write a share such as 1/4."),
)
SHARES_TOGETHER_ABOVE_ONE = Entry(
    "SHARES_TOGETHER_ABOVE_ONE",
    "error",
    Text(
        "国の負担割合「{national_share}」と都道府県の負担割合「{prefecture_share}」の合計が1を"
        "超えています。",
        "The shares {national_share} and {prefecture_share} add up to more than 1.",
    ),
    Text("どちらかの割合を修正してください。", "Correct one of them."),
)
MONTHS_OUTSIDE_YEAR = Entry(
    "MONTHS_OUTSIDE_YEAR",
    "error",
    Text("初年度の月数が{months}です。", "The months in the first year are {months}."),
    Text("1から12までの数を書いてください。", "Write a number from 1 to 12."),
)
FOSTER_RATE_ABOVE_HUNDRED = Entry(
    "FOSTER_RATE_ABOVE_HUNDRED",
    "error",
    Text(
        "里親等委託率が{foster_rate}%で、100%を超えています。",
        "The foster placement rate is {foster_rate} %, above 100 %.",
    ),
    Text("0から100までの%で書いてください。", "Write it in per cent, from 0 to 100."),
)
CARE_RATE_ABOVE_ALL = Entry(
    "CARE_RATE_ABOVE_ALL",
    "error",
    Text(
        "代替養育率が1万人あたり{in_care_per_10000}人で、1万人を超えています。",
        "{in_care_per_10000} {in_care_per_10000:child|children} in care among 10,000.",
    ),
    Text("1万人あたりの人数を書いてください。", "Write the number among 10,000."),
)
BAND_NOT_ESTIMATED = Entry(
    "BAND_NOT_ESTIMATED",
    "warning",
    Text(
        "年齢区分「3歳以上」の行は、推計に使いません。",
        "A row of “three_and_over” is not used by the estimate.",
    ),
    Text(
        "「3歳以上就学前」と「学童期以降」に分けて書いてください。",
        "Split it into “preschool” and “school_age”.",
    ),
)
COST_TIMING_DIFFERS = Entry(
    "COST_TIMING_DIFFERS",
    "error",
    Text(
        "単位「{basis_label}」の経費の区分が「{found}」です。どの年度にも計上されません。",
        "A cost per {basis:code} is {timing:code}; it would not count in any year.",
    ),
    Text("区分を「{expected}」にしてください。", "Set it to “{timing_expected}”."),
)


def _part(share: str, number: int) -> pl.Expr:
    """Take the numerator (0) or the denominator (1) of a share."""
    return pl.col(share).str.split_exact("/", 1).struct[number].cast(pl.Int64)


_IS_WHOLE = pl.col("age_band") == "three_and_over"
ROW_CHECKS = (
    RowCheck(PLAN_YEARS_REVERSED, "plan", "to_year", pl.col("to_year") < pl.col("from_year")),
    RowCheck(CHILDREN_NEGATIVE, "need", "children", pl.col("children") < 0),
    RowCheck(CHILDREN_NEGATIVE, "occupancy", "children", pl.col("children") < 0),
    RowCheck(CHILDREN_NEGATIVE, "population", "children", pl.col("children") < 0),
    RowCheck(BAND_NOT_ESTIMATED, "population", "age_band", _IS_WHOLE),
    RowCheck(
        FOSTER_RATE_ABOVE_HUNDRED,
        "care_rates",
        "foster_rate",
        pl.col("foster_rate").cast(pl.Decimal(20, 4)) > 100,
    ),
    RowCheck(
        CARE_RATE_ABOVE_ALL,
        "care_rates",
        "in_care_per_10000",
        pl.col("in_care_per_10000").cast(pl.Decimal(20, 4)) > 10_000,
    ),
    RowCheck(BAND_NOT_ESTIMATED, "care_rates", "age_band", _IS_WHOLE),
    RowCheck(
        INDIVIDUAL_CARE_ABOVE_CHILDREN,
        "occupancy",
        "individual_care",
        pl.col("individual_care") > pl.col("children"),
    ),
    RowCheck(COST_NEGATIVE, "costs", "amount", pl.col("amount") < 0),
    RowCheck(
        SHARE_ABOVE_ONE,
        "costs",
        "national_share",
        _part("national_share", 0) > _part("national_share", 1),
    ),
    RowCheck(
        PREFECTURE_SHARE_ABOVE_ONE,
        "costs",
        "prefecture_share",
        _part("prefecture_share", 0) > _part("prefecture_share", 1),
    ),
    RowCheck(
        SHARES_TOGETHER_ABOVE_ONE,
        "costs",
        "prefecture_share",
        (_part("national_share", 0) <= _part("national_share", 1))
        & (_part("prefecture_share", 0) <= _part("prefecture_share", 1))
        & (
            _part("national_share", 0) * _part("prefecture_share", 1)
            + _part("prefecture_share", 0) * _part("national_share", 1)
            > _part("national_share", 1) * _part("prefecture_share", 1)
        ),
    ),
    RowCheck(
        MONTHS_OUTSIDE_YEAR, "costs", "months", ~pl.col("months").is_between(1, 12, closed="both")
    ),
)


def authority_given(ledger: Ledger) -> Iterator[Finding]:
    """Require every row from plan to costs to name its authority if there are several."""
    if ledger["authorities"].height < 2:
        return
    for table in TABLES:
        if "authority_code" in table.schema and not table.column("authority_code").required:
            rows = ledger[table.name].filter(pl.col("authority_code").is_null())
            yield from findings_at(
                ledger, AUTHORITY_CODE_NEEDED, table.name, "authority_code", rows
            )


def children(ledger: Ledger) -> Iterator[Finding]:
    """Check totals of children against their parts by place, and need given in both forms."""
    key = ["authority_code", "as_of", "population", "home_id"]
    rows = ledger["occupancy"]
    parts = rows.filter(pl.col("place") != "all").group_by(key).agg(parts=pl.col("children").sum())
    totals = rows.filter(pl.col("place") == "all").join(
        parts, on=key, nulls_equal=True, maintain_order="left"
    )
    wrong = totals.filter(pl.col("parts") != pl.col("children"))
    yield from findings_at(ledger, OCCUPANCY_SUM_DIFFERS, "occupancy", "children", wrong)
    need, year = ledger["need"], ["authority_code", "fiscal_year"]
    bands = need.filter(pl.col("age_band").is_in(["preschool", "school_age"])).select(year).unique()
    both = need.filter(pl.col("age_band") == "three_and_over").join(
        bands, on=year, nulls_equal=True, maintain_order="left"
    )
    yield from findings_at(ledger, NEED_BOTH_WAYS, "need", "age_band", both)


_TIMINGS = {"extra_staff_month": "annual", "backup_month": "annual", "reduced_unit": "initial"}
"""Bases that are paid for each year, or once in the year of a change, and in no other way."""


def cost_timings(ledger: Ledger) -> Iterator[Finding]:
    """Find costs whose timing does not fit their basis."""
    expected = pl.col("basis").replace_strict(_TIMINGS, default=None, return_dtype=pl.String)
    wrong = (
        ledger["costs"]
        .with_columns(timing_expected=expected)
        .filter(pl.col("timing") != pl.col("timing_expected"))
        .with_columns(
            basis_label=pl.col("basis").replace_strict(COST_BASES),
            found=pl.col("timing").replace_strict(TIMINGS),
            expected=pl.col("timing_expected").replace_strict(TIMINGS),
        )
    )
    yield from findings_at(ledger, COST_TIMING_DIFFERS, "costs", "timing", wrong)


CHECKS = (partial(check_rows, checks=ROW_CHECKS), authority_given, children, cost_timings)
ENTRIES = (
    *{check.entry.code: check.entry for check in ROW_CHECKS}.values(),
    AUTHORITY_CODE_NEEDED,
    OCCUPANCY_SUM_DIFFERS,
    NEED_BOTH_WAYS,
    COST_TIMING_DIFFERS,
)
