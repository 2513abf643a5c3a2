"""The work on calculations: small ones immediately, others by the worker.

A calculation left by a dying process is started again, from the rows at that time; the same rows
give the same answer.
"""

from contextlib import ExitStack
from typing import Any

from django.db import transaction
from django.db.models import F
from django.dispatch import receiver
from django_tasks import TaskResult, TaskResultStatus, task
from django_tasks.signals import task_finished

from shokibo.web.audit.recording import Act, note
from shokibo.web.base.holding import Work, claimed
from shokibo.web.needs import computing
from shokibo.web.needs.models import Calculation


@task()
def work(calculation: int) -> None:
    """Compute a waiting calculation; do nothing for any other."""
    with claimed(Work.CALCULATION, calculation) as is_ours:
        if is_ours and _begun(calculation):
            computing.compute(calculation)


_MOST_TRIES = 2
"""How often a calculation is started, each time by a process that died, before it is given up."""
_BROKE_OFF = {
    "ja": "計算が途中で止まりました。「条件を変えて計算する」で、やり直せます。",
    "en": "The calculation broke off. Start it again with “calculate with other limits”.",
}
_DIED_TWICE = {
    "ja": "計算が2回続けて途中で終了しました。メモリーが足りなかった可能性があります。"
    "年度の数や、試す経過の数を減らして計算してください。",
    "en": "The calculation ended twice before it was done; memory may have been short. "
    "Ask for fewer years or fewer courses.",
}


def _begun(pk: int) -> bool:
    """Count a try; return whether the work is to begin.

    Only called by the process that holds the calculation, so that earlier ones are dead.
    """
    found = Calculation.objects.get(pk=pk)
    if found.state != "waiting":
        return False
    if found.tries >= _MOST_TRIES:
        broke_off(pk, _DIED_TWICE)
        return False
    Calculation.objects.filter(pk=pk).update(tries=F("tries") + 1)
    return True


def start(calculation: Calculation) -> None:
    """Compute a calculation: here if it is small, otherwise by the worker."""
    if not computing.is_small(calculation):
        leave(calculation)
        return
    with ExitStack() as stack:
        stack.callback(broke_off, calculation.pk)
        work.call(calculation.pk)
        stack.pop_all()


def leave(calculation: Calculation) -> None:
    """Have a calculation computed by the worker, however small it is."""
    work.enqueue(calculation.pk)


@transaction.atomic
def take_up() -> int:
    """Queue the calculations left by ended processes; return how many."""
    left = list(Calculation.objects.filter(state="waiting").order_by("pk").values_list("pk"))
    for (pk,) in left:
        work.enqueue(pk)
    return len(left)


@receiver(task_finished)
def _ended(sender: object, task_result: TaskResult[Any], **_: object) -> None:
    """Mark a calculation whose work failed."""
    if task_result.status == TaskResultStatus.FAILED and task_result.task.func is work.func:
        (pk,) = task_result.args
        broke_off(pk)


@transaction.atomic
def broke_off(pk: int, message: dict[str, str] = _BROKE_OFF) -> None:
    """Mark a calculation as interrupted, with the reason."""
    if computing.end(pk, "failed", message=message):
        found = Calculation.objects.get(pk=pk)
        note(Act(None, "calculation.break_off"), found, {"tries": found.tries})
