"""Who signs the forms and from which year they are reported here; earlier years on paper."""

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from shokibo.web.accounts.access import access_of
from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification.deadlines import forms_due
from shokibo.web.office.models import SettingProposal
from shokibo.web.register.models import Authority
from shokibo.web.returns import actions
from shokibo.web.returns.drawing import drawn
from shokibo.web.returns.models import PaperReturn, Return
from shokibo.web.steps.taking import take
from shokibo.web.today.due import deadlines
from tests.builders import add
from tests.web.calling import caller
from tests.web.imports import brought, problems, workbook
from tests.web.markup import markup_of
from tests.web.test_own_values import decided, send, url
from tests.web.world import LETTER, OURS, World

APRIL_28 = dt.date(2021, 4, 28)


def from_year(world: World, year: int | None) -> None:
    """Set the first year, without those who decide on it."""
    Authority.objects.filter(pk=world.authority.pk).update(reports_from=year)
    world.authority.refresh_from_db()


def on_paper(
    world: World, role: str = "officer", year: int = 2021, **given: dt.date | None
) -> None:
    stored = PaperReturn.objects.filter(form=1, fiscal_year=year).first()
    actions.mark_paper(
        access=access_of(world.people[role]),
        authority=world.authority,
        form=1,
        year=year,
        version=stored.version if stored else 0,
        day=given.get("day", APRIL_28),
    )


def state_of(world: World, form: int, year: int) -> str:
    """Return the row of a form in the office's list."""
    page = markup_of(world.client("officer").get(f"/{OURS}/returns/"))
    rows = page.split("<tr>")
    address = f'href="/{OURS}/returns/form{form}/{year}/"'
    return next(row for row in rows if address in row)


def test_the_officer_s_title_and_the_first_year_are_proposed_and_decided(world: World) -> None:
    page = send(
        world.client("officer"),
        url("reporting"),
        reporting_officer="福祉局長",
        reports_from="R4",
        reason="組織改正",
    )
    assert "起案しました。" in page
    assert "民生主管部長 → 福祉局長" in page
    row = SettingProposal.objects.get()
    decided(world, row)
    world.authority.refresh_from_db()
    assert (world.authority.reporting_officer, world.authority.reports_from) == ("福祉局長", 2022)
    made = actions.draft(office=world.office("officer"), form=1, year=2022)
    files = drawn(world.authority, 1, 2022).files(made)
    content = next(content for name, content in files.items() if name.endswith(".xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert any("福祉局長" in str(cell) for cells in sheet.values for cell in cells)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reports_from": "H30"}, "reports_from"),
        ({"reports_from": "R6"}, "reports_from"),
        ({"reports_from": "春"}, "reports_from"),
        ({"reason": "", "reports_from": "R4"}, "reason"),
        ({}, ""),
    ],
)
def test_a_year_without_a_report_and_no_change_are_refused(
    world: World, given: dict[str, str], field: str
) -> None:
    page = send(world.client("officer"), url("reporting"), **({"reason": "組織改正"} | given))
    assert not SettingProposal.objects.exists()
    assert f'id="id_{field}_error"' in page if field else "今と同じです。" in page


def test_both_bounds_of_the_first_year_are_taken(world: World) -> None:
    for year in ("R1", "R5"):
        given = {"reports_from": year, "reason": "採用"}
        send(world.client("officer"), url("reporting"), **given)
        decided(world, SettingProposal.objects.get(state="pending"))
    world.authority.refresh_from_db()
    assert world.authority.reports_from == 2023


@pytest.mark.parametrize("name", ["reporting_officer", "reports_from"])
def test_no_workbook_bypasses_the_decision(world: World, tmp_path: Path, name: str) -> None:
    row = {"authority_code": OURS, "name": "架空県", "kind": "prefecture"}
    row |= {"reporting_officer": "民生主管部長", name: "2022"}
    run = brought(world, "officer", workbook(tmp_path, add("authorities", **row)))
    assert run.state == "refused"
    assert [code for code, _ in problems(run)] == ["REPORTING_BY_PAGES"]


def test_earlier_years_are_not_awaited(world: World) -> None:
    assert "未提出(期限を過ぎています)" in state_of(world, 2, 2020)
    assert "未提出(期限を過ぎています)" in state_of(world, 1, 2021)
    from_year(world, 2022)
    for form, year in ((1, 2021), (2, 2021), (2, 2020)):
        assert "待たない(報告開始年度より前)" in state_of(world, form, year)
    assert "待たない" not in state_of(world, 1, 2022)


def test_nobody_is_reminded_of_what_is_not_awaited(world: World) -> None:
    april = dt.date(2022, 4, 5)
    assert [one.code for one in forms_due(world.authority, april)] == ["form1", "form2"]
    from_year(world, 2022)
    assert [one.code for one in forms_due(world.authority, april)] == ["form1"]
    years = [one.year for one in deadlines(world.office("officer"), april)]
    assert years == [None, 2022, 2022]  # form 2 of the same year, due the April after
    from_year(world, 2023)
    assert forms_due(world.authority, april) == []
    years = [one.year for one in deadlines(world.office("officer"), april)]
    assert years == [None, 2023]


def test_the_ministry_awaits_only_what_is_reported_here(world: World) -> None:
    ministry = world.client("ministry")
    before = markup_of(ministry.get("/nation/?form=1&year=2021"))
    assert "報告する2自治体のうち0が提出" in before
    from_year(world, 2022)
    page = markup_of(ministry.get("/nation/?form=1&year=2021"))
    assert "報告する1自治体のうち0が提出" in page
    assert "待たない(報告開始年度より前)" in page
    listed = caller(world, "ministry").get("nation/returns", form=1, year=2021).json()["returns"]
    assert [(one["awaited"], one["on_paper"]) for one in listed] == [(False, None), (True, None)]


@pytest.mark.parametrize("role", ["officer", "ministry"])
def test_office_and_ministry_note_what_was_sent_on_paper(world: World, role: str) -> None:
    from_year(world, 2022)
    address = {
        "officer": reverse("returns:paper", args=[OURS, 1, 2021]),
        "ministry": reverse("nation_paper", args=[OURS, 1, 2021]),
    }[role]
    client = world.client(role)
    listed = f"/{OURS}/returns/" if role == "officer" else "/nation/?form=1&year=2021"
    assert address in markup_of(client.get(listed))
    assert "保存しました。" in send(client, address, day="R3.4.28")
    paper = PaperReturn.objects.get()
    assert (paper.day, paper.entered_by) == (APRIL_28, world.people[role])
    event = Event.objects.latest("pk")
    assert (event.action, event.actor, event.authority) == (
        "return.paper",
        world.people[role],
        world.authority,
    )
    row = state_of(world, 1, 2021)
    assert "紙で提出済み" in row
    assert "令和3年4月28日" in row
    page = markup_of(world.client("ministry").get("/nation/?form=1&year=2021"))
    assert "ほかに紙で提出 1" in page
    send(client, address, day="")
    assert not PaperReturn.objects.exists()
    assert "待たない" in state_of(world, 1, 2021)


def test_the_ministry_sorts_what_was_sent_here_and_on_paper_by_its_day(world: World) -> None:
    drafted = actions.draft(office=world.office("officer"), form=1, year=2021)
    Return.objects.filter(pk=drafted.pk).update(late_ground="国の通知")
    drafted.refresh_from_db()
    take(
        actions.SUBMIT,
        office=world.office("approver"),
        row=drafted,
        version=drafted.version,
        values=LETTER,
    )
    PaperReturn.objects.create(
        authority=world.other,
        form=1,
        fiscal_year=2021,
        day=APRIL_28,
        entered_by=world.people["ministry"],
    )
    Authority.objects.filter(pk=world.other.pk).update(reports_from=2022)
    page = markup_of(world.client("ministry").get("/nation/?form=1&year=2021&sort=sent_on"))
    rows = page.partition("<tbody>")[2]
    assert rows.index("令和3年4月28日") < rows.index("令和4年4月5日")


@pytest.mark.parametrize(
    ("form", "day", "taken"),
    [
        (1, "R3.3.31", False),
        (1, "R3.4.1", True),
        (1, "R4.4.5", True),  # today
        (1, "R4.4.6", False),
        (2, "R4.3.31", False),
        (2, "R4.4.1", True),
    ],
)
def test_a_day_on_which_it_can_not_have_been_sent_is_refused(
    world: World, form: int, day: str, taken: bool
) -> None:
    from_year(world, 2022)
    address = reverse("returns:paper", args=[OURS, form, 2021])
    page = send(world.client("officer"), address, day=day)
    assert ('id="id_day_error"' in page) != taken
    assert PaperReturn.objects.exists() == taken


@pytest.mark.parametrize("year", [None, 2021])
def test_what_is_awaited_here_is_not_noted_as_paper(world: World, year: int | None) -> None:
    from_year(world, year)
    with pytest.raises(RefusedError, match="before the first one"):
        on_paper(world)


def test_what_was_drafted_here_is_not_noted_as_paper_nor_the_other_way(world: World) -> None:
    from_year(world, 2022)
    drafted = actions.draft(office=world.office("officer"), form=1, year=2021)
    with pytest.raises(RefusedError, match="drafted or submitted"):
        on_paper(world)
    Return.objects.filter(pk=drafted.pk).delete()
    on_paper(world)
    with pytest.raises(RefusedError, match="sent on paper"):
        actions.draft(office=world.office("officer"), form=1, year=2021)


@pytest.mark.parametrize("role", ["approver", "auditor", "home_staff", "officer:other", "admin"])
def test_others_note_nothing(world: World, role: str) -> None:
    from_year(world, 2022)
    with pytest.raises(PermissionDenied):
        on_paper(world, role)


def test_of_two_who_note_the_later_is_reported(world: World) -> None:
    from_year(world, 2022)
    on_paper(world)
    with pytest.raises(StaleError):
        actions.mark_paper(
            access=access_of(world.people["officer"]),
            authority=world.authority,
            form=1,
            year=2021,
            version=0,
            day=dt.date(2021, 4, 30),
        )
    twice = PaperReturn(
        authority=world.authority,
        form=1,
        fiscal_year=2021,
        day=APRIL_28,
        entered_by=world.people["officer"],
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save()
