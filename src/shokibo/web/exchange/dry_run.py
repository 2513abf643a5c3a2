"""Read a run's workbook and keep what it would do: nothing else changes."""

from collections import Counter
from collections.abc import Sequence
from copy import copy
from typing import Any

from django.db import transaction

from shokibo.ledger import limits
from shokibo.ledger.reading import Reading
from shokibo.web.accounts.access import Office, access_of
from shokibo.web.accounts.models import Person
from shokibo.web.accounts.permissions import Permission
from shokibo.web.exchange import telling
from shokibo.web.exchange.apart import read_apart
from shokibo.web.exchange.examining import Examined, examine
from shokibo.web.exchange.models import LONGEST_PLACE, Run, RunChange
from shokibo.web.exchange.planned import Planned
from shokibo.web.exchange.progress import Telling
from shokibo.web.exchange.reach import Reach
from shokibo.web.exchange.rows import Codes, fields_of, new_row
from shokibo.web.homes.touching import Edit, Touched, touched_by
from shokibo.web.register.models import Absence, Capacity, Confirmation, Home, Posting, Unit
from shokibo.web.store.mapping import MAPPED

_JUDGED = (Home, Unit, Capacity, Posting, Absence, Confirmation)
"""Models whose rows a certification may rest on."""
_BATCH = 500


def reach_of(person: Person, run: Run) -> Reach | None:
    """Give what a person may bring in now; None where that is no more what the run is of."""
    office = access_of(person).office(str(run.authority.code))
    if office is None or not office.may(Permission.LEDGER_IMPORT):
        return None
    reach = Reach(office, Permission.LEDGER_IMPORT)
    return reach if reach.is_of(run) else None


def dry_run(pk: int) -> None:
    """Read and compare a run that waits. Done twice it does the same; who comes second stops."""
    run = Run.objects.select_related("authority", "uploaded_by").get(pk=pk)
    if run.state != "waiting":
        return
    reach = reach_of(run.uploaded_by, run)
    if reach is None:
        _stop(run)
        return
    told = Telling(run)
    read = read_run(run, reach, told)
    examined = examine(reach, read, told.comparing)
    touched = touched_of(reach, examined.rows)
    with transaction.atomic():
        locked = Run.objects.select_for_update().get(pk=pk)
        if locked.state == "waiting":
            keep(locked, examined, touched, message={})


def read_run(run: Run, reach: Reach, told: Telling) -> Reading:
    """Read the file that a run keeps."""
    return read_apart(str(run.file_name), bytes(run.content or b""), reach.known(), told.reading)


def keep(run: Run, examined: Examined, touched: Sequence[Touched], message: dict[str, Any]) -> None:
    """Keep a dry run's picture in place of the one before. Within a transaction."""
    run.changes.all().delete()
    rows = [
        RunChange(
            run=run, position=position, **{**vars(planned), "place": planned.place[:LONGEST_PLACE]}
        )
        for position, planned in enumerate(examined.rows)
    ]
    RunChange.objects.bulk_create(rows, _BATCH)
    run.counts = counts_of(examined.rows)
    run.findings = {
        "problems": telling.kept(examined.problems[: limits.MAX_PROBLEMS]),
        "problem_count": len(examined.problems) + examined.only_counted,
        "notes": telling.kept(examined.notes[: limits.MAX_PROBLEMS]),
        "note_count": len(examined.notes),
    }
    run.touched = [
        {
            "home": str(one.home),
            "code": one.code,
            "addon": one.addon,
            "first": one.first.isoformat(),
            "last": one.last.isoformat(),
            "months": one.months,
        }
        for one in touched
    ]
    run.message = message
    run.state = "refused" if examined.problems else "ready"
    run.version += 1
    run.save()


def counts_of(rows: Sequence[Planned]) -> dict[str, dict[str, int]]:
    """Count by table and kind."""
    counts: dict[str, dict[str, int]] = {}
    for (table, kind), count in Counter((row.table, row.kind) for row in rows).items():
        counts.setdefault(table, {})[kind] = count
    return counts


def touched_of(reach: Reach, rows: Sequence[Planned]) -> list[Touched]:
    """Name the certifications that the rows touch, those that the person may see."""
    edits = list(_edits(reach.office, rows))
    office = reach.office
    return [one for one in touched_by(edits) if office.may(Permission.APPLICATION_READ, one.home)]


def _edits(office: Office, rows: Sequence[Planned]) -> list[Edit]:
    codes = Codes.of(office.authority)
    edits: list[Edit] = []
    for name, mapped in MAPPED.items():
        if not issubclass(mapped.model, _JUDGED):
            continue
        of_table = [row for row in rows if row.table == name]
        found = mapped.model._default_manager.select_related(
            *(f for f in ("home", "unit") if f in {x.name for x in mapped.model._meta.fields})
        )
        standing = found.in_bulk([row.row_id for row in of_table if row.row_id])
        for row in of_table:
            if row.kind in ("change", "remove") and row.row_id in standing:
                before = standing[row.row_id]
                edits.append((before, _after(before, row, codes)))
            elif row.kind == "add" and _names_what_stands(row, codes):
                edits.append((None, new_row(row, codes)))
    return edits


def _after(before: Any, row: Planned, codes: Codes) -> Any:
    if row.kind == "remove":
        return None
    after = copy(before)
    after._state = copy(before._state)
    after._state.fields_cache = dict(before._state.fields_cache)
    mapped = MAPPED[row.table]
    values = {
        name: value
        for name, value in row.after.items()
        if mapped.table.column(name).refers != "units" or value in codes.units or value is None
    }
    for name, value in fields_of(mapped, values, codes).items():
        setattr(after, name, value)
    return after


def _names_what_stands(row: Planned, codes: Codes) -> bool:
    """Tell whether the home and unit that a new row names are there already."""
    unit, home = row.after.get("unit_id"), row.after.get("home_id")
    if row.table in ("homes", "units"):
        return False  # nothing certified can rest on what is new
    if row.table == "absences":
        return row.after["staff_id"] in codes.postings
    return (unit is None or unit in codes.units) and (home is None or home in codes.homes)


def _stop(run: Run) -> None:
    """Say that whoever brought it in may do so no more."""
    with transaction.atomic():
        locked = Run.objects.select_for_update().get(pk=run.pk)
        if locked.state == "waiting":
            locked.state, locked.message = "failed", {"code": "role_ended"}
            locked.version += 1
            locked.save()
