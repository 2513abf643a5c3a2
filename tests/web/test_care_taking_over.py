"""Children of imported episodes become records, once, and their episodes stay as they are."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from shokibo.web.care.models import Child, Placement, Protection, RecordVersion, UsedCode
from shokibo.web.care.taking_over import candidates, take_over
from shokibo.web.register.models import Episode
from shokibo.web.store.reading import ledger_of
from tests.web.children import CENTER, child_of, imported_child, moved_to_center, placed
from tests.web.world import OURS, World


def episodes(world: World) -> object:
    return ledger_of(world.authority, only=("episodes",))["episodes"].drop("_row").rows()


def test_derived_episodes_equal_the_imported_ones(world: World) -> None:
    imported_child(world)
    imported_child(world, "C-0002")
    placed(world, child_of(world))
    before, office = episodes(world), world.office(CENTER)
    assert [one.code for one in candidates(office)] == ["C-0001", "C-0002"]
    assert take_over(office=office, found=candidates(office)) == 2
    assert episodes(world) == before
    assert not Episode.objects.exclude(of_records=True).exists()
    child = Child.objects.get(code="C-0001")
    stays = Placement.objects.filter(child=child).order_by("started_on")
    assert [stay.move_reason for stay in stays] == ["breakdown", None]
    assert Protection.objects.get(child=child).stay == stays[1]
    assert RecordVersion.objects.filter(child=child).count() == 3
    assert UsedCode.objects.count() == 3


def test_the_page_takes_over_what_it_showed_and_once_only(world: World) -> None:
    imported_child(world)
    imported_child(world, "C-0002", birth_month=dt.date(2012, 7, 1))
    client, address = world.client(CENTER), reverse("care:take_over", args=[OURS])
    page = client.get(address)
    assert "生年月が行により違います" in page.content.decode()
    seen = page.context["form"].initial["seen"]
    imported_child(world, "C-0003")
    assert "内容が変わりました" in client.post(address, {"seen": seen}).content.decode()
    assert not Child.objects.exists()
    client.post(address, {"seen": client.get(address).context["form"].initial["seen"]})
    assert sorted(Child.objects.values_list("code", flat=True)) == ["C-0001", "C-0003"]
    again = client.get(address).content.decode()
    assert "C-0001" not in again
    assert "問題のない児童を引き継ぐ" not in again


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"center_code": "C2"}, "児童相談所コードが行により違います"),
        ({"ended_on": dt.date(2021, 6, 1)}, "期間が重なります"),
        ({"ended_on": None, "end_reason": None}, "期間が重なります"),
        ({"ended_on": dt.date(2021, 5, 31)}, ""),
    ],
)
def test_rows_that_records_could_not_hold_are_named(
    world: World, given: dict[str, Any], words: str
) -> None:
    imported_child(world, **given)
    (found,) = candidates(world.office(CENTER))
    assert "".join(one.ja for one in found.problems) == words


def test_a_center_takes_its_own_children_over(world: World) -> None:
    imported_child(world)
    moved_to_center(world, CENTER, "C2")
    assert candidates(world.office(CENTER)) == []
