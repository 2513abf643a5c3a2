"""Applying an import: all in one transaction, or nothing, and logged."""

from collections.abc import Sequence

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from shokibo.texts import LANGUAGES, Text
from shokibo.web.accounts.access import Office
from shokibo.web.audit.recording import Act, StaleError, note
from shokibo.web.base import clock
from shokibo.web.base.bulk import insert
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification import actions as certification
from shokibo.web.exchange import dry_run, writing
from shokibo.web.exchange.examining import examine
from shokibo.web.exchange.foreseen import foreseen
from shokibo.web.exchange.models import Run, RunChange
from shokibo.web.exchange.naming import with_sheet
from shokibo.web.exchange.planned import Planned
from shokibo.web.exchange.progress import ProgressRecorder
from shokibo.web.exchange.rows import Codes, fields_of
from shokibo.web.homes.proposals import MAKE
from shokibo.web.register.models import Authority, ChangeProposal
from shokibo.web.steps.taking import take
from shokibo.web.store.mapping import MAPPED

_NAMED = 10
"""How many rows that differ from the dry run are named."""
_DRAFTED = ("home", "addon", "unit", "fiscal_year", "start_month", "requested_extra", "code")


def apply(pk: int) -> None:
    """Apply a run.

    If the dry run's result no longer holds, nothing is written; the run then shows what would
    change now, and which rows differ. Idempotent: a second call does nothing.
    """
    run = Run.objects.select_related("authority", "applied_by").get(pk=pk)
    if run.state != "applying" or run.applied_by is None:
        return
    reach = dry_run.reach_of(run.applied_by, run)
    if reach is None:
        Run.leave(pk, ("applying",), "ready", {"code": "role_ended"})
        return
    progress = ProgressRecorder(run)
    read = dry_run.read_run(run, reach, progress)
    progress.writing(sum(sum(kinds.values()) for kinds in run.counts.values()))
    try:
        with transaction.atomic():
            # one import of an authority is done or undone after the other
            Authority.objects.select_for_update(no_key=True).get(pk=run.authority.pk)
            locked = Run.objects.select_for_update().get(pk=pk)
            if locked.state != "applying":
                return
            now, rows = examine(reach, read), list(locked.changes.order_by("position"))
            differing = _differing(rows, now.rows)
            if differing or now.problems:
                names = [{each: one.say(each) for each in LANGUAGES} for one in differing[:_NAMED]]
                message = {"code": "moved_on", "names": names, "count": len(differing)}
                touched, brings = dry_run.touched_of(reach, now.rows), foreseen(reach, now)
                dry_run.store(locked, now, touched, brings, message)
                return
            act = Act(reach.office.person, "import.apply", str(locked.reason))
            writing.write(act, Codes.of(locked.authority), rows, progress.written)
            _propose_and_draft(reach.office, locked, rows)
            # to store again what the rows became is much quicker than to change each
            locked.changes.all().delete()
            for row in rows:
                row.pk = None
            insert(rows)
            locked.state, locked.applied_at, locked.content = "applied", clock.now(), None
            locked.save_next()
            note(act, locked, locked.counts)
    except RefusedError as refusal:
        message = {"code": "said", "ja": refusal.text.say("ja"), "en": refusal.text.say("en")}
        Run.leave(pk, ("applying",), "ready", message)
    except (StaleError, ObjectDoesNotExist, IntegrityError):
        Run.leave(pk, ("applying",), "ready", {"code": "refused"})


def _differing(rows: Sequence[RunChange], now: Sequence[Planned]) -> list[Text]:
    """Name the rows that differ between two dry runs."""

    def key(row: RunChange | Planned) -> tuple[object, ...]:
        parts = (row.table, row.kind, row.row_id, row.row_version)
        held = row.held if row.kind == "propose" else {}
        return (*parts, *(tuple(sorted(d.items())) for d in (row.before, row.after, held)))

    before, after = {key(row): row for row in rows}, {key(row): row for row in now}
    differing = [row for k, row in before.items() if k not in after]
    differing += [row for k, row in after.items() if k not in before]  # type: ignore[misc]
    return list(dict.fromkeys(with_sheet(row.table, row.name) for row in differing))


def _propose_and_draft(office: Office, run: Run, rows: Sequence[RunChange]) -> None:
    """Propose a home's changes of its units, and draft its applications."""
    codes = Codes.of(office.authority)
    for row in rows:
        if row.kind == "propose":
            asked = dict(row.held)
            unit = codes.units.get(asked.pop("unit_id"))
            home = codes.homes[asked.pop("home_id")] if unit is None else unit.home
            proposal = ChangeProposal(
                authority=office.authority, home=home, unit=unit, reason=run.reason, **asked
            )
            take(MAKE, office=office, row=proposal)
            row.row_id, row.row_version = proposal.pk, proposal.version
    for row in rows:
        if row.kind == "draft":
            given = fields_of(MAPPED["applications"], row.after, codes)
            drafted = certification.draft(office=office, **{name: given[name] for name in _DRAFTED})
            row.row_id, row.row_version = drafted.pk, drafted.version
