"""The register's pages: who sees what, on which day, and how many queries it takes."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from shokibo.web.accounts.permissions import Permission
from shokibo.web.accounts.roles import Auditor
from shokibo.web.audit.models import Look
from shokibo.web.audit.recording import Act, note
from shokibo.web.certification.models import Application, Handover
from shokibo.web.homes.history import of_unit
from shokibo.web.register.models import (
    Capacity,
    ChangeProposal,
    Confirmation,
    Home,
    Occupancy,
    Posting,
    Unit,
)
from tests.web.markup import markup_of
from tests.web.world import OURS, World

APRIL = dt.date(2022, 4, 1)
READERS = ("officer", "approver", "auditor", "home_staff")


def url(name: str, *args: int) -> str:
    return reverse(f"homes:{name}", args=[OURS, *args])


def text_of(world: World, role: str, address: str) -> str:
    response = world.client(role).get(address)
    assert response.status_code == 200, response.status_code
    return markup_of(response)


@pytest.mark.parametrize("role", READERS)
def test_it_shows_homes_and_units_to_their_readers(world: World, role: str) -> None:
    said = text_of(world, role, url("homes"))
    assert "架空学園" in said
    assert "地域の家" in said
    assert ("架空姉妹園" in said) == (role != "home_staff")
    assert "隣の園" not in said


@pytest.mark.parametrize("role", READERS)
def test_it_offers_edits_to_the_officer_alone(world: World, role: str) -> None:
    for address in (url("homes"), url("home", world.home.pk), url("unit", world.unit("u4").pk)):
        said = text_of(world, role, address)
        edits = re.search(r"(登録内容の修正|施設を登録する)\s*</a>", said)
        assert (edits is not None) == (role == "officer")
        assert ("変更を申し出る" in said) == (role == "home_staff" and address != url("homes"))


@pytest.mark.parametrize("role", ["center_staff", "officer:other", "admin", "ministry"])
def test_it_is_closed_to_others(world: World, role: str) -> None:
    for address in (url("homes"), url("home", world.home.pk), url("staff", world.home.pk)):
        assert world.client(role).get(address).status_code in (403, 404)


@pytest.mark.parametrize("name", ["home", "staff", "propose", "add_posting", "add_occupancy"])
def test_another_home_answers_404(world: World, name: str) -> None:
    assert world.client("home_staff:sister").get(url(name, world.home.pk)).status_code == 404
    assert world.client("home_staff:sister").get(url(name, world.sister.pk)).status_code == 200


def test_rows_of_another_home_answer_404(world: World) -> None:
    client = world.client("home_staff:sister")
    posting, unit = Posting.objects.get(code="u-1"), world.unit("u4")
    for address in (
        url("unit", unit.pk),
        url("edit_posting", posting.pk),
        url("end_posting", posting.pk),
        url("remove_posting", posting.pk),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {}).status_code in (404, 405)


def test_a_row_of_another_authority_answers_404(world: World) -> None:
    assert world.client("officer").get(url("home", world.stranger.pk)).status_code == 404
    theirs = Unit.objects.get(authority=world.other)
    assert world.client("officer").get(url("unit", theirs.pk)).status_code == 404
    assert world.client("officer").get(url("edit_unit", theirs.pk)).status_code == 404


@pytest.mark.parametrize("name", ["homes", "home", "unit", "staff"])
def test_a_page_that_only_shows_rejects_post(world: World, name: str) -> None:
    keys = {"homes": [], "unit": [world.unit("u4").pk]}.get(name, [world.home.pk])
    assert world.client("officer").post(url(name, *keys)).status_code == 405


def test_it_gives_the_figures_of_the_law(world: World) -> None:
    said = text_of(world, "officer", url("unit", world.unit("u4").pk))
    assert "加配1人まで" in said
    assert "子発1004第5号 別紙3(1)" in said
    assert "4.0" in said


def test_a_page_is_as_of_the_requested_day(world: World) -> None:
    unit = world.unit("u4")
    Capacity.objects.create(
        authority=world.authority, unit=unit, effective_from=dt.date(2023, 4, 1), capacity=6
    )
    early = text_of(world, "officer", url("homes") + "?as_of=R4.10.1")
    late = text_of(world, "officer", url("homes") + "?as_of=R5.4.1")
    assert "令和4年10月1日" in early
    assert "<strong>15人</strong>" in early
    assert "<strong>17人</strong>" in late
    assert f"{url('unit', unit.pk)}?as_of=R5.4.1" in late


def test_a_unit_that_is_not_open_is_reported_as_such(world: World) -> None:
    Unit.objects.filter(code="u4").update(opened_on=dt.date(2023, 1, 1))
    said = text_of(world, "officer", url("home", world.home.pk))
    assert "この日に開設していない生活単位(1)" in said
    page = text_of(world, "officer", url("unit", world.unit("u4").pk))
    assert "この日に開設していません。" in page


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("1927-01-01", 200),
        ("9999-12-31", 200),
        ("R1.5.1", 200),
        ("", 200),
        ("R5.13.1", 400),
        ("きのう", 400),
        ("0001-01-01", 400),
    ],
)
def test_a_day_is_read_or_refused(world: World, day: str, status: int) -> None:
    for address in (
        url("homes"),
        url("home", world.home.pk),
        url("unit", world.unit("u4").pk),
        url("staff", world.home.pk),
    ):
        assert world.client("officer").get(f"{address}?as_of={day}").status_code == status


def test_it_reports_what_is_certified_and_no_longer_holds(world: World) -> None:
    unit = world.unit("u4")
    Posting.objects.filter(code="u-1").update(ended_on=dt.date(2022, 8, 31))
    for address in (url("home", world.home.pk), url("unit", unit.pk)):
        assert "a-u4" not in text_of(world, "officer", f"{address}?as_of=2022-08-31")
        assert "の認定(申請ID:a-u4)は" in text_of(world, "officer", f"{address}?as_of=2022-09-01")
    homes = text_of(world, "officer", url("homes") + "?as_of=2022-09-01")
    assert "要件を満たさなくなった認定があります(" in homes


def test_a_person_posted_in_two_homes_counts_the_same_for_everybody(world: World) -> None:
    Posting.objects.create(
        authority=world.authority,
        home=world.sister,
        code="u-1",
        unit=world.unit("s4"),
        job="childcare_worker",
        employment="full_time",
        weekly_hours=20 * 3600,
        full_time_weekly_hours=40 * 3600,
        role="care",
        dedicated=True,
        main_rota=False,
    )
    Posting.objects.filter(code="u-1", home=world.home).update(
        weekly_hours=20 * 3600, full_time_weekly_hours=40 * 3600
    )
    for role in ("officer", "home_staff"):
        said = text_of(world, role, url("homes"))
        assert "3.5" in said
        assert "15人" in said
    assert "架空姉妹園" not in text_of(world, "home_staff", url("homes"))


def test_a_look_at_staff_is_kept(world: World) -> None:
    text_of(world, "home_staff", url("staff", world.home.pk))
    look = Look.objects.get()
    assert (look.actor, look.home, look.rows) == (world.people["home_staff"], world.home, 11)
    text_of(world, "officer", url("unit", world.unit("b5").pk))
    assert Look.objects.latest("pk").rows == 5


def test_staff_are_those_of_the_day_or_all(world: World) -> None:
    Posting.objects.filter(code="u-1").update(ended_on=dt.date(2022, 3, 31))
    address = url("staff", world.home.pk)
    assert "u-1" not in text_of(world, "officer", address)
    assert "u-1" in text_of(world, "officer", address + "?as_of=2022-03-31")
    assert "u-1" in text_of(world, "officer", address + "?show=all")


def test_children_are_the_newest_count_of_each_population(world: World) -> None:
    for day, children in (("2022-03-01", 11), ("2022-04-01", 13), ("2022-05-01", 17)):
        Occupancy.objects.create(
            authority=world.authority,
            home=world.home,
            as_of=dt.date.fromisoformat(day),
            population="residents",
            place="all",
            children=children,
        )
    said = text_of(world, "officer", url("homes"))
    assert "13人" in said
    assert "11人" not in said
    assert "17人" not in said


def test_counts_of_the_whole_authority_are_not_a_homes(world: World) -> None:
    Occupancy.objects.create(
        authority=world.authority,
        as_of=dt.date(2022, 4, 1),
        population="placed",
        place="all",
        children=77,
    )
    assert "77人" in text_of(world, "officer", url("homes"))
    assert "77人" not in text_of(world, "home_staff", url("homes"))


def test_a_text_that_begins_like_a_formula_is_shown_as_it_is(world: World) -> None:
    Unit.objects.filter(code="u4").update(name="=1+1<b>")
    for address in (url("homes"), url("home", world.home.pk), url("unit", world.unit("u4").pk)):
        assert "=1+1&lt;b&gt;" in text_of(world, "officer", address)


def test_no_page_has_inline_style_or_script(world: World) -> None:
    ChangeProposal.objects.create(
        authority=world.authority,
        home=world.home,
        change="capacity",
        unit=world.unit("u4"),
        effective_on=dt.date(2023, 4, 1),
        capacity=5,
        reason="増員",
        proposed_by=world.people["home_staff"],
    )
    for address in (
        url("homes"),
        url("home", world.home.pk),
        url("unit", world.unit("u4").pk),
        url("staff", world.home.pk),
        url("add_posting", world.home.pk),
    ):
        said = text_of(world, "officer", address)
        assert " style=" not in said
        assert "<style" not in said
        assert "onclick" not in said


def test_who_may_not_see_staff_sees_none(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    without = Auditor.permissions - {Permission.STAFF_READ}
    monkeypatch.setattr(Auditor, "permissions", without)
    assert "u-1" not in text_of(world, "auditor", url("unit", world.unit("u4").pk))
    assert url("staff", world.home.pk) not in text_of(world, "auditor", url("home", world.home.pk))
    assert world.client("auditor").get(url("staff", world.home.pk)).status_code == 403
    assert not Look.objects.exists()


def test_the_history_shows_who_changed_what(world: World) -> None:
    unit = world.unit("m6")
    given = {"name": "本体の家", "kind": "main_unit", "opened_on": "R2.4.1", "version": "1"}
    world.client("officer").post(url("edit_unit", unit.pk), given)
    for address in (url("unit", unit.pk), url("home", world.home.pk)):
        said = text_of(world, "officer", address)
        assert "台帳の変更:生活単位 本体の家" in said
        assert "開設日:— → 令和2年4月1日" in said
        assert "架空 officer" in said
    assert "台帳の変更" not in text_of(world, "officer", url("unit", world.unit("u4").pk))


def test_a_units_history_has_no_row_of_another_unit_with_the_same_number(world: World) -> None:
    unit, other, office = world.unit("m6"), world.unit("u4"), world.office("officer")
    capacity = Capacity.objects.filter(unit=unit).latest("pk")
    placed = {"authority": world.authority, "home": world.home, "day": APRIL, "written": []}
    handover = Handover.objects.create(pk=capacity.pk, unit=other, **placed)
    note(Act(office.person, "register.add"), capacity, {"unit": unit.pk})
    note(Act(office.person, "register.hand_over"), handover, {"unit": other.pk})
    found = of_unit(unit).values_list("subject_kind", "subject_id")
    assert ("register.capacity", capacity.pk) in found
    assert ("certification.handover", handover.pk) not in found
    assert ("certification.handover", handover.pk) in of_unit(other).values_list(
        "subject_kind", "subject_id"
    )


@pytest.mark.parametrize("units", [1, 10])
@pytest.mark.parametrize("name", ["homes", "home"])
def test_queries_do_not_grow_with_rows(
    world: World,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    units: int,
    name: str,
) -> None:
    for number in range(units):
        _fill(world, number)
    client = world.client("officer")
    keys = [world.home.pk] if name == "home" else []
    with django_assert_max_num_queries(31):
        assert client.get(url(name, *keys)).status_code == 200


def _fill(world: World, number: int) -> None:
    owned = {"authority": world.authority, "home": world.home}
    unit = Unit.objects.create(**owned, code=f"x{number}", name=f"x{number}", kind="main_unit")
    Home.objects.create(
        authority=world.authority, code=f"home{number}", name=f"園{number}", operator="法人"
    )
    Capacity.objects.create(
        authority=world.authority, unit=unit, effective_from=dt.date(2020, 4, 1), capacity=6
    )
    Posting.objects.create(
        **owned,
        unit=unit,
        code=f"x-{number}",
        job="other",
        employment="full_time",
        role="care",
        dedicated=False,
        main_rota=True,
    )
    Confirmation.objects.create(
        **owned, item="training", confirmed_on=dt.date(2021, 4, 1) + dt.timedelta(number)
    )
    Occupancy.objects.create(
        **owned,
        as_of=dt.date(2021, 4, 1) + dt.timedelta(number),
        population="placed",
        place="all",
        children=5,
    )
    ChangeProposal.objects.create(
        **owned,
        unit=unit,
        change="close",
        effective_on=dt.date(2023, 3, 31),
        reason="統合",
        proposed_by=world.people["home_staff"],
    )
    Application.objects.create(
        **owned,
        code=f"x-{number}",
        addon="dispersal",
        unit=unit,
        fiscal_year=2022,
        start_month=dt.date(2022, 4, 1),
        state="certified",
        certified_extra=1,
        decided_on=dt.date(2022, 4, 20),
    )


def test_many_homes_come_in_pages_and_are_found_by_name(world: World) -> None:
    Home.objects.bulk_create(
        Home(authority=world.authority, code=f"many{n}", name=f"架空{n}号園", operator="大法人")
        for n in range(25)
    )
    client = world.client("officer")
    first, second = (markup_of(client.get(url("homes"), {"page": page})) for page in ("1", "2"))
    assert "1 / 2" in first
    assert ("架空24号園" in first, "架空24号園" in second) == (False, True)
    found = client.get(url("homes"), {"words": "24号"}).content.decode()
    assert ("架空24号園" in found, "架空23号園" in found, "1施設" in found) == (True, False, True)
    assert "大法人" not in found
    assert "25施設" in client.get(url("homes"), {"words": "大法人"}).content.decode()


def test_a_word_that_no_home_holds_is_reported(world: World) -> None:
    said = world.client("officer").get(url("homes"), {"words": "<ない園>"}).content.decode()
    assert "この語を含む施設はありません" in said
    assert "<ない園>" not in said
