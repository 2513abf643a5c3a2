"""Letters issued under the authority's own numbers, and their settings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from shokibo.calendar import fiscal_year_of
from shokibo.documents.letters.numbering import Numbering
from shokibo.documents.letters.template import LetterTemplate
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, StaleError, add, change
from shokibo.web.base.clock import today
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification.letters import decision_of
from shokibo.web.certification.models import Application, Letter, LetterSettings
from shokibo.web.register.models import Authority

ADDED = ("signatory", "recipient", "conditions", "remark")
"""What the office adds to a letter besides its day, as stored."""


def settings_of(authority: Authority) -> LetterSettings:
    """Return an authority's settings of letters; an unsaved row if nothing is set."""
    stored = LetterSettings.objects.filter(authority=authority).first()
    return stored or LetterSettings(authority=authority, version=0)


def template_of(authority: Authority) -> LetterTemplate | None:
    """Return an authority's own template; None if it has none."""
    content = settings_of(authority).content
    return LetterTemplate(bytes(content)) if content else None


def next_count(settings: LetterSettings, year: int) -> int:
    """Return the count of the next letter in a fiscal year."""
    issued = Letter.objects.filter(authority=settings.authority_id, fiscal_year=year)
    last = issued.aggregate(last=Max("count"))["last"] or 0
    first = settings.first_number if settings.first_year == year else 1
    return max(int(last) + 1, int(first or 1))


def issued_letters(rows: Sequence[Application]) -> dict[int, Letter]:
    """Return the letters issued for the rows' last decisions, by application."""
    decisions = {row.pk: decision_of(row) for row in rows}
    found = Letter.objects.filter(application__in=rows)
    return {
        one.application_id: one for one in found if decisions[one.application_id] == one.decision
    }


@transaction.atomic
def issue(
    *, office: Office, rows: Sequence[Application], version: int = 0, **given: Any
) -> dict[int, Letter]:
    """Issue letters, each under the next number; return the rows' letters by application.

    A single letter that was issued before is corrected under its number; among several it stays
    unchanged. Raises PermissionDenied, RefusedError without a numbering, StaleError.
    """
    if not office.may(Permission.APPLICATION_EXAMINE):
        raise PermissionDenied(Permission.APPLICATION_EXAMINE)
    # who comes second waits here, and counts on
    Authority.objects.select_for_update(no_key=True).get(pk=office.authority.pk)
    settings = settings_of(office.authority)
    if not settings.pattern:
        raise RefusedError(
            "文書番号の書き方が決まっていません。「通知書の設定」で決めてください。",
            "How letters are numbered is not set; set it in the settings of letters.",
        )
    day = given["issued_on"] or today()
    values = {"issued_on": day, **{name: given.get(name) or "" for name in ADDED}}
    letters = issued_letters(rows)
    if len(rows) == 1 and (letter := letters.get(rows[0].pk)):
        change(Act(office.person, "letter.correct"), letter, version, values)
        return {rows[0].pk: letter}
    if version and len(rows) == 1:
        raise StaleError(Letter(application=rows[0]))
    year = fiscal_year_of(day)
    count, numbering = next_count(settings, year), Numbering(settings.pattern)
    for row in rows:
        if row.pk in letters:
            continue
        letters[row.pk] = Letter(
            authority=office.authority,
            application=row,
            decision=decision_of(row),
            fiscal_year=year,
            count=count,
            number=numbering.number(year, count),
            **values,
        )
        add(Act(office.person, "letter.issue"), letters[row.pk])
        count += 1
    return letters


@transaction.atomic
def set_letters(*, office: Office, version: int, values: Mapping[str, Any]) -> None:
    """Change the authority's settings of letters. Raises PermissionDenied, StaleError."""
    if not office.may(Permission.APPLICATION_EXAMINE):
        raise PermissionDenied(Permission.APPLICATION_EXAMINE)
    Authority.objects.select_for_update(no_key=True).get(pk=office.authority.pk)
    settings, act = settings_of(office.authority), Act(office.person, "letter.settings")
    if settings.pk:
        change(act, settings, version, dict(values))
    elif version:
        raise StaleError(settings)
    else:
        add(act, LetterSettings(authority=office.authority, **values))
