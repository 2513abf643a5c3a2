"""Next year's drafts from this year's certified add-ons."""

from dataclasses import dataclass, field

from django.db import transaction

from shokibo import calendar
from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.certification import actions
from shokibo.web.certification.models import Application

_EXISTS = Text("{year}の申請があります", "already applied for")
_CLOSED = Text("{year}の前に廃止しています", "closed before the year")


@dataclass
class Carried:
    """What becomes a draft, and what does not, with the reason."""

    year: int
    coming: list[Application] = field(default_factory=list)
    skipped: list[tuple[Application, Text]] = field(default_factory=list)


def sorted_out(office: Office, from_year: int) -> Carried:
    """Sort out which certified add-ons of a year can be drafted for the next."""
    rows = office.rows(Application, Permission.APPLICATION_WRITE).select_related("home", "unit")
    following = from_year + 1
    existing = {
        (row.addon, row.home_id, row.unit_id)
        for row in rows.filter(fiscal_year=following).exclude(state__in=("withdrawn", "rejected"))
    }
    label = calendar.fiscal_year_label(following)
    first = calendar.fiscal_year_start(following)
    found = Carried(following)
    for row in rows.filter(fiscal_year=from_year, state="certified").order_by("home", "pk"):
        closings = [part.closed_on for part in (row.home, row.unit) if part is not None]
        if (row.addon, row.home_id, row.unit_id) in existing:
            found.skipped.append((row, Text(_EXISTS.say("ja", year=label), _EXISTS.en)))
        elif any(closed is not None and closed < first for closed in closings):
            found.skipped.append((row, Text(_CLOSED.say("ja", year=label), _CLOSED.en)))
        else:
            existing.add((row.addon, row.home_id, row.unit_id))
            found.coming.append(row)
    return found


@transaction.atomic
def carry(*, office: Office, from_year: int) -> Carried:
    """Make all drafts or none; return them."""
    found = sorted_out(office, from_year)
    found.coming = [
        actions.draft(
            office=office,
            home=row.home,
            addon=row.addon,
            unit=row.unit,
            fiscal_year=found.year,
            start_month=calendar.fiscal_year_start(found.year),
            requested_extra=row.certified_extra,
        )
        for row in found.coming
    ]
    return found


def years_to_carry(office: Office) -> list[int]:
    """Return the years whose certified add-ons are not all drafted for the next, latest first."""
    rows = office.rows(Application, Permission.APPLICATION_WRITE)
    live = rows.exclude(state__in=("withdrawn", "rejected"))
    drafted = set(live.values_list("fiscal_year", "addon", "home_id", "unit_id"))
    certified = rows.filter(state="certified")
    open_years = {
        year
        for year, *place in certified.values_list("fiscal_year", "addon", "home_id", "unit_id")
        if (year + 1, *place) not in drafted
    }
    return sorted(open_years, reverse=True)
