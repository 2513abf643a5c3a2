"""Ten years of a nation: returns of every authority, and the log with its seals."""

import datetime as dt
from typing import Any

import numpy as np
from django.db import connection

from benchmarks.load_office import SEED, YEAR

YEARS = 10
_AT_ONCE = 1_000_000


def add_returns() -> int:
    """Add form 1 and form 2 of every authority and year, each submitted once; return how many."""
    from shokibo.web.accounts.models import Person
    from shokibo.web.register.models import Authority
    from shokibo.web.returns.models import Return
    from shokibo.web.steps.frozen import canonical, digest

    dice = np.random.default_rng(SEED)
    drafted_by, submitted_by = Person.objects.order_by("pk")[:2]
    rows = []
    for authority in Authority.objects.all():
        units = int(dice.integers(10, 60))
        for year in range(YEAR - YEARS + 1, YEAR + 1):
            for form in (1, 2):
                if (form, year) == (2, YEAR):
                    continue
                figures = _figures(dice, form, year, units)
                moment = dt.datetime(year + form - 1, 4, 27, tzinfo=dt.UTC)
                rows.append(
                    Return(
                        authority=authority,
                        form=form,
                        fiscal_year=year,
                        state="submitted",
                        drafted_by=drafted_by,
                        submitted_by=submitted_by,
                        submitted_at=moment,
                        figures=figures,
                        notes=[],
                        figures_sha256=digest(canonical(figures)),
                    )
                )
    Return.objects.bulk_create(rows, batch_size=200)
    return len(rows)


def _figures(dice: np.random.Generator, form: int, year: int, units: int) -> dict[str, Any]:
    """Return the figures of a form with so many units, all of them certified but some."""
    certified = units - int(dice.integers(0, 5))
    split = {"total": certified, "4": certified // 3, "5": certified // 3}
    split["6"] = certified - split["4"] - split["5"]
    counts = {"units": units, "applied": {**split}, "certified": {**split}}
    none = {"units": 0, "applied": dict.fromkeys(split, 0), "certified": dict.fromkeys(split, 0)}
    homes = max(1, units // 5)
    return {
        "form": form,
        "fiscal_year": year,
        "from": f"{year}-04-01",
        "to": f"{year}-04-30" if form == 1 else f"{year + 1}-03-31",
        "due": f"{year + form - 1}-04-30",
        "units": {"community_home": counts, "branch_group_care": none, "total": counts},
        "backup": {
            "homes": homes,
            "homes_with_units": homes,
            "applied": homes // 2,
            "certified": homes // 2,
        },
        "list": [
            {
                "number": number + 1,
                "unit_name": f"架空の家{number}",
                "capacity": 4 + number % 3,
                "dispersal": True,
                "staff": str(4 + number % 3),
                "home_name": f"架空園{number // 5}",
                "backup": number % 2 == 0,
            }
            for number in range(certified)
        ],
        "drawn_on": f"{year + form - 1}-04-27",
    }


def add_events(count: int) -> None:
    """Add events of ten years in the order of their days, sealed; each authority has its share."""
    begin = f"{YEAR - YEARS + 1}-04-01"
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number), 0) FROM audit_seal")
        (sealed,) = cursor.fetchone()
        cursor.execute(_AUTHORITIES)
        for first in range(0, count, _AT_ONCE):
            last = min(first + _AT_ONCE, count)
            cursor.execute(_EVENTS, {"first": first, "last": last, "count": count, "begin": begin})
        cursor.execute(_SEALS, {"sealed": sealed})
        cursor.execute("VACUUM ANALYZE")


_AUTHORITIES = """
CREATE TEMPORARY TABLE measured_authority AS
SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS every
FROM register_authority
"""
_EVENTS = """
INSERT INTO audit_event
    (at, actor_id, actor_name, action, authority_id, home_id, subject_kind, subject_id, subject,
     before, after, reason)
SELECT %(begin)s::timestamptz + interval '10 years' * (n::float8 / %(count)s), NULL,
    '架空 ' || n %% 500, 'register.change', a.id, NULL, 'register.posting', n %% 200000,
    '架空職員' || n %% 20000, '{"ended_on": null}', '{"ended_on": "2023-03-31"}', '退職'
FROM generate_series(%(first)s, %(last)s - 1) AS n
JOIN measured_authority a ON a.place = n %% a.every
ORDER BY n
"""
_SEALS = """
INSERT INTO audit_seal (number, event_id, sha256, at)
SELECT %(sealed)s + row_number() OVER (ORDER BY id), id, md5(id::text) || md5(id::text), at
FROM audit_event e
WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = e.id)
"""
