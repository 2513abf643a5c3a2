"""The tree of homes and units on a day."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from shokibo.ledger.tables import UNIT_KINDS
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import labels
from shokibo.web.base.parameters import DayQuery, asks, words_field
from shokibo.web.homes.judging import Judged, judged
from shokibo.web.homes.occupancy import latest
from shokibo.web.homes.views.crumbs import day_query
from shokibo.web.homes.views.rows import lists_of
from shokibo.web.register.models import ChangeProposal, Home, Occupancy, Unit

PAGE = 20
"""Homes on a page: of most authorities all; of the largest prefecture a third."""


class HomesQuery(DayQuery):
    """Homes on a day, by words of their names."""

    words = words_field(gettext_lazy("施設名・法人名に含む語"))


@office_page(Permission.REGISTER_READ)
@asks(HomesQuery)
def homes(request: HttpRequest, office: Office, *, asked: HomesQuery) -> HttpResponse:
    """List homes and their units that are open on the day, with places and children."""
    day, words = asked.day, asked.given["words"]
    found = office.homes(Permission.REGISTER_READ)
    judged_homes = judged(office.authority, found, day)
    places = {places.home_id: places for places in judged_homes.status.homes}
    folded = words.casefold()
    named = [home for home in found if folded in f"{home.name}\n{home.operator}".casefold()]
    page = asked.page_of([home for home in named if home.code in places], PAGE)
    counts = _counts(office, list(page), day)
    waiting = _waiting(office)
    context = {
        "day": day,
        "at": day_query(request),
        "words": words,
        "many": len(found) > PAGE,
        "page": page,
        "open": [
            card | {"places": places[home.code], "counts": counts.get(home.pk, [])}
            for home, card in zip(
                page, _cards(office, list(page), judged_homes, waiting), strict=True
            )
        ],
        "closed": [home for home in named if home.code not in places],
        "places": judged_homes.status.all,
        "counts": counts.get(None, []),
        "may_write": office.may(Permission.REGISTER_WRITE),
        "waiting": waiting.total(),
        "tables": lists_of(office),
        "lapsed": len(judged_homes.lapsed),
    }
    return render(request, "homes/homes.html", context)


def _counts(office: Office, homes: list[Home], day: dt.date) -> dict[int | None, list[Occupancy]]:
    rows = office.rows(Occupancy, Permission.REGISTER_READ)
    return latest(rows.filter(Q(home__in=homes) | Q(home=None)), day)


def _waiting(office: Office) -> Counter[int]:
    rows = office.rows(ChangeProposal, Permission.REGISTER_READ).filter(state="pending")
    return Counter(rows.values_list("home_id", flat=True))


def _cards(
    office: Office, homes: list[Home], judged_homes: Judged, waiting: Counter[int]
) -> Iterator[dict[str, Any]]:
    rows = office.rows(Unit, Permission.REGISTER_READ).filter(home__in=homes)
    kinds = {code: str(label) for code, label in labels(UNIT_KINDS).items()}
    units: dict[int, list[Unit]] = {home.pk: [] for home in homes}
    for unit in rows.order_by("home_id", "pk"):
        units[unit.home_id].append(unit)
    wrong = Counter(one.home_id for one in judged_homes.lapsed)
    wrong_units = {unit for one in judged_homes.lapsed for unit in one.unit_ids}
    for home in homes:
        yield {
            "home": home,
            "units": [
                {
                    "unit": unit,
                    "kind": kinds[unit.kind],
                    "figures": judged_homes.units[unit.code],
                    "wrong": unit.code in wrong_units,
                }
                for unit in units[home.pk]
                if unit.code in judged_homes.units
            ],
            "not_open": [unit for unit in units[home.pk] if unit.code not in judged_homes.units],
            "wrong": wrong[home.code],
            "waiting": waiting[home.pk],
        }
