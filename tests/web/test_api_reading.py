"""Reading tables: the same rows as the ledger, page by page, and no row out of scope."""

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shokibo.ledger.cells import hours_text
from shokibo.ledger.columns import Kind, Table
from shokibo.ledger.tables import BY_NAME, TABLES
from shokibo.web.audit.models import Look
from shokibo.web.register.models import Occupancy, Posting, Unit
from shokibo.web.store.reading import ledger_of
from tests.web.calling import Caller, caller, code_of
from tests.web.world import World

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response


def rows(answer: "Response") -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.content
    return list(json.loads(answer.content)["rows"])


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_s_rows_are_those_of_the_ledger(world: World, table: Table) -> None:
    held = ledger_of(world.authority, only=[table.name])[table.name].to_dicts()
    role = "center_staff" if table.is_of_children else "officer"
    shown = rows(caller(world, role).get(f"{{ours}}/tables/{table.name}"))
    assert [row["id"] for row in shown] == [row["_row"] for row in held]
    for one, other in zip(shown, held, strict=True):
        for column in table.columns:
            assert one[column.name] == _as_returned(other[column.name], column.kind), column.name


def _as_returned(value: object, kind: Kind) -> object:
    if value is None:
        return None
    if kind is Kind.HOURS and isinstance(value, int):
        return hours_text(value)
    if kind is Kind.MONTH:
        return f"{value:%Y-%m}"
    return value.isoformat() if hasattr(value, "isoformat") else value


def test_hours_and_months_are_reported_as_they_are_written(world: World) -> None:
    Posting.objects.filter(code="u-1").update(weekly_hours=139_500, full_time_weekly_hours=144_000)
    calling = caller(world, "officer")
    (posting,) = [r for r in rows(calling.get("{ours}/tables/staff")) if r["staff_id"] == "u-1"]
    assert (posting["weekly_hours"], posting["full_time_weekly_hours"]) == ("38.75", "40")
    assert rows(calling.get("{ours}/tables/applications"))[0]["start_month"] == "2022-04"


def test_pages_are_followed_to_the_end_without_a_gap(world: World) -> None:
    calling = caller(world, "officer")
    whole = rows(calling.get("{ours}/tables/staff"))
    found: list[dict[str, Any]] = []
    path, asked = "{ours}/tables/staff", {"limit": "5"}
    while True:
        page = calling.get(path, **asked).json()
        assert page["count"] == len(whole)
        found += page["rows"]
        if page["next"] is None:
            break
        address = urlsplit(page["next"])
        path = address.path.removeprefix("/api/v1/")
        asked = dict(part.split("=") for part in address.query.split("&"))
    assert found == whole


def test_rows_are_filtered_by_home(world: World) -> None:
    calling = caller(world, "officer")
    for table in ("homes", "units", "capacities", "staff"):
        (row,) = rows(calling.get(f"{{ours}}/tables/{table}", home_id="s"))
        assert "s" in str(row)
    assert rows(calling.get("{ours}/tables/units", home_id="none")) == []


@pytest.mark.parametrize(
    "asked",
    [{"limit": "0"}, {"limit": "1001"}, {"after": "-1"}, {"limit": "x"}, {"home_id": "\x00"}],
)
def test_what_is_asked_wrongly_is_named(world: World, asked: dict[str, str]) -> None:
    answer = caller(world, "officer").get("{ours}/tables/units", **asked)
    assert (answer.status_code, code_of(answer)) == (422, "invalid")
    (error,) = answer.json()["errors"]
    assert (error["in"], error["field"]) == ("query", next(iter(asked)))


def test_a_home_sees_its_own_rows_alone(world: World) -> None:
    calling = caller(world, "home_staff:sister")
    for table in ("homes", "units", "capacities", "staff"):
        assert len(rows(calling.get(f"{{ours}}/tables/{table}"))) == 1
    ours = Unit.objects.get(authority=world.authority, code="u4")
    assert calling.get(f"{{ours}}/tables/units/{ours.pk}").status_code == 404
    assert rows(calling.get("{ours}/tables/units", home_id="h")) == []
    Occupancy.objects.create(
        authority=world.authority,
        as_of="2022-04-01",
        population="residents",
        place="all",
        children=3,
    )
    assert rows(calling.get("{ours}/tables/occupancy")) == []
    assert calling.get("{ours}/tables/plan").status_code == 403


def test_a_row_is_read_with_its_version(world: World) -> None:
    unit = world.unit("u4")
    answer = caller(world, "officer").get(f"{{ours}}/tables/units/{unit.pk}")
    assert answer["ETag"] == '"1"'
    assert answer.json() == {
        "id": unit.pk,
        "version": 1,
        "unit_id": "u4",
        "home_id": "h",
        "name": "地域の家",
        "kind": "community_home",
        "opened_on": None,
        "closed_on": None,
        "continues": None,
        "area": None,
    }


def test_staff_is_read_only_with_its_scope_and_the_look_is_kept(world: World) -> None:
    answer = caller(world, "officer", "read").get("{ours}/tables/staff")
    assert (answer.status_code, code_of(answer)) == (403, "forbidden")
    assert "read_staff" in answer.json()["detail"]
    assert not Look.objects.exists()
    calling = caller(world, "officer", "read_staff")
    calling.get("{ours}/tables/staff", home_id="h", limit="3")
    look = Look.objects.get()
    assert (look.rows, look.home, look.actor) == (3, world.home, world.people["officer"])
    assert calling.get("{ours}/tables/units").status_code == 403


def test_a_refused_reading_of_a_row_of_staff_keeps_no_look(world: World) -> None:
    theirs = Posting.objects.filter(home=world.home).earliest("pk")
    calling = caller(world, "home_staff:sister")
    assert calling.get(f"{{ours}}/tables/staff/{theirs.pk}").status_code == 404
    assert not Look.objects.exists()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_queries_do_not_grow_with_rows(world: World, table: Table) -> None:
    calling = caller(world, "officer")
    calling.get("me")
    counts = []
    for limit in ("1", "1000"):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            calling.get(f"{{ours}}/tables/{table.name}", limit=limit)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8


def test_the_tables_list_their_columns_and_what_the_token_may_do(world: World) -> None:
    shown = caller(world, "home_staff").get("{ours}/tables").json()["tables"]
    assert [table["name"] for table in shown] == list(BY_NAME)
    assert {t["name"] for t in shown if t["may_write"]} == {
        *("staff", "absences", "occupancy", "trainings", "support_log"),
        *("hiring", "family_support", "quality", "community"),
    }
    assert "plan" not in {t["name"] for t in shown if t["may_read"]}
    (units,) = [table for table in shown if table["name"] == "units"]
    (kind,) = [column for column in units["columns"] if column["name"] == "kind"]
    assert kind["codes"]["main_unit"] == "本体施設ユニット"


def test_a_token_lists_its_permissions(world: World) -> None:
    shown = caller(world, "auditor", "read").get("me").json()
    assert (shown["roles"], shown["authority"]["code"]) == (["auditor"], "990001")
    assert shown["permissions"] == [
        *("APPLICATION_READ", "HOUSING_READ", "PLAN_READ"),
        *("REGISTER_READ", "RETURN_READ", "SUPPORT_READ"),
    ]
    ministry: Caller = caller(world, "ministry")
    names = ministry.get("authorities").json()["authorities"]
    assert len(names) == 2
