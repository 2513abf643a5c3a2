"""A workbook brought in: what it would change, done as one or not at all, and undone."""

from pathlib import Path

import pytest

from shokibo.web.audit.models import Event
from shokibo.web.bridge.reading import ledger_of
from shokibo.web.exchange import actions
from shokibo.web.register.models import Posting
from tests.web.imports import brought, downloaded, edited, planned, problems, taken_in
from tests.web.world import World


@pytest.mark.parametrize("role", ["officer", "home_staff", "home_staff:sister"])
def test_one_s_own_download_changes_nothing(world: World, role: str) -> None:
    run = brought(world, role, downloaded(world, role))
    assert (run.state, problems(run), planned(run)) == ("ready", [], [])


def test_a_dry_run_changes_nothing(world: World) -> None:
    before = _ledger(world)
    content = edited(downloaded(world, "officer"), "staff", "u-1", job="その他")
    content = edited(content, "staff", "m-1", delete="○")
    content = edited(
        content, "capacities", "", unit_id="s4", effective_from="2023-04-01", capacity=5
    )
    run = brought(world, "officer", content)
    assert planned(run) == [
        ("capacities", "add", "s4 2023-04-01"),
        ("staff", "remove", "m-1 h m6"),
        ("staff", "change", "u-1 h u4"),
    ]
    assert run.counts == {"capacities": {"add": 1}, "staff": {"remove": 1, "change": 1}}
    change = run.changes.get(kind="change")
    assert (change.before, change.after) == ({"job": "child_instructor"}, {"job": "other"})
    assert _ledger(world) == before
    assert not Event.objects.filter(action="import.apply").exists()


def test_an_import_is_done_logged_and_undone(world: World, tmp_path: Path) -> None:
    before = _ledger(world)
    content = edited(downloaded(world, "officer"), "staff", "u-1", job="その他")
    content = edited(content, "staff", "m-1", delete="○")
    content = edited(
        content,
        "homes",
        "",
        home_id="n",
        name="新しい園",
        operator="新法人",
        authority_code="990001",
    )
    content = edited(
        content,
        "units",
        "",
        unit_id="n4",
        home_id="n",
        name="新しい家",
        kind="地域小規模児童養護施設",
    )
    content = edited(
        content,
        "staff",
        "",
        staff_id="n-1",
        home_id="n",
        unit_id="n4",
        job="保育士",
        employment="常勤",
        role="直接養育",
        dedicated="○",
        main_rota="×",
    )
    run = taken_in(world, "officer", content)
    assert run.state == "applied"
    assert run.content is None
    assert Posting.objects.get(code="n-1").unit.home.name == "新しい園"
    assert Posting.objects.get(code="u-1").job == "other"
    assert not Posting.objects.filter(code="m-1").exists()
    rows = Event.objects.filter(action="import.apply", reason="試験のため")
    assert rows.exclude(subject_kind="exchange.run").count() == 5
    actions.undo(office=world.office("officer"), run=run, version=run.version)
    assert _ledger(world) == before
    assert (
        Event.objects.filter(action="import.undo").exclude(subject_kind="exchange.run").count() == 5
    )


def _ledger(world: World) -> dict[str, list[tuple[object, ...]]]:
    held = ledger_of(world.authority)
    return {name: sorted(frame.rows(), key=repr) for name, frame in held.tables.items()}
