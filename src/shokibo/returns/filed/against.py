"""A form as filed compared with the ledger, cell by cell, with reasons."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from shokibo.answers import Answer, about
from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.returns import words
from shokibo.returns.counted import FormNumber
from shokibo.returns.filed.figures import AnyFilled, FiledForm, FiledRow, as_filed
from shokibo.returns.filed.reasons import Reasons, reasons_of
from shokibo.returns.forms import FormFigures
from shokibo.texts import Language, Text

_COMPARED = ("capacity", "dispersal", "staff", "backup")
_LINE = Text("一覧の{home}「{unit}」", "List: {home}, {unit}")
_CELL = Text("{line} {label}", "{line}, {label}")
Value = int | str | bool | None


@dataclass(frozen=True)
class Difference:
    """A differing cell: its place in the file, its words, both values, and the reason if known."""

    place: str
    label: Text
    filed: Value
    computed: Value
    reason: Text | None


@dataclass(frozen=True)
class Comparison:
    """How many cells are equal, and those that differ, in the form's order."""

    equal: int
    differences: tuple[Difference, ...]


class DifferenceReport(Answer, frozen=True):
    """A cell that differs."""

    title = "提出した様式との違い"
    place: Annotated[str, about("シートとセル", 'sheet and cell; `""` if it was not filed')]
    label: Annotated[str, about("欄", "what the cell is")]
    filed: Annotated[int | str | bool | None, about("提出した値", "as it was filed; null: blank")]
    computed: Annotated[int | str | bool | None, about("台帳の値", "by the ledger; null: none")]
    reason: Annotated[str | None, about("理由", "the reason found in the ledger, otherwise null")]


class ComparisonReport(Answer, frozen=True):
    """A form as filed compared with the ledger."""

    title = "提出した様式との比較"
    equal: Annotated[int, about("等しいセルの数", "cells that are equal")]
    differences: Annotated[list[DifferenceReport], about("異なるセル", "cells that differ")]

    @classmethod
    def of(cls, comparison: Comparison, language: Language) -> "ComparisonReport":
        """Return a comparison in a language."""
        return cls(
            comparison.equal,
            [
                DifferenceReport(
                    one.place,
                    one.label.plain(language),
                    one.filed,
                    one.computed,
                    one.reason.plain(language) if one.reason else None,
                )
                for one in comparison.differences
            ],
        )


def compare(filed: FiledForm, figures: FormFigures, ledger: Ledger, law: Law) -> Comparison:
    """Compare a filed form with the ledger's figures for the same form and year.

    Lines are matched by home and unit; several with the same name in their order.
    """
    number: FormNumber = figures.form
    reasons = reasons_of(ledger, law, number, figures.fiscal_year)
    cells = [*_counts(filed, figures, reasons), *_lines(filed, figures, reasons)]
    differing = [one for one in cells if one.filed != one.computed]
    return Comparison(len(cells) - len(differing), tuple(differing))


def _counts(filed: FiledForm, figures: FormFigures, reasons: Reasons) -> Iterator[Difference]:
    computed = as_filed(figures).counts
    for path in {**computed, **filed.counts}:
        was, now = filed.counts.get(path), computed.get(path)
        old, new = _shown(was), now.value if now else None
        reason = None
        if isinstance(old, int) and new is not None and old != new:
            reason = reasons.of_count(path, more_filed=old > new)
        yield Difference(was.place if was else "", words.count_label(*path), old, new, reason)


def _lines(filed: FiledForm, figures: FormFigures, reasons: Reasons) -> Iterator[Difference]:
    old, new = _by_key(filed), _by_key(as_filed(figures))
    for key in {**new, **old}:
        was, now = old.get(key), new.get(key)
        line = was or new[key]
        label = words.say(_LINE, home=line.home_name.value or "", unit=line.unit_name.value or "")
        if was is None or now is None:
            place = was.unit_name.place if was else ""
            reason = reasons.of_line(line.key, is_filed=was is not None)
            yield Difference(place, label, was is not None, now is not None, reason)
            continue
        for name in _COMPARED:
            filed_value, computed = _shown(was.cells[name]), now.cells[name].value
            reason = None
            if filed_value != computed:
                reason = reasons.of_cell(line.key, name, filed_value)
            cell = words.say(_CELL, line=label, label=words.LIST[name])
            yield Difference(was.cells[name].place, cell, filed_value, computed, reason)


def _shown(cell: AnyFilled | None) -> Value:
    """Return what was filed: the value, or the typed text if it can't be read."""
    if cell is None:
        return None
    return cell.written if cell.is_unreadable else cell.value


def _by_key(form: FiledForm) -> Mapping[tuple[str, str, int], FiledRow]:
    """Return the lines by home, unit, and their number among those with the same name."""
    seen: defaultdict[tuple[str, str], int] = defaultdict(int)
    lines = {}
    for row in form.rows:
        seen[row.key] += 1
        lines[*row.key, seen[row.key]] = row
    return lines
