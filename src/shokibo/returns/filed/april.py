"""RETURN_DIFFERS_FROM_APRIL: 様式2 compared with 様式1 of its year, unit by unit."""

from collections.abc import Iterator

from shokibo.ledger.findings import Finding, Value
from shokibo.returns import words
from shokibo.returns.counts import CountPath
from shokibo.returns.filed import entries
from shokibo.returns.filed.checks import labelled
from shokibo.returns.filed.figures import FiledForm, FiledRow
from shokibo.texts import Text

_COMPARED = ("capacity", "dispersal", "staff", "backup")
_AT_LEAST: tuple[CountPath, ...] = (
    ("total", "units", ""),
    ("total", "applied", "total"),
    ("total", "certified", "total"),
    *(("backup", name, "") for name in words.BACKUP),
)
_CHANGE = Text("{label} {april}→{now}", "{label} {april} → {now}")
_GONE = Text("様式2の一覧にありません", "it is not on the list of form 2")


def differences_from_april(april: FiledForm, year: FiledForm) -> Iterator[Finding]:
    """Find counts of form 2 below form 1's, and units of form 1 that differ or are missing.

    What form 2 has in addition came after April.
    """
    for path in _AT_LEAST:
        before, now = april.count(*path), year.count(*path)
        if before is not None and now is not None and now < before:
            values = labelled(words.count_label(*path), counted=now, april=before)
            yield Finding(entries.COUNT_DIFFERS_FROM_APRIL, "", year.counts[path].place, values)
    lines = {row.key: row for row in year.rows}
    for row in april.rows:
        now_row = lines.get(row.key)
        changes = [_GONE] if now_row is None else _changes(row, now_row)
        if changes:
            values = {
                "home": row.home_name.value,
                "unit": row.unit_name.value,
                "changes": [change.ja for change in changes],
                "changes_en": [change.en for change in changes],
            }
            yield Finding(entries.UNIT_DIFFERS_FROM_APRIL, "", _place(now_row, year), values)


def _changes(april: FiledRow, now: FiledRow) -> list[Text]:
    cells = ((name, april.cells[name].value, now.cells[name].value) for name in _COMPARED)
    return [
        words.say(_CHANGE, label=words.LIST[name], april=_shown(before), now=_shown(after))
        for name, before, after in cells
        if before is not None and after is not None and before != after
    ]


def _shown(value: Value) -> str:
    return (words.YES if value else words.NO) if isinstance(value, bool) else str(value)


def _place(row: FiledRow | None, form: FiledForm) -> str:
    """Return the line's cell or, if it is missing, the list's first."""
    cells = [row] if row else form.rows[:1]
    return next((one.unit_name.place for one in cells), "")
