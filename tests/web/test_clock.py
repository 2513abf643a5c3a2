"""One clock stamps everything: now, or in a practice that time of day on the practice's day."""

import ast
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import DateTimeField
from django.urls import reverse
from django.utils import timezone

import shokibo.web
from shokibo.web.audit.models import Event
from shokibo.web.base import clock
from shokibo.web.returns import actions
from shokibo.web.returns.actions import SUBMIT
from shokibo.web.steps.taking import take
from tests.web.applications import certified
from tests.web.world import LETTER, OURS, World

WEB = Path(shokibo.web.__file__).parent
REAL = {
    "base/clock.py",  # the clock
    "base/signed_cache.py",  # Django's cache forgets by the real time
    "base/throttling.py",  # tries are counted by the real minute
    "accounts/session_store.py",  # a session lasts so many real hours
    "mail/tasks.py",  # a mail is tried again after some real minutes
    "running/drill.py",  # what a former drill left is cleared after a real day
}
READS_A_CLOCK = {"now", "utcnow", "localdate", "today", "time"}
CONVERT_WHAT_THEY_ARE_GIVEN = {"localtime", "localdate"}
"""They read a clock only if they are given no moment."""
CLOCKS = {"timezone", "datetime", "date", "dt", "time"}


def readings(path: Path) -> Iterator[str]:
    """Return what reads a clock in a module, and fields that Django would stamp."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone":
            yield from (one.name for one in node.names if one.name in READS_A_CLOCK)
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        *owner, name = called.split(".")
        if name in CONVERT_WHAT_THEY_ARE_GIVEN:
            if not node.args:
                yield called
        elif owner and owner[-1] in CLOCKS and name in READS_A_CLOCK and called != "dt.time":
            yield called
        if name != "Moment" and {"auto_now", "auto_now_add"} & {one.arg for one in node.keywords}:
            yield called


def test_only_the_clock_module_reads_a_clock() -> None:
    found = {
        str(path.relative_to(WEB)): list(readings(path))
        for path in WEB.rglob("*.py")
        if "migrations" not in path.parts
    }
    assert {name for name, read in found.items() if read} == REAL


def test_every_stamp_of_a_model_is_the_clocks() -> None:
    stamped = [
        field
        for model in apps.get_models()
        if model.__module__.startswith("shokibo.")
        for field in model._meta.concrete_fields
        if isinstance(field, DateTimeField) and (field.auto_now or field.auto_now_add)
    ]
    assert len(stamped) > 10
    assert {type(field) for field in stamped} == {clock.Moment}


def test_a_practice_has_its_day_and_the_real_time_of_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOKIBO_TODAY", "2023-04-05")
    before = timezone.localtime()
    moment = clock.now()
    assert timezone.localdate(moment) == dt.date(2023, 4, 5)
    gone = dt.timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
    began = dt.timedelta(hours=before.hour, minutes=before.minute, seconds=before.second)
    assert (gone - began) % dt.timedelta(days=1) < dt.timedelta(minutes=10)


def test_without_a_practice_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHOKIBO_TODAY")
    assert abs(timezone.now() - clock.now()) < dt.timedelta(minutes=10)
    assert clock.today() == timezone.localdate(clock.now())


def test_log_history_and_submission_are_of_the_practice_day(world: World) -> None:
    application = certified(world)
    made = actions.draft(office=world.office("officer"), form=1, year=2022)
    take(SUBMIT, office=world.office("approver"), row=made, version=made.version, values=LETTER)
    days = {timezone.localdate(event.at) for event in Event.objects.all()}
    assert days == {dt.date(2022, 4, 5)}
    for role, address in (
        ("auditor", reverse("trail:events", args=[OURS])),
        ("officer", reverse("certification:application", args=[OURS, application.pk])),
        ("officer", reverse("returns:detail", args=[OURS, made.pk])),
    ):
        page = world.client(role).get(address).content.decode()
        assert "令和4年4月5日" in page
        assert f"令和{timezone.localdate().year - 2018}年" not in page, address
