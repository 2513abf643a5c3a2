"""A person's actions on calculations: each is one transaction, and is logged.

All raise PermissionDenied where the person may not.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.models import Person
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, note
from shokibo.web.needs.asked import ForecastAsked, ProposalAsked, stored
from shokibo.web.needs.asking import USUAL
from shokibo.web.needs.models import Calculation
from shokibo.web.pages.grid.saving import Changes
from shokibo.web.planning.actions import save_rows
from shokibo.web.register.models import Authority


@transaction.atomic
def ask(*, office: Office, asked: ForecastAsked | ProposalAsked) -> Calculation:
    """Store what is asked; `tasks.start` has it computed."""
    _require(office)
    made = Calculation.objects.create(
        authority=office.authority,
        kind="forecast" if isinstance(asked, ForecastAsked) else "proposal",
        asked=stored(asked),
        asked_by=office.person,
    )
    note(Act(office.person, "calculation.ask"), made, {"asked": made.asked})
    return made


@transaction.atomic
def ask_for_files(*, office: Office, kind: str) -> Calculation:
    """Store that files of a kind are to be made, if that does not wait already."""
    _require(office)
    return _to_be_made(office.authority, kind, office.person)


@transaction.atomic
def ask_for_all(*, kinds: Iterable[str]) -> list[Calculation]:
    """Store, for an operator, what is to be made for every authority: a row each and kind."""
    authorities = Authority.objects.order_by("code")
    return [_to_be_made(one, kind, None) for kind in kinds for one in authorities]


def _to_be_made(authority: Authority, kind: str, person: Person | None) -> Calculation:
    rows = Calculation.objects.select_for_update()
    waiting = rows.filter(authority=authority, kind=kind, state="waiting").first()
    if waiting is not None:
        return waiting
    asked = stored(USUAL[kind](authority)) if kind in USUAL else {}
    made = Calculation.objects.create(authority=authority, kind=kind, asked=asked, asked_by=person)
    note(Act(person, "calculation.ask"), made, {"kind": kind} | ({"asked": asked} if asked else {}))
    return made


@transaction.atomic
def stop(*, office: Office, calculation: Calculation) -> None:
    """Ask a calculation to end with the best result so far; one that has ended stays as it is."""
    _require(office)
    rows = office.rows(Calculation, Permission.PLAN_WRITE)
    if rows.filter(pk=calculation.pk, state="waiting").update(is_to_stop=True):
        note(Act(office.person, "calculation.stop"), calculation)


@transaction.atomic
def adopt(*, office: Office, calculation: Calculation, changes: Changes) -> None:
    """Save the plan's rows that a calculation filled in, as `planning` saves them.

    Raises StaleRowsError, and IntegrityError if a row with the same key exists.
    """
    save_rows(office=office, changes=changes)
    note(Act(office.person, "calculation.adopt"), calculation, {"rows": changes.count})


def _require(office: Office) -> None:
    if not office.may(Permission.PLAN_WRITE):
        raise PermissionDenied(Permission.PLAN_WRITE)
