"""Problems in a form's figures: the ministry's questions, shown to the sender first.

One function of a form's figures and the national parameters; the same for a typed workbook, whose
places are cells, and for our own figures, whose places are the form's words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from shokibo.calendar import fiscal_year_start
from shokibo.law.parameters import Law
from shokibo.ledger.findings import Entry, Finding, Value, shortened
from shokibo.returns import words
from shokibo.returns.counts import CountPath
from shokibo.returns.filed import entries
from shokibo.returns.filed.figures import AnyFilled, FiledForm, FiledRow, labelled_cells, line_label
from shokibo.returns.forms import KINDS
from shokibo.texts import Text

_SPLITS = ("applied", "certified")
_LESS_OR_EQUAL = (
    ("homes_with_units", "homes"),
    ("applied", "homes"),
    ("certified", "applied"),
)
_ONE_DECIMAL = -1


def figure_findings(filed: FiledForm, law: Law, year: int) -> list[Finding]:
    """Find what can't be read, contradicts itself, or does not follow notes 1 and 2.

    `law` is the national one, `year` the one for which the form is received.
    """
    return [
        *_year(filed, year),
        *_parts_not_found(filed, law, year),
        *_hidden(filed),
        *_struck(filed),
        *_cells(filed),
        *_totals(filed),
        *_parts(filed),
        *_steps(filed),
        *_homes(filed),
        *_list(filed),
        *_backup(filed),
        *_staff(filed, law, year),
        *_names(filed),
        *_numbering(filed),
    ]


def labelled(label: Text, **values: Value) -> dict[str, Value]:
    """Return a message's values, with the label of its place in both languages."""
    return {"label": label.ja, "label_en": label.en, **values}


def _at(entry: Entry, cell: AnyFilled, **values: Value) -> Finding:
    return Finding(entry, "", cell.place, values)


def _at_count(filed: FiledForm, entry: Entry, path: CountPath, **values: Value) -> Finding:
    return _at(entry, filed.counts[path], **labelled(words.count_label(*path), **values))


def _year(filed: FiledForm, asked: int) -> Iterator[Finding]:
    year = filed.fiscal_year
    if year.value is None:
        yield _at(entries.NO_YEAR, year, asked=asked)
    elif year.value != asked:
        yield _at(entries.WRONG_YEAR, year, year=year.value, asked=asked)


def _parts_not_found(filed: FiledForm, law: Law, year: int) -> Iterator[Finding]:
    """Find counts of the form that have no row or column, and a missing list."""
    sizes = law.table("max_extra", fiscal_year_start(year))
    expected = [
        *((kind, "units", "") for kind in words.KINDS),
        *(
            (kind, name, part)
            for name in _SPLITS
            for part in ("total", *map(str, sorted(sizes)))
            for kind in words.KINDS
        ),
        *(("backup", name, "") for name in words.BACKUP),
    ]
    labels = [words.count_label(*path) for path in expected if path not in filed.counts]
    if not filed.has_list:
        labels.append(words.LIST_TITLE)
    if labels:
        values: dict[str, Value] = {"labels": [label.ja for label in labels]}
        values |= {"labels_en": [label.en for label in labels]}
        yield Finding(entries.PART_NOT_FOUND, "", filed.fiscal_year.place, values)


def _hidden(filed: FiledForm) -> Iterator[Finding]:
    if filed.hidden:
        yield Finding(entries.HIDDEN, "", filed.hidden[0], {"places": list(filed.hidden)})


def _struck(filed: FiledForm) -> Iterator[Finding]:
    if filed.struck:
        yield Finding(entries.STRUCK, "", filed.struck[0], {"places": list(filed.struck)})


def _cells(filed: FiledForm) -> Iterator[Finding]:
    """Find cells that can't be read, one by one, and all blanks together."""
    cells = list(labelled_cells(filed))
    for label, cell, is_mark in cells:
        if cell.is_unreadable:
            entry = entries.NOT_A_MARK if is_mark else entries.NOT_A_NUMBER
            yield _at(entry, cell, **labelled(label, written=shortened(cell.written)))
    blanks = [(label, cell) for label, cell, _ in cells if not cell.written]
    if blanks:
        labels = {"labels": [label.ja for label, _ in blanks]}
        labels |= {"labels_en": [label.en for label, _ in blanks]}
        yield _at(entries.BLANK, blanks[0][1], **labels)


def _totals(filed: FiledForm) -> Iterator[Finding]:
    for path, cell in filed.counts.items():
        if path[0] != "total" or cell.value is None:
            continue
        of_kinds = {kind: filed.count(kind, *path[1:]) for kind in KINDS}
        known = [count for count in of_kinds.values() if count is not None]
        if len(known) == len(KINDS) and sum(known) != cell.value:
            values = {**of_kinds, "total": cell.value, "sum": sum(known)}
            yield _at_count(filed, entries.TOTAL_DIFFERS, path, **values)


def _parts(filed: FiledForm) -> Iterator[Finding]:
    for name in _SPLITS:
        sums = {
            (kind, name, "total"): sum(
                cell.value or 0
                for path, cell in filed.counts.items()
                if path[:2] == (kind, name) and path[2] != "total"
            )
            for kind in words.KINDS
        }
        for path in _causes(path for path in sums if _above(sums[path], filed.count(*path))):
            values = {"total": filed.count(*path), "sum": sums[path]}
            yield _at_count(filed, entries.CAPACITIES_ABOVE_TOTAL, path, **values)


def _steps(filed: FiledForm) -> Iterator[Finding]:
    """Find more certified than applied for, and more applied for than there are units."""
    applied_for = {
        path: filed.count(path[0], "applied", path[2])
        for path in filed.counts
        if path[0] != "backup" and path[1] == "certified"
    }
    for path in _causes(path for path in applied_for if _is_above(filed, path, applied_for[path])):
        values = {"certified": filed.count(*path), "applied": applied_for[path]}
        yield _at_count(filed, entries.CERTIFIED_ABOVE_APPLIED, path, **values)
    units = {(kind, "applied", "total"): filed.count(kind, "units") for kind in words.KINDS}
    for path in _causes(path for path in units if _is_above(filed, path, units[path])):
        values = {"applied": filed.count(*path), "units": units[path]}
        yield _at_count(filed, entries.APPLIED_ABOVE_UNITS, path, **values)


def _causes(paths: Iterable[CountPath]) -> list[CountPath]:
    """Leave out counts that only add up others with the same fault: one cause, one message."""
    odd = list(paths)
    places = {kind for kind, _, part in odd if part != "total"}
    parts = [path for path in odd if path[2] != "total" or path[0] not in places]
    kinds = {(name, part) for kind, name, part in parts if kind != "total"}
    return [
        path
        for path in parts
        if path[0] != "total" or not (path[1:] in kinds or (kinds and path[2] == "total"))
    ]


def _is_above(filed: FiledForm, path: CountPath, limit: int | None) -> bool:
    return _above(filed.count(*path), limit)


def _above(more: int | None, less: int | None) -> bool:
    return more is not None and less is not None and more > less


def _homes(filed: FiledForm) -> Iterator[Finding]:
    for name, limit in _LESS_OR_EQUAL:
        if _above(filed.count("backup", name), filed.count("backup", limit)):
            yield _more_than(filed, name, ("backup", limit, ""))
    with_units, units = filed.count("backup", "homes_with_units"), filed.count("total", "units")
    if _above(with_units, units):
        yield _more_than(filed, "homes_with_units", ("total", "units", ""))
    elif with_units == 0 and units:
        cell = filed.counts["backup", "homes_with_units", ""]
        yield _at(entries.HOMES_WITHOUT_UNITS, cell, units=units)


def _more_than(filed: FiledForm, name: str, less: CountPath) -> Finding:
    label = words.count_label(*less)
    values = {
        "more": filed.count("backup", name),
        "less": filed.count(*less),
        "label_of_less": label.ja,
        "label_of_less_en": label.en,
    }
    return _at_count(filed, entries.HOMES_DIFFER, ("backup", name, ""), **values)


def _list(filed: FiledForm) -> Iterator[Finding]:
    """Compare units with ○ with table 1: by places, or in total if these agree or are unknown."""
    certified = [row for row in filed.rows if row.dispersal.value]
    if not filed.has_list or any(row.dispersal.value is None for row in filed.rows):
        return
    by_places = Counter(row.capacity.value for row in certified)
    differing = [
        (path, by_places[int(path[2])])
        for path, cell in filed.counts.items()
        if path[:2] == ("total", "certified") and path[2] != "total"
        if cell.value is not None and cell.value != by_places[int(path[2])]
    ]
    path = ("total", "certified", "total")
    counted = filed.count(*path)
    if None in by_places or not differing:
        differing = [] if counted in (None, len(certified)) else [(path, len(certified))]
    for path, listed in differing:
        values = {"counted": filed.count(*path), "listed": listed}
        yield _at_count(filed, entries.LIST_DIFFERS, path, **values)


def _backup(filed: FiledForm) -> Iterator[Finding]:
    marks: defaultdict[str, list[FiledRow]] = defaultdict(list)
    for row in filed.rows:
        marks[row.key[0]].append(row)
    both = False
    for rows in marks.values():
        if {row.backup.value for row in rows} >= {True, False}:
            both = True
            odd = next(row for row in rows if row.backup.value != rows[0].backup.value)
            yield _at(entries.BACKUP_BOTH, odd.backup, home=odd.home_name.value)
    known = filed.has_list and all(
        row.backup.value is not None and row.home_name.value for row in filed.rows
    )
    counted = filed.count("backup", "certified")
    listed = sum(any(row.backup.value for row in rows) for rows in marks.values())
    if known and not both and counted not in (None, listed):
        values = {"counted": counted, "listed": listed}
        yield _at_count(filed, entries.BACKUP_DIFFERS, ("backup", "certified", ""), **values)


def _staff(filed: FiledForm, law: Law, year: int) -> Iterator[Finding]:
    base = law.integer("base_staff", fiscal_year_start(year))
    for position, row in enumerate(filed.rows, start=1):
        if row.staff.value is None:
            continue
        number = Decimal(row.staff.value)
        if base is not None and row.dispersal.value and number < base + 1:
            values: dict[str, Value] = {"home": row.home_name.value, "unit": row.unit_name.value}
            values |= {"staff": row.staff.value, "base": base}
            yield _at(entries.STAFF_LOW, row.staff, **values)
        if int(number.as_tuple().exponent) < _ONE_DECIMAL:
            label = line_label(row.number.value or position, "staff")
            yield _at(
                entries.STAFF_WRITTEN, row.staff, **labelled(label, written=row.staff.written)
            )


def _names(filed: FiledForm) -> Iterator[Finding]:
    by_key: defaultdict[tuple[str, str], list[FiledRow]] = defaultdict(list)
    for row in filed.rows:
        if row.unit_name.value:
            by_key[row.key].append(row)
    for rows in by_key.values():
        if len(rows) > 1:
            values: dict[str, Value] = {"home": rows[1].home_name.value, "count": len(rows)}
            yield _at(entries.UNIT_TWICE, rows[1].unit_name, unit=rows[1].unit_name.value, **values)


def _numbering(filed: FiledForm) -> Iterator[Finding]:
    """Find the first line with an unexpected number; later ones follow from it."""
    for expected, row in enumerate(filed.rows, start=1):
        if row.number.value != expected:
            found = row.number.written or None
            yield _at(entries.NUMBERING, row.number, found=found, expected=expected)
            return
