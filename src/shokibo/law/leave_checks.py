"""R4: staff on leave who are counted although nobody has stated whether they count."""

import datetime as dt
from collections.abc import Iterator

import polars as pl

from shokibo.law.parameters import Dated, Law
from shokibo.law.register import BEGINNING, END
from shokibo.ledger.checks.located import findings_at
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.texts import Text

ABSENT_STAFF_COUNTED = Entry(
    "ABSENT_STAFF_COUNTED",
    "warning",
    Text(
        "職員「{staff_id}」は{started_on:day}から休業ですが、「職員数に算入」が空欄なので、"
        "未確認の取扱いにより職員数に数えています。",
        "{staff_id} is on leave from {started_on:day} and counts as staff, as counted is blank; "
        "that rests on an unconfirmed value.",
    ),
    Text(
        "休業の間も職員数に数えるかを確かめ、○か×を記入してください。",
        "Find out whether the person counts while on leave, and enter yes or no.",
    ),
    "子発1004第5号 別紙様式1・様式2 注2",
)
ENTRIES = (ABSENT_STAFF_COUNTED,)


def absent_staff(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Find blanks because of which staff on leave count only through an unconfirmed value."""
    in_unit = pl.col("unit_id").is_not_null()
    counted = pl.when(in_unit).then(pl.col("role") == "care").otherwise(pl.col("role") == "backup")
    blank = ledger["absences"].lazy().filter(pl.col("counted").is_null())
    owners = ledger["homes"].lazy().select("home_id", "authority_code")
    staff = ledger["staff"].lazy().filter(counted).join(owners, on="home_id")
    both = blank.join(staff, on="staff_id", suffix="_of_posting")
    first = pl.max_horizontal("started_on", "started_on_of_posting")
    last = pl.min_horizontal(pl.col("ended_on", "ended_on_of_posting").fill_null(END))
    together = both.with_columns(first=first.fill_null(BEGINNING), last=last)
    default = together.filter(_by_an_unconfirmed_yes(law))
    rows = blank.join(default, on=ROW, how="semi", maintain_order="left").collect()
    yield from findings_at(ledger, ABSENT_STAFF_COUNTED, "absences", "counted", rows)


def _by_an_unconfirmed_yes(law: Law) -> pl.Expr:
    """Return whether an unconfirmed value counts people on leave between `first` and `last`."""
    name = "absent_staff_counted"
    chosen = _on_some_day(law.spans(name))
    for codes in law.authorities_alike(name):
        own = _on_some_day(law.spans(name, codes[0]))
        chosen = pl.when(pl.col("authority_code").is_in(codes)).then(own).otherwise(chosen)
    return chosen


def _on_some_day(spans: list[tuple[dt.date, dt.date, Dated]]) -> pl.Expr:
    return pl.any_horizontal(
        pl.lit(value=False),
        *(
            pl.max_horizontal("first", pl.lit(begun)) <= pl.min_horizontal("last", pl.lit(ended))
            for begun, ended, dated in spans
            if dated.unconfirmed and dated.value
        ),
    )
