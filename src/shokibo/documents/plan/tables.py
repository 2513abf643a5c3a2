"""The plan's tables of places, children and need, printed as in the Plan."""

from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from shokibo import calendar
from shokibo.documents.blocks import Cell, Row, Table
from shokibo.documents.years import Group, Line, by_year, column, line
from shokibo.ledger.tables import PLACES
from shokibo.planning.plan import Plan
from shokibo.planning.projection import BANDS
from shokibo.planning.status import Places, PlacesOfHome, UnitsOfSize

MAIN, GROUP = "本体施設\n（ユニット）", "グループ\nホーム"
UNITS, HOMES, PERSONS = "ユニット", "か所", "人"
BAND_WORDS = dict(zip(BANDS, ("6人以上定員", "5～4人定員", "3人以下定員"), strict=True))


def status_table(name: str, places: Places | PlacesOfHome) -> Table:
    """Lay out the places of a home, or of all together, at the baseline."""
    main = _sizes(places.main_units, places.main_capacity, MAIN, UNITS)
    group = _sizes(places.group_homes, places.group_home_capacity, GROUP, HOMES)
    left_out = f"（定員の分からない{places.unknown}か所を除く）" if places.unknown else ""
    total = (Cell(f"総定員{left_out}", across=3), Cell(places.total, PERSONS))
    return Table(
        f"{name}　定員の状況",
        (Cell("区分"), Cell("1か所あたりの定員"), Cell("数"), Cell("計")),
        (*main, *group, total),
        (40, 44, 40, 40),
        ("left", "center", "center", "center"),
        "定員の状況",
    )


def _sizes(sizes: Sequence[UnitsOfSize], places: int, where: str, unit: str) -> list[Row]:
    rows: list[Row] = [
        (
            Cell("定員不明") if size.capacity is None else Cell(size.capacity, PERSONS),
            Cell(size.units, unit),
            Cell(None if size.capacity is None else size.capacity * size.units, PERSONS),
        )
        for size in sizes
    ]
    rows.append((Cell("定員計", across=2), Cell(places, PERSONS, dashed=not sizes)))
    first = (Cell(where, down=len(rows)), *rows[0])
    return [first, *rows[1:]]


def children_tables(plan: Plan, population: str, caption: str) -> list[Table]:
    """Lay out the children of a population by place; nothing if the ledger has no rows."""
    children = [row for row in plan.status.occupancy if row.population == population]
    if not children:
        return []
    care = any(row.individual_care is not None for row in children)
    head = (Cell("区分"), Cell("入所児童数"))
    names = plan.headings
    places = {home_id: place for place, home_id in enumerate(names)}
    rows: list[Row] = []
    # homes in order, rows without a home after them, a total after its parts
    for row in sorted(
        children, key=lambda row: (places.get(row.home_id or "", len(places)), row.place == "all")
    ):
        home = row.home_id and names.get(row.home_id, row.home_id)
        name = f"{home}　{PLACES[row.place]}" if home else PLACES[row.place]
        cells = (Cell(name), Cell(row.children, PERSONS))
        more = (Cell(row.individual_care, PERSONS), percentage(row.share_percent)) if care else ()
        rows.append((*cells, *more))
    return [
        Table(
            f"{caption}（{calendar.era_day(children[0].as_of)}現在）",
            (*head, Cell("うち個別的ケアが\n必要な児童"), Cell("割合")) if care else head,
            tuple(rows),
            (70, 30, 36, 28) if care else (70, 40),
            ("left", "center", "center", "center") if care else ("left", "center"),
            "入所状況",
        )
    ]


def percentage(share: str | None) -> Cell:
    """Return the cell of a share printed with one decimal."""
    return Cell(None if share is None else Decimal(share), "%")


_NEED_WORDS = {
    "under_3": "3歳未満",
    "preschool": "3歳以上就学前",
    "school_age": "学童期以降",
}


def need_tables(plan: Plan) -> list[Table]:
    """Lay out the need by age band and year; nothing if the ledger has no rows."""
    rows = plan.ledger["need"]
    known = {
        (row["fiscal_year"], row["age_band"]): row["children"] for row in rows.iter_rows(named=True)
    }
    years = sorted({year for year, _ in known})
    actual = set(rows.filter(pl.col("basis") == "actual")["fiscal_year"])
    noted = rows.drop_nulls("note").group_by("fiscal_year", maintain_order=True)
    notes = dict(noted.agg(pl.col("note").unique(maintain_order=True).str.join("、")).iter_rows())

    def head(year: int) -> str:
        words = notes.get(year) or ("実績" if year in actual else "")
        return f"\n（{words}）" if words else ""

    def total(year: int) -> Cell:
        under, over = known.get((year, "under_3")), plan.need.get(year)
        return Cell(None if under is None or over is None else under + over, PERSONS)

    lines = [
        *(
            Line(word, tuple(Cell(known.get((year, band)), PERSONS) for year in years))
            for band, word in _NEED_WORDS.items()
        ),
        line("合計", years, total),
        line("うち、3歳以上", years, lambda year: Cell(plan.need.get(year), PERSONS)),
    ]
    if not years:
        return []
    return by_year(
        "施設養育の必要量",
        years,
        lines,
        sheet="必要量",
        stubs=(36,),
        ending="",
        head=head,
    )


def home_tables(plan: Plan, home_id: str, name: str) -> list[Table]:
    """Lay out a home's units and places at each year's end."""
    ends = plan.ends.filter(pl.col("home_id") == home_id).rows(named=True)
    rows: list[Group | Line] = []
    for part, where, unit in (("main", MAIN, UNITS), ("group", GROUP, HOMES)):
        lines = [
            column(word, ends, f"{part}_{measure}", unit, dashed=True)
            for measure, word in {**BAND_WORDS, "unknown": "定員不明"}.items()
            if measure in BANDS[:2] or any(row[f"{part}_{measure}"] for row in ends)
        ]
        rows.append(Group(where, [*lines, column("合計定員数", ends, f"{part}_capacity", PERSONS)]))
    unknown = any(row["main_unknown"] or row["group_unknown"] for row in ends)
    all_places = "合計定員数（定員不明を除く）" if unknown else "合計定員数"
    rows.append(
        line(
            all_places,
            ends,
            lambda row: Cell(row["main_capacity"] + row["group_capacity"], PERSONS),
        )
    )
    return by_year(f"{name}　年度末の定員", plan.years, rows, sheet="各施設の計画")
