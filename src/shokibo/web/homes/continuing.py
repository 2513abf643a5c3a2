"""引き継ぐ: a household continues as a new unit from a day, carried out in one step or tried.

The unit closes on the day before, the new one opens and continues it; postings end and start with
the units; the end of a certification is proposed, and a draft for the new unit prepared.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.checking import check_rows
from shokibo.law.day_evaluation import UnitEvaluation
from shokibo.ledger.findings import Finding
from shokibo.web.accounts.access import Office
from shokibo.web.base.seen import Facts, hold
from shokibo.web.base.words import bracketed, month, wareki
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import PREPARE, PROPOSE_END
from shokibo.web.homes import actions
from shokibo.web.homes.handing_over import Row, added, changed, record
from shokibo.web.homes.judging import judged
from shokibo.web.register.models import Authority, Capacity, Posting, Unit
from shokibo.web.steps.taking import take
from shokibo.web.store.reading import ledger_of
from shokibo.web.store.rules import Rules
from shokibo.web.store.wording import Labelled, display, fields_of

_COPIED = (
    "authority",
    "code",
    "job",
    "employment",
    "weekly_hours",
    "full_time_weekly_hours",
    "role",
    "dedicated",
    "main_rota",
    "ended_on",
)
_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Continuation:
    """The result of the step: the new unit, its judgement, and new findings.

    `facts` are what is shown, in Japanese.
    """

    unit: Unit
    shown: Labelled
    facts: Facts
    evaluation: UnitEvaluation | None
    findings: Sequence[Finding]


def postings_from(unit: Unit, day: dt.date) -> list[Posting]:
    """Return a unit's postings on a day or later."""
    rows = Posting.objects.filter(unit=unit).order_by("code", "pk")
    return [row for row in rows if row.ended_on is None or row.ended_on >= day]


def certified_beyond(unit: Unit, day: dt.date) -> list[Application]:
    """Return a unit's certified applications that extend beyond the month before a day."""
    last = last_day(day)
    rows = Application.objects.filter(unit=unit, state="certified", end_proposed_at=None)
    return [
        row
        for row in rows.order_by("pk")
        if row.start_month <= last < calendar.fiscal_year_end(row.fiscal_year)
    ]


def last_day(day: dt.date) -> dt.date:
    """Return the month's end at which certification ends if the unit closes before a day."""
    return calendar.month_end(day - _A_DAY)


@transaction.atomic
def continue_unit(
    *,
    office: Office,
    unit: Unit,
    version: int,
    day: dt.date,
    values: dict[str, Any],
    capacity: int,
    carried: Collection[Posting],
    ends: bool,
    reason: str,
    seen: str | None,
) -> Continuation:
    """Carry out the step completely or not at all; `seen` is what was shown, None only tries it.

    Raises PermissionDenied, StaleError, ChangedSinceError, RefusedError, and IntegrityError if the
    new unit's id is taken.
    """
    Authority.objects.select_for_update(no_key=True).get(pk=office.authority.pk)
    before = {_key(one) for one in _findings(office.authority)}
    postings, certified = postings_from(unit, day), certified_beyond(unit, day) if ends else []
    closed, close = unit.closed_on, {"closed_on": day - _A_DAY}
    actions.change(office=office, row=unit, version=version, values=close, reason=reason)
    new = Unit(authority=office.authority, opened_on=day, continues=unit, **values)
    first = Capacity(authority=office.authority, effective_from=day, capacity=capacity)
    actions.add_unit(office=office, unit=new, capacity=first, reason=reason)
    written = [changed(unit, {"closed_on": closed}), added(new), added(first)]
    for posting in postings:
        written += _move(office, posting, new, is_carried=posting in carried, reason=reason)
    rules = judged(office.authority, [new.home], day)
    figures = rules.units.get(new.code)
    drafts = certified if figures is not None and figures.in_scope is not False else []
    for row in certified:
        given = {"ended_on": last_day(day)}
        take(PROPOSE_END, office=office, row=row, version=row.version, values=given, reason=reason)
        written.append(changed(row, {}))
    for row in drafts:
        draft = take(PREPARE, office=office, row=_draft(row, new, last_day(day) + _A_DAY))
        written.append(added(draft))
    record(office, unit, new, written)
    done = (unit, new, capacity, postings, carried, certified, drafts)
    with translation.override("ja"):
        facts = dict(_shown(*done))
    found = Continuation(
        new,
        _shown(*done),
        facts,
        rules.unit(new.code),
        [one for one in _findings(office.authority) if _key(one) not in before],
    )
    if seen is None:
        transaction.set_rollback(True)
    else:
        hold(seen, found.facts)
    return found


def _move(
    office: Office, posting: Posting, new: Unit, *, is_carried: bool, reason: str
) -> list[Row]:
    """End a posting with the unit, restart a carried one, and move a future one.

    Return the rows that this wrote.
    """
    version, day = posting.version, new.opened_on
    if posting.started_on is not None and posting.started_on >= day:
        if not is_carried:
            return []
        here = {"home": posting.home_id, "unit": posting.unit_id}
        there = {"home": new.home, "unit": new}
        actions.change(office=office, row=posting, version=version, values=there, reason=reason)
        return [changed(posting, here)]
    again = Posting(
        **{name: getattr(posting, name) for name in _COPIED},
        home=new.home,
        unit=new,
        started_on=day,
    )
    ended, end = posting.ended_on, {"ended_on": day - _A_DAY}
    actions.change(office=office, row=posting, version=version, values=end, reason=reason)
    written = [changed(posting, {"ended_on": ended})]
    if is_carried:
        actions.add(office=office, row=again, reason=reason)
        written.append(added(again))
    return written


def _draft(row: Application, new: Unit, start: dt.date) -> Application:
    return Application(
        authority=row.authority,
        home=new.home,
        addon=row.addon,
        unit=new,
        fiscal_year=row.fiscal_year,
        start_month=start,
        requested_extra=row.certified_extra,
        code="",
    )


def _shown(
    unit: Unit,
    new: Unit,
    capacity: int,
    postings: Collection[Posting],
    carried: Collection[Posting],
    certified: Collection[Application],
    drafts: Collection[Application],
) -> Labelled:
    """Return what the step does, in the page's language."""
    day: dt.date = new.opened_on
    end = wareki(last_day(day))
    start = month(last_day(day) + _A_DAY)
    staying = [_named(one) for one in postings if one in carried]
    leaving = [_named(one) for one in postings if one not in carried]
    ends = [_("%(code)sを%(day)sで終了") % {"code": row.code, "day": end} for row in certified]
    begins = [
        _("%(month)sから加配%(n)s人") % {"month": start, "n": row.certified_extra} for row in drafts
    ]
    closes = _("%(unit)s(%(day)sまで)") % {
        "unit": f"{unit.home} {unit}",
        "day": wareki(day - _A_DAY),
    }
    opens = _("%(unit)s(%(day)sから)") % {"unit": f"{new.home} {new}", "day": wareki(day)}
    return (
        (_("廃止する生活単位"), closes),
        (_("新しい生活単位"), opens),
        *fields_of(new, "code", "kind", "area"),
        (_("定員"), str(capacity)),
        (_("引き継ぐ職員"), _listed(staying)),
        (_("前日で配置が終わる職員"), _listed(leaving)),
        (_("認定の終了の起案"), _listed(ends)),
        (_("用意する申請の下書き"), _listed(begins)),
    )


def _listed(parts: Sequence[str]) -> str:
    return _("、").join(parts) or "—"


def _named(posting: Posting) -> str:
    role = posting.get_role_display()
    if posting.weekly_hours is not None:
        role += f" {display(Posting, 'weekly_hours', posting.weekly_hours)}"
    return bracketed(posting.code, role)


def _findings(authority: Authority) -> list[Finding]:
    ledger = ledger_of(authority)
    return check_rows(ledger, Rules(authority).law)


def _key(finding: Finding) -> tuple[str, str]:
    return finding.code, repr(sorted(finding.values.items()))
