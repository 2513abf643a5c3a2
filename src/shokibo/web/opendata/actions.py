"""What is done with open data: each function is one change, atomic and logged."""

import hashlib
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, StaleError, add, add_all, change
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from shokibo.web.opendata.drafting import drafted, settings_of
from shokibo.web.opendata.models import OpenSettings, Publication, PublishedFile
from shokibo.web.register.models import Authority

_PUBLISH = Permission.OPEN_DATA_PUBLISH


@transaction.atomic
def set_settings(*, office: Office, version: int, threshold: int | None, licence: str) -> None:
    """Enter the threshold and the licence; `version` 0 where there are none yet. Raises StaleError.

    What was published before stays as it is.
    """
    _require(office)
    Authority.objects.select_for_update().get(pk=office.authority.pk)
    standing = OpenSettings.objects.filter(authority=office.authority).first()
    act = Act(office.person, "open.settings")
    values = {"threshold": threshold, "licence": licence}
    if standing is None:
        add(act, OpenSettings(authority=office.authority, **values))
    else:
        change(act, standing, version, values)


@transaction.atomic
def publish(*, office: Office, chosen: Collection[str], digest: str) -> Publication:
    """Make the chosen tables public, as they were previewed: `digest` is that of the preview.

    Raises StaleError where they have become others since, RefusedError where none is chosen.
    """
    _require(office)
    Authority.objects.select_for_update().get(pk=office.authority.pk)
    draft = drafted(office.authority, chosen)
    if not draft.tables:
        raise RefusedError("公開する表を選んでください。", "Choose the tables to publish.")
    if draft.digest != digest:
        raise StaleError(settings_of(office.authority))
    made = Publication(
        authority=office.authority,
        edition=draft.package.edition,
        published_on=draft.package.day,
        published_by=office.person,
        description=draft.description,
        digest=digest,
    )
    act = Act(office.person, "open.publish")
    add(act, made)
    files = [
        PublishedFile(
            of=made, name=name, content=content, sha256=hashlib.sha256(content).hexdigest()
        )
        for name, content in draft.files.items()
    ]
    add_all(act, files)
    return made


@transaction.atomic
def withdraw(*, office: Office, publication: Publication, version: int, reason: str) -> None:
    """Take an edition away from the public; it is kept, with the reason.

    Raises StaleError, RefusedError where it is withdrawn already or no reason is given.
    """
    _require(office)
    if publication.authority_id != office.authority.pk:
        raise PermissionDenied(_PUBLISH)
    if publication.withdrawn_at is not None:
        raise RefusedError("もう取りやめています。", "It has been withdrawn already.")
    if not reason.strip():
        raise RefusedError("理由を記入してください。", "Enter the reason.")
    values = {
        "withdrawn_at": clock.now(),
        "withdrawn_by": office.person,
        "withdrawn_reason": reason.strip(),
    }
    change(Act(office.person, "open.withdraw", reason.strip()), publication, version, values)


def _require(office: Office) -> None:
    if not office.may(_PUBLISH):
        raise PermissionDenied(_PUBLISH)
