"""The work on runs: small ones immediately, others by the worker, which resumes what is left."""

import zipfile
from contextlib import ExitStack
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.dispatch import receiver
from django_tasks import TaskResult, TaskResultStatus, task
from django_tasks.signals import task_finished

from shokibo.web.audit.recording import Act, note
from shokibo.web.base.holding import Work, claimed
from shokibo.web.exchange import applying, dry_run
from shokibo.web.exchange.models import WORK_STATES, Run


@task()
def work(run: int) -> None:
    """Read or apply a run that waits for it; do nothing for any other.

    A run's state changes in the same transaction as its rows, so this may be started any number of
    times, also concurrently.
    """
    with claimed(Work.RUN, run) as is_ours:
        if is_ours and _begun(run):
            dry_run.dry_run(run)
            applying.apply(run)


_MOST_TRIES = 2
"""How often a run is started, each time by a process that died, before it is given up."""


def _begun(pk: int) -> bool:
    """Count a try; return whether the work is to begin.

    Only called by the process that holds the run, so that earlier ones are dead.
    """
    with transaction.atomic():
        run = Run.objects.select_for_update().defer("content").get(pk=pk)
        if run.state not in WORK_STATES:
            return False
        if run.tries >= _MOST_TRIES:
            broke_off(pk, "died_twice")
            return False
        Run.objects.filter(pk=pk).update(tries=F("tries") + 1)
    return True


def start(run: Run) -> None:
    """Work on a run: here if it is small, otherwise by the worker."""
    if not is_small(run):
        work.enqueue(run.pk)
        return
    with ExitStack() as stack:
        stack.callback(broke_off, run.pk)
        work.call(run.pk)
        stack.pop_all()


def is_small(run: Run) -> bool:
    """Return whether a person can wait for it."""
    rows = sum(sum(kinds.values()) for kinds in run.counts.values())
    return (
        rows <= settings.IMPORT_AT_ONCE_ROWS
        and run.size <= settings.IMPORT_AT_ONCE_BYTES
        and _unpacked(bytes(run.content or b"")) <= _TIMES * settings.IMPORT_AT_ONCE_BYTES
    )


_TIMES = 30
"""The most by which a genuine workbook is compressed."""


def _unpacked(content: bytes) -> int:
    """Return the unpacked size that a workbook states; 0 if it is not a zip file."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return 0


@transaction.atomic
def take_up() -> int:
    """Queue the runs left by ended processes; return how many."""
    left = list(Run.objects.filter(state__in=WORK_STATES).order_by("pk"))
    for run in left:
        work.enqueue(run.pk)
    return len(left)


@receiver(task_finished)
def _ended(sender: object, task_result: TaskResult[Any], **_: object) -> None:
    """Mark a run whose work failed, so that a person can start it again."""
    if task_result.status != TaskResultStatus.FAILED or task_result.task.func is not work.func:
        return
    (pk,) = task_result.args
    broke_off(pk)


@transaction.atomic
def broke_off(pk: int, code: str = "broke_off") -> None:
    """Mark a run as interrupted: nothing was written."""
    if run := Run.leave(pk, WORK_STATES, "failed", {"code": code}):
        note(Act(None, "import.break_off"), run, {"tries": run.tries})
