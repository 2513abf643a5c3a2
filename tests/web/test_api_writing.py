"""Writing the register by the API: by its own actions, with its words, and nothing half-done."""

from typing import Any

import pytest
from django.db.models import Model

from shokibo.web.audit.models import Event, Look
from shokibo.web.base import clock
from shokibo.web.register.models import (
    Absence,
    Capacity,
    Confirmation,
    Episode,
    Home,
    Occupancy,
    Posting,
    Unit,
)
from shokibo.web.store.mapping import MAPPED
from tests.web import support_rows
from tests.web.calling import caller, code_of
from tests.web.world import World

POSTING = {
    "home_id": "h",
    "staff_id": "n-1",
    "unit_id": "m6",
    "job": "childcare_worker",
    "employment": "full_time",
    "role": "care",
    "dedicated": False,
    "main_rota": True,
    "started_on": "2030-04-01",
}
NEW: dict[str, dict[str, Any]] = {
    "homes": {"home_id": "n", "name": "新しい園", "operator": "新法人"},
    "units": {"home_id": "h", "unit_id": "n4", "name": "新しい家", "kind": "community_home"},
    "capacities": {"unit_id": "u4", "effective_from": "2030-04-01", "capacity": 5},
    "staff": POSTING,
    "absences": {
        "staff_id": "u-1",
        "started_on": "2021-05-01",
        "ended_on": "2021-05-31",
        "kind": "sick",
    },
    "confirmations": {"home_id": "h", "item": "training", "confirmed_on": "2030-04-01"},
    "episodes": {
        "child_code": "C-2",
        "birth_month": "2012-06",
        "place": "children_home",
        "started_on": "2020-05-11",
        "ended_on": "2022-03-31",
        "end_reason": "return_home",
        "home_id": "h",
        "unit_id": "u4",
        "center_code": "J01",
    },
    "occupancy": {
        "home_id": "h",
        "as_of": "2030-04-01",
        "population": "residents",
        "place": "all",
        "children": 3,
    },
    **support_rows.NEW,
}
MODELS: dict[str, type[Model]] = {
    "homes": Home,
    "units": Unit,
    "capacities": Capacity,
    "staff": Posting,
    "absences": Absence,
    "confirmations": Confirmation,
    "occupancy": Occupancy,
    "episodes": Episode,
    **{name: MAPPED[name].model for name in support_rows.NEW},
}


@pytest.mark.parametrize("table", NEW)
def test_a_row_is_added_read_changed_and_removed(world: World, table: str) -> None:
    role = "center_staff" if table == "episodes" else "officer"
    calling, reason = caller(world, role), {"reason": "試し"}
    added = calling.send("POST", f"{{ours}}/tables/{table}", {**NEW[table], **reason})
    assert added.status_code == 201, added.content
    row = added.json()
    assert {name: row[name] for name in NEW[table]} == NEW[table]
    path = added["Location"].removeprefix("/api/v1/")
    assert calling.get(path).json() == row
    assert (added["ETag"], row["version"]) == ('"1"', 1)
    change = {"opened_on": "2029-04-01"} if table in ("homes", "units") else _change(table)
    changed = calling.send("PATCH", path, {**change, **reason}, **{"If-Match": added["ETag"]})
    assert changed.status_code == 200, changed.content
    assert changed.json() == {**row, **change, "version": 2}
    removed = calling.send("DELETE", f"{path}?version=2&reason=x")
    assert (removed.status_code, removed.content) == (204, b"")
    assert calling.get(path).status_code == 404
    kept = Event.objects.filter(action__startswith="register.", actor__isnull=False).order_by("pk")
    assert [event.action.partition(".")[2] for event in kept] == ["add", "change", "remove"]
    assert kept[0].reason == "試し"


def _change(table: str) -> dict[str, Any]:
    changes: dict[str, dict[str, Any]] = {
        "capacities": {"capacity": 6},
        "staff": {"weekly_hours": "38.75", "full_time_weekly_hours": "40", "unit_id": None},
        "absences": {"counted": False},
        "confirmations": {"result": False},
        "occupancy": {"individual_care": 0},
        "episodes": {"home_id": None, "unit_id": None, "place": "foster"},
        **support_rows.CHANGES,
    }
    return changes[table]


def test_a_stale_version_is_reported_with_the_current_row(world: World) -> None:
    calling, unit = caller(world, "officer"), world.unit("m6")
    path = f"{{ours}}/tables/units/{unit.pk}"
    calling.send("PATCH", path, {"name": "甲", "version": 1})
    answer = calling.send("PATCH", path, {"name": "乙", "version": 1})
    assert (answer.status_code, code_of(answer)) == (412, "stale")
    assert (answer.json()["current"]["name"], answer.json()["current"]["version"]) == ("甲", 2)
    assert Unit.objects.get(pk=unit.pk).name == "甲"
    removed = calling.send("DELETE", path, **{"If-Match": '"1"'})
    assert (removed.status_code, code_of(removed)) == (412, "stale")


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [({}, 428, "version-needed"), ({"If-Match": "*"}, 422, "invalid")],
)
def test_a_change_names_the_version_it_was_read_in(
    world: World, headers: dict[str, str], status: int, code: str
) -> None:
    path = f"{{ours}}/tables/units/{world.unit('u4').pk}"
    for method in ("PATCH", "DELETE"):
        answer = caller(world, "officer").send(method, path, {}, **headers)
        assert (answer.status_code, code_of(answer)) == (status, code)


def test_a_change_of_a_certified_month_asks_why(world: World) -> None:
    calling = caller(world, "officer")
    row = Capacity.objects.get(unit=world.unit("u4"))
    path = f"{{ours}}/tables/capacities/{row.pk}"
    answer = calling.send("PATCH", path, {"capacity": 5, "version": 1})
    assert (answer.status_code, code_of(answer)) == (409, "touches-certification")
    named = answer.json()["certifications"]
    assert {one["application_id"] for one in named} == {"a-u4", "a-k"}
    assert (named[0]["first_month"], named[0]["last_month"]) == ("2022-04", "2023-03")
    assert Capacity.objects.get(pk=row.pk).capacity == 4
    given = {"capacity": 5, "version": 1, "reason": "届出の誤り"}
    assert calling.send("PATCH", path, given).status_code == 200


def test_another_home_s_certification_is_not_named(world: World) -> None:
    Posting.objects.filter(code="u-1").update(code="s-1")
    row = Posting.objects.get(home=world.sister)
    answer = caller(world, "home_staff:sister").send(
        "PATCH", f"{{ours}}/tables/staff/{row.pk}", {"ended_on": "2022-06-30", "version": 1}
    )
    assert answer.status_code == 200
    assert b"a-u4" not in answer.content


WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    ("staff", {"job": "保育士"}, "job", "使える値は"),
    ("staff", {"started_on": "2022-02-30"}, "started_on", "暦にある日"),
    ("staff", {"started_on": "R4.4.1"}, "started_on", "書き方"),
    ("staff", {"staff_id": " "}, "staff_id", "記入"),
    ("staff", {"staff_id": "x" * 101}, "staff_id", "100文字"),
    ("staff", {"staff_id": "a\x00b"}, "staff_id", "書き方"),
    ("staff", {"weekly_hours": "38.751"}, "weekly_hours", "時間"),
    ("staff", {"weekly_hours": 38}, "weekly_hours", "文字列"),
    ("staff", {"dedicated": "はい"}, "dedicated", "true"),
    ("staff", {"unit_id": "s4"}, "unit_id", "担当の中にありません"),
    ("staff", {"home_id": "none"}, "home_id", "担当の中にありません"),
    ("staff", {"salary": 1}, "salary", "この項目はありません"),
    ("staff", {"ended_on": "2029-04-01"}, "ended_on", "より前"),
    ("capacities", {"capacity": 0}, "capacity", "1以上"),
    ("capacities", {"capacity": "5"}, "capacity", "整数"),
    ("capacities", {"effective_from": "2019-04-01"}, "effective_from", "もう登録"),
    ("capacities", {"unit_id": "none"}, "unit_id", "担当の中にありません"),
    ("units", {"unit_id": "u4"}, "unit_id", "もう使われて"),
    ("units", {"name": ""}, "name", "1文字以上"),
    ("homes", {"home_id": "h"}, "home_id", "もう使われて"),
    ("occupancy", {"children": -1}, "children", "0以上"),
    ("trainings", {"participants": -1}, "participants", "0以上"),
    ("trainings", {"training_id": None}, "training_id", "文字列"),
    ("trainings", {"unit_id": "s4"}, "unit_id", "担当の中にありません"),
    ("housing", {"monthly_rent": -1}, "monthly_rent", "0以上"),
    ("housing", {"state_on": "2022-03-31"}, "state_on", "より前"),
    ("housing", {"state": "opened"}, "unit_id", "生活単位を選んで"),
    ("hiring", {"fiscal_year": "2022"}, "fiscal_year", "整数"),
    ("confirmations", {"confirmed_on": None}, "confirmed_on", "文字列"),
]


@pytest.mark.parametrize(("table", "wrong", "field", "said"), WRONG)
def test_a_wrong_value_is_named_at_its_field(
    world: World, table: str, wrong: dict[str, Any], field: str, said: str
) -> None:
    before = MODELS[table]._default_manager.count()
    body = {**NEW[table], "reason": "x", **wrong}
    answer = caller(world, "officer").send("POST", f"{{ours}}/tables/{table}", body)
    assert (answer.status_code, code_of(answer)) == (422, "invalid"), answer.content
    errors = {error["field"]: error["message"] for error in answer.json()["errors"]}
    assert said in errors[field], errors
    assert MODELS[table]._default_manager.count() == before


def test_all_wrong_values_are_named_together_and_in_english(world: World) -> None:
    calling = caller(world, "officer")
    calling.language = "en-GB,en;q=0.9,ja;q=0.1"
    answer = calling.send("POST", "{ours}/tables/staff", {"staff_id": 1, "job": "x"})
    problem = answer.json()
    assert problem["title"] == "Some values can't be used"
    assert {e["field"] for e in problem["errors"]} >= {"staff_id", "job", "home_id", "role"}
    assert all(error["message"].isascii() or "'" in error["message"] for error in problem["errors"])


def test_a_posting_that_overlaps_is_reported_in_the_words_of_the_page(world: World) -> None:
    body = {**POSTING, "staff_id": "u-1", "unit_id": "u4", "reason": "x"}
    answer = caller(world, "officer").send("POST", "{ours}/tables/staff", body)
    (error,) = answer.json()["errors"]
    assert error["field"] == "started_on"
    assert "期間が重なります" in error["message"]


def test_a_unit_that_others_point_at_is_not_removed(world: World) -> None:
    unit = world.unit("u4")
    answer = caller(world, "officer").send(
        "DELETE", f"{{ours}}/tables/units/{unit.pk}?version=1&reason=x"
    )
    assert (answer.status_code, code_of(answer)) == (409, "in-use")
    assert Unit.objects.filter(pk=unit.pk).exists()


@pytest.mark.parametrize("scopes", [("read",), ("read", "read_staff"), ("write",)])
def test_writing_staff_needs_both_scopes(world: World, scopes: tuple[str, ...]) -> None:
    answer = caller(world, "home_staff", *scopes).send("POST", "{ours}/tables/staff", POSTING)
    assert (answer.status_code, code_of(answer)) == (403, "forbidden")
    assert not Posting.objects.filter(code="n-1").exists()
    allowed = caller(world, "home_staff", "read_staff", "write")
    assert allowed.send("POST", "{ours}/tables/staff", POSTING).status_code == 201
    assert Look.objects.get().rows == 1


@pytest.mark.parametrize("table", ["homes", "units", "capacities", "confirmations"])
def test_a_home_does_not_write_what_is_the_authority_s(world: World, table: str) -> None:
    answer = caller(world, "home_staff").send("POST", f"{{ours}}/tables/{table}", NEW[table])
    assert (answer.status_code, code_of(answer)) == (403, "forbidden")


def test_a_home_writes_no_count_of_all_homes_and_nothing_of_another(world: World) -> None:
    calling = caller(world, "home_staff")
    whole = {**NEW["occupancy"], "home_id": None}
    assert calling.send("POST", "{ours}/tables/occupancy", whole).status_code == 403
    sister = {**POSTING, "home_id": "s", "unit_id": None}
    answer = calling.send("POST", "{ours}/tables/staff", sister)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "home_id")
    theirs = Posting.objects.get(home=world.sister)
    for method, body in (("PATCH", {"version": 1}), ("DELETE", None)):
        path = f"{{ours}}/tables/staff/{theirs.pk}"
        assert calling.send(method, path, body, **{"If-Match": '"1"'}).status_code == 404


@pytest.mark.parametrize("table", ["authorities", "applications", "plan", "actions", "costs"])
def test_what_is_decided_elsewhere_can_t_be_written(world: World, table: str) -> None:
    calling = caller(world, "officer")
    answer = calling.send("POST", f"{{ours}}/tables/{table}", {})
    assert (answer.status_code, code_of(answer), answer["Allow"]) == (
        405,
        "method-not-allowed",
        "GET",
    )


def test_a_token_revoked_between_two_calls_writes_nothing(world: World) -> None:
    calling = caller(world, "officer")
    world.people["officer"].tokens.update(
        revoked_at=clock.now(), revoked_by=world.people["officer"]
    )
    answer = calling.send("POST", "{ours}/tables/homes", NEW["homes"])
    assert answer.status_code == 401
    assert not Home.objects.filter(code="n").exists()
