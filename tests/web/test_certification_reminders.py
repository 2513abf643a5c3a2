"""Reminders: who is reminded of what, when, and once."""

import datetime as dt

import pytest
from django.core import mail

from shokibo.cli.app import run
from shokibo.web.certification.deadlines import forms_due, homes_due
from shokibo.web.certification.models import Reminder
from shokibo.web.certification.reminders import due_on, remind
from shokibo.web.register.models import Authority
from tests.web.world import World

HOMES = {"home-staff", "home-staff-sister", "home-staff-other"}
OFFICERS = {"officer", "officer-second", "officer-other"}


def _to() -> set[str]:
    return {message.to[0].removesuffix("@example.jp") for message in mail.outbox}


@pytest.mark.parametrize(
    ("day", "people"),
    [
        (dt.date(2022, 3, 26), set()),
        (dt.date(2022, 3, 27), HOMES),
        (dt.date(2022, 4, 3), HOMES),
        (dt.date(2022, 4, 9), HOMES),
        (dt.date(2022, 4, 11), set()),
        (dt.date(2022, 4, 15), OFFICERS),
        (dt.date(2022, 4, 27), OFFICERS),
        (dt.date(2022, 4, 28), set()),
        (dt.date(2022, 4, 29), set()),
    ],
)
def test_who_is_reminded_on_a_day(world: World, day: dt.date, people: set[str]) -> None:
    remind(day)
    assert _to() == people


def test_each_is_sent_once(world: World) -> None:
    day = dt.date(2022, 4, 3)
    assert remind(day) == len(HOMES)
    assert remind(day) == 0
    assert remind(dt.date(2022, 4, 4)) == 0
    assert len(mail.outbox) == Reminder.objects.count() == len(HOMES)
    assert remind(dt.date(2022, 4, 9)) == len(HOMES)


def test_a_day_that_was_missed_is_made_up_for(world: World) -> None:
    assert {due.days_before for due in due_on(dt.date(2022, 4, 5))} == {7}


def test_it_says_what_is_due_and_when(world: World) -> None:
    remind(dt.date(2022, 4, 8))
    (message,) = [m for m in mail.outbox if m.to == ["home-staff@example.jp"]]
    assert message.subject == "【shokibo】施設からの申請の期限 令和4年4月10日"
    assert "あと2日" in message.body


def test_an_authority_sets_its_homes_day(world: World) -> None:
    world.authority.homes_due = "05-31"
    assert homes_due(world.authority, dt.date(2022, 5, 1)).due == dt.date(2022, 5, 31)
    world.authority.homes_due = "03-15"
    assert homes_due(world.authority, dt.date(2022, 5, 1)).due == dt.date(2023, 3, 15)
    world.authority.homes_due = "02-30"
    assert homes_due(world.authority, dt.date(2022, 5, 1)).due == dt.date(2023, 2, 28)


def test_the_forms_are_due_on_the_last_business_day_of_april(world: World) -> None:
    assert {d.due for d in forms_due(world.authority, dt.date(2022, 4, 1))} == {
        dt.date(2022, 4, 28)
    }
    assert {d.due for d in forms_due(world.authority, dt.date(2024, 4, 1))} == {
        dt.date(2024, 4, 30)
    }


def test_one_that_could_not_be_sent_is_sent_the_next_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise OSError("no server")

    with monkeypatch.context() as patched:
        patched.setattr("shokibo.web.certification.reminders.send_mail", refuse)
        with pytest.raises(OSError, match="no server"):
            remind(dt.date(2022, 4, 3))
    assert remind(dt.date(2022, 4, 3)) == len(HOMES)


def test_the_command_says_how_many(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    Authority.objects.update(homes_due="04-06")
    assert run(["remind"]) == 0
    assert capsys.readouterr().err == "3通の知らせを送信待ちにしました。worker が送ります。\n"
