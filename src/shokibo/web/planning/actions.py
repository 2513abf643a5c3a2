"""What is done with the plan: each function is one change, atomic and logged.

All raise PermissionDenied where the person may not.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit import recording
from shokibo.web.audit.recording import Act
from shokibo.web.pages.grid.saving import Changes, lock_rows
from shokibo.web.planning.models import Plan
from shokibo.web.register.models import Home


@transaction.atomic
def save_rows(*, office: Office, changes: Changes) -> None:
    """Save a whole grid: all of it, or nothing if any row was changed by somebody else.

    Raises StaleRowsError, and IntegrityError if a row is there already under its key.
    """
    _require(office)
    rows = lock_rows(office.rows(changes.model, Permission.PLAN_WRITE), changes.opened)
    for one in changes.removed:
        recording.remove(Act(office.person, "plan.remove"), rows[one.pk], one.version)
    for one, values in changes.changed:
        _ours(office, values)
        recording.change(Act(office.person, "plan.change"), rows[one.pk], one.version, values)
    for values in changes.added:
        _ours(office, values)
    new = [changes.model(authority=office.authority, **values) for values in changes.added]
    recording.add_all(Act(office.person, "plan.add"), new)


@transaction.atomic
def make_plan(*, office: Office, values: dict[str, Any]) -> Plan:
    """Begin the authority's plan. Raises IntegrityError if it has one."""
    _require(office)
    plan = Plan(authority=office.authority, **values)
    recording.add(Act(office.person, "plan.add"), plan)
    return plan


@transaction.atomic
def change_plan(*, office: Office, plan: Plan, version: int, values: dict[str, Any]) -> None:
    """Change the plan's head. Raises StaleError if somebody saved it since."""
    _require(office)
    if plan.authority_id != office.authority.pk:
        raise PermissionDenied(Permission.PLAN_WRITE)
    recording.change(Act(office.person, "plan.change"), plan, version, values)


def _require(office: Office) -> None:
    if not office.may(Permission.PLAN_WRITE):
        raise PermissionDenied(Permission.PLAN_WRITE)


def _ours(office: Office, values: dict[str, Any]) -> None:
    home: Home | None = values.get("home")
    if home is not None and home.authority_id != office.authority.pk:
        raise PermissionDenied(Permission.PLAN_WRITE)
