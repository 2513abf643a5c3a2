"""The steps of open data: aggregate tables are published and withdrawn; and its settings."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, StaleError, add, add_all, change
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from shokibo.web.opendata.drafting import drafted, settings_of
from shokibo.web.opendata.models import OpenSettings, Publication, PublishedFile
from shokibo.web.register.models import Authority
from shokibo.web.steps.step import NEW, Process, Step, Taking
from shokibo.web.steps.taking import take


@transaction.atomic
def set_settings(*, office: Office, version: int, threshold: int | None, licence: str) -> None:
    """Enter the threshold and the licence; `version` 0 if there are none yet. Raises StaleError.

    What was published before stays as it is.
    """
    if not office.may(Permission.OPEN_DATA_PUBLISH):
        raise PermissionDenied(Permission.OPEN_DATA_PUBLISH)
    Authority.objects.select_for_update().get(pk=office.authority.pk)
    stored = OpenSettings.objects.filter(authority=office.authority).first()
    act = Act(office.person, "open.settings")
    values = {"threshold": threshold, "licence": licence}
    if stored is None:
        add(act, OpenSettings(authority=office.authority, **values))
    else:
        change(act, stored, version, values)


PROCESS = Process(
    Publication,
    {"public": "公開中", "withdrawn": "取りやめ"},
    lambda row: Text(f"公開データ 第{row.edition}版", f"edition {row.edition}"),
    derived={
        "public": lambda row: row.withdrawn_at is None,
        "withdrawn": lambda row: row.withdrawn_at is not None,
    },
)


def _may_be_published(taking: Taking[Publication]) -> None:
    """Refuse a choice of no table, and files that are no longer those that were previewed."""
    if not taking.given["draft"].tables:
        raise RefusedError("公開する表を選んでください。", "Choose the tables to publish.")
    row = taking.row
    later = Publication.objects.filter(authority=row.authority, edition__gte=row.edition)
    if row.digest != taking.given["previewed"] or later.exists():
        raise StaleError(settings_of(row.authority))


def _freeze(taking: Taking[Publication]) -> None:
    add_all(taking.act, PublishedFile.of_contents(taking.row, taking.given["draft"].files))


PUBLISH = Step(
    PROCESS,
    Text("公開する", "Publish"),
    "open.publish",
    Permission.OPEN_DATA_PUBLISH,
    (NEW,),
    "public",
    (_may_be_published,),
    values=lambda _taking: {},
    more=_freeze,
)
WITHDRAW = Step(
    PROCESS,
    Text("取りやめる", "Withdraw"),
    "open.withdraw",
    Permission.OPEN_DATA_PUBLISH,
    ("public",),
    "withdrawn",
    reason="required",
    because=lambda taking: taking.reason.strip(),
    values=lambda taking: {
        "withdrawn_at": clock.now(),
        "withdrawn_by": taking.office.person,
        "withdrawn_reason": taking.reason,
    },
)


def publish(*, office: Office, chosen: Collection[str], digest: str) -> Publication:
    """Make the chosen tables public, as they were previewed: `digest` is that of the preview.

    Raises as `take`: StaleError where they have become others since.
    """
    draft = drafted(office.authority, chosen)
    row = Publication(
        authority=office.authority,
        edition=draft.package.edition,
        published_on=draft.package.day,
        published_by=office.person,
        description=draft.description,
        digest=draft.digest,
    )
    return take(PUBLISH, office=office, row=row, values={"draft": draft, "previewed": digest})
