"""The work on calculations: at once where it is small, else by the worker, which takes up the rest.

A calculation that a dying process left is begun again, from the rows as they are then; the same
rows give the same answer.
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
    """Work a calculation out that waits; of any other there is nothing to do."""
    with claimed(Work.CALCULATION, calculation) as is_ours:
        if is_ours and _begun(calculation):
            computing.compute(calculation)


_MOST_TRIES = 2
"""A calculation that was begun so often, each time by a process that died, is left."""
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
    """Count a try before the work begins, and whether it is to begin.

    To be called by who holds the calculation: whoever tried before is dead then.
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
    """Have a calculation computed: here where it is small, otherwise by the worker."""
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
    """Have the worker go on with what was left when a process ended; return how many."""
    left = list(Calculation.objects.filter(state="waiting").order_by("pk").values_list("pk"))
    for (pk,) in left:
        work.enqueue(pk)
    return len(left)


@receiver(task_finished)
def _ended(sender: object, task_result: TaskResult[Any], **_: object) -> None:
    """Let a calculation that broke off say so."""
    if task_result.status == TaskResultStatus.FAILED and task_result.task.func is work.func:
        (pk,) = task_result.args
        broke_off(pk)


@transaction.atomic
def broke_off(pk: int, message: dict[str, str] = _BROKE_OFF) -> None:
    """Leave a calculation to a person, who sees why there is no answer."""
    if computing.end(pk, "failed", message=message):
        found = Calculation.objects.get(pk=pk)
        note(Act(None, "calculation.break_off"), found, {"tries": found.tries})
