"""What people do with applications: each one transaction, held to the table, logged."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_noop

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, add, change, note, remove
from shokibo.web.base import clock
from shokibo.web.base.clock import today
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification import transitions
from shokibo.web.certification.codes import code_of_version, free_code
from shokibo.web.certification.evidence import MOST_FILES, CheckedFile, Room
from shokibo.web.certification.guards import Step, starts_in_its_year, unit_is_the_homes, versions
from shokibo.web.certification.judgement import Asked, Judgement, judge_one
from shokibo.web.certification.models import Application, Comment, Evidence
from shokibo.web.certification.transitions import admit, take
from shokibo.web.register.models import Home, Unit

WHOLE = ""
REASON_LENGTH = 1000
COMMENT_FIELDS = {
    WHOLE: gettext_noop("申請の全体"),
    "unit": gettext_noop("生活単位"),
    "start_month": gettext_noop("適用開始月"),
    "requested_extra": gettext_noop("申請加配数"),
    "staff": gettext_noop("職員の配置"),
    "evidence": gettext_noop("根拠資料"),
}
"""Where a comment can stand."""


@transaction.atomic
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
    """Make a draft, by an id of the home's own where it is free.

    Raises PermissionDenied, RefusedError.
    """
    if not office.may(Permission.APPLICATION_WRITE, home):
        raise PermissionDenied
    application = Application(
        authority=office.authority,
        home=home,
        addon=addon,
        unit=unit,
        fiscal_year=fiscal_year,
        start_month=start_month,
        requested_extra=requested_extra if addon == "dispersal" else None,
        code=free_code(office.authority, fiscal_year, code),
    )
    for guard in (unit_is_the_homes, starts_in_its_year):
        guard(Step(application, office.person, {}, ""))
    add(Act(office.person, "application.draft"), application)
    return application


@transaction.atomic
def edit(
    *, office: Office, application: Application, version: int, values: Mapping[str, Any]
) -> None:
    """Change a draft's fields. Raises PermissionDenied, StaleError, RefusedError."""
    given = dict(values)
    if given.get("addon", application.addon) == "backup":
        given["requested_extra"] = None
    take(transitions.EDIT, office=office, application=application, version=version, values=given)


@transaction.atomic
def attach(
    *, office: Office, application: Application, version: int, file: CheckedFile
) -> Evidence:
    """Add a file to a draft. Raises PermissionDenied, StaleError, RefusedError."""
    row = admit(transitions.EDIT, office=office, application=application, version=version)
    if row.evidence.count() >= MOST_FILES:
        raise RefusedError(
            f"根拠資料は{MOST_FILES}件までです。まとめるか、要らないものを外してください。",
            f"At most {MOST_FILES} files; take one away first.",
        )
    Home.objects.select_for_update(no_key=True).get(pk=row.home_id)  # one file after the other
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
    """Take a file from a draft. Raises PermissionDenied, StaleError, RefusedError."""
    row = admit(transitions.EDIT, office=office, application=evidence.application, version=version)
    act = Act(office.person, "application.detach")
    note(act, row, {"evidence": evidence.name, "sha256": evidence.sha256})
    evidence.delete()


@transaction.atomic
def submit(
    *, office: Office, application: Application, version: int, seen: str | None = None
) -> None:
    """Submit a draft today. Raises PermissionDenied, StaleError, RefusedError."""
    values = {
        "applied_on": today(),
        "submitted_at": clock.now(),
        "submitted_by": office.person,
    }
    take(
        transitions.SUBMIT,
        office=office,
        application=application,
        version=version,
        values=values,
        seen=seen,
    )


@transaction.atomic
def discard(*, office: Office, application: Application, version: int) -> None:
    """Remove a draft with its files. Raises PermissionDenied, StaleError, RefusedError."""
    row = admit(transitions.DISCARD, office=office, application=application, version=version)
    row.evidence.all().delete()
    remove(Act(office.person, transitions.DISCARD.action), row, version)


@transaction.atomic
def withdraw(
    *, office: Office, application: Application, version: int, reason: str, seen: str | None = None
) -> None:
    """Withdraw today, with the returned versions before it, which no form may count then.

    Raises PermissionDenied, StaleError, RefusedError.
    """
    values = {"decided_on": today(), "reason": reason[:REASON_LENGTH]}
    earlier = versions(application)[1:]
    take(
        transitions.WITHDRAW,
        office=office,
        application=application,
        version=version,
        values=values,
        reason=reason,
        seen=seen,
    )
    act = Act(office.person, transitions.WITHDRAW.action, reason)
    for row in earlier:
        if row.state == "returned":
            change(act, row, row.version, {**values, "state": "withdrawn"})


@transaction.atomic
def send_for_correction(
    *,
    office: Office,
    application: Application,
    version: int,
    comments: Mapping[str, str],
    seen: str | None = None,
) -> None:
    """Return to the home with a comment at one field or more, by the names of COMMENT_FIELDS.

    Raises PermissionDenied, StaleError, RefusedError.
    """
    written = {field: text.strip() for field, text in comments.items() if text.strip()}
    reason = "\n".join(f"{COMMENT_FIELDS[field]}:{text}" for field, text in written.items())
    take(
        transitions.RETURN,
        office=office,
        application=application,
        version=version,
        values={"reason": reason[:REASON_LENGTH]},
        reason=reason,
        seen=seen,
    )
    for field, text in written.items():
        Comment.objects.create(
            application=application, field=field, text=text, written_by=office.person
        )


@transaction.atomic
def revise(*, office: Office, application: Application, version: int) -> Application:
    """Make a new draft beside a returned version, with its figures and files.

    Raises PermissionDenied, StaleError, RefusedError.
    """
    row = admit(transitions.REVISE, office=office, application=application, version=version)
    new = Application(
        authority=row.authority,
        home=row.home,
        addon=row.addon,
        unit=row.unit,
        fiscal_year=row.fiscal_year,
        start_month=row.start_month,
        requested_extra=row.requested_extra,
        previous=row,
        edition=row.edition + 1,
        code=code_of_version(row),
    )
    add(Act(office.person, transitions.REVISE.action), new)
    Evidence.objects.bulk_create(
        Evidence(
            application=new,
            name=file.name,
            content=file.content,
            sha256=file.sha256,
            added_by=file.added_by,
        )
        for file in row.evidence.all()
    )
    return new


@transaction.atomic
def propose_certify(
    *,
    office: Office,
    application: Application,
    version: int,
    extra: int | None,
    reason: str,
    seen: str | None = None,
) -> None:
    """Propose to certify with so many extra staff; the judgement of now is kept with it.

    Raises PermissionDenied, StaleError, RefusedError.
    """
    values = {
        "proposal": "certify",
        "proposed_extra": extra if application.addon == "dispersal" else None,
        **_proposed(office, application, reason),
    }
    take(
        transitions.PROPOSE_CERTIFY,
        office=office,
        application=application,
        version=version,
        values=values,
        reason=reason,
        seen=seen,
    )


@transaction.atomic
def propose_reject(
    *, office: Office, application: Application, version: int, reason: str, seen: str | None = None
) -> None:
    """Propose to reject; the judgement of now is kept with it.

    Raises PermissionDenied, StaleError, RefusedError.
    """
    take(
        transitions.PROPOSE_REJECT,
        office=office,
        application=application,
        version=version,
        values={"proposal": "reject", **_proposed(office, application, reason)},
        reason=reason,
        seen=seen,
    )


def _proposed(office: Office, application: Application, reason: str) -> dict[str, Any]:
    judgement: Judgement = judge_one(office.authority, Asked.by(application))
    return {
        "proposal_reason": reason,
        "proposed_at": clock.now(),
        "proposed_by": office.person,
        "judgement": judgement.as_json(),
    }


_NO_PROPOSAL: dict[str, Any] = {
    "proposal": "",
    "proposed_extra": None,
    "proposal_reason": "",
    "proposed_at": None,
    "proposed_by": None,
    "judgement": None,
}


@transaction.atomic
def take_back(
    *, office: Office, application: Application, version: int, reason: str, seen: str | None = None
) -> None:
    """Take a proposal back. Raises PermissionDenied, StaleError, RefusedError."""
    take(
        transitions.TAKE_BACK,
        office=office,
        application=application,
        version=version,
        values=_NO_PROPOSAL,
        reason=reason,
        seen=seen,
    )


@transaction.atomic
def send_back(
    *, office: Office, application: Application, version: int, reason: str, seen: str | None = None
) -> None:
    """Send a proposal back to the officer. Raises PermissionDenied, StaleError, RefusedError."""
    take(
        transitions.SEND_BACK,
        office=office,
        application=application,
        version=version,
        values=_NO_PROPOSAL,
        reason=reason,
        seen=seen,
    )


@transaction.atomic
def certify(
    *,
    office: Office,
    application: Application,
    version: int,
    reason: str = "",
    seen: str | None = None,
) -> None:
    """Certify as proposed, today. Raises PermissionDenied, StaleError, RefusedError."""
    _decide(
        transitions.CERTIFY,
        office,
        application,
        version,
        reason,
        seen,
        {"certified_extra": application.proposed_extra},
    )


@transaction.atomic
def reject(
    *,
    office: Office,
    application: Application,
    version: int,
    reason: str = "",
    seen: str | None = None,
) -> None:
    """Reject as proposed, today. Raises PermissionDenied, StaleError, RefusedError."""
    _decide(transitions.REJECT, office, application, version, reason, seen, {})


def _decide(
    transition: transitions.Transition,
    office: Office,
    application: Application,
    version: int,
    reason: str,
    seen: str | None,
    more: dict[str, Any],
) -> None:
    ground = reason or application.proposal_reason
    take(
        transition,
        office=office,
        application=application,
        version=version,
        values={
            "decided_on": today(),
            "decided_at": clock.now(),
            "decided_by": office.person,
            "reason": ground[:REASON_LENGTH] or None,
            **more,
        },
        reason=ground,
        seen=seen,
    )


@transaction.atomic
def end(
    *,
    office: Office,
    application: Application,
    version: int,
    ended_on: dt.date,
    reason: str,
    seen: str | None = None,
) -> None:
    """End a certification at a month's end. Raises PermissionDenied, StaleError, RefusedError."""
    take(
        transitions.END,
        office=office,
        application=application,
        version=version,
        values={"ended_on": ended_on, "end_reason": reason[:REASON_LENGTH]},
        reason=reason,
        seen=seen,
    )
