"""Tables with a column per fiscal year: rows in groups, laid out once for documents and pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

from shokibo import calendar
from shokibo.documents.blocks import TEXT_WIDTH_MM, Align, Cell, Row, Table

Year = TypeVar("Year")

MOST_YEARS = 6
"""Years in one table of a document; more are split into tables of about equal width."""
_WIDE_MM = 24


@dataclass(frozen=True)
class Line:
    """A row with a cell per year; `is_text` if it holds words."""

    head: str
    cells: tuple[Cell, ...]
    is_text: bool = False


@dataclass(frozen=True)
class Group:
    """Rows under one heading."""

    head: str
    lines: Sequence[Line]


def line(head: str, years: Iterable[Year], cell: Callable[[Year], Cell]) -> Line:
    """Make a row from each year's figures."""
    return Line(head, tuple(map(cell, years)))


def column(
    head: str, rows: Iterable[Mapping[str, Any]], name: str, unit: str, *, dashed: bool = False
) -> Line:
    """Make a row from a column of the years' rows."""
    return line(head, rows, lambda row: Cell(row[name], unit, dashed=dashed))


def by_year(
    caption: str,
    years: Sequence[int],
    rows: Sequence[Group | Line],
    *,
    sheet: str,
    stubs: tuple[float, ...] = (22, 26),
    ending: str = "末",
    align: Align = "center",
    notes: tuple[str, ...] = (),
    head: Callable[[int], str] = lambda _: "",
) -> list[Table]:
    """Lay rows out for a document; `stubs` are the widths of the columns that name them.

    More years than fit continue in further tables; `head` adds a line to a year's head.
    """
    tables = []
    sides: list[Align] = ["left"] * len(stubs)
    runs = in_turn(years)
    for number, run in enumerate(runs):
        width = min((TEXT_WIDTH_MM - sum(stubs)) / len(run), 32)
        labels = [calendar.fiscal_year_label(year) + ending for year in run]
        if width < _WIDE_MM:
            labels = [label.replace("年度", "\n年度") for label in labels]
        names = (Cell(label + head(year)) for label, year in zip(labels, run, strict=True))
        tables.append(
            Table(
                caption if len(runs) == 1 else f"{caption}（{span(run)}）",
                (Cell("区分", across=len(stubs)), *names),
                tuple(
                    (*named, *in_turn(one.cells)[number]) for named, one in _named(rows, len(stubs))
                ),
                (*stubs, *[width] * len(run)),
                (*sides, *[align] * len(run)),
                sheet,
                len(stubs),
                notes,
            )
        )
    return tables


def in_turn(years: Sequence[Year]) -> list[Sequence[Year]]:
    """Split the years' items into runs of at most MOST_YEARS, as equal as possible."""
    count = -(-len(years) // MOST_YEARS)
    cuts = [round(number * len(years) / count) for number in range(count + 1)]
    return [years[start:end] for start, end in pairwise(cuts)]


def span(years: Sequence[int]) -> str:
    """Name the years of one of several tables."""
    first, last = (calendar.fiscal_year_label(year) for year in (years[0], years[-1]))
    return first if first == last else f"{first}～{last}"


def _named(rows: Sequence[Group | Line], stubs: int) -> Iterator[tuple[Row, Line]]:
    """Return each row preceded by the cells that name it."""
    for row in rows:
        if isinstance(row, Line):
            yield (Cell(row.head, across=stubs),), row
            continue
        for number, one in enumerate(row.lines):
            group = (Cell(row.head, down=len(row.lines)),) if number == 0 else ()
            yield (*group, Cell(one.head)), one
