"""Lists: an export holds what the page shows and no formula; columns sort; words search."""

import csv
import io
from collections.abc import Callable
from typing import Any, cast

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from shokibo.web.pages.files_of_tables import csv_of, xlsx_of
from shokibo.web.pages.listing import Column, Listing
from shokibo.web.register.models import Posting
from tests.web.world import World

pytestmark = pytest.mark.django_db
COLUMNS = [Column("name", "名前", lambda row: row["name"]), Column("n", "数", lambda row: row["n"])]
LISTING = Listing("一覧", COLUMNS, caption="%(n)s件", empty="ありません")


def staff_url(world: World) -> str:
    return reverse("homes:staff", args=[world.authority.code, world.home.pk])


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def codes_shown(client: Client, address: str) -> list[str]:
    listed = client.get(address).context["listed"]
    return [row.code for row in listed.page]


@pytest.mark.parametrize("query", ["", "&show=all", "&words=u-1", "&sort=-code"])
@pytest.mark.parametrize("role", ["officer", "home_staff"])
def test_an_export_holds_the_rows_that_the_page_shows(world: World, role: str, query: str) -> None:
    client, address = world.client(role), f"{staff_url(world)}?as_of=2022-10-01{query}"
    exported = rows_of(client.get(f"{address}&export=csv").content)
    assert [row["職員ID"] for row in exported] == codes_shown(client, address)
    assert {row["基準日"] for row in exported} <= {"2022-10-01"}


def test_a_list_that_a_person_may_not_see_is_not_exported(world: World) -> None:
    answer = world.client("home_staff:sister").get(f"{staff_url(world)}?export=csv")
    assert answer.status_code == 404


def test_an_export_of_staff_is_logged_as_a_look_at_every_row(world: World) -> None:
    from shokibo.web.audit.models import Look

    world.client("officer").get(f"{staff_url(world)}?show=all&export=xlsx")
    assert Look.objects.latest("pk").rows == Posting.objects.filter(home=world.home).count()


def test_a_column_sorts_both_ways_and_an_unknown_one_is_refused(world: World) -> None:
    client, address = world.client("officer"), f"{staff_url(world)}?show=all&sort="
    up = codes_shown(client, f"{address}code")
    assert up == sorted(up)
    assert codes_shown(client, f"{address}-code") == up[::-1]
    assert 'aria-sort="ascending"' in client.get(f"{address}code").content.decode()
    assert client.get(f"{address}password").status_code == 400


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
@given(name=st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20))
@pytest.mark.parametrize("write", [csv_of, lambda table: xlsx_of({"一覧": table})])
def test_no_cell_of_an_export_is_a_formula(
    write: Callable[[list[list[object]]], bytes], name: str
) -> None:
    content = write([["名前"], [f"={name}"]])
    if write is csv_of:
        assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1] == [f"'={name}"]
    else:
        cell = cast("Any", load_workbook(io.BytesIO(content)).active)["A2"]
        assert cell.data_type == "s"
