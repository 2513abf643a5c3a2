"""What the register asks for: lapsed certifications, confirmations, shortfalls."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.ledger.tables import CONFIRMATION_ITEMS
from shokibo.rounding import tenths
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import language
from shokibo.web.base.words import wareki
from shokibo.web.certification.models import Application
from shokibo.web.certification.shortfalls import Shortfall
from shokibo.web.register.models import Home, Unit
from shokibo.web.today.office_work import line_of
from shokibo.web.today.work import Line, Today, Work, only_with, work_of


@only_with(Permission.APPLICATION_READ)
def lapsed(today: Today) -> Iterator[Work]:
    """Find certified add-ons that do not hold in every month."""
    if today.figures is None or not today.figures.lapsed:
        return
    rows: QuerySet[Application] = (
        today.office.rows(Application, Permission.APPLICATION_READ)
        .filter(pk__in=today.figures.lapsed)
        .select_related("home", "unit")
        .order_by("fiscal_year", "pk")
    )
    sees_all = today.office.sees_all_homes
    page, asked = ("queue", "") if sees_all else ("applications", "?state=certified")
    yield from work_of(
        _("要件を満たさない月がある認定"),
        rows,
        lambda row: line_of(today, row, "application", None),
        reverse(f"certification:{page}", args=[today.code]) + asked,
        _("台帳を修正するか、認定を終了します。理由は申請のページにあります。"),
        urgent=True,
    )


@only_with(Permission.REGISTER_WRITE, Permission.APPLICATION_WRITE)
def confirmations(today: Today) -> Iterator[Work]:
    """Find confirmations that are missing, ended within the year, or end within two months."""
    if today.figures is None:
        return
    rows = today.office.rows(Home, Permission.REGISTER_READ)
    homes = rows.in_bulk({one.home for one in today.figures.endings})
    endings = [one for one in today.figures.endings if one.home in homes]
    kinds = (
        (_("要件確認がありません"), [one for one in endings if one.until is None]),
        (_("切れた要件確認"), [one for one in endings if one.until and one.until < today.day]),
        (
            _("まもなく切れる要件確認"),
            [one for one in endings if one.until and one.until >= today.day],
        ),
    )
    writes = today.office.may(Permission.REGISTER_WRITE)
    page = "homes:renew_confirmations" if writes else "homes:homes"
    for title, found in kinds:
        yield from work_of(
            title,
            found,
            lambda one: Line(
                f"{homes[one.home]} {_(CONFIRMATION_ITEMS[one.item])}",
                reverse("homes:home", args=[today.code, one.home]),
                note=_("%(day)sまで") % {"day": wareki(one.until)} if one.until else "",
            ),
            reverse(page, args=[today.code]),
            urgent=any(one.until is None or one.until < today.day for one in found),
        )


@only_with(Permission.APPLICATION_WRITE)
def shortfalls(today: Today) -> Iterator[Work]:
    """Find units that lack at most one full-time worker to the next extra."""
    if today.figures is None:
        return
    rows = today.office.rows(Unit, Permission.REGISTER_READ).filter(
        pk__in=[one.unit for one in today.figures.shortfalls]
    )
    units = {unit.pk: unit for unit in rows.select_related("home")}
    yield from work_of(
        _("加配増まであとわずかの生活単位"),
        [one for one in today.figures.shortfalls if one.unit in units],
        lambda one: Line(
            f"{units[one.unit].home} {units[one.unit]}",
            reverse("homes:unit", args=[today.code, one.unit]),
            note=Shortfall(tenths(one.lacking), one.extra).words.say(language()),
        ),
        reverse("homes:eligibility", args=[today.code]),
    )
