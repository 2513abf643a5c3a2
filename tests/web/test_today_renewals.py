"""Add-ons of the year before that nobody applied for again, on the start pages."""

import datetime as dt

import pytest

from shokibo.web.certification import actions
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import SUBMIT
from shokibo.web.register.models import Unit
from shokibo.web.steps.taking import take
from shokibo.web.today.work import Line
from tests.web.applications import certified, submitted
from tests.web.test_today_waiting import works
from tests.web.world import OURS, World

TITLE = "令和5年度の申請がまだない加算"
FIRST = dt.date(2023, 4, 1)


def _line(world: World, role: str, day: dt.date = FIRST) -> Line | None:
    """Return the line of the unit c4 on the start page of a role."""
    others = Unit.objects.filter(authority=world.authority).exclude(code="c4")
    others.update(closed_on=dt.date(2023, 3, 31))
    work = works(world, role, day).get(TITLE)
    return next((line for line in work.lines if "c4の家" in line.text), None) if work else None


def _drafted(world: World, row: Application) -> Application:
    return actions.draft(
        office=world.office("home_staff"),
        home=row.home,
        addon="dispersal",
        unit=row.unit,
        fiscal_year=2023,
        start_month=FIRST,
        requested_extra=1,
    )


@pytest.mark.parametrize("role", ["officer", "home_staff"])
@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (dt.date(2023, 3, 31), False),
        (FIRST, True),
        (dt.date(2024, 3, 31), True),
        (dt.date(2024, 4, 1), False),
    ],
)
def test_it_is_listed_in_the_year_after(
    world: World, role: str, day: dt.date, *, shown: bool
) -> None:
    certified(world)
    assert (_line(world, role, day) is not None) is shown


def test_a_home_is_led_to_a_new_draft_and_the_office_to_the_year_before(world: World) -> None:
    row = certified(world)
    home, officer = _line(world, "home_staff"), _line(world, "officer")
    assert home is not None
    assert officer is not None
    assert home.url == f"/{OURS}/applications/new/?addon=dispersal&unit={row.unit_id}"
    assert officer.url == f"/{OURS}/applications/{row.pk}/"
    page = world.client("home_staff").get(home.url).content.decode()
    assert f'<option value="{row.unit_id}" selected>' in page


def test_a_draft_is_a_click_away_until_it_is_submitted(world: World) -> None:
    draft = _drafted(world, certified(world))
    home, officer = _line(world, "home_staff"), _line(world, "officer")
    assert home == Line(
        "架空学園 c4の家 小規模かつ地域分散化加算",
        f"/{OURS}/applications/{draft.pk}/edit/",
        note="下書きのままです。",
    )
    assert officer is not None
    assert officer.url == f"/{OURS}/applications/{draft.pk}/"
    take(SUBMIT, office=world.office("home_staff"), row=draft, version=draft.version)
    assert _line(world, "home_staff") is None
    assert _line(world, "officer") is None


@pytest.mark.parametrize(
    ("last", "listed"), [(dt.date(2023, 2, 28), False), (dt.date(2023, 3, 31), True)]
)
def test_what_ended_before_31_march_is_not_listed(
    world: World, last: dt.date, *, listed: bool
) -> None:
    row = certified(world)
    loaded = {"state": "ended", "ended_on": last}  # a ledger may have the year's last day too
    Application.objects.filter(pk=row.pk).update(**loaded)
    assert (_line(world, "officer") is not None) is listed


@pytest.mark.parametrize(
    ("last", "listed"), [(dt.date(2023, 4, 29), False), (dt.date(2023, 4, 30), True)]
)
def test_what_closed_before_30_april_is_not_listed(
    world: World, last: dt.date, *, listed: bool
) -> None:
    certified(world)
    Unit.objects.filter(code="c4").update(closed_on=last)
    assert (_line(world, "officer") is not None) is listed


def test_it_is_urgent_until_form_1_is_due(world: World) -> None:
    certified(world)
    assert works(world, "officer", dt.date(2023, 4, 30))[TITLE].urgent
    assert not works(world, "officer", dt.date(2023, 5, 1))[TITLE].urgent


def test_what_was_only_applied_for_is_not_listed(world: World) -> None:
    submitted(world)
    assert _line(world, "officer") is None


@pytest.mark.parametrize("role", ["home_staff:sister", "approver", "auditor", "officer:other"])
def test_it_is_for_the_home_and_the_officer_alone(world: World, role: str) -> None:
    certified(world)
    assert TITLE not in works(world, role, FIRST) or _line(world, role) is None
