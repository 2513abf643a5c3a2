"""Rows inserted in one statement hold what Django's own bulk insertion would have stored."""

import datetime as dt

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Model

from shokibo.ledger.tables import JOBS, ROLES
from shokibo.web.audit.models import Event, Seal
from shokibo.web.audit.sealing import START
from shokibo.web.base import bulk
from shokibo.web.exchange.models import Run
from shokibo.web.register.models import Posting
from tests.web.world import World

WORDS = '引用 "符" \\ \n \' % {} \u2028 𠮷 null \\u0000 <&>'


def held(row: Model) -> dict[str, object]:
    """Return what the database holds in a row's fields, without its key and moment."""
    (values,) = type(row)._default_manager.filter(pk=row.pk).values()
    return {name: value for name, value in values.items() if name not in ("id", "at")}


def event(number: int | None) -> Event:
    after: dict[str, object] = {
        "day": "2021-04-01",
        "n": number,
        "yes": True,
        "list": [1, None, WORDS],
        "": {},
    }
    return Event(
        actor_name=WORDS,
        action="register.add",
        subject_kind="register.home",
        subject_id=number,
        subject="",
        after=after,
    )


def posting(world: World, day: dt.date) -> Posting:
    return Posting(
        authority=world.authority,
        home=world.home,
        code="S-9",
        job=next(iter(JOBS)),
        role=next(iter(ROLES)),
        started_on=day,
        ended_on=day,
        weekly_hours=144_000,
        dedicated=True,
        main_rota=False,
    )


def run_of(world: World) -> Run:
    content = bytes(range(256))
    return Run(
        authority=world.authority,
        file_name="x",
        size=len(content),
        sha256=START,
        content=content,
        uploaded_by=world.people["officer"],
    )


def test_rows_hold_what_the_bulk_insertion_of_django_stores(world: World) -> None:
    day, after = dt.date(1950, 2, 28), dt.date(1950, 3, 1)
    pairs: list[tuple[Model, Model]] = [
        (event(5), event(5)),
        (event(None), event(None)),
        (posting(world, day), posting(world, after)),
    ]
    for ours, theirs in pairs:
        bulk.insert([ours])
        type(theirs)._default_manager.bulk_create([theirs])
        days = ("started_on", "ended_on")
        assert held(ours) == held(theirs) | {name: day for name in days if name in held(ours)}


def test_bytes_stay_as_they_are(world: World) -> None:
    row = run_of(world)
    bulk.insert([row])
    assert bytes(Run.objects.get(pk=row.pk).content or b"") == bytes(range(256))


def test_every_row_has_its_own_key_over_all_batches(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_BATCH", 3)
    rows = [event(number) for number in range(8)]
    bulk.insert(rows)
    stored = Event.objects.in_bulk([row.pk for row in rows])
    assert [stored[row.pk].subject_id for row in rows] == list(range(8))
    assert [row._state.adding for row in rows] == [False] * 8
    bulk.insert([])


def test_a_given_key_and_the_moment_in_full_stay(world: World) -> None:
    row = Seal(number=10**12, event_id=10**12, sha256=START)
    bulk.insert([row])
    assert Seal.objects.get(pk=10**12).at == row.at


def test_what_the_database_refuses_is_refused(world: World) -> None:
    twice = [Seal(number=10**12, event_id=number, sha256=START) for number in (1, 2)]
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(twice)
    too_long = event(1)
    too_long.action = "x" * 41
    nul = event(1)
    nul.subject = "\x00"
    for wrong in (too_long, nul):
        if connection.vendor == "postgresql":
            with pytest.raises(DataError), transaction.atomic():
                bulk.insert([wrong])
