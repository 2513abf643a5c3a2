"""Reading a run's workbook and storing what it would change; nothing else is written."""

from collections import Counter
from collections.abc import Sequence
from copy import copy
from typing import Any

from django.db import transaction

from shokibo.ledger import limits
from shokibo.ledger.reading import Reading
from shokibo.web.accounts.access import access_of
from shokibo.web.accounts.models import Person
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.bulk import insert
from shokibo.web.exchange import findings
from shokibo.web.exchange.examining import Examined, examine
from shokibo.web.exchange.foreseen import foreseen
from shokibo.web.exchange.isolation import read_isolated
from shokibo.web.exchange.models import LONGEST_PLACE, Run, RunChange
from shokibo.web.exchange.planned import Planned
from shokibo.web.exchange.progress import ProgressRecorder
from shokibo.web.exchange.reach import Reach
from shokibo.web.exchange.rows import Codes, fields_of, new_row
from shokibo.web.homes.affected_months import AffectedCertification, affected
from shokibo.web.register.models import Absence, Capacity, Confirmation, Home, Posting, Unit
from shokibo.web.store.edits import Edit
from shokibo.web.store.mapping import MAPPED

_JUDGED = (Home, Unit, Capacity, Posting, Absence, Confirmation)
"""Models whose rows a certification may be based on."""


def reach_of(person: Person, run: Run) -> Reach | None:
    """Return what a person may import now; None if the run is of something else."""
    office = access_of(person).office(str(run.authority.code))
    if office is None or not office.may(Permission.LEDGER_IMPORT):
        return None
    reach = Reach(office, Permission.LEDGER_IMPORT)
    return reach if reach.is_of(run) else None


def dry_run(pk: int) -> None:
    """Read and compare a waiting run. Idempotent: a second call does nothing."""
    run = Run.objects.select_related("authority", "uploaded_by").get(pk=pk)
    if run.state != "waiting":
        return
    reach = reach_of(run.uploaded_by, run)
    if reach is None:
        Run.leave(pk, ("waiting",), "failed", {"code": "role_ended"})
        return
    progress = ProgressRecorder(run)
    read = read_run(run, reach, progress)
    examined = examine(reach, read, progress.comparing)
    touched, brings = touched_of(reach, examined.rows), foreseen(reach, examined)
    with transaction.atomic():
        locked = Run.objects.select_for_update().get(pk=pk)
        if locked.state == "waiting":
            store(locked, examined, touched, brings, message={})


def read_run(run: Run, reach: Reach, progress: ProgressRecorder) -> Reading:
    """Read the file of a run."""
    content = bytes(run.content or b"")
    return read_isolated(str(run.file_name), content, reach.known(), progress.reading)


def store(
    run: Run,
    examined: Examined,
    touched: Sequence[AffectedCertification],
    brings: dict[str, Any],
    message: dict[str, Any],
) -> None:
    """Replace a run's stored results. To be called within a transaction."""
    run.changes.all().delete()
    rows = [
        RunChange(
            run=run,
            position=position,
            **{
                **{name: value for name, value in vars(planned).items() if name != "name"},
                "place": planned.place[:LONGEST_PLACE],
                "name_ja": planned.name.say("ja"),
                "name_en": planned.name.say("en"),
            },
        )
        for position, planned in enumerate(examined.rows)
    ]
    insert(rows)
    counts: dict[str, dict[str, int]] = {}
    for (table, kind), count in Counter((row.table, row.kind) for row in examined.rows).items():
        counts.setdefault(table, {})[kind] = count
    run.counts = counts
    run.findings = {
        "problems": findings.stored(examined.problems[: limits.MAX_PROBLEMS]),
        "problem_count": len(examined.problems) + examined.only_counted,
        "notes": findings.stored(examined.notes[: limits.MAX_PROBLEMS]),
        "note_count": len(examined.notes),
        **brings,
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
    run.save_next()


def touched_of(reach: Reach, rows: Sequence[Planned]) -> list[AffectedCertification]:
    """Return the visible certifications that the rows affect."""
    office, codes = reach.office, Codes.of(reach.office.authority)
    units, homes = {None, *codes.units}, {None, *codes.homes}
    people = {None, *codes.postings}
    edits: list[Edit] = []
    for name, mapped in MAPPED.items():
        if not issubclass(mapped.model, _JUDGED):
            continue
        of_table = [row for row in rows if row.table == name]
        fields = {field.name for field in mapped.model._meta.fields}
        registered = mapped.model._default_manager.select_related(
            *(owner for owner in ("home", "unit") if owner in fields)
        ).in_bulk([row.row_id for row in of_table if row.row_id])
        for row in of_table:
            before = registered.get(row.row_id)
            if row.kind == "remove" and before is not None:
                edits.append((before, None))
            elif row.kind == "change" and before is not None:
                edits.append((before, _after(before, row, codes)))
            elif (  # nothing certified can be based on a home, unit or person that is new
                row.kind == "add"
                and name not in ("homes", "units")
                and row.after.get("unit_id") in units
                and row.after.get("home_id") in homes
                and (name == "staff" or row.after.get("staff_id") in people)
            ):
                edits.append((None, new_row(row, codes)))
    return [one for one in affected(edits) if office.may(Permission.APPLICATION_READ, one.home)]


def _after(before: Any, row: Planned, codes: Codes) -> Any:
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
