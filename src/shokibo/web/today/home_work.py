"""What waits for a home: its drafts and returned applications, next year, its register."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.words import nendo
from shokibo.web.certification import carrying
from shokibo.web.certification.models import Application
from shokibo.web.register.models import ChangeProposal
from shokibo.web.today.work import LINES, Line, Today, Work

_WRITE = Permission.APPLICATION_WRITE
NEXT_YEAR_DAYS = 90
"""So long before it begins a year is drafted for."""
DECLINED_DAYS = 30
"""So long a declined proposal is shown: time to propose again."""


def returned(today: Today) -> Iterator[Work]:
    """Give applications sent back for correction that no new version follows."""
    rows = (
        today.office.rows(Application, _WRITE)
        .filter(state="returned", following__isnull=True)
        .select_related("home", "unit")
        .prefetch_related("comments")
        .order_by("applied_on", "pk")
    )
    count = rows.count()
    lines = [
        Line(
            named(row),
            reverse("certification:application", args=[today.code, row.pk]),
            note=_("、").join(comment.text for comment in row.comments.all()),
        )
        for row in rows[:LINES]
    ]
    if count:
        yield Work(
            _("差し戻された申請を直す"),
            count,
            tuple(lines),
            _applications(today, "returned"),
            _("担当者のコメントを読み、新しい版を作って提出します。"),
            urgent=True,
        )


def drafts(today: Today) -> Iterator[Work]:
    """Give drafts that are not submitted yet."""
    rows = (
        today.office.rows(Application, _WRITE)
        .filter(state="draft")
        .select_related("home", "unit")
        .order_by("start_month", "pk")
    )
    count = rows.count()
    lines = [
        Line(named(row), reverse("certification:edit", args=[today.code, row.pk]))
        for row in rows[:LINES]
    ]
    if count:
        yield Work(
            _("申請の下書きを仕上げて提出する"), count, tuple(lines), _applications(today, "draft")
        )


def next_year(today: Today) -> Iterator[Work]:
    """Give certified add-ons that have no draft for this year, or for the next, soon to begin."""
    if not today.office.may(_WRITE):
        return
    this_year = calendar.fiscal_year_of(today.day)
    latest = calendar.fiscal_year_of(today.day + dt.timedelta(days=NEXT_YEAR_DAYS))
    for year in carrying.years_to_carry(today.office):
        if not this_year <= year + 1 <= latest:
            continue
        coming = carrying.sorted_out(today.office, year).coming
        if coming:
            yield Work(
                _("%(year)sの申請の下書きを作る") % {"year": nendo(year + 1)},
                len(coming),
                tuple(Line(named(row)) for row in coming[:LINES]),
                reverse("certification:next_year", args=[today.code, year]),
                _("%(year)sに認定された加算を、まとめて引き継げます。") % {"year": nendo(year)},
            )


def proposals(today: Today) -> Iterator[Work]:
    """Give its own proposals: those that wait for the officer, and those declined lately."""
    rows = (
        today.office.rows(ChangeProposal, Permission.CHANGE_PROPOSE)
        .filter(state__in=("pending", "declined"))
        .select_related("home", "unit")
        .order_by("proposed_at", "pk")
    )
    lately = today.day - dt.timedelta(days=DECLINED_DAYS)
    declined = [
        row
        for row in rows.filter(state="declined")[:100]
        if row.decided_at is not None and localtime(row.decided_at).date() >= lately
    ]
    pending = rows.filter(state="pending")
    count = pending.count()
    if declined:
        yield Work(
            _("登録されなかった申出を確かめる"),
            len(declined),
            tuple(
                Line(f"{row.home} {row}", _home(today, row.home_id), note=row.comment)
                for row in declined[:LINES]
            ),
        )
    if count:
        yield Work(
            _("担当者の確認を待っている申出"),
            count,
            tuple(
                Line(
                    f"{row.home} {row}",
                    _home(today, row.home_id),
                    today.since(localtime(row.proposed_at).date()),
                )
                for row in pending[:LINES]
            ),
        )


def named(row: Application) -> str:
    """Name an application by place, add-on and year."""
    return f"{row.unit or row.home} {row.get_addon_display()} {nendo(row.fiscal_year)}"


def _applications(today: Today, state: str) -> str:
    return reverse("certification:applications", args=[today.code]) + f"?state={state}"


def _home(today: Today, pk: int) -> str:
    return reverse("homes:home", args=[today.code, pk])
