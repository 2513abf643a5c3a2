"""One table of eligibility: which units may have the add-on on a day, and what others lack."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from shokibo.web.certification.models import Application
from shokibo.web.register.models import Posting, Unit
from tests.web.world import OURS, World

pytestmark = pytest.mark.django_db
DAY = "2022-10-01"
OUTCOMES = ("met", "not_met", "cannot_judge", "not_applicable")


def url(query: str = "", day: str = DAY) -> str:
    return f"{reverse('homes:eligibility', args=[OURS])}?as_of={day}{query}"


def rows_of(world: World, role: str, query: str = "", day: str = DAY) -> list[Any]:
    return list(world.client(role).get(url(query, day)).context["listed"].page)


def codes(rows: list[Any]) -> list[str]:
    return [row.unit.code for row in rows]


def without_staff(world: World) -> None:
    Posting.objects.filter(authority=world.authority, unit__code="u4").update(
        started_on="2021-04-01", ended_on="2022-04-30"
    )


def test_the_office_finds_every_open_unit_and_a_home_its_own(world: World) -> None:
    theirs = Unit.objects.filter(authority=world.authority).order_by("home", "pk")
    assert codes(rows_of(world, "officer")) == [unit.code for unit in theirs]
    own = theirs.filter(home=world.home)
    assert codes(rows_of(world, "home_staff")) == [unit.code for unit in own]
    assert "s4" not in world.client("home_staff").get(url()).content.decode()


def test_the_outcomes_of_the_tabs_are_the_rows_of_all(world: World) -> None:
    without_staff(world)
    every = rows_of(world, "officer")
    parts = [rows_of(world, "officer", f"&outcome={outcome}") for outcome in OUTCOMES]
    found = [code for part in parts for code in codes(part)]
    assert sorted(found) == sorted(codes(every))
    for outcome, part in zip(OUTCOMES, parts, strict=True):
        assert {row.figures.answer for row in part} <= {outcome}
    assert "u4" in codes(parts[1])


def test_who_lacks_staff_reads_how_much_and_is_led_to_the_reasons(world: World) -> None:
    without_staff(world)
    (row,) = rows_of(world, "officer", "&outcome=not_met&words=u4")
    assert row.lacking == ["加配する職員の配置(加配1人まであと4.0人)"]
    page = world.client("officer").get(url()).content.decode()
    assert f"/units/{row.unit.pk}/?as_of={DAY}#reasons" in page


def test_it_is_as_of_the_day(world: World) -> None:
    without_staff(world)
    assert "u4" in codes(rows_of(world, "officer", "&outcome=met", "2022-04-30"))
    assert "u4" in codes(rows_of(world, "officer", "&outcome=not_met", "2022-05-01"))


def test_what_was_asked_and_certified_is_of_the_day(world: World) -> None:
    certified = Application.objects.filter(authority=world.authority, code="a-u4")
    certified.update(state="ended", ended_on="2022-09-30", end_reason="x")
    asked = certified.get().requested_extra
    for day, extra in (("2022-09-30", certified.get().certified_extra), ("2022-10-01", None)):
        (row,) = (row for row in rows_of(world, "officer", day=day) if row.unit.code == "u4")
        assert (row.asked, row.certified) == (asked, extra)


def test_homes_kinds_and_words_choose_among_the_units(world: World) -> None:
    of_home = rows_of(world, "officer", f"&home={world.sister.pk}")
    assert codes(of_home) == ["s4"]
    of_kind = rows_of(world, "officer", "&kind=main_unit")
    assert of_kind
    assert {row.unit.kind for row in of_kind} == {"main_unit"}
    assert codes(rows_of(world, "officer", "&words=姉妹 S4")) == ["s4"]
    assert world.client("home_staff").get(url(f"&home={world.sister.pk}")).status_code == 400


def test_numbers_sort_as_numbers_and_are_exported_with_the_day(world: World) -> None:
    staff = [row.figures.staff_fte for row in rows_of(world, "officer", "&sort=-staff")]
    assert staff == sorted(staff, key=float, reverse=True)
    content = world.client("officer").get(url("&sort=-staff&export=csv")).content
    exported = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["職員"] for row in exported] == staff
    assert {row["基準日"] for row in exported} == {DAY}


def test_the_start_page_leads_to_what_is_not_eligible_in_one_click(world: World) -> None:
    page = world.client("officer").get(f"/{OURS}/").content.decode()
    assert f'href="{reverse("homes:eligibility", args=[OURS])}?outcome=not_met"' in page
