"""Completeness and timeliness over the years: which authority's form came, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.documents.charts import Chart, Series
from shokibo.returns.standing import TIMELINESS, Standing, Timeliness
from shokibo.web.accounts.access import Access
from shokibo.web.accounts.page import instance_page
from shokibo.web.base.parameters import Query, asks, choice_field
from shokibo.web.base.pictures import Picture, svg_answer
from shokibo.web.base.words import as_text, nendo, short_nendo
from shokibo.web.nation.tabs import tabs
from shokibo.web.nation.views.received import READ, latest_year
from shokibo.web.register.models import Authority
from shokibo.web.returns.drawing import first_year
from shokibo.web.returns.standings import known

_MARKS: Mapping[Timeliness, str] = {"in_time": "○", "by_later_day": "△", "late": "▲"}


class FormQuery(Query):
    """Which form."""

    form = choice_field(gettext_lazy("様式"), ("1", "2"))

    @property
    def number(self) -> int:
        """The form that is asked for, otherwise form 1."""
        return int(self.given["form"] or 1)


@dataclass(frozen=True)
class Cell:
    """A form of a year in the map: a mark, the words behind it, and how it looks."""

    standing: Standing

    @property
    def mark(self) -> str:
        """The mark of a form that came, is missing, is not due yet, or is not awaited."""
        timeliness = self.standing.timeliness
        if timeliness is not None:
            return _("紙") if self.standing.state == "on_paper" else _MARKS[timeliness]
        return {"overdue": "×", "open": "…", "not_awaited": "－"}[self.standing.state]

    @property
    def look(self) -> str:
        """The class of its colour."""
        return self.standing.timeliness or self.standing.state

    @property
    def words(self) -> str:
        """Its state and whether it came in time."""
        timeliness = self.standing.timeliness
        state = as_text(self.standing.words("ministry"))
        ground = self.standing.ground if timeliness == "by_later_day" else ""
        parts = [as_text(TIMELINESS[timeliness]) if timeliness else "", state, ground]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Map:
    """Authorities by fiscal years."""

    years: list[int]
    rows: list[tuple[Authority, list[Cell]]]

    def counts(self, timeliness: Timeliness | None) -> tuple[int, ...]:
        """Count each year's forms that came so; with None those that are overdue."""
        return tuple(
            sum(
                one.timeliness == timeliness and (timeliness is not None or one.state == "overdue")
                for one in column
            )
            for column in self._columns
        )

    @property
    def totals(self) -> list[str]:
        """How many came of how many that are expected, year by year."""
        return [
            f"{sum(one.came_on is not None for one in column)}"
            f" / {sum(one.expected or one.came_on is not None for one in column)}"
            for column in self._columns
        ]

    @property
    def _columns(self) -> list[list[Standing]]:
        return [[cells[at].standing for _one, cells in self.rows] for at in range(len(self.years))]


def map_of(number: int) -> Map:
    """Read where every authority's form stands in every year of the Notification."""
    years, stored = list(range(first_year(), latest_year(number) + 1)), known(form=number)
    return Map(
        years,
        [
            (one, [Cell(stored.of(one, number, year)) for year in years])
            for one in Authority.objects.all()
        ],
    )


def picture_of(found: Map, number: int) -> Picture:
    """Draw how many forms came in time, late or not, year by year."""
    bars = [
        *(Series(as_text(words), found.counts(code)) for code, words in TIMELINESS.items()),
        Series(_("未提出(期限後)"), found.counts(None)),
    ]
    chart = Chart(
        tuple(map(short_nendo, found.years)),
        tuple(bar for bar in bars if any(bar.values)) or (bars[0],),
        unit=_("自治体"),
    )
    return Picture(
        "picture-timeliness",
        _("様式%(n)sの提出の時期") % {"n": number},
        _("年度ごとの、期限内、延長後の期限内、期限後、未提出の自治体の数を積み上げた棒。"),
        chart,
        f"{reverse('nation_timeliness_picture')}?form={number}",
    )


@instance_page(READ, ("GET", "HEAD"))
@asks(FormQuery)
def timeliness(request: HttpRequest, access: Access, *, asked: FormQuery) -> HttpResponse:
    """Show the map of authorities and years, and the years' counts."""
    number = asked.number
    found = map_of(number)
    context: dict[str, Any] = {
        "tabs": tabs("nation_timeliness"),
        "number": number,
        "found": found,
        "heads": [(nendo(year), short_nendo(year)) for year in found.years],
        "picture": picture_of(found, number),
    }
    return render(request, "nation/timeliness.html", context)


@instance_page(READ, ("GET", "HEAD"))
@asks(FormQuery)
def picture(request: HttpRequest, access: Access, *, asked: FormQuery) -> HttpResponse:
    """Draw the years' counts as SVG."""
    return svg_answer(picture_of(map_of(asked.number), asked.number))
