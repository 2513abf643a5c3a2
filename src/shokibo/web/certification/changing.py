"""A change of a certified add-on from a month on: it ends and a new application replaces it.

One decision writes both; earlier decisions are never rewritten.
"""

import datetime as dt

from django.utils.timezone import localtime

from shokibo import calendar
from shokibo.web.audit.recording import add
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification.codes import free_code
from shokibo.web.certification.guards import Applying, most_extra, refuse_overlap, refuse_unheld
from shokibo.web.certification.judgement import Asked, judge_one
from shokibo.web.certification.models import Application
from shokibo.web.certification.writes import Values, end_proposal
from shokibo.web.steps.step import REASON_LENGTH

_SAME = ("authority", "home", "addon", "unit", "fiscal_year")


def proposed_to_change(taking: Applying) -> Values:
    """Write the last day before the month of the change, and the number from then on."""
    last = taking.given["from_month"] - dt.timedelta(days=1)
    extra = taking.given["changed_extra"]
    return {**end_proposal(taking, last), "end_proposed_extra": extra}


def _begins(taking: Applying) -> dt.date:
    last: dt.date = taking.value("end_proposed_on")
    return last + dt.timedelta(days=1)


def changes_in_its_time(taking: Applying) -> None:
    """Refuse a change before the month after its start or decision, or after the year."""
    row = taking.row
    first = calendar.month_end(max(row.start_month, row.decided_on or row.start_month))
    first += dt.timedelta(days=1)
    last = calendar.fiscal_year_end(row.fiscal_year).replace(day=1)
    if first > last:
        raise RefusedError(
            "この認定は年度の最後の月までに始まった月がなく、変更できる月が残っていません。"
            "終了を起案してください。",
            "No month of the year is left in which it could change; propose its end.",
        )
    if not first <= _begins(taking) <= last:
        raise RefusedError(
            f"変更する月は、{calendar.era_month(first)}から{calendar.era_month(last)}までです。",
            f"It can change from {first:%Y-%m} to {last:%Y-%m}.",
        )


def changes_its_extra(taking: Applying) -> None:
    """Refuse a number that a unit can't get, or that is already certified."""
    row, extra, most = taking.row, taking.value("end_proposed_extra"), most_extra(_begins(taking))
    if row.addon != "dispersal":
        raise RefusedError(
            "バックアップ職員加算には、変える加配数がありません。終了を起案してください。",
            "A backup add-on has no number to change; propose its end.",
        )
    if not 1 <= extra <= most:
        raise RefusedError(
            f"変更後の加配数を1から{most}までの数にしてください(子発1004第5号 別紙3(1))。"
            "加配がなくなるときは、終了を起案してください。",
            f"Change it to 1 to {most}; where none is left, propose its end.",
        )
    if extra == row.certified_extra:
        raise RefusedError(
            f"加配数{extra}人は、今の認定と同じです。変更後の加配数を修正してください。",
            f"It is certified for {extra} already.",
        )


def changed_rules_hold(taking: Applying) -> None:
    """Refuse a change that the rules do not allow, or can't judge, on its first day."""
    asked = Asked.from_day(taking.row, _begins(taking))
    judgement = judge_one(taking.row.authority, asked)
    refuse_unheld(judgement, taking.value("end_proposed_extra"))


def nothing_overlaps_the_change(taking: Applying) -> None:
    """Refuse a change into months for which another application is certified."""
    refuse_overlap(taking.row, _begins(taking))


def certify_changed(taking: Applying) -> None:
    """Add the application that replaces the ended one, certified as proposed."""
    row = taking.row
    new = Application(
        **{name: getattr(row, name) for name in _SAME},
        code=free_code(row.authority, row.fiscal_year, ""),
        replaces=row,
        state="certified",
        start_month=row.changes_on,
        requested_extra=row.end_proposed_extra,
        applied_on=localtime(row.end_proposed_at).date(),
        certified_extra=row.end_proposed_extra,
        decided_on=clock.today(),
        reason=taking.reason[:REASON_LENGTH],
        proposal="certify",
        proposed_extra=row.end_proposed_extra,
        proposal_reason=row.end_proposal_reason,
        proposed_at=row.end_proposed_at,
        proposed_by=row.end_proposed_by,
        decided_at=row.end_decided_at,
        decided_by=row.end_decided_by,
        judgement=judge_one(row.authority, Asked.from_day(row, row.changes_on)).as_json(),
    )
    add(taking.act, new)
