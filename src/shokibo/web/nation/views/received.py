"""What came of a form of a year: each authority's version, and what they add up to."""

from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo import calendar
from shokibo.returns.rollup import RollUp, roll_up
from shokibo.returns.standing import TIMELINESS, Standing
from shokibo.web.accounts.access import Access
from shokibo.web.accounts.page import instance_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.parameters import Query, asks, choice_field, year_field
from shokibo.web.base.words import as_text
from shokibo.web.nation.tabs import tabs
from shokibo.web.pages.listing import (
    Column,
    Listing,
    ListQuery,
    acts,
    lines,
    link,
    links,
    list_page,
    note,
)
from shokibo.web.pages.templatetags.pages import badge
from shokibo.web.register.models import Authority
from shokibo.web.returns.deadlines import statutory
from shokibo.web.returns.drawing import first_year
from shokibo.web.returns.figures import count_tables
from shokibo.web.returns.standings import LOOKS, known
from shokibo.web.returns.versions import Version, latest_versions

READ = Permission.RETURN_READ_SUBMITTED
YEARS_BACK = 5


class FormOfYearQuery(Query):
    """Which form of which year."""

    form = choice_field(gettext_lazy("様式"), ("1", "2"))
    year = year_field()

    @property
    def number(self) -> int:
        """The form that is asked for, otherwise form 1."""
        return int(self.given["form"] or 1)

    def year_of(self, number: int) -> int:
        """Return the year that is asked for, else the latest of a form. Raises UnreadableError."""
        usual = latest_year(number)
        return int(self.hold("year", range(first_year(), usual + 2)) or usual)


class NationQuery(FormOfYearQuery, ListQuery):
    """The list of a form of a year."""


def latest_year(number: int) -> int:
    """Return the latest fiscal year of a form: that of form 2 is over."""
    this_year = calendar.fiscal_year_of(today())
    return this_year if number == 1 else this_year - 1


def years_back(year: int) -> list[int]:
    """Return the years that can be chosen, the latest first."""
    this_year = calendar.fiscal_year_of(today())
    return sorted({*range(this_year, this_year - YEARS_BACK, -1), year}, reverse=True)


@dataclass(frozen=True)
class Came:
    """An authority, where its form stands, and the version that counts."""

    authority: Authority
    standing: Standing
    version: Version | None
    year: int
    number: int

    @property
    def state(self) -> str:
        """Its state in the ministry's words."""
        return as_text(self.standing.words("ministry"))

    @property
    def timeliness(self) -> str:
        """Whether it came in time."""
        return as_text(TIMELINESS[self.standing.timeliness]) if self.standing.timeliness else ""

    def count(self, *path: str) -> int | None:
        """Return a count of its figures by its path."""
        found: Any = self.version.figures if self.version else None
        for name in path:
            found = None if found is None else found.get(name)
        return None if found is None else int(found)


def _name(row: Came) -> SafeString | str:
    name = row.authority.name
    return link(row.version.address, name) if row.version else name


def _state(row: Came) -> SafeString:
    return lines(
        badge(LOOKS[row.standing.state], row.state),
        row.version.edition_name if row.version else "",
    )


def _timeliness(row: Came) -> SafeString | str:
    is_later = row.standing.timeliness == "by_later_day"
    return lines(row.timeliness, note(row.standing.ground if is_later else "")) or "—"


def _acts(row: Came) -> SafeString | str:
    at = [row.authority.code, row.number, row.year]
    found = []
    if row.version is not None:
        if not row.standing.accepted:
            found.append(link(reverse("nation_accept", args=at), _("受理する"), row.authority.name))
    elif not row.standing.awaited:
        words = _("紙で提出した日を修正する") if row.standing.on_paper else _("紙で提出済みにする")
        found.append(link(reverse("nation_paper", args=at), words, row.authority.name))
    return links(found)


def _counted(name: str, header: Any, *path: str) -> Column:
    return Column(name, header, lambda row: row.count(*path), look="number")


CAME = Listing(
    "提出された報告",
    [
        Column("authority__name", gettext_lazy("自治体"), cell=_name, names_row=True),
        Column("state", gettext_lazy("状態"), cell=_state),
        Column("sent_on", gettext_lazy("提出"), lambda row: row.standing.came_on, look="day"),
        Column("timeliness", gettext_lazy("期限"), cell=_timeliness),
        _counted("units", gettext_lazy("生活単位"), "units", "total", "units"),
        _counted("applied", gettext_lazy("申請"), "units", "total", "applied", "total"),
        _counted("certified", gettext_lazy("認定"), "units", "total", "certified", "total"),
        _counted("backup", gettext_lazy("バックアップ職員の認定"), "backup", "certified"),
        acts(_acts),
    ],
    empty=gettext_lazy("自治体がありません"),
)


def came(number: int, year: int) -> list[Came]:
    """Return every authority with where its form stands."""
    versions, stored = latest_versions(number, year), known(form=number, fiscal_year=year)
    return [
        Came(one, stored.of(one, number, year), versions.get(one.pk), year, number)
        for one in Authority.objects.all()
    ]


@instance_page(READ, ("GET", "HEAD"))
@asks(NationQuery)
def nation(request: HttpRequest, access: Access, *, asked: NationQuery) -> HttpResponse:
    """List the authorities' versions that count of a form of a year, and their sum."""
    number = asked.number
    year = asked.year_of(number)
    rows = came(number, year)
    sent = [row for row in rows if row.version]
    context: dict[str, Any] = {
        "tabs": tabs("nation"),
        "awaited": sum(row.standing.expected for row in rows),
        "on_paper": sum(row.standing.state == "on_paper" for row in rows),
        "accepted": sum(row.standing.accepted for row in rows),
        "number": number,
        "year": year,
        "years": years_back(year),
        "sent": len(sent),
        "deadline": statutory(number, year),
    }
    if sent:
        summed = roll_up(row.version.figures for row in sent if row.version)
        context |= count_tables(msgspec.convert(summed, RollUp))
    listing = replace(CAME, name=f"様式{number}_{year}年度")
    return list_page(request, asked, listing, rows, "nation/received.html", **context)
