"""What a person does with calculations: each is one transaction, and is logged.

All raise PermissionDenied where the person may not.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, note
from shokibo.web.needs.asked import ForecastAsked, ProposalAsked, stored
from shokibo.web.needs.models import Calculation
from shokibo.web.pages.grid.saving import Changes
from shokibo.web.planning.actions import save_rows


@transaction.atomic
def ask(*, office: Office, asked: ForecastAsked | ProposalAsked) -> Calculation:
    """Store what is asked; `tasks.start` has it worked out."""
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
def stop(*, office: Office, calculation: Calculation) -> None:
    """Ask for an end with the best that is found so far; one that has ended stays as it is."""
    _require(office)
    rows = office.rows(Calculation, Permission.PLAN_WRITE)
    if rows.filter(pk=calculation.pk, state="waiting").update(is_to_stop=True):
        note(Act(office.person, "calculation.stop"), calculation)


@transaction.atomic
def adopt(*, office: Office, calculation: Calculation, changes: Changes) -> None:
    """Save the rows of a plan's grid that a calculation filled in, as `planning` saves them.

    Raises StaleRowsError, and IntegrityError where a row is there already under its key.
    """
    save_rows(office=office, changes=changes)
    note(Act(office.person, "calculation.adopt"), calculation, {"rows": changes.count})


def _require(office: Office) -> None:
    if not office.may(Permission.PLAN_WRITE):
        raise PermissionDenied(Permission.PLAN_WRITE)
