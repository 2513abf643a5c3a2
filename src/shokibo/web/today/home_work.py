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
from shokibo.web.today.work import Line, Today, Work, only_with, work_of

_WRITE = Permission.APPLICATION_WRITE
NEXT_YEAR_DAYS = 90
"""So long before it begins a year is drafted for."""
DECLINED_DAYS = 30
"""So long a declined proposal is shown: time to propose again."""


@only_with(_WRITE)
def returned(today: Today) -> Iterator[Work]:
    """Find applications sent back for correction that no new version follows."""
    rows = (
        today.office.rows(Application, _WRITE)
        .filter(state="returned", following__isnull=True)
        .select_related("home", "unit")
        .prefetch_related("comments")
        .order_by("applied_on", "pk")
    )
    return work_of(
        _("差し戻された申請を修正する"),
        rows,
        lambda row: Line(
            named(row),
            reverse("certification:application", args=[today.code, row.pk]),
            note=_("、").join(comment.text for comment in row.comments.all()),
        ),
        _applications(today, "returned"),
        _("担当者のコメントを読み、新しい版を作って提出します。"),
        urgent=True,
    )


@only_with(_WRITE)
def drafts(today: Today) -> Iterator[Work]:
    """Find drafts that are not submitted yet."""
    rows = (
        today.office.rows(Application, _WRITE)
        .filter(state="draft")
        .select_related("home", "unit")
        .order_by("start_month", "pk")
    )
    return work_of(
        _("申請の下書きを仕上げて提出する"),
        rows,
        lambda row: Line(named(row), reverse("certification:edit", args=[today.code, row.pk])),
        _applications(today, "draft"),
    )


@only_with(_WRITE)
def next_year(today: Today) -> Iterator[Work]:
    """Find certified add-ons that have no draft for the next year, where it is soon to begin."""
    this_year = calendar.fiscal_year_of(today.day)
    latest = calendar.fiscal_year_of(today.day + dt.timedelta(days=NEXT_YEAR_DAYS))
    for year in carrying.years_to_carry(today.office):
        if not this_year < year + 1 <= latest:
            continue
        yield from work_of(
            _("%(year)sの申請の下書きを作る") % {"year": nendo(year + 1)},
            carrying.sorted_out(today.office, year).coming,
            lambda row: Line(named(row)),
            reverse("certification:next_year", args=[today.code, year]),
            _("%(year)sに認定された加算を、まとめて引き継げます。") % {"year": nendo(year)},
        )


@only_with(Permission.CHANGE_PROPOSE)
def proposals(today: Today) -> Iterator[Work]:
    """Find its own proposals: those that wait for the officer, and those declined lately."""
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
    homes = reverse("homes:homes", args=[today.code])
    yield from work_of(
        _("登録されなかった申出を確かめる"),
        declined,
        lambda row: Line(f"{row.home} {row}", _home(today, row.home_id), note=row.comment),
        homes,
    )
    yield from work_of(
        _("担当者の確認を待っている申出"),
        rows.filter(state="pending"),
        lambda row: Line(
            f"{row.home} {row}", _home(today, row.home_id), today.since(row.proposed_at)
        ),
        homes,
    )


def named(row: Application) -> str:
    """Name an application by place, add-on and year."""
    return f"{row.unit or row.home} {row.get_addon_display()} {nendo(row.fiscal_year)}"


def _applications(today: Today, state: str) -> str:
    return reverse("certification:applications", args=[today.code]) + f"?state={state}"


def _home(today: Today, pk: int) -> str:
    return reverse("homes:home", args=[today.code, pk])
