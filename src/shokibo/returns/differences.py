"""The differences between two editions of a form, in the form's words."""

from collections import defaultdict
from collections.abc import Iterator

from shokibo.returns import words
from shokibo.returns.counts import CountPath, counts_of
from shokibo.returns.forms import FormFigures, FormRow
from shokibo.returns.rollup import RollUp
from shokibo.texts import Text

_COUNT = Text("{label} {old}か所 → {new}か所", "{label}: {old} → {new}")
_ADDED = Text("一覧に追加:{row}", "Added to the list: {row}")
_REMOVED = Text("一覧から削除:{row}", "Removed from the list: {row}")
_CHANGED = Text("{row}の{label} {old} → {new}", "{row}, {label}: {old} → {new}")
_ROW = Text("{home}「{unit}」", "{home}, {unit}")
_CELL = Text("{label} {value}", "{label} {value}")
_UNKNOWN = Text("空欄", "blank")
_COMPARED = ("capacity", "dispersal", "staff", "backup")


def differences(before: FormFigures, after: FormFigures) -> list[Text]:
    """Describe each differing count and list row, in the form's order."""
    return [*_counts(before, after), *_rows(before, after)]


def sum_differences(before: RollUp, after: RollUp) -> list[Text]:
    """Describe each count that differs between two sums, in the form's order."""
    return list(_counts(before, after))


def _counts(before: FormFigures | RollUp, after: FormFigures | RollUp) -> Iterator[Text]:
    old, new = counts_of(before), counts_of(after)
    for path in {**old, **new}:
        was, now = old.get(path, 0), new.get(path, 0)
        if was != now:
            yield change_of_count(path, was, now)


def change_of_count(path: CountPath, old: int, new: int) -> Text:
    """Describe how a count changed."""
    return words.say(_COUNT, label=words.count_label(*path), old=old, new=new)


def _rows(before: FormFigures, after: FormFigures) -> Iterator[Text]:
    old, new = _by_name(before), _by_name(after)
    for key in {**old, **new}:
        was, now = old.get(key), new.get(key)
        name = words.say(_ROW, home=key[0], unit=key[1])
        if now is None or was is None:
            row = old.get(key) or new[key]
            cells = words.say(_CELL, label=name, value=_cells(row))
            yield words.say(_ADDED if was is None else _REMOVED, row=cells)
        else:
            for column in _COMPARED:
                if getattr(was, column) != getattr(now, column):
                    label = words.LIST[column]
                    shown = {"old": _cell(column, was), "new": _cell(column, now)}
                    yield words.say(_CHANGED, row=name, label=label, **shown)


def _by_name(form: FormFigures) -> dict[tuple[str, str, int], FormRow]:
    """Return the rows by home, unit and their number among those with the same name."""
    seen: defaultdict[tuple[str, str], int] = defaultdict(int)
    rows = {}
    for row in form.rows:
        name = row.home_name, row.unit_name
        seen[name] += 1
        rows[*name, seen[name]] = row
    return rows


def _cells(row: FormRow) -> Text:
    listed = [
        words.say(_CELL, label=words.LIST[column], value=_cell(column, row)) for column in _COMPARED
    ]
    return Text("、".join(text.ja for text in listed), ", ".join(text.en for text in listed))


def _cell(column: str, row: FormRow) -> Text:
    value = getattr(row, column)
    if value is None:
        return _UNKNOWN
    if isinstance(value, bool):
        mark = words.YES if value else words.NO
        return Text(mark, mark)
    return Text(f"{value}{words.PERSONS.ja}", f"{value}{words.PERSONS.en}")
