"""Drafts of applications, and the files that support them."""

import datetime as dt

from django.db import transaction

from shokibo.web.accounts.access import Office
from shokibo.web.audit.recording import Act, note
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification.evidence import MOST_FILES, CheckedFile, Room
from shokibo.web.certification.models import Application, Evidence
from shokibo.web.certification.transitions import DRAFT, EDIT
from shokibo.web.register.models import Home, Unit
from shokibo.web.steps.taking import admit, take


def draft(
    *,
    office: Office,
    home: Home,
    addon: str,
    unit: Unit | None,
    fiscal_year: int,
    start_month: dt.date,
    requested_extra: int | None,
    code: str = "",
) -> Application:
    """Make a draft, by an id of the home's own where it is free. Raises as `take`."""
    row = Application(
        authority=office.authority,
        home=home,
        addon=addon,
        unit=unit,
        fiscal_year=fiscal_year,
        start_month=start_month,
        requested_extra=requested_extra if addon == "dispersal" else None,
        code=code,
    )
    return take(DRAFT, office=office, row=row)


@transaction.atomic
def attach(
    *, office: Office, application: Application, version: int, file: CheckedFile
) -> Evidence:
    """Add a file to a draft. Raises as `take`."""
    row = admit(EDIT, office=office, row=application, version=version).row
    if row.evidence.count() >= MOST_FILES:
        raise RefusedError(
            f"根拠資料は{MOST_FILES}件までです。まとめるか、要らないものを外してください。",
            f"At most {MOST_FILES} files; take one away first.",
        )
    Room.of(row).check(file)
    evidence = Evidence.objects.create(
        application=row,
        name=file.name,
        content=file.content,
        sha256=file.sha256,
        added_by=office.person,
    )
    act = Act(office.person, "application.evidence")
    note(act, row, {"evidence": file.name, "sha256": file.sha256})
    return evidence


@transaction.atomic
def detach(*, office: Office, evidence: Evidence, version: int) -> None:
    """Take a file from a draft. Raises as `take`."""
    row = admit(EDIT, office=office, row=evidence.application, version=version).row
    act = Act(office.person, "application.detach")
    note(act, row, {"evidence": evidence.name, "sha256": evidence.sha256})
    evidence.delete()
