"""The pages of the forecast: what is asked, its record and its figures, and the need from it."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo import calendar
from shokibo.need.forecast import PATHS, SEED, as_of_default
from shokibo.need.outlook import FARTHEST
from shokibo.need.refusals import CannotForecastError
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.base.language import language
from shokibo.web.base.parameters import Query, asks, choice_field
from shokibo.web.base.words import nendo, short_nendo, wareki
from shokibo.web.needs import actions, tasks
from shokibo.web.needs.adopting import adopt_need_page
from shokibo.web.needs.asked import PERCENTILES, ForecastAsked, forecast_of, read
from shokibo.web.needs.asking import usual_year
from shokibo.web.needs.forecast_form import ForecastForm, scenario_rows, scenarios_of
from shokibo.web.needs.forecast_page import pictures, shown
from shokibo.web.needs.grounds import ledger_for
from shokibo.web.needs.models import Calculation
from shokibo.web.needs.views.common import (
    READ,
    WRITE,
    address_of,
    calculations,
    last_answered,
    listing,
    one_of,
    unanswered,
)
from shokibo.web.pages.listing import Column, ListQuery, list_page


def _asked(calculation: Calculation) -> ForecastAsked:
    return read(calculation.asked, ForecastAsked)


FORECASTS = listing(
    gettext_lazy("まだ見通しはありません"),
    Column("", gettext_lazy("基準日"), cell=lambda one: wareki(_asked(one).as_of)),
    Column("", gettext_lazy("どの年度末まで"), cell=lambda one: nendo(_asked(one).to_year)),
    Column(
        "",
        gettext_lazy("場合分け"),
        cell=lambda one: "、".join(s.name for s in _asked(one).scenarios) or "—",
    ),
)


@office_page(READ, write=WRITE)
@asks(ListQuery)
def forecasts(request: HttpRequest, office: Office, *, asked: ListQuery) -> HttpResponse:
    """List the forecasts; POST asks for another."""
    last = calculations(office, "forecast").first()
    before = _asked(last) if last else None
    data = request.POST or None
    form = ForecastForm(data, _initial(office, before))
    rows = scenario_rows(data, before.scenarios if before else ())
    if request.method == "POST":
        question = _question(form, office, scenarios_of(rows))
        for row in rows:
            if row.errors:
                words = _("場合分けの「変化%(n)s」に、確かめるところがあります。")
                form.add_error(None, words % {"n": row.number})
        if question is not None:
            made = actions.ask(office=office, asked=question)
            tasks.start(made)
            return redirect(address_of(made))
    return list_page(
        request,
        asked,
        FORECASTS,
        calculations(office, "forecast").defer("answer"),
        "needs/forecasts.html",
        form=form if office.may(WRITE) else None,
        scenario_rows=rows,
        scenarios_given=bool(data or (before and before.scenarios)),
        last=last_answered(office, "forecast"),
    )


def _initial(office: Office, before: ForecastAsked | None) -> dict[str, Any]:
    if before is not None:
        last = short_nendo(before.to_year)
        return {"to_year": last, "paths": before.paths, "seed": before.seed}
    year = usual_year(office.authority)
    return {"to_year": short_nendo(year), "paths": PATHS, "seed": SEED}


def _question(
    form: ForecastForm, office: Office, scenarios: tuple[Any, ...] | None
) -> ForecastAsked | None:
    """Return what is asked; None if the form says what is wrong with it."""
    if not form.is_valid() or scenarios is None:
        return None
    given = form.cleaned_data
    try:
        as_of: dt.date = given["as_of"] or as_of_default(ledger_for("forecast", office.authority))
    except CannotForecastError as error:
        form.add_error(None, error.message(language()))
        return None
    first = calendar.fiscal_year_of(as_of + dt.timedelta(days=1))
    if not first <= given["to_year"] < first + FARTHEST:
        form.add_error(
            "to_year",
            _("%(first)sから%(last)sまでの年度を記入してください。")
            % {"first": nendo(first), "last": nendo(first + FARTHEST - 1)},
        )
        return None
    return ForecastAsked(
        as_of=as_of,
        to_year=given["to_year"],
        paths=given["paths"],
        seed=given["seed"],
        scenarios=scenarios,
        language=language(),
    )


@office_page(READ)
def forecast(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Show a forecast: first how earlier ones would have done, then its figures."""
    found = one_of(office, "forecast", pk)
    without = unanswered(request, found)
    return without or render(request, "needs/forecast.html", shown(office, found))


@office_page(READ)
def picture(request: HttpRequest, office: Office, pk: int, group: str) -> HttpResponse:
    """Return the chart of a group as SVG."""
    found = one_of(office, "forecast", pk)
    if found.state == "done":
        for name, drawn in pictures(office, found, forecast_of(found.answer).forecast).items():
            if name == group:
                return HttpResponse(drawn.svg, content_type="image/svg+xml")
    raise Http404


class PercentileQuery(Query):
    """At which percentile of its courses a forecast is taken as the need."""

    percentile = choice_field(
        gettext_lazy("何%の経過で足りるか"), {str(n): f"{n}%" for n in PERCENTILES}
    )


@office_page(WRITE, write=WRITE)
@asks(PercentileQuery)
def adopt(request: HttpRequest, office: Office, pk: int, *, asked: PercentileQuery) -> HttpResponse:
    """Show the grid of the need as a forecast would fill it in; POST saves it as the grid does."""
    found = one_of(office, "forecast", pk)
    if found.state != "done":
        return redirect(address_of(found))
    percentile = int(asked.given["percentile"] or PERCENTILES[0])
    return adopt_need_page(request, office, found, percentile)
