"""What the ministry does with returns: each is one transaction, and is logged.

All raise PermissionDenied where the person may not, and RefusedError.
"""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from shokibo.web.accounts.access import Access
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, note
from shokibo.web.base.isolation import file_name
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.uploads import count_upload
from shokibo.web.receipts.models import Acceptance, DeliveredFile, Delivery
from shokibo.web.receipts.steps import ACCEPT
from shokibo.web.register.models import Authority
from shokibo.web.returns.versions import latest_of
from shokibo.web.steps.frozen import digest
from shokibo.web.steps.taking import take

MOST_FILES = 200
"""Files of one delivery: two of each authority, and more."""


def accept(
    *, access: Access, authority: Authority, form: int, year: int, sha256: str
) -> Acceptance:
    """Accept the version that was shown, if it is still the one that counts."""
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
def receive(
    *, access: Access, form: int, year: int, came_on: dt.date, workbooks: Sequence[UploadedFile]
) -> Delivery:
    """Store files that came by another way, to be read by `tasks.start`."""
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
