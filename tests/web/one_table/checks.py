"""What a table that is declared is on, with nothing else: run by `test_one_declaration.py`."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any, cast

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from scripts.generate_dictionary import dictionary_page
from shokibo.web.audit.models import Event
from shokibo.web.store.reading import ledger_of
from tests.web.calling import caller
from tests.web.imports import downloaded, edited, taken_in
from tests.web.one_table.models import Visit
from tests.web.world import OURS, World

pytestmark = pytest.mark.django_db
VISITS = Visit._default_manager
READERS = {"officer", "approver", "auditor", "home_staff", "home_staff:sister"}
ROLES = READERS | {"center_staff", "ministry", "admin", "officer:other"}


def url(page: str, *arguments: object) -> str:
    return reverse(f"homes:{page}_visit", args=[OURS, *arguments])


def entered(world: World, **given: object) -> Visit:
    fields = {"home": world.home, "visited_on": "2022-04-01", "people": 2, **given}
    return VISITS.create(authority=world.authority, **fields)


def status(client: Client, address: str, method: str = "GET") -> int:
    return client.generic(method, address).status_code


def test_a_row_is_entered_corrected_and_taken_out_on_pages(world: World) -> None:
    client = world.client("officer")
    assert url("add") in client.get(url("list")).content.decode()
    form = client.get(url("add")).content.decode()
    assert all(label in form for label in ("施設", "訪問日", "人数", "所見", "架空学園"))
    given = {"home": world.home.pk, "visited_on": "令和4年4月1日", "people": "2"}
    client.post(url("add"), given)
    row = VISITS.get()
    listed = client.get(url("list")).content.decode()
    assert url("edit", row.pk) in listed
    assert "令和4年4月1日" in listed
    client.post(url("edit", row.pk), {**given, "people": "3", "version": 1})
    assert VISITS.get().people == 3
    client.post(url("remove", row.pk), {"version": 2})
    assert not VISITS.exists()
    actions = Event.objects.filter(subject_kind="one_table.visit").order_by("pk")
    kinds = ["register.add", "register.change", "register.remove"]
    assert list(actions.values_list("action", flat=True)) == kinds
    log = world.client("auditor").get(reverse("trail:events", args=[OURS])).content.decode()
    assert "訪問 2022-04-01" in log


def test_a_wrong_cell_stays_as_it_was_typed(world: World) -> None:
    given = {"home": world.home.pk, "visited_on": "いつか", "people": "2"}
    page = world.client("officer").post(url("add"), given).content.decode()
    assert "いつか" in page
    assert not VISITS.exists()


def test_the_list_is_searched_sorted_and_exported(world: World) -> None:
    entered(world, remarks="玄関")
    entered(world, home=world.sister, people=9)
    client = world.client("officer")
    page = client.get(f"{url('list')}?sort=-people")
    assert [row.people for row in page.context["page"]] == [9, 2]
    assert len(client.get(f"{url('list')}?words=玄関").context["page"]) == 1
    exported = client.get(f"{url('list')}?export=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(exported)))
    assert [(row["訪問日"], row["人数"], row["基準日"]) for row in rows] == [
        ("2022-04-01", "2", "2022-04-05"),
        ("2022-04-01", "9", "2022-04-05"),
    ]


@pytest.mark.parametrize("role", sorted(ROLES))
def test_its_pages_are_open_to_the_roles_of_its_declaration(world: World, role: str) -> None:
    row, client = entered(world), world.client(role)
    outside = 403 if role in READERS | {"center_staff"} else 404
    assert status(client, url("list")) == (200 if role in READERS else outside)
    for address in (url("add"), url("edit", row.pk), url("remove", row.pk)):
        for method in ("GET", "POST"):
            assert status(client, address, method) == (200 if role == "officer" else outside)


def test_a_home_sees_its_own_rows_alone(world: World) -> None:
    entered(world)
    entered(world, home=world.sister)
    shown = world.client("home_staff").get(url("list")).context["page"]
    assert [row.home for row in shown] == [world.home]


def test_it_is_exported_and_imported_with_the_ledger(world: World) -> None:
    row = entered(world)
    assert ledger_of(world.authority)["visits"].height == 1
    archive = world.client("officer").get(f"/{OURS}/exchange/ledger/csv/").content
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        assert "2022-04-01" in files.read("visits.csv").decode("utf-8-sig")
    content = downloaded(world.office("officer"))
    assert "訪問" in load_workbook(io.BytesIO(content)).sheetnames
    more = edited(content, "visits", "", home_id="h", visited_on="2022-04-02", people=5)
    run = taken_in(world, "officer", more)
    assert VISITS.exclude(pk=row.pk).get().people == 5
    assert "訪問" in world.client("officer").get(f"/{OURS}/exchange/{run.pk}/").content.decode()


def test_a_home_brings_its_own_in(world: World, tmp_path: Path) -> None:
    content = downloaded(world.office("home_staff"))
    assert "訪問" in load_workbook(io.BytesIO(content)).sheetnames


def test_the_api_reads_writes_and_describes_it(world: World) -> None:
    calling = caller(world, "officer")
    given = {"home_id": "h", "visited_on": "2022-04-01", "people": 2, "remarks": None}
    added = calling.send("POST", "{ours}/tables/visits", {**given, "reason": "試し"})
    assert added.status_code == 201, added.content
    assert {name: added.json()[name] for name in given} == given
    path = added["Location"].removeprefix("/api/v1/")
    changed = calling.send("PATCH", path, {"people": 3, "version": 1, "reason": "試し"})
    assert changed.json()["people"] == 3
    assert len(calling.get("{ours}/tables/visits").json()["rows"]) == 1
    assert calling.send("DELETE", f"{path}?version=2").status_code == 204
    described = calling.get("openapi.json").json()
    operations = cast("dict[str, Any]", described["paths"])["/api/v1/{code}/tables/visits"]
    assert set(operations) == {"get", "post"}
    tables = {one["name"]: one for one in calling.get("{ours}/tables").json()["tables"]}
    assert [one["name"] for one in tables["visits"]["columns"]] == list(given)
    assert caller(world, "auditor").send("POST", "{ours}/tables/visits", given).status_code == 403


def test_the_data_dictionary_has_it() -> None:
    page = dictionary_page()
    assert "`visits`" in page
    assert "施設を訪問した日。" in page


def test_nothing_of_the_program_names_it() -> None:
    source = Path("src/shokibo")
    found = [path for path in source.rglob("*.py") if "visits" in path.read_text("utf-8")]
    assert found == []
