"""Answers cached between requests: given again while nothing changed, and never beyond."""

import datetime as dt
import re
import threading
from types import SimpleNamespace

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import Act, change, note
from shokibo.web.base import clock
from shokibo.web.register.models import Authority, Home, Posting
from shokibo.web.returns import drawing
from shokibo.web.store import answers, rules
from shokibo.web.store.answers import cached
from shokibo.web.today import figures
from tests.web.world import OURS, World


class Maker:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> int:
        """Return how often it was asked."""
        self.asked += 1
        return self.asked


def test_it_gives_the_same_answer_while_nothing_changed(committed_world: World) -> None:
    make = Maker()
    assert [cached(committed_world.authority, ("x",), make) for _ in range(3)] == [1, 1, 1]


def test_it_recomputes_the_answer_after_a_change(committed_world: World) -> None:
    make, home = Maker(), committed_world.home
    cached(committed_world.authority, ("x",), make)
    with transaction.atomic():
        change(Act(None, "register.change"), home, home.version, {"name": "架空新園"})
    assert cached(committed_world.authority, ("x",), make) == 2


def test_a_change_that_is_committed_late_is_found(committed_world: World) -> None:
    """Its event may have a lower number and an earlier time than one that is there already."""
    make, authority = Maker(), committed_world.authority
    late, early = (
        Event(pk=10**6 + n, action="register.change", authority=authority) for n in (1, 0)
    )
    Event.objects.bulk_create([late])
    cached(authority, ("x",), make)
    Event.objects.bulk_create([early])
    assert cached(authority, ("x",), make) == 2


def test_a_change_elsewhere_leaves_it(committed_world: World) -> None:
    make = Maker()
    cached(committed_world.authority, ("x",), make)
    with transaction.atomic():
        note(Act(None, "register.change"), committed_world.stranger)
    assert cached(committed_world.authority, ("x",), make) == 1


def test_a_change_of_rows_that_are_not_read_leaves_it(committed_world: World) -> None:
    make, home, unit = Maker(), committed_world.home, committed_world.unit("u4")
    answers = []
    for changed in (None, unit, home):
        with transaction.atomic():
            if changed is not None:
                note(Act(None, "register.change"), changed)
        answers.append(cached(committed_world.authority, ("x",), make, [Home, Posting]))
    assert answers == [1, 1, 2]


def test_authorities_and_questions_are_independent(committed_world: World) -> None:
    make = Maker()
    asked = [
        cached(authority, (what,), make)
        for authority in (committed_world.authority, committed_world.other)
        for what in ("x", "y")
    ]
    assert asked == [1, 2, 3, 4]


def test_nothing_is_cached_within_a_transaction(committed_world: World) -> None:
    make = Maker()
    with transaction.atomic():
        note(Act(None, "register.change"), committed_world.home)
        cached(committed_world.authority, ("x",), make)
        transaction.set_rollback(True)
    assert cached(committed_world.authority, ("x",), make) == 2


def test_a_new_day_has_its_own_answers_for_an_unchanged_authority(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, now = Maker(), clock.now()
    cached(committed_world.authority, ("x",), make)
    monkeypatch.setattr(clock, "today", lambda: now.date() + dt.timedelta(days=3))
    assert [cached(committed_world.authority, ("x",), make) for _ in range(2)] == [2, 2]


def test_the_answer_longest_unused_makes_room(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "MOST", 2)
    make = Maker()
    for what in ("x", "y", "x", "z", "x", "y"):
        cached(committed_world.authority, (what,), make)
    assert make.asked == 4


def test_a_maker_that_fails_leaves_nothing_behind(committed_world: World) -> None:
    def fail() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        cached(committed_world.authority, ("x",), fail)
    assert cached(committed_world.authority, ("x",), Maker()) == 1


def test_a_request_counts_once_and_again_after_it_changed_rows_itself(
    committed_world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make, authority = Maker(), committed_world.authority
    request_started.send(None)
    try:
        with django_assert_num_queries(1):
            assert [cached(authority, (what,), make) for what in ("x", "y", "x")] == [1, 2, 1]
        with transaction.atomic():
            note(Act(None, "register.change"), committed_world.home)
        assert cached(authority, ("x",), make) == 3
    finally:
        request_finished.disconnect(close_old_connections)
        request_finished.send(None)
        request_finished.connect(close_old_connections)
    with transaction.atomic():
        note(Act(None, "register.change"), committed_world.home)
    assert cached(authority, ("x",), make) == 4


def test_simultaneous_requests_compute_it_once(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "version_of", lambda *_: (1,))
    make, authority = Maker(), committed_world.authority
    started = threading.Barrier(4)

    def ask() -> None:
        started.wait()
        cached(authority, ("x",), make)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert make.asked == 1


def test_it_costs_one_query(committed_world: World, django_assert_num_queries: object) -> None:
    authority = Authority.objects.get(pk=committed_world.authority.pk)
    cached(authority, ("x",), Maker())
    with django_assert_num_queries(1):  # type: ignore[operator]
        cached(authority, ("x",), Maker())


@pytest.fixture
def _several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on PostgreSQL, which an office's several processes share."""
    monkeypatch.setattr(answers, "connection", SimpleNamespace(vendor="postgresql"))


@pytest.mark.usefixtures("_several_processes")
def test_another_process_takes_a_shared_answer_and_makes_its_own_others(
    committed_world: World,
) -> None:
    make, authority = Maker(), committed_world.authority
    shared, own = [], []
    for _ in range(2):
        answers._answers.clear()  # as a process that has answered nothing yet
        shared.append(cached(authority, ("shared",), make, shared=True))
        own.append(cached(authority, ("own",), make))
    assert (shared, own) == ([1, 1], [2, 3])
    with transaction.atomic():
        note(Act(None, "register.change"), committed_world.home)
    assert cached(authority, ("shared",), make, shared=True) == 4


def test_the_one_process_of_sqlite_hands_nothing_on(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "connection", SimpleNamespace(vendor="sqlite"))
    make = Maker()
    for _ in range(2):
        answers._answers.clear()
        cached(committed_world.authority, ("shared",), make, shared=True)
    assert make.asked == 2


@pytest.mark.usefixtures("_several_processes")
@pytest.mark.parametrize("role", ["officer", "home_staff"])
def test_pages_are_the_same_for_answers_computed_by_another_process(
    committed_world: World, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("worked out twice")

    client = committed_world.client(role)
    pages = [
        reverse("today:today", args=[OURS]),
        reverse("homes:home", args=[OURS, committed_world.home.pk]),
    ]
    if role == "officer":
        pages.append(reverse("returns:form", args=[OURS, 2, 2021]))
    first = [_said(client, page) for page in pages]
    answers._answers.clear()
    for where, name in ((rules, "evaluate"), (rules, "check_certified"), (figures, "_checked")):
        monkeypatch.setattr(where, name, fail)
    monkeypatch.setattr(drawing, "fill_form", fail)
    assert [_said(client, page) for page in pages] == first


def _said(client: Client, address: str) -> str:
    """Return what a page says, without the tokens that differ each time."""
    page = client.get(address)
    assert page.status_code == 200
    return re.sub(
        r'name="(csrfmiddlewaretoken|form_token)" value="[^"]*"', "", page.content.decode()
    )
