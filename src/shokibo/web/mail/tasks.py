"""The worker's part: sending mail, again while the server is away, and for a day at most."""

import datetime as dt
import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import TaskResult, task
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from shokibo.web.base import clock
from shokibo.web.mail.models import Outgoing

QUEUE = "mail"
mail_task = task(queue_name=QUEUE, priority=10)
"""A task about mail: it goes before imports that wait, and leaves no trace once it is done."""
KEPT = dt.timedelta(days=1)
"""A mail that could not be sent for so long is given up: a link in it has no use any more."""
_LONGEST_PAUSE = dt.timedelta(hours=1)
_LOG = logging.getLogger(__name__)


@mail_task
def deliver(pk: int, tries: int) -> None:
    """Send a mail that was tried so many times, once, however many start this at the same time."""
    given_up, _ = Outgoing.objects.filter(made_at__lt=clock.now() - KEPT).delete()
    if given_up:
        _LOG.error("%d mails could not be sent for a day and are given up", given_up)
    if not Outgoing.objects.filter(pk=pk, tries=tries).update(tries=F("tries") + 1):
        return
    mail = Outgoing.objects.get(pk=pk)
    connection = get_connection(settings.EMAIL_DELIVERY_BACKEND)
    message = EmailMessage(
        mail.subject, mail.body, mail.sender, mail.recipients, connection=connection
    )
    try:
        message.send()
    except OSError as error:  # the server's refusals too
        pause = min(dt.timedelta(minutes=2**tries), _LONGEST_PAUSE)
        _LOG.warning("mail %d was not sent, tried again in %s: %s", pk, pause, error)
        deliver.using(run_after=timezone.now() + pause).enqueue(pk, mail.tries)
    else:
        mail.delete()


@transaction.atomic
def take_up() -> None:
    """Have the worker send what was left when a process ended."""
    for mail in Outgoing.objects.order_by("pk"):
        deliver.enqueue(mail.pk, mail.tries)


@receiver(task_finished)
def _forget(task_result: TaskResult[Any], **_: object) -> None:
    """Delete a task about mail, whose arguments may name a person."""
    if task_result.task.queue_name == QUEUE:
        DBTaskResult.objects.filter(pk=task_result.id).delete()
