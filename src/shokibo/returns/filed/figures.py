"""The figures of a form as filed: each with its place, unknown ones empty."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, Generic, TypeVar

import msgspec

from shokibo.answers import Answer, about, plain
from shokibo.returns import words
from shokibo.returns.counted import FormNumber
from shokibo.returns.counts import CountPath, count_in, paths_in
from shokibo.returns.filed.cells import folded
from shokibo.returns.forms import FormFigures
from shokibo.texts import Text

Read = TypeVar("Read", int, str, bool)


@dataclass(frozen=True, slots=True)
class Filled(Generic[Read]):
    """A cell of a form: its value, None if it is blank or can't be read; its place; as typed."""

    value: Read | None
    place: str
    written: str = ""

    @property
    def is_unreadable(self) -> bool:
        """Whether it contains something that is not a value."""
        return self.value is None and bool(self.written)


AnyFilled = Filled[int] | Filled[str] | Filled[bool]


@dataclass(frozen=True, slots=True)
class FiledRow:
    """A row of table 3. `staff` is a decimal as typed, without zeros at its end."""

    number: Filled[int]
    unit_name: Filled[str]
    capacity: Filled[int]
    dispersal: Filled[bool]
    staff: Filled[str]
    home_name: Filled[str]
    backup: Filled[bool]

    @property
    def cells(self) -> dict[str, AnyFilled]:
        """The cells by their column."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def key(self) -> tuple[str, str]:
        """The home and the unit, by which lines are told apart; spaces and width don't matter."""
        return folded(self.home_name.value), folded(self.unit_name.value)


@dataclass(frozen=True)
class FiledForm:
    """A form as filed. Form and year are None if its title does not name them.

    `letterhead` holds the texts between addressee and title, one of which names the sender;
    `hidden` names the hidden rows and columns that are filled in, `struck` the cells with text that
    is struck out.
    """

    form: FormNumber | None
    fiscal_year: Filled[int]
    letterhead: tuple[str, ...]
    counts: Mapping[CountPath, Filled[int]]
    rows: tuple[FiledRow, ...]
    has_list: bool = True
    hidden: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()

    def count(self, *path: str) -> int | None:
        """Return a count, None if it is not known."""
        table, name, part = (*path, "")[:3]
        cell = self.counts.get((table, name, part))
        return cell.value if cell else None


class FiledCounts(Answer, frozen=True):
    """Table 1, one column; null if the cell is blank or can't be read."""

    title = "提出された種別ごとの数"
    units: int | None
    applied: dict[str, int | None]
    certified: dict[str, int | None]


class FiledBackup(Answer, frozen=True):
    """Table 2; null if the cell is blank or can't be read."""

    title = "提出されたバックアップ職員加算の数"
    homes: int | None
    homes_with_units: int | None
    applied: int | None
    certified: int | None


class FiledLine(Answer, frozen=True):
    """Table 3, one row; null if the cell is blank or can't be read."""

    title = "提出された一覧の行"
    number: int | None
    unit_name: str | None
    capacity: int | None
    dispersal: bool | None
    staff: str | None
    home_name: str | None
    backup: bool | None


class FiledFigures(Answer, frozen=True, kw_only=True):
    """A form's figures in the form's own layout, as filed."""

    title = "提出された様式の数値"
    units: Annotated[dict[str, FiledCounts], about("表1", "table 1 by kind")]
    backup: Annotated[FiledBackup, about("表2", "table 2")]
    list: Annotated[list[FiledLine], about("表3", "table 3")]


def figures_of(filed: FiledForm) -> FiledFigures:
    """Return a form's figures as an answer."""
    counts = {path: cell.value for path, cell in filed.counts.items()}
    parts = list(dict.fromkeys(path[2] for path in counts if path[2]))
    return FiledFigures(
        units={
            kind: FiledCounts(
                counts.get((kind, "units", "")),
                *(
                    {part: counts.get((kind, name, part)) for part in parts}
                    for name in ("applied", "certified")
                ),
            )
            for kind in words.KINDS
        },
        backup=FiledBackup(*(counts.get(("backup", name, "")) for name in words.BACKUP)),
        list=[
            msgspec.convert({name: cell.value for name, cell in row.cells.items()}, FiledLine)
            for row in filed.rows
        ],
    )


class Places(msgspec.Struct, frozen=True):
    """Where a filed form's cells stand: its counts in the order of the form, and each line's."""

    counts: list[str]
    list: list[dict[str, str]]


def places_of(filed: FiledForm) -> Places:
    """Return the places of a filed form, to be stored with its figures."""
    paths = paths_in(plain(figures_of(filed)))
    return Places(
        [filed.counts[path].place if path in filed.counts else "" for path in paths],
        [{name: cell.place for name, cell in row.cells.items()} for row in filed.rows],
    )


def as_filed(figures: FormFigures) -> FiledForm:
    """Return our own figures as a filed form; the places are the words of the form."""
    return stored_as_filed(figures.form, figures.fiscal_year, plain(figures))


def stored_as_filed(
    form: FormNumber, year: int, figures: Mapping[str, Any], places: Places | None = None
) -> FiledForm:
    """Return figures as they are stored as a filed form; without places, the form's words."""
    paths, lines = paths_in(figures), figures["list"]
    at = places or Places([words.count_label(*path).ja for path in paths], [])
    return FiledForm(
        form,
        Filled(year, words.TITLE.ja, str(year)),
        (),
        {
            path: _as_filled(count_in(figures, path), place)
            for path, place in zip(paths, at.counts, strict=True)
        },
        tuple(
            FiledRow(
                **{
                    name: _as_filled(
                        line[name],
                        at.list[position - 1][name]
                        if at.list
                        else line_label(line["number"] or position, name).ja,
                    )
                    for name in words.LIST
                }
            )
            for position, line in enumerate(lines, start=1)
        ),
    )


def _as_filled(value: Any, place: str) -> Filled[Any]:  # noqa: ANN401 - of whichever cell
    return Filled(value, place, "" if value is None else str(value))


def labelled_cells(filed: FiledForm) -> Iterator[tuple[Text, AnyFilled, bool]]:
    """Return every cell except the lines' numbers, with its label, and whether it takes ○ or ×."""
    for path, cell in filed.counts.items():
        yield words.count_label(*path), cell, False
    for position, row in enumerate(filed.rows, start=1):
        for name, of_row in row.cells.items():
            if name != "number":
                label = line_label(row.number.value or position, name)
                yield label, of_row, name in ("dispersal", "backup")


def line_label(number: int, column: str) -> Text:
    """Name a cell of the list by the number of its line and its column."""
    return words.say(words.LINE, number=number, label=words.LIST[column])
