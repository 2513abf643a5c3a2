"""The ministry's actions on returns: each is one transaction, and is logged.

All raise PermissionDenied where the person may not, and RefusedError.
"""

import datetime as dt
import json
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from shokibo.answers import plain
from shokibo.opendata.writing import DESCRIPTION
from shokibo.web.accounts.access import Access
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, note
from shokibo.web.base.clock import today
from shokibo.web.base.isolation import file_name
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.uploads import count_upload
from shokibo.web.nation.publishing import DraftedSum, drafted_sum
from shokibo.web.receipts.models import Acceptance, DeliveredFile, Delivery, SumEdition, SumFile
from shokibo.web.receipts.steps import ACCEPT
from shokibo.web.register.models import Authority
from shokibo.web.returns.versions import latest_of
from shokibo.web.steps.frozen import digest
from shokibo.web.steps.taking import take

MOST_FILES = 200
"""The most files of one delivery, more than two per authority."""


def accept(
    *, access: Access, authority: Authority, form: int, year: int, sha256: str
) -> Acceptance:
    """Accept the version that was shown, if it is still current."""
    row = Acceptance(
        authority=authority,
        form=form,
        fiscal_year=year,
        sha256=sha256,
        accepted_by=access.person,
    )

    def latest() -> str:
        version = latest_of(authority, form, year)
        return version.sha256 if version else ""

    return take(ACCEPT, office=access.over(authority), row=row, values={"latest": latest})


@transaction.atomic
def publish_sum(*, access: Access, form: int, year: int, digest: str) -> SumEdition:
    """Publish the nation's sum as it was shown; `digest` is that of what was shown."""
    if not access.may(Permission.RETURN_ACCEPT):
        raise PermissionDenied(Permission.RETURN_ACCEPT)
    draft = drafted_sum(form, year)
    require_publishable(draft)
    if draft.digest != digest:
        raise RefusedError(
            "この画面を開いた後に合計が変わりました。今の内容を確かめて、もう一度公開してください。",
            "The sum changed since this page was opened. Look at it, and publish once more.",
        )
    made = SumEdition.objects.create(
        form=form,
        fiscal_year=year,
        edition=draft.edition,
        published_on=today(),
        published_by=access.person,
        total=plain(draft.sum.total),
        versions=draft.versions,
        changes=[{"ja": change.ja, "en": change.en} for change in draft.changes],
        description=json.loads(draft.package[DESCRIPTION]),
        digest=draft.digest,
    )
    files = SumFile.of_contents(made, draft.files)
    SumFile.objects.bulk_create(files)
    note(Act(access.person, "return.publish"), made, {one.name: one.sha256 for one in files})
    return made


def require_publishable(draft: DraftedSum) -> None:
    """Refuse a sum of no version, or of the versions that are published. Raises RefusedError."""
    if not draft.versions:
        raise RefusedError("受理した版がありません。", "No version is accepted yet.")
    if draft.is_published:
        raise RefusedError(
            "前の版を公開してから、受理した版は変わっていません。",
            "No other version was accepted since the last edition was published.",
        )


@transaction.atomic
def receive(
    *, access: Access, form: int, year: int, came_on: dt.date, workbooks: Sequence[UploadedFile]
) -> Delivery:
    """Store files received another way, to be read by `tasks.start`."""
    if not access.may(Permission.RETURN_RECEIVE):
        raise PermissionDenied(Permission.RETURN_RECEIVE)
    count_upload(access.person.pk)
    if len(workbooks) > MOST_FILES:
        raise RefusedError(
            f"一度に読み込めるのは{MOST_FILES}ファイルまでです。分けて送ってください。",
            f"At most {MOST_FILES} files at once: send them in parts.",
        )
    delivery = Delivery.objects.create(
        form=form, fiscal_year=year, came_on=came_on, uploaded_by=access.person
    )
    stored = [
        DeliveredFile(
            delivery=delivery, name=file_name(one.name), content=content, sha256=digest(content)
        )
        for one in workbooks
        for content in (one.read(),)
    ]
    DeliveredFile.objects.bulk_create(stored)
    names = {one.name: one.sha256 for one in stored}
    note(Act(access.person, "return.receive"), delivery, names)
    return delivery
