"""The work on delivered files: a task per file for any worker; a few are read immediately.

A file left by a dying process is read again from the same bytes, with the same result.
"""

from django.db import transaction
from django.db.models import F
from django_tasks import task

from shokibo.returns.counted import FormNumber
from shokibo.web.audit.recording import Act, note
from shokibo.web.base.holding import Work, claimed
from shokibo.web.nation.reading import ReadFile, read_delivered
from shokibo.web.receipts.models import DeliveredFile, Delivery
from shokibo.web.register.models import Authority

AT_ONCE = 3
"""The most files of a delivery that are read while its sender waits."""
_MOST_TRIES = 2
_DIED_TWICE = {
    "ja": "読取りが2回続けて途中で終了しました。"
    "ファイルを開いて保存し直し、もう一度送ってください。",
    "en": "The reading ended twice before it was done. Open the file, save it again, and send it "
    "once more.",
}


@task()
def read(file: int) -> None:
    """Read a waiting file; do nothing for any other."""
    with claimed(Work.DELIVERED_FILE, file) as is_ours:
        if not is_ours:
            return
        found = DeliveredFile.objects.select_related("delivery").get(pk=file)
        if found.state != "waiting":
            return
        if found.tries >= _MOST_TRIES:
            end(file, ReadFile("unreadable", message=_DIED_TWICE))
            return
        DeliveredFile.objects.filter(pk=file).update(tries=F("tries") + 1)
        senders = list(Authority.objects.order_by("code").values_list("code", "name"))
        delivery = found.delivery
        form: FormNumber = 1 if delivery.form == 1 else 2
        content = bytes(found.content)
        end(file, read_delivered(found.name, content, form, delivery.fiscal_year, senders))


@transaction.atomic
def end(pk: int, read: ReadFile) -> None:
    """Store a file's contents, if it still waits."""
    file = DeliveredFile.objects.select_for_update(of=("self",)).get(pk=pk)
    if file.state != "waiting":
        return
    authority = Authority.objects.filter(code=read.code).first() if read.code else None
    DeliveredFile.objects.filter(pk=pk).update(
        state=read.state,
        authority=authority,
        figures=read.figures,
        places=read.places,
        findings=read.findings,
        message=read.message,
    )
    file.refresh_from_db(fields=["state", "authority"])
    note(Act(None, "return.read"), file, {"state": file.state})


def start(delivery: Delivery) -> None:
    """Read the files of a delivery: a few here, more by the workers."""
    files = list(delivery.files.filter(state="waiting").values_list("pk", flat=True))
    for pk in files:
        if len(files) <= AT_ONCE:
            read.call(pk)
        else:
            read.enqueue(pk)


@transaction.atomic
def take_up() -> int:
    """Queue the files left by ended processes; return how many."""
    left = list(DeliveredFile.objects.filter(state="waiting").values_list("pk", flat=True))
    for pk in left:
        read.enqueue(pk)
    return len(left)
