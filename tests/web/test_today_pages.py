"""The start page: who is led where, what each role finds on it, and what it costs."""

import datetime as dt
import re
from pathlib import Path

import polars as pl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shokibo.checking import check
from shokibo.law.parameters import national_law
from shokibo.web.accounts.models import Membership
from shokibo.web.audit.models import Look
from shokibo.web.planning.models import Need, Target
from shokibo.web.register.models import Capacity, Home, Occupancy, Posting
from shokibo.web.store.reading import ledger_of
from shokibo.web.today.figures import Figures
from shokibo.web.today.known import scope_of
from shokibo.web.today.pictures import drawn
from tests.web.applications import submitted
from tests.web.plan_versions import plan_of
from tests.web.world import OURS, World

URL = f"/{OURS}/"
READERS = ("home_staff", "officer", "approver", "auditor")


def page(world: World, role: str, address: str = URL) -> str:
    response = world.client(role).get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@pytest.mark.parametrize("role", [*READERS, "center_staff"])
def test_one_office_is_led_to_todays_work(world: World, role: str) -> None:
    assert world.client(role).get("/")["Location"] == URL


def test_several_offices_are_listed(world: World) -> None:
    person = world.people["officer"]
    Membership.objects.create(person=person, role="auditor", authority=world.other)
    said = page(world, "officer", "/")
    assert URL in said
    assert f"/{world.other.code}/" in said


@pytest.mark.parametrize("role", READERS)
def test_it_shows_deadlines_findings_and_four_pictures(world: World, role: str) -> None:
    said = page(world, role)
    assert "施設からの申請の期限" in said
    assert "台帳の確認" in said
    for name in ("places", "share", "main-places", "main-units", "group-homes", "applications"):
        assert f'src="{URL}today/{name}.svg"' in said


@pytest.mark.parametrize("name", ["places", "share", "main-units", "applications"])
def test_a_picture_is_an_svg_of_its_own(world: World, name: str) -> None:
    answer = world.client("officer").get(f"{URL}today/{name}.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")


def test_a_picture_that_there_is_not_answers_404(world: World) -> None:
    assert world.client("officer").get(f"{URL}today/nothing.svg").status_code == 404


def test_a_child_guidance_center_without_work_sees_nothing_of_the_register(world: World) -> None:
    said = page(world, "center_staff")
    assert "待っている仕事はありません" in said
    assert "台帳の確認" not in said
    assert "架空学園" not in said


def test_a_home_sees_nothing_of_another(world: World) -> None:
    submitted(world)
    Posting.objects.filter(home=world.sister).update(full_time_weekly_hours=0)
    for role, other in (("home_staff", "架空姉妹園"), ("home_staff:sister", "架空学園")):
        for address in (URL, f"{URL}today/findings/"):
            assert other not in page(world, role, address)


def test_what_was_worked_out_for_one_is_never_shown_to_another(world: World) -> None:
    for first, second in (("officer", "home_staff:sister"), ("home_staff:sister", "home_staff")):
        page(world, first)
        warm = page(world, second)
        cache.clear()
        hide = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
        assert hide.sub("", warm) == hide.sub("", page(world, second))


def test_a_home_s_pictures_are_of_its_own_places(world: World) -> None:
    def total(role: str) -> int:
        context = world.client(role).get(URL).context
        return int(context["figures"].course["total"][-1])

    assert total("officer") == total("home_staff") + total("home_staff:sister")


def test_a_home_does_not_see_findings_on_the_plan(world: World) -> None:
    course = world.client("home_staff").get(URL).context["figures"].course
    assert set(course["point"]) <= {"actual", "today"}
    assert course["need"].null_count() == course.height


def test_a_home_is_not_reported_that_a_decision_is_proposed(world: World) -> None:
    row = submitted(world)
    type(row).objects.filter(pk=row.pk).update(state="proposed")
    for role, shown in (("home_staff", False), ("officer", True)):
        assert ("決裁待ち" in page(world, role)) == shown


def test_a_change_shows_immediately(world: World) -> None:
    from shokibo.web.homes import actions

    before = world.client("officer").get(URL).context["figures"].course["total"][-1]
    row = Capacity.objects.get(unit__code="s4")
    actions.change(
        office=world.office("officer"),
        row=row,
        version=row.version,
        values={"capacity": row.capacity + 2},
        reason="x",
    )
    after = world.client("officer").get(URL).context["figures"].course["total"][-1]
    assert after == before + 2


def test_queries_do_not_grow_with_rows(world: World) -> None:
    def count() -> int:
        page(world, "officer")
        with CaptureQueriesContext(connection) as made:
            page(world, "officer")
        return len(made)

    submitted(world, "c1")
    few = count()
    for number in range(6):
        submitted(world, f"d{number}")
        Home.objects.create(
            authority=world.authority, code=f"n{number}", name=f"架空 {number}", operator="x"
        )
    assert count() == few


def test_findings_lead_to_their_rows_and_can_be_filtered(world: World) -> None:
    Posting.objects.filter(code="u-1").update(full_time_weekly_hours=0)
    Occupancy.objects.create(
        authority=world.authority,
        home=world.home,
        as_of="2022-04-01",
        population="residents",
        place="all",
        children=99,
    )
    found = world.client("officer").get(f"{URL}today/findings/")
    staff = [one for one in found.context["page"] if one.finding.table == "staff"]
    assert reverse("homes:staff", args=[OURS, world.home.pk]) in {one.url for one in staff}
    asked = world.client("officer").get(f"{URL}today/findings/?table=staff&severity=error")
    assert {one.finding.table for one in asked.context["page"]} <= {"staff"}


def test_the_findings_are_those_of_the_check(world: World, tmp_path: Path) -> None:
    Posting.objects.filter(code="u-2").update(full_time_weekly_hours=0)
    Posting.objects.filter(code__in=("u-3", "u-4")).delete()
    Target.objects.filter(authority=plan_of(world, tmp_path).authority).update(value=99)
    Need.objects.filter(authority=world.authority).update(children=-1)
    office = world.office("officer")
    found = Figures(scope_of(office), dt.date(2022, 4, 5)).findings
    every = check(ledger_of(world.authority), national_law())
    grave = [one for one in every if one.severity != "info"]
    assert {one.table for one in grave} >= {"staff", "applications", "targets"}
    assert sorted(str(one) for one in found) == sorted(str(one) for one in grave)


def test_a_finding_on_the_plan_leads_to_its_row_for_who_reads_plans(
    world: World, tmp_path: Path
) -> None:
    Target.objects.filter(authority=plan_of(world, tmp_path).authority).update(value=99)
    Need.objects.filter(authority=world.authority).update(children=-1)
    row = Target.objects.get(authority=world.authority)
    found = world.client("officer").get(f"{URL}today/findings/?table=targets").context["page"]
    address = reverse("planning:targets", args=[OURS])
    assert f"{address}#row-{row.pk}" in {one.url for one in found}


def test_the_start_page_logs_the_look_at_findings_of_staff(world: World) -> None:
    page(world, "officer")
    assert not Look.objects.exists()
    Posting.objects.filter(code="u-2").update(full_time_weekly_hours=0)
    cache.clear()
    page(world, "officer")
    assert Look.objects.get().rows >= 1


def test_a_year_without_places_has_no_share(world: World) -> None:
    office = world.office("officer")
    day = dt.date(2022, 4, 5)
    course = Figures(scope_of(office), day).course
    empty = course.head(1).with_columns(share=pl.lit(None, pl.String))
    shown = drawn(office, pl.concat([empty, course]), day)["share"].alt
    assert "None" not in shown
    assert f"{course['share'][0]}%から" in shown


def test_a_look_at_findings_of_staff_is_logged(world: World) -> None:
    Posting.objects.filter(code="u-1").update(full_time_weekly_hours=0)
    page(world, "auditor", f"{URL}today/findings/")
    assert Look.objects.filter(actor=world.people["auditor"]).exists()


@pytest.mark.parametrize("asked", ["?severity=x&table=y&page=-1", "?page=99999", "?table=%00"])
def test_nonsense_in_the_address_is_refused(world: World, asked: str) -> None:
    assert world.client("officer").get(f"{URL}today/findings/{asked}").status_code == 400


def test_the_page_is_small(world: World) -> None:
    for number in range(8):
        submitted(world, f"c{number}")
    assert len(page(world, "officer")) < 200_000


def test_the_menu_names_the_page_one_is_on(world: World) -> None:
    for address, label in ((URL, "今日の仕事"), (f"{URL}register/", "施設と生活単位")):
        (here,) = re.findall(r'aria-current="page">([^<]+)<', page(world, "officer", address))
        assert here == label


def test_the_style_of_the_page_is_in_its_own_file() -> None:
    import shokibo.web.pages

    folder = Path(shokibo.web.pages.__file__).parent
    for template in (folder / "templates/today").glob("*.html"):
        assert "style=" not in template.read_text(encoding="utf-8")
