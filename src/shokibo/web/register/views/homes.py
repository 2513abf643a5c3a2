"""The tree of homes and units on a day."""

from collections import Counter
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.look.clock import as_of
from shokibo.web.register.judging import Judged, judged
from shokibo.web.register.models import ChangeProposal, Home, Occupancy, Unit
from shokibo.web.register.occupancy import latest
from shokibo.web.register.views.trail import kept_day


@office_page(Permission.REGISTER_READ)
def homes(request: HttpRequest, office: Office) -> HttpResponse:
    """List homes and their units that are open on the day, with places and children."""
    day = as_of(request)
    found = office.homes(Permission.REGISTER_READ)
    said = judged(office.authority, found, day)
    units = office.rows(Unit, Permission.REGISTER_READ).order_by("home_id", "pk")
    by_home = {key: list(rows) for key, rows in groupby(units, lambda unit: unit.home_id)}
    counts = latest(office.rows(Occupancy, Permission.REGISTER_READ), day)
    waiting = Counter(
        office.rows(ChangeProposal, Permission.REGISTER_READ)
        .filter(state="pending")
        .values_list("home_id", flat=True)
    )
    cards = [
        _card(home, by_home.get(home.pk, []), said)
        | {"counts": counts.get(home.pk, []), "waiting": waiting[home.pk]}
        for home in found
    ]
    context = {
        "day": day,
        "at": kept_day(request),
        "open": [card for card in cards if card["places"] is not None],
        "closed": [card for card in cards if card["places"] is None],
        "places": said.status.all,
        "counts": counts.get(None, []),
        "may_write": office.may(Permission.REGISTER_WRITE),
        "waiting": waiting.total(),
        "no_longer_held": len(said.no_longer_held),
    }
    return render(request, "register/homes.html", context)


def _card(home: Home, units: list[Unit], said: Judged) -> dict[str, Any]:
    places = {home_id: places for home_id, _, places in said.status.homes}
    wrong = [one for one in said.no_longer_held if one.home_id == home.code]
    return {
        "home": home,
        "places": places.get(home.code),
        "units": [
            {
                "unit": unit,
                "said": said.units[unit.code],
                "wrong": any(one.unit_id == unit.code for one in wrong),
            }
            for unit in units
            if unit.code in said.units
        ],
        "not_open": [unit for unit in units if unit.code not in said.units],
        "wrong": len(wrong),
    }
