"""Deadlines: the homes' day, the forms' days, a later day with its ground."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification.deadlines import forms_due
from shokibo.web.register.models import Authority
from shokibo.web.returns import actions as returns
from shokibo.web.returns.actions import SUBMIT
from shokibo.web.returns.deadlines import deadline_of
from shokibo.web.returns.models import LaterDeadline
from shokibo.web.steps.taking import take
from shokibo.web.today import actions
from shokibo.web.today.due import Due, deadlines
from tests.web.world import LETTER, OURS, World

APRIL_28 = dt.date(2022, 4, 28)
MAY_31 = dt.date(2022, 5, 31)
ADDRESS = f"/{OURS}/returns/form1/2022/deadline/"


def due(world: World, role: str, day: dt.date) -> dict[str, Due]:
    return {one.what.ja: one for one in deadlines(world.office(role), day)}


def later(world: World, day: dt.date | None = MAY_31, ground: str = "令和4年事務連絡") -> None:
    standing = LaterDeadline.objects.filter(form=1, fiscal_year=2022).first()
    returns.set_deadline(
        office=world.office("officer"),
        form=1,
        year=2022,
        version=standing.version if standing else 0,
        day=day,
        ground=ground,
    )


def sent(world: World) -> None:
    made = returns.draft(office=world.office("officer"), form=1, year=2022)
    take(SUBMIT, office=world.office("approver"), row=made, version=made.version, values=LETTER)


def test_a_home_has_its_own_deadline_and_an_office_the_forms_too(world: World) -> None:
    day = dt.date(2022, 4, 5)
    (own,) = deadlines(world.office("home_staff"), day)
    assert (own.day, own.days_left, own.change_url) == (dt.date(2022, 4, 10), 5, "")
    assert [one.year for one in deadlines(world.office("officer"), day)] == [None, 2022, 2021]
    assert deadlines(world.office("center_staff"), day) == []


@pytest.mark.parametrize(
    ("day", "left", "overdue"),
    [(dt.date(2022, 4, 27), 1, False), (APRIL_28, 0, False), (dt.date(2022, 4, 29), -1, True)],
)
def test_a_form_is_overdue_from_the_day_after(
    world: World, day: dt.date, left: int, overdue: bool
) -> None:
    one = due(world, "officer", day)["様式1(申請と認定の状況)の報告の期限"]
    assert (one.days_left, one.overdue) == (left, overdue)


def test_the_page_shows_how_long_a_form_is_overdue(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOKIBO_TODAY", "2022-05-10")
    said = world.client("officer").get(f"/{OURS}/").content.decode()
    assert "12日過ぎています" in said


def test_a_sent_form_is_done_and_once_its_day_has_passed_the_next_is_reported(world: World) -> None:
    sent(world)
    name = "様式1(申請と認定の状況)の報告の期限"
    before, after = (due(world, "officer", day)[name] for day in (APRIL_28, dt.date(2022, 4, 29)))
    assert (before.done, before.year, before.change_url) == (True, 2022, "")
    assert (after.done, after.year, after.day) == (False, 2023, dt.date(2023, 4, 28))


def test_a_later_day_with_its_ground_is_the_deadline_everywhere(world: World) -> None:
    later(world)
    assert deadline_of(world.authority, 1, 2022).due == MAY_31
    assert deadline_of(world.authority, 2, 2021).due == APRIL_28
    assert {d.due for d in forms_due(world.authority, dt.date(2022, 5, 1))} == {MAY_31, APRIL_28}
    one = due(world, "officer", dt.date(2022, 5, 1))["様式1(申請と認定の状況)の報告の期限"]
    assert (one.day, one.ground, one.overdue) == (MAY_31, "令和4年事務連絡", False)
    assert "令和4年事務連絡" in world.client("officer").get(f"/{OURS}/returns/").content.decode()


def test_a_form_sent_by_the_later_day_is_in_time_and_needs_no_other_ground(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(world)
    monkeypatch.setenv("SHOKIBO_TODAY", "2022-05-31")
    sent(world)
    rows = world.client("officer").get(f"/{OURS}/returns/").context["rows"]
    assert [row["standing"].timeliness for row in rows if row["latest"]] == ["by_later_day"]


def test_after_the_later_day_the_ground_is_asked_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(world)
    monkeypatch.setenv("SHOKIBO_TODAY", "2022-06-01")
    with pytest.raises(RefusedError):
        sent(world)


@pytest.mark.parametrize(
    ("day", "ground"),
    [
        (APRIL_28, "x"),
        (dt.date(2022, 4, 1), "x"),
        (MAY_31, " "),
        (dt.date(2023, 4, 29), "x"),
        (dt.date(9999, 12, 31), "x"),
    ],
)
def test_a_day_that_is_no_later_or_too_late_or_has_no_ground_is_refused(
    world: World, day: dt.date, ground: str
) -> None:
    with pytest.raises(RefusedError):
        later(world, day, ground)
    assert not LaterDeadline.objects.exists()


def test_a_form_may_be_due_as_late_as_that_of_the_next_year(world: World) -> None:
    later(world, dt.date(2023, 4, 28))
    assert deadline_of(world.authority, 1, 2022).due == dt.date(2023, 4, 28)


def test_the_database_refuses_a_later_day_without_a_ground(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LaterDeadline.objects.create(
            authority=world.authority,
            form=1,
            fiscal_year=2022,
            day=MAY_31,
            ground="",
            entered_by=world.people["officer"],
        )


def test_it_can_be_moved_and_taken_back_and_each_is_logged(world: World) -> None:
    later(world)
    later(world, dt.date(2022, 6, 30), "再延長")
    assert deadline_of(world.authority, 1, 2022).due == dt.date(2022, 6, 30)
    later(world, None, "")
    assert deadline_of(world.authority, 1, 2022).due == APRIL_28
    later(world, None, "")
    assert Event.objects.filter(action="return.deadline").count() == 3


def test_the_deadline_of_a_form_that_was_sent_stays(world: World) -> None:
    sent(world)
    with pytest.raises(RefusedError):
        later(world)


def test_the_second_of_two_officers_is_reported(world: World) -> None:
    later(world)
    with pytest.raises(StaleError):
        returns.set_deadline(
            office=world.office("officer:second"),
            form=1,
            year=2022,
            version=0,
            day=dt.date(2022, 6, 1),
            ground="x",
        )
    typed = {"day": "R4.6.1", "ground": "x", "version": ""}
    response = world.client("officer:second").post(ADDRESS, typed)
    assert "ほかの人が先に保存しました" in response.content.decode()
    assert response.context["form"]["version"].value() == 1


def test_an_officer_enters_a_later_day_on_its_page(world: World) -> None:
    client = world.client("officer")
    answer = client.post(ADDRESS, {"day": "R4.5.31", "ground": "事務連絡", "version": ""})
    assert answer["Location"] == f"/{OURS}/returns/"
    assert deadline_of(world.authority, 1, 2022).due == MAY_31
    wrong = client.post(ADDRESS, {"day": "R4.4.1", "ground": "", "version": "1"})
    assert "要綱の期限より後の日" in wrong.content.decode()


@pytest.mark.parametrize("path", ["form3/2022", "form1/1990", "form1/2030"])
def test_a_form_or_year_that_there_is_not_answers_404(world: World, path: str) -> None:
    assert world.client("officer").get(f"/{OURS}/returns/{path}/deadline/").status_code == 404


def test_the_officer_sets_the_homes_day(world: World) -> None:
    client, address = world.client("officer"), f"/{OURS}/today/homes-due/"
    answer = client.post(address, {"month": "5", "day": "31", "version": "1"})
    assert answer["Location"] == f"/{OURS}/"
    (own,) = deadlines(world.office("home_staff"), dt.date(2022, 4, 5))
    assert own.day == dt.date(2022, 5, 31)
    stale = client.post(address, {"month": "6", "day": "1", "version": "1"})
    assert "ほかの人が先に保存しました" in stale.content.decode()
    assert Authority.objects.get(pk=world.authority.pk).homes_due == "05-31"


@pytest.mark.parametrize(
    ("month", "day"), [("13", "1"), ("2", "30"), ("4", "31"), ("", ""), ("x", "\x00")]
)
def test_a_day_that_no_year_has_is_refused(world: World, month: str, day: str) -> None:
    client, address = world.client("officer"), f"/{OURS}/today/homes-due/"
    answer = client.post(address, {"month": month, "day": day, "version": "1"})
    assert answer.status_code == 200
    assert Authority.objects.get(pk=world.authority.pk).homes_due == "04-10"


def test_who_may_not_keep_the_register_may_not_set_it(world: World) -> None:
    for role in ("home_staff", "approver", "auditor"):
        with pytest.raises(PermissionDenied):
            actions.set_homes_due(office=world.office(role), version=1, month=5, day=1)
