"""The data of the load test: a synthetic nation, twenty people, and what they open."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np
import polars as pl

from benchmarks.load_walks import PAGES, PEOPLE, SENT, WALKS
from benchmarks.measure import Figures
from benchmarks.nation import nation
from benchmarks.nation_register import authority_code

if TYPE_CHECKING:
    from shokibo.web.accounts.models import Person

SEED = 20
YEAR = 2024
"""The last year of the synthetic nation, in which the pages are opened."""
PREFECTURE_HOMES = 60
LOADED_BEFORE = dt.timedelta(days=30)
"""The day of the office's first load, long before today."""
STEPS = 400
PEOPLE_FILE = "people.json"


def fill(folder: str) -> Figures:
    """Load the nation and make the people; write what each opens to PEOPLE_FILE."""
    from shokibo.web.running.setup import migrate, ready

    ready()
    migrate()
    frames = with_a_prefecture(nation(SEED))
    _load(frames)
    dice = np.random.default_rng(SEED)
    people = [_person(dice, number, *who) for number, who in enumerate(PEOPLE)]
    Path(folder, PEOPLE_FILE).write_text(json.dumps(people), "utf-8")
    return {"rows": sum(frame.height for frame in frames.values())}


def with_a_prefecture(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Give the first authority sixty homes: as many as the largest prefectures have."""
    its_homes = frames["homes"]["home_id"].head(PREFECTURE_HOMES)
    theirs = pl.col("home_id").is_in(its_homes.implode())
    code = pl.when(theirs).then(pl.lit(authority_code(0))).otherwise("authority_code")
    moved = {
        name: frames[name].with_columns(code.alias("authority_code"))
        for name in ("homes", "actions")
    }
    return {**frames, **moved}


def _load(frames: dict[str, pl.DataFrame]) -> None:
    from django.db import connection
    from django.utils import timezone

    from shokibo.ledger.model import ledger_of
    from shokibo.web.audit.recording import Act
    from shokibo.web.store.loading import load

    with patch("django.utils.timezone.now", return_value=timezone.now() - LOADED_BEFORE):
        load(Act(None, "register.load"), ledger_of(frames))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _person(dice: np.random.Generator, number: int, role: str, place: int) -> dict[str, Any]:
    """Create a logged-in person; return their cookies and the steps of their day."""
    from django.conf import settings
    from django.db.models import Count
    from django.test import Client

    from shokibo.web.accounts.models import Membership, Person
    from shokibo.web.accounts.roles import ROLES
    from shokibo.web.register.models import Authority, Home

    by_size = (
        Home.objects.values_list("authority").annotate(n=Count("pk")).order_by("-n", "authority")
    )
    authority = Authority.objects.get(pk=by_size[place][0])
    person = Person.objects.create_user(f"load-{number}@example.jp", f"架空 {number:02d}")
    scope = ROLES[role].scope
    homes = Home.objects.filter(authority=authority, application__isnull=False).distinct()
    Membership.objects.create(
        person=person,
        role=role,
        authority=authority if scope in ("home", "authority") else None,
        home=homes[number % homes.count()] if scope == "home" else None,
    )
    client = Client()
    client.force_login(person)
    return {
        "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "steps": list(_steps(dice, person, role, authority.code)),
    }


def _steps(
    dice: np.random.Generator, person: "Person", role: str, code: str
) -> Iterator[dict[str, Any]]:
    """Return what a person opens: the role's walk repeated, each time with other rows."""
    from django.urls import NoReverseMatch

    rows = _rows(person, code)
    walk = WALKS[role]
    first = int(dice.integers(len(walk)))
    for number in range(STEPS):
        name = walk[(first + number) % len(walk)]
        page = PAGES[name]
        of_kind = rows[page.of]
        arguments, says = of_kind[int(dice.integers(len(of_kind)))]
        try:
            yield _step(name, arguments, says)
        except NoReverseMatch:
            continue


def _step(name: str, arguments: list[Any], says: str) -> dict[str, Any]:
    from django.urls import reverse

    path = reverse(PAGES[name].address, args=arguments)
    return {"name": name, "path": path, "says": says, "sends": name in SENT}


def _rows(person: "Person", code: str) -> dict[str, list[tuple[list[Any], str]]]:
    """List by kind the rows that a person may open: the address's arguments, and a word it says."""
    from shokibo.web.accounts.access import access_of
    from shokibo.web.accounts.permissions import Permission
    from shokibo.web.certification.models import Application
    from shokibo.web.register.models import Home, Unit

    rows: dict[str, list[tuple[list[Any], str]]] = {"nation": [([], "")]}
    office = access_of(person).office(code)
    if office is None:
        return rows
    name = office.authority.name
    units = office.rows(Unit, Permission.REGISTER_READ).filter(closed_on=None)
    applications = office.rows(Application, Permission.APPLICATION_READ)
    of_year = applications.filter(fiscal_year__gte=YEAR - 1)
    return rows | {
        "": [([code], name)],
        "form 1": [([code, 1, YEAR], name)],
        "form 2": [([code, 2, YEAR - 1], name)],
        "home": [([code, r.pk], r.name) for r in office.rows(Home, Permission.REGISTER_READ)],
        "unit": [([code, r.pk], r.name) for r in units.order_by("pk")],
        "application": [([code, r.pk], r.code) for r in of_year.order_by("pk")]
        or [([code, r.pk], r.code) for r in applications],
    }
