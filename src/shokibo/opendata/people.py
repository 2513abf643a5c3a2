"""Tables that count children: only with the authority's own threshold, and nothing below it."""

from collections.abc import Iterator

import polars as pl

from shokibo.law import register
from shokibo.ledger.model import Ledger
from shokibo.ledger.tables import AGE_BANDS, PLACES, POPULATIONS
from shokibo.opendata.columns import FISCAL_YEAR, code_column
from shokibo.opendata.disclosure import Counts, hidden
from shokibo.opendata.table import HIDDEN, Column, OpenTable, Value, marked
from shokibo.planning.spans import of_authorities
from shokibo.texts import Text

_CHILDREN = Column("children", "integer", Text("児童数", "children"))
_CARE = Column(
    "individual_care",
    "integer",
    Text("個別的ケアが必要な児童数", "children who need individual care"),
)
_WHOLE = "three_and_over"
_NOT_OF_WHOLE = ("under_3",)
"""Ages that are not part of the whole."""


def need_table(ledger: Ledger, threshold: int) -> OpenTable:
    """Lay out the need by year and age."""
    rows = of_authorities(ledger, "need").sort("fiscal_year", maintain_order=True)
    found: list[tuple[Value, ...]] = []
    for (year,), of_year in rows.group_by("fiscal_year", maintain_order=True):
        counts = dict(of_year.select("age_band", "children").iter_rows())
        of_whole = {band: Counts(counts[band]) for band in counts if band not in _NOT_OF_WHOLE}
        others = {band: Counts(counts[band]) for band in counts if band in _NOT_OF_WHOLE}
        away = hidden(of_whole, _WHOLE, threshold) | hidden(others, _WHOLE, threshold)
        found += [
            (int(str(year)), band, AGE_BANDS[band], *_shown(counts[band], band in away))
            for band in AGE_BANDS
            if band in counts
        ]
    return OpenTable(
        "need",
        Text("必要量", "Need for alternative care"),
        Text(
            "年度と年齢区分ごとの、代替養育を必要とする児童の見込み。",
            "Children expected to need alternative care, by fiscal year and age.",
        ),
        (FISCAL_YEAR, *code_column("age_band", "年齢区分", "age"), *marked(_CHILDREN)),
        tuple(found),
        sum(row[-1] == HIDDEN for row in found),
    )


def occupancy_table(ledger: Ledger, threshold: int) -> OpenTable:
    """Lay out the children in homes by day, population and place, of all homes together."""
    found: list[tuple[Value, ...]] = []
    for (day, population), of_day in _totals(ledger).group_by(
        "as_of", "population", maintain_order=True
    ):
        rows = {row["place"]: row for row in of_day.iter_rows(named=True)}
        counts = {
            place: Counts(row["children"], row["individual_care"]) for place, row in rows.items()
        }
        away = hidden(counts, "all", threshold)
        found += [
            (
                f"{day:%Y-%m-%d}",
                str(population),
                POPULATIONS[str(population)],
                place,
                PLACES[place],
                rows[place]["homes"],
                *_shown(counts[place].children, place in away),
                *_shown(counts[place].care, place in away),
            )
            for place in PLACES
            if place in rows
        ]
    return OpenTable(
        "occupancy",
        Text("入所児童数", "Children in homes"),
        Text(
            "基準日ごとの入所児童の数。二つの対象は重なるので、足し合わせない。",
            "Children in homes by day. The two populations overlap and are never added.",
        ),
        (
            Column("as_of", "date", Text("基準日", "day")),
            *code_column("population", "対象", "population"),
            *code_column("place", "区分", "place"),
            Column(
                "homes",
                "integer",
                Text("施設数", "homes"),
                Text(
                    "施設ごとの数を足した場合の施設の数。空欄は、施設を分けずに数えた数。",
                    "How many homes' counts were added; blank: counted for all at once.",
                ),
            ),
            *marked(_CHILDREN),
            *marked(_CARE),
        ),
        tuple(found),
        sum(value == HIDDEN for row in found for value in (row[-3], row[-1])),
    )


def _totals(ledger: Ledger) -> pl.DataFrame:
    """Return one row a day, population and place: the count not split by home, else the homes' sum.

    Homes are added up only for a day on which every open home has its total; the sum of
    individual_care is known only where each of them gives it.
    """
    rows = ledger["occupancy"]
    key = ["as_of", "population", "place"]
    whole = rows.filter(pl.col("home_id").is_null()).select(
        *key, "children", "individual_care", homes=pl.lit(None, pl.Int64)
    )
    totals = rows.filter(pl.col("place") == "all").drop_nulls("home_id")
    days = totals.select("as_of", "population").unique()
    due = days.join(register.homes(ledger).collect(), how="cross").filter(
        register.open_on(pl.col("as_of"))
    )
    missing = due.join(totals, on=["as_of", "population", "home_id"], how="anti")
    complete = days.join(missing, on=["as_of", "population"], how="anti")
    care = pl.col("individual_care")
    added = (
        rows.filter(pl.col("home_id").is_not_null())
        .join(complete, on=["as_of", "population"], how="semi")
        .group_by(key)
        .agg(
            pl.col("children").sum(),
            pl.when(care.is_not_null().all()).then(care.sum()).alias("individual_care"),
            homes=pl.len().cast(pl.Int64),
        )
        .join(whole, on=key, how="anti")
    )
    return pl.concat([whole, added]).sort("as_of", "population")


def _shown(count: int | None, is_hidden: bool) -> Iterator[Value]:
    """Return a count and its mark; one that is not known is blank without a mark."""
    is_marked = is_hidden and count is not None
    yield None if is_hidden else count
    yield HIDDEN if is_marked else ""
