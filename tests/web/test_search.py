"""Search from every page: homes, units, applications, staff, of those that a person may see."""

import pytest
from django.urls import reverse

from shokibo.web.audit.models import Look
from shokibo.web.certification.models import Application
from shokibo.web.register.models import Home, Posting, Unit
from shokibo.web.today.search import FIRST
from tests.web.applications import submitted, unit_of_four
from tests.web.world import OURS, World

pytestmark = pytest.mark.django_db


def url(query: str = "") -> str:
    return reverse("today:search", args=[OURS]) + query


def found(world: World, role: str, words: str) -> dict[str, list[object]]:
    """Return the rows of each kind that the page shows."""
    context = world.client(role).get(url(), {"words": words}).context
    return {one.kind.code: list(one.listed.page) for one in context["found"]}


def test_every_page_of_who_reads_the_register_has_the_field(world: World) -> None:
    for role in ("officer", "home_staff", "approver", "auditor"):
        page = world.client(role).get(f"/{OURS}/").content.decode()
        assert f'action="{url()}"' in page
    assert url() not in world.client("center_staff").get(f"/{OURS}/").content.decode()


def test_a_home_and_a_unit_are_found_by_name_and_by_id(world: World) -> None:
    unit = world.unit("u4")
    assert found(world, "officer", world.sister.name)["homes"] == [world.sister]
    assert unit in found(world, "officer", "u4")["units"]
    assert found(world, "officer", unit.name)["units"] == list(
        Unit.objects.filter(authority=world.authority, name__icontains=unit.name)
    )


def test_an_application_is_found_by_its_id_and_by_its_place(world: World) -> None:
    row = submitted(world)
    assert found(world, "officer", row.code)["applications"] == [row]
    assert row in found(world, "officer", f"{world.home.name} c4の家")["applications"]


def test_staff_are_found_by_code_and_the_look_is_logged(world: World) -> None:
    posting = Posting.objects.get(authority=world.authority, code="s-1")
    before = Look.objects.count()
    assert found(world, "officer", "s-1")["staff"] == [posting]
    look = Look.objects.latest("pk")
    assert (look.rows, look.actor) == (1, world.people["officer"])
    assert Look.objects.count() == before + 1
    found(world, "officer", world.sister.name)
    assert Look.objects.count() == before + 1


@pytest.mark.parametrize("words", ["s-1", "s4", "姉妹"])
def test_nobody_finds_rows_of_another_home_or_authority(world: World, words: str) -> None:
    assert found(world, "home_staff", words) == {}
    assert found(world, "officer", words) != {}
    assert found(world, "officer", world.stranger.name) == {}


def test_a_state_within_the_office_is_not_shown_to_a_home(world: World) -> None:
    row = submitted(world)
    Application.objects.filter(pk=row.pk).update(state="proposed")
    query = f"?words={row.code}"
    assert "決裁待ち" in world.client("officer").get(url(query)).content.decode()
    assert "決裁待ち" not in world.client("home_staff").get(url(query)).content.decode()


def test_the_first_of_each_kind_are_shown_and_the_others_are_a_click_away(world: World) -> None:
    for number in range(FIRST):
        unit_of_four(world, f"many{number}", staff=0)
    extra = unit_of_four(world, "many-x", staff=0)
    client = world.client("officer")
    page = client.get(url("?words=many")).content.decode()
    assert len(found(world, "officer", "many")["units"]) == FIRST
    assert 'href="?words=many&amp;kind=units"' in page
    assert "ほか1件" in page
    listed = client.get(url("?words=many&kind=units")).context["listed"]
    assert listed.page.paginator.count == FIRST + 1
    assert extra in list(listed.page)


def test_all_of_a_kind_are_sorted_and_exported(world: World) -> None:
    client, query = world.client("officer"), "?words=架空&kind=homes"
    names = [home.name for home in client.get(url(f"{query}&sort=name")).context["listed"].page]
    assert names == sorted(names)
    exported = client.get(url(f"{query}&export=csv")).content.decode("utf-8-sig")
    assert len(exported.splitlines()) == 1 + Home.objects.filter(authority=world.authority).count()


def test_without_words_it_explains_and_with_no_hit_it_advises(world: World) -> None:
    assert "職員IDの一部" in world.client("officer").get(url()).content.decode()
    answer = world.client("officer").get(url("?words=zzz")).content.decode()
    assert "該当するものはありません" in answer
