"""A workbook brought in: what it would change, done as one or not at all, and undone."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import StaleError
from shokibo.web.base.refusal import RefusedError
from shokibo.web.certification.models import Application
from shokibo.web.exchange import actions, applying, dry_run
from shokibo.web.exchange.models import Run
from shokibo.web.homes import actions as register
from shokibo.web.homes.proposals import MAKE
from shokibo.web.register.models import ChangeProposal, Posting, Unit
from shokibo.web.store.reading import ledger_of
from tests.builders import add
from tests.web.imports import (
    brought,
    downloaded,
    edited,
    planned,
    problems,
    taken_in,
    workbook,
)
from tests.web.world import World


@pytest.mark.parametrize("role", ["officer", "home_staff", "home_staff:sister"])
def test_importing_ones_own_download_changes_nothing(world: World, role: str) -> None:
    run = brought(world, role, downloaded(world.office(role)))
    assert (run.state, problems(run), planned(run)) == ("ready", [], [])


def test_a_dry_run_changes_nothing(world: World) -> None:
    before = _ledger(world)
    content = edited(downloaded(world.office("officer")), "staff", "u-1", job="その他")
    content = edited(content, "staff", "m-1", delete="○")
    content = edited(
        content, "capacities", "", unit_id="s4", effective_from="2023-04-01", capacity=5
    )
    run = brought(world, "officer", content)
    assert planned(run) == [
        ("capacities", "add", "s4の家 令和5年4月1日"),
        ("staff", "remove", "m-1 架空学園 本体の家 直接養育"),
        ("staff", "change", "u-1 架空学園 地域の家 直接養育"),
    ]
    assert run.counts == {"capacities": {"add": 1}, "staff": {"remove": 1, "change": 1}}
    change = run.changes.get(kind="change")
    assert (change.before, change.after) == ({"job": "child_instructor"}, {"job": "other"})
    assert _ledger(world) == before
    assert not Event.objects.filter(action="import.apply").exists()


def test_an_import_is_done_logged_and_undone(world: World, tmp_path: Path) -> None:
    before = _ledger(world)
    content = edited(downloaded(world.office("officer")), "staff", "u-1", job="その他")
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
    assert Posting.objects.get(code="n-1").home.name == "新しい園"
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


def test_a_home_s_workbook_makes_proposals_and_drafts_which_the_home_takes_back(
    world: World, tmp_path: Path
) -> None:
    content = workbook(
        tmp_path,
        add(
            "units",
            unit_id="n",
            home_id="h",
            name="新しい家",
            kind="community_home",
            opened_on="2023-04-01",
        ),
        add("capacities", unit_id="n", effective_from="2023-04-01", capacity="6"),
        add("capacities", unit_id="b5", effective_from="2023-04-01", capacity="4"),
        add(
            "applications",
            application_id="ours",
            addon="dispersal",
            home_id="h",
            unit_id="u4",
            fiscal_year="2023",
            start_month="2023-04",
            requested_extra="1",
            decision="draft",
        ),
    )
    run = taken_in(world, "home_staff", content)
    assert run.state == "applied"
    made = {(p.change, p.unit_name, p.capacity, p.state) for p in ChangeProposal.objects.all()}
    assert made == {("open", "新しい家", 6, "pending"), ("capacity", None, 4, "pending")}
    assert Application.objects.get(code="ours").state == "draft"
    assert not Unit.objects.filter(code="n").exists()
    again = brought(world, "home_staff", content)
    assert planned(again) == []
    with pytest.raises(RefusedError, match="home alone"):
        actions.undo(office=world.office("officer"), run=run, version=run.version)
    actions.undo(office=world.office("home_staff"), run=run, version=run.version)
    assert {p.state for p in ChangeProposal.objects.all()} == {"withdrawn"}
    assert not Application.objects.filter(code="ours").exists()


def test_a_home_s_workbook_is_imported_by_the_home_alone(world: World, tmp_path: Path) -> None:
    smaller = add("capacities", unit_id="b5", effective_from="2023-04-01", capacity="4")
    run = brought(world, "home_staff", workbook(tmp_path, smaller))
    officer = world.client("officer")
    page = officer.get(f"/990001/exchange/{run.pk}/").content.decode()
    assert "取り込めるのは、その施設です。" in page
    assert "apply/" not in page
    officer.post(f"/990001/exchange/{run.pk}/apply/", {"version": run.version, "reason": "x"})
    run.refresh_from_db()
    assert (run.state, planned(run)) == (
        "ready",
        [("capacities", "propose", "分園の家 令和5年4月1日")],
    )
    home_s = world.client("home_staff").get(f"/990001/exchange/{run.pk}/").content.decode()
    assert f"{run.pk}/apply/" in home_s


def test_who_changed_to_another_home_sees_no_import_of_the_first(world: World) -> None:
    content = edited(downloaded(world.office("home_staff")), "staff", "u-1", job="その他")
    done = taken_in(world, "home_staff", content)
    waits = brought(world, "home_staff", edited(content, "staff", "u-2", job="その他"))
    office = world.office("home_staff")
    asked = actions.ask(office=office, run=waits, version=waits.version, reason="x")
    world.people["home_staff"].memberships.update(home=world.sister)
    client = world.client("home_staff")
    for run in (done, waits):
        assert client.get(f"/990001/exchange/{run.pk}/").status_code == 404
        with pytest.raises(PermissionDenied):
            actions.undo(office=world.office("home_staff"), run=run, version=run.version)
    assert "台帳.xlsx" not in client.get("/990001/exchange/").content.decode()
    applying.apply(asked.pk)
    waits.refresh_from_db()
    assert (waits.state, waits.message) == ("ready", {"code": "role_ended"})
    assert Posting.objects.get(code="u-2").job == "childcare_worker"


def test_who_was_an_officer_sees_no_import_of_the_authority(world: World) -> None:
    run = brought(world, "officer", downloaded(world.office("officer")))
    world.people["officer"].memberships.update(role="home_staff", home=world.home)
    client = world.client("officer")
    assert client.get(f"/990001/exchange/{run.pk}/").status_code == 404


def test_what_changed_after_the_dry_run_is_named_and_nothing_is_done(world: World) -> None:
    content = edited(downloaded(world.office("officer")), "staff", "u-1", job="その他")
    content = edited(
        content,
        "occupancy",
        "",
        as_of="2022-04-01",
        population="区域内施設の全入所児童",
        home_id="h",
        place="合計",
        children=7,
    )
    run = brought(world, "officer", content)
    register.change(
        office=world.office("officer"),
        row=Posting.objects.get(code="u-1"),
        version=1,
        values={"main_rota": True},
        reason="x",
    )
    asked = actions.ask(office=world.office("officer"), run=run, version=run.version, reason="x")
    applying.apply(asked.pk)
    run.refresh_from_db()
    assert run.state == "ready"
    assert run.message["names"] == [
        {"ja": "職員 u-1 架空学園 地域の家 直接養育", "en": "Staff u-1 架空学園 地域の家 Care"}
    ]
    assert Posting.objects.get(code="u-1").job == "child_instructor"
    assert run.changes.get(table="staff").before == {"job": "child_instructor", "main_rota": True}
    assert (
        "確かめたあとに登録が変わった"
        in world.client("officer").get(f"/990001/exchange/{run.pk}/").content.decode()
    )


def test_a_stale_page_does_not_start_an_import(world: World) -> None:
    run = brought(
        world, "officer", edited(downloaded(world.office("officer")), "staff", "u-1", job="その他")
    )
    office = world.office("officer")
    actions.ask(office=office, run=run, version=run.version, reason="x")
    with pytest.raises(StaleError):
        actions.ask(office=office, run=run, version=run.version, reason="x")


def test_an_undo_is_refused_with_names_where_a_row_was_changed_since(world: World) -> None:
    run = taken_in(
        world, "officer", edited(downloaded(world.office("officer")), "staff", "u-1", job="その他")
    )
    register.change(
        office=world.office("officer"),
        row=Posting.objects.get(code="u-1"),
        version=2,
        values={"main_rota": True},
        reason="x",
    )
    with pytest.raises(RefusedError, match="Staff u-1 架空学園 地域の家 Care"):
        actions.undo(office=world.office("officer"), run=run, version=run.version)
    assert Posting.objects.get(code="u-1").job == "other"


def _removed(world: World, table: str, key: str) -> Run:
    content = edited(downloaded(world.office("officer")), table, key, delete="○")
    return taken_in(world, "officer", content)


def _refusal(world: World, run: Run) -> str:
    with pytest.raises(RefusedError) as refusal:
        actions.undo(office=world.office("officer"), run=run, version=run.version)
    return refusal.value.text.ja


def test_an_undo_is_refused_where_a_removed_row_was_entered_again(world: World) -> None:
    row = Posting.objects.get(code="m-1")
    run = _removed(world, "staff", "m-1")
    row.pk = None
    register.add(office=world.office("officer"), row=row, reason="x")
    assert "同じ行があとから登録された" in _refusal(world, run)


def test_an_undo_is_refused_where_the_unit_of_a_removed_row_is_gone(world: World) -> None:
    Posting.objects.filter(code="s-1").delete()
    run = _removed(world, "capacities", "s4")
    unit = world.unit("s4")
    register.remove(office=world.office("officer"), row=unit, version=1, reason="x")
    assert "生活単位が削除されています" in _refusal(world, run)


def test_a_home_s_draft_is_not_removed_by_a_workbook(world: World, tmp_path: Path) -> None:
    cells = {"addon": "dispersal", "home_id": "h", "unit_id": "u4", "fiscal_year": "2023"}
    cells |= {"start_month": "2023-04", "requested_extra": "1", "decision": "draft"}
    first = add("applications", application_id="d-1", **cells)
    taken_in(world, "home_staff", workbook(tmp_path, first))
    held = Application.objects.get(code="d-1").pk
    more = [add("applications", application_id=f"n-{n}", **cells) for n in range(held)]
    gone = add("applications", application_id="d-1", delete="○", **cells)
    run = brought(world, "home_staff", workbook(tmp_path, *more, gone))
    assert problems(run) == [("APPLICATION_BY_PAGES", f"申請認定!P{held + 2}")]


def test_only_the_last_import_is_undone(world: World) -> None:
    first = taken_in(
        world, "officer", edited(downloaded(world.office("officer")), "staff", "u-1", job="その他")
    )
    taken_in(
        world, "officer", edited(downloaded(world.office("officer")), "staff", "u-2", job="その他")
    )
    with pytest.raises(RefusedError, match="only the last"):
        actions.undo(office=world.office("officer"), run=first, version=first.version)


def test_actions_of_a_home_and_year_are_replaced_as_a_whole_and_put_back(
    world: World, tmp_path: Path
) -> None:
    opened = {
        "home_id": "h",
        "fiscal_year": "2023",
        "action": "open",
        "unit_kind": "community_home",
    }
    taken_in(
        world,
        "officer",
        workbook(
            tmp_path, add("actions", **opened, capacity="4"), add("actions", **opened, capacity="5")
        ),
    )
    before = _ledger(world)
    run = taken_in(world, "officer", workbook(tmp_path, add("actions", **opened, capacity="6")))
    assert ledger_of(world.authority)["actions"]["capacity"].to_list() == [6]
    actions.undo(office=world.office("officer"), run=run, version=run.version)
    assert _ledger(world) == before


def test_queries_of_a_dry_run_and_an_import_do_not_grow_with_rows(
    world: World, tmp_path: Path
) -> None:
    def queries(first: int, count: int) -> tuple[int, int]:
        rows = [
            add(
                "staff",
                staff_id=f"z-{number}",
                home_id="h",
                unit_id="u4",
                job="other",
                employment="full_time",
                role="care",
                dedicated="1",
                main_rota="0",
            )
            for number in range(first, first + count)
        ]
        with CaptureQueriesContext(connection) as trying:
            run = brought(world, "officer", workbook(tmp_path, *rows))
        with CaptureQueriesContext(connection) as doing:
            asked = actions.ask(
                office=world.office("officer"), run=run, version=run.version, reason="x"
            )
            applying.apply(asked.pk)
        return len(trying), len(doing)

    assert queries(0, 2) == queries(100, 40)


def test_queries_of_a_home_s_dry_run_do_not_grow_with_its_proposals(
    world: World, tmp_path: Path
) -> None:
    def queries(count: int) -> int:
        rows = [
            add("capacities", unit_id="b5", effective_from=f"2023-04-{day + 1:02}", capacity="4")
            for day in range(count)
        ]
        with CaptureQueriesContext(connection) as trying:
            run = brought(world, "home_staff", workbook(tmp_path, *rows))
        assert run.changes.count() == count
        return len(trying)

    assert queries(2) == queries(20)


def test_a_discarded_run_keeps_neither_file_nor_rows(world: World) -> None:
    run = brought(
        world, "officer", edited(downloaded(world.office("officer")), "staff", "u-1", job="その他")
    )
    actions.discard(office=world.office("officer"), run=run, version=run.version)
    run = Run.objects.get()
    assert (run.state, run.content, run.changes.count()) == ("discarded", None, 0)


def test_a_draft_that_a_page_would_refuse_is_refused_and_nothing_is_done(
    world: World, tmp_path: Path
) -> None:
    draft = add(
        "applications",
        application_id="ours",
        addon="dispersal",
        home_id="h",
        unit_id="u4",
        fiscal_year="2023",
        start_month="2022-04",
        requested_extra="1",
        decision="draft",
    )
    run = brought(world, "home_staff", workbook(tmp_path, draft))
    assert problems(run) == [("START_MONTH_OUTSIDE_YEAR", "申請認定!F2")]


def test_a_proposal_that_the_pages_refuse_is_reported_and_nothing_is_done(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_: object) -> None:
        raise RefusedError("今は受け付けていません。", "Not now.")

    staff = {"job": "other", "employment": "full_time", "role": "care", "dedicated": "1"}
    run = brought(
        world,
        "home_staff",
        workbook(
            tmp_path,
            add("staff", staff_id="q", home_id="h", main_rota="0", **staff),
            add("capacities", unit_id="b5", effective_from="2023-04-01", capacity="4"),
        ),
    )
    asked = actions.ask(office=world.office("home_staff"), run=run, version=run.version, reason="x")
    monkeypatch.setattr(applying, "MAKE", replace(MAKE, guards=(refuses,)))
    applying.apply(asked.pk)
    page = world.client("home_staff").get(f"/990001/exchange/{run.pk}/").content.decode()
    assert "今は受け付けていません。" in page
    assert not Posting.objects.filter(code="q").exists()


def test_work_in_a_request_that_breaks_off_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(dry_run, "examine", breaks)
    content = downloaded(world.office("officer"))
    client = world.client("officer")
    client.raise_request_exception = False
    file = SimpleUploadedFile("台帳.xlsx", content)
    assert client.post("/990001/exchange/", {"file": file}).status_code == 500
    run = Run.objects.get()
    assert run.state == "failed"
    assert "途中で止まりました" in client.get(f"/990001/exchange/{run.pk}/").content.decode()
