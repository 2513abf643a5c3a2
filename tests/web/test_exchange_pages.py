"""The pages of imports: what they show, to whom, and what they refuse in words."""

from io import BytesIO

from openpyxl import load_workbook

from shokibo.web.exchange import actions
from shokibo.web.exchange.dry_run import dry_run
from shokibo.web.exchange.models import Run
from tests.web.imports import brought, downloaded, edited, sent
from tests.web.world import OURS, World


def test_an_officer_uploads_confirms_and_undoes_on_the_pages(world: World) -> None:
    content = edited(
        downloaded(world.office("officer")),
        "occupancy",
        "",
        as_of="2022-04-01",
        population="区域内施設の全入所児童",
        home_id="h",
        place="合計",
        children=7,
    )
    answer = sent(world, "officer", content)
    page = answer.content.decode()
    assert "追加1行、変更0行、削除0行。まだ何も変わっていません。" in page
    run = Run.objects.get()
    client = world.client("officer")
    done = client.post(
        f"/{OURS}/exchange/{run.pk}/apply/", {"version": run.version, "reason": ""}, follow=True
    )
    assert "を取り込みました" in done.content.decode()
    run.refresh_from_db()
    assert run.state == "applied"
    assert "取込を取り消しますか" in client.get(f"/{OURS}/exchange/{run.pk}/undo/").content.decode()
    done = client.post(f"/{OURS}/exchange/{run.pk}/undo/", {"version": run.version}, follow=True)
    assert "取り消され" in done.content.decode()


def test_a_run_that_was_compared_again_meanwhile_keeps_the_reason_that_was_typed(
    world: World,
) -> None:
    office = world.office("officer")
    content = edited(downloaded(office), "staff", "u-1", job="その他")
    run = brought(world, "officer", content)
    opened_on = run.version
    actions.again(office=office, run=run, version=run.version)
    dry_run(run.pk)
    answer = world.client("officer").post(
        f"/{OURS}/exchange/{run.pk}/apply/", {"version": opened_on, "reason": "4月の異動のため"}
    )
    page = answer.content.decode()
    assert "ほかの人が先に保存しました" in page
    assert "4月の異動のため</textarea>" in page
    run.refresh_from_db()
    assert f'name="version" value="{run.version}"' in page
    assert run.state == "ready"


def test_a_ledger_that_is_handed_out_has_a_column_for_removing_rows(world: World) -> None:
    for role, sheet in (("officer", "経費単価"), ("home_staff", "職員")):
        content = world.client(role).get(f"/{OURS}/exchange/ledger/xlsx/").content
        headers = [cell.value for cell in load_workbook(BytesIO(content))[sheet][1]]
        assert headers[-1] == "削除"
