"""Answers kept between requests: given again while nothing changed, and never beyond."""

import datetime as dt
import threading
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from shokibo.web import kept_answers
from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import Act, change, note
from shokibo.web.kept_answers import forget, kept
from shokibo.web.register.models import Authority, Home, Posting
from tests.web.world import World


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    forget()
    yield
    forget()


class Maker:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> int:
        """Give how often it was asked."""
        self.asked += 1
        return self.asked


def test_it_gives_the_same_answer_while_nothing_changed(committed_world: World) -> None:
    make = Maker()
    assert [kept(committed_world.authority, ("x",), make) for _ in range(3)] == [1, 1, 1]


def test_it_makes_the_answer_anew_after_a_change(committed_world: World) -> None:
    make, home = Maker(), committed_world.home
    kept(committed_world.authority, ("x",), make)
    with transaction.atomic():
        change(Act(None, "register.change"), home, home.version, {"name": "架空新園"})
    assert kept(committed_world.authority, ("x",), make) == 2


def test_a_change_that_is_committed_late_is_found(committed_world: World) -> None:
    """Its event may have a lower number and an earlier time than one that is there already."""
    make, authority = Maker(), committed_world.authority
    late, early = (
        Event(pk=10**6 + n, action="register.change", authority=authority) for n in (1, 0)
    )
    Event.objects.bulk_create([late])
    kept(authority, ("x",), make)
    Event.objects.bulk_create([early])
    assert kept(authority, ("x",), make) == 2


def test_a_change_elsewhere_leaves_it(committed_world: World) -> None:
    make = Maker()
    kept(committed_world.authority, ("x",), make)
    with transaction.atomic():
        note(Act(None, "register.change"), committed_world.stranger)
    assert kept(committed_world.authority, ("x",), make) == 1


def test_a_change_of_rows_that_are_not_read_leaves_it(committed_world: World) -> None:
    make, home, unit = Maker(), committed_world.home, committed_world.unit("u4")
    answers = []
    for changed in (None, unit, home):
        with transaction.atomic():
            if changed is not None:
                note(Act(None, "register.change"), changed)
        answers.append(kept(committed_world.authority, ("x",), make, [Home, Posting]))
    assert answers == [1, 1, 2]


def test_authorities_and_questions_are_kept_apart(committed_world: World) -> None:
    make = Maker()
    asked = [
        kept(authority, (what,), make)
        for authority in (committed_world.authority, committed_world.other)
        for what in ("x", "y")
    ]
    assert asked == [1, 2, 3, 4]


def test_nothing_is_kept_within_a_transaction(committed_world: World) -> None:
    make = Maker()
    with transaction.atomic():
        note(Act(None, "register.change"), committed_world.home)
        kept(committed_world.authority, ("x",), make)
        transaction.set_rollback(True)
    assert kept(committed_world.authority, ("x",), make) == 2


def test_a_new_day_keeps_answers_of_an_unchanged_authority_apart(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, now = Maker(), timezone.now()
    kept(committed_world.authority, ("x",), make)
    monkeypatch.setattr(timezone, "localtime", lambda: now + dt.timedelta(days=3))
    assert [kept(committed_world.authority, ("x",), make) for _ in range(2)] == [2, 2]


def test_the_answer_longest_unused_makes_room(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_answers, "MOST", 2)
    make = Maker()
    for what in ("x", "y", "x", "z", "x", "y"):
        kept(committed_world.authority, (what,), make)
    assert make.asked == 4


def test_a_maker_that_fails_leaves_nothing_behind(committed_world: World) -> None:
    def fail() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        kept(committed_world.authority, ("x",), fail)
    assert kept(committed_world.authority, ("x",), Maker()) == 1


def test_a_request_counts_once_and_anew_after_it_changed_rows_itself(
    committed_world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make, authority = Maker(), committed_world.authority
    request_started.send(None)
    try:
        with django_assert_num_queries(1):
            assert [kept(authority, (what,), make) for what in ("x", "y", "x")] == [1, 2, 1]
        with transaction.atomic():
            note(Act(None, "register.change"), committed_world.home)
        assert kept(authority, ("x",), make) == 3
    finally:
        request_finished.disconnect(close_old_connections)
        request_finished.send(None)
        request_finished.connect(close_old_connections)
    with transaction.atomic():
        note(Act(None, "register.change"), committed_world.home)
    assert kept(authority, ("x",), make) == 4


def test_threads_that_ask_at_once_have_it_made_once(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_answers, "version_of", lambda *_: (1,))
    make, authority = Maker(), committed_world.authority
    started = threading.Barrier(4)

    def ask() -> None:
        started.wait()
        kept(authority, ("x",), make)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert make.asked == 1


def test_it_costs_one_query(committed_world: World, django_assert_num_queries: object) -> None:
    authority = Authority.objects.get(pk=committed_world.authority.pk)
    kept(authority, ("x",), Maker())
    with django_assert_num_queries(1):  # type: ignore[operator]
        kept(authority, ("x",), Maker())
