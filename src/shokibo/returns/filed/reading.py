"""Read 別紙様式1 and 2 from workbooks as people type them.

Everything is found by the form's own wording; rows, columns and merged ranges may differ.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from shokibo.calendar import parse_fiscal_year
from shokibo.ledger.carriers.sheets import FilledSheet
from shokibo.ledger.raw import column_letter
from shokibo.returns.counted import FormNumber
from shokibo.returns.filed import cells
from shokibo.returns.filed.blanks import blanks_as_zero
from shokibo.returns.filed.figures import FiledForm, Filled
from shokibo.returns.filed.headers import Header, units_header
from shokibo.returns.filed.tables import read_backup, read_list, read_units

_HEADING = re.compile(r"別紙様式(?:第)?([12])")
_SUBJECTS: tuple[tuple[str, FormNumber], ...] = (
    ("申請及び認定", 1),
    ("実施状況", 2),
    ("年間実績", 2),
)
_TITLE = "児童養護施設の小規模かつ地域分散化加算等の"
_ERA = "(?:令和|平成|[RHrh])"
_ONE_YEAR = rf"{_ERA}[一二三四五六七八九十]{{1,3}}|{_ERA}?(?:元|\d{{1,4}})"
_YEAR = re.compile(rf"({_ONE_YEAR})(?:\(({_ONE_YEAR})年?\))?年度")
_KANJI = "一二三四五六七八九"
_IN_KANJI = re.compile(rf"([{_KANJI}]?)(十?)([{_KANJI}]?)$")
_ADDRESSEE = "家庭福祉課"
_BEGINNING = re.compile(rf"^別紙様式|{_ADDRESSEE}長|年度{_TITLE}")
_EXAMPLE = re.compile("(?<![条特])例|見本")


def forms_in(sheets: Sequence[FilledSheet]) -> list[FiledForm]:
    """Return every form of a workbook's visible sheets in their order; empty if there is none.

    A list on a sheet without the other tables continues the form before it. Sheets named as
    examples (記入例) are ignored.
    """
    found: list[FiledForm] = []
    for sheet in sheets:
        if sheet.is_hidden or _EXAMPLE.search(sheet.name):
            continue
        parts = list(_parts(sheet))
        found += [_form(sheet, rows, header) for rows, header in parts]
        listed = read_list(sheet, list(sheet.by_row)) if found and not parts else None
        if listed is not None:
            hidden = (*found[-1].hidden, *_hidden(sheet, list(sheet.by_row)))
            struck = (*found[-1].struck, *_struck(sheet, list(sheet.by_row)))
            rows = (*found[-1].rows, *listed)
            found[-1] = replace(found[-1], rows=rows, has_list=True, hidden=hidden, struck=struck)
    return found


def _parts(sheet: FilledSheet) -> Iterator[tuple[list[int], Header]]:
    """Return the rows of each form on a sheet, and the header of its first table."""
    rows = list(sheet.by_row)
    headers = [found for row in rows if (found := units_header(sheet, row))]
    starts = [0]
    for before, header in pairwise(headers):
        begins = (row for row in rows if before.top < row < header.top and _begins(sheet, row))
        starts.append(next(begins, header.top))
    ends = [*starts[1:], max(rows, default=0) + 1]
    for start, end, header in zip(starts, ends, headers, strict=False):
        yield [row for row in rows if start <= row < end], header


def _year_of(found: re.Match[str]) -> int | None:
    """Return the year of a match; None if it names two, or none that there is."""
    try:
        years = {parse_fiscal_year(_in_digits(one)) for one in found.groups() if one}
    except ValueError:
        return None
    return years.pop() if len(years) == 1 else None


def _in_digits(year: str) -> str:
    """Write a year's kanji as digits: 令和十二 is 令和12."""
    kanji = _IN_KANJI.search(year)
    if not kanji or not kanji[0]:
        return year
    tens, ones = (_KANJI.find(of or "〇") + 1 for of in (kanji[1], kanji[3]))
    number = (tens or 1) * 10 + ones if kanji[2] else tens or ones
    return year[: kanji.start()] + str(number)


def _begins(sheet: FilledSheet, row: int) -> bool:
    return any(_BEGINNING.search(cells.folded(cell)) for cell in sheet.by_row[row].values())


def _form(sheet: FilledSheet, rows: list[int], header: Header) -> FiledForm:
    above = _Above(sheet, [row for row in rows if row < header.top])
    below = [row for row in rows if row >= header.top]
    words = "".join(cells.folded(cell) for row in rows for cell in sheet.by_row[row].values())
    listed = read_list(sheet, below)
    return FiledForm(
        above.form or _form_number(words),
        above.fiscal_year,
        above.letterhead,
        {**blanks_as_zero(read_units(header, below)), **blanks_as_zero(read_backup(sheet, below))},
        listed or (),
        has_list=listed is not None,
        hidden=_hidden(sheet, rows),
        struck=_struck(sheet, rows),
    )


def _struck(sheet: FilledSheet, rows: list[int]) -> tuple[str, ...]:
    """Name the cells with text that is struck out."""
    return tuple(
        sheet.place(row, column)
        for row in rows
        for column in sheet.by_row[row]
        if (row, column) in sheet.struck
    )


def _hidden(sheet: FilledSheet, rows: list[int]) -> tuple[str, ...]:
    """Name the hidden rows and columns that are filled, as Excel does: 様式1!24:24."""
    columns = {column for row in rows for column in sheet.by_row[row] if sheet.hides(column)}
    letters = [column_letter(column) for column in sorted(columns)]
    names = [str(row) for row in rows if row in sheet.hidden_rows] + letters
    return tuple(f"{sheet.name}!{name}:{name}" for name in names)


def _form_number(words: str) -> FormNumber | None:
    return next((number for subject, number in _SUBJECTS if subject in words), None)


@dataclass(frozen=True)
class _Above:
    """What stands above the first table: heading, letter, title."""

    sheet: FilledSheet
    rows: list[int]

    @property
    def texts(self) -> list[tuple[int, int, str]]:
        return [
            (row, column, cells.folded(cell))
            for row in self.rows
            for column, cell in self.sheet.by_row[row].items()
        ]

    @property
    def form(self) -> FormNumber | None:
        """By the title, otherwise by the heading 別紙様式1."""
        title = "".join(text for row, _, text in self.texts if row >= self.title_row)
        headings = (_HEADING.search(text) for _, _, text in self.texts)
        number = next((found[1] for found in headings if found), None)
        return _form_number(title) or (1 if number == "1" else 2 if number == "2" else None)

    @property
    def title_row(self) -> int:
        """The last row of the title, or the one below all if there is none."""
        return next(
            (row for row, _, text in self.texts if _TITLE in text), max(self.rows, default=0) + 1
        )

    @property
    def fiscal_year(self) -> Filled[int]:
        """The year of the title, else of whatever names one above the first table."""
        place = self.sheet.place(self.rows[0] if self.rows else 1, 0)
        in_title_first = sorted(self.texts, key=lambda one: _TITLE not in one[2])
        for row, column, text in in_title_first:
            at = self.sheet.place(row, column)
            if found := _YEAR.search(text):
                return Filled(_year_of(found), at, found[0])
            if _TITLE in text:
                place = at
        return Filled(None, place)

    @property
    def letterhead(self) -> tuple[str, ...]:
        """The texts between addressee and title; where no addressee is, all above the title."""
        addressees = [
            row for row, _, text in self.texts if _ADDRESSEE in text and row < self.title_row
        ]
        after = max(addressees, default=0)
        return tuple(
            cells.text_of(cell)
            for row in self.rows
            if after < row < self.title_row
            for cell in self.sheet.by_row[row].values()
        )
