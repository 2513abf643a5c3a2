"""Counts of children: for each home the latest of each population, never added up."""

import datetime as dt

from django.db.models import QuerySet

from shokibo.web.register.models import Occupancy


def latest(rows: QuerySet[Occupancy], day: dt.date) -> dict[int | None, list[Occupancy]]:
    """Return by home the rows of each population's latest day not after `day`.

    If there is a total, only that. Counts not split by home are under None.
    """
    newest: dict[tuple[int | None, str], list[Occupancy]] = {}
    for row in rows.filter(as_of__lte=day).order_by("-as_of", "pk"):
        held = newest.setdefault((row.home_id, row.population), [])
        if not held or held[0].as_of == row.as_of:
            held.append(row)
    by_home: dict[int | None, list[Occupancy]] = {}
    for (home, _), held in newest.items():
        total = [row for row in held if row.place == "all"]
        by_home.setdefault(home, []).extend(total or held)
    return by_home
