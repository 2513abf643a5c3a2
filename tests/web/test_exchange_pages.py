"""The pages of imports: what they show, to whom, and what they refuse in words."""

from io import BytesIO

from openpyxl import load_workbook

from shokibo.web.audit.models import Event
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
    assert (
        "取込みを取り消しますか" in client.get(f"/{OURS}/exchange/{run.pk}/undo/").content.decode()
    )
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


def test_the_problems_of_a_cause_are_one_line_and_a_name_is_reported_its_id(world: World) -> None:
    content = downloaded(world.office("officer"))
    for key in ("u-1", "u-2", "b-1"):
        content = edited(content, "staff", key, home_id="架空学園", started_on="R4.4")
    page = sent(world, "officer", content).content.decode()
    assert "「架空学園」のIDは h です" in page
    assert "令和4年4月1日ですか。そうであれば R4.4.1 と書いてください" in page
    assert [
        line for line in ("職員!B3:B4、B7(3件)", "職員!K3:K4、K7(3件)") if line not in page
    ] == []


def test_the_workbook_is_handed_out_with_its_problems_marked(world: World) -> None:
    content = edited(downloaded(world.office("officer")), "staff", "u-1", job="校長")
    page = sent(world, "officer", content).content.decode()
    run = Run.objects.get()
    address = f"/{OURS}/exchange/{run.pk}/marked/"
    assert address in page
    answer = world.client("officer").get(address)
    assert "%E5%8F%B0%E5%B8%B3_%E7%A2%BA%E8%AA%8D%E6%B8%88.xlsx" in answer["Content-Disposition"]
    book = load_workbook(BytesIO(answer.content))
    cell = book["職員"]["D3"]
    assert cell.comment is not None
    assert "「校長」は選択肢にありません" in cell.comment.text
    assert cell.value == "校長"
    assert [row[1] for row in book["確認事項"].iter_rows(min_row=5, values_only=True)] == [
        "職員!D3"
    ]
    assert Event.objects.filter(action="import.mark").count() == 1


def test_what_was_applied_has_no_workbook_to_mark(world: World) -> None:
    sent(world, "officer", downloaded(world.office("officer")))
    run = Run.objects.get()
    run.state, run.content = "discarded", None
    run.save()
    assert world.client("officer").get(f"/{OURS}/exchange/{run.pk}/marked/").status_code == 404


def test_a_file_that_is_no_workbook_can_t_be_marked(world: World) -> None:
    page = sent(world, "officer", b"no workbook").content.decode()
    run = Run.objects.get()
    address = f"/{OURS}/exchange/{run.pk}/marked/"
    assert address not in page
    answer = world.client("officer").get(address, follow=True)
    assert "このブックには印を付けられません" in answer.content.decode()


def test_the_office_takes_an_empty_workbook_for_form_1(world: World) -> None:
    address = f"/{OURS}/exchange/template/form1/"
    assert address in world.client("officer").get(f"/{OURS}/exchange/").content.decode()
    assert address not in world.client("home_staff").get(f"/{OURS}/exchange/").content.decode()
    book = load_workbook(BytesIO(world.client("officer").get(address).content))
    assert "申請認定" in book.sheetnames
    assert "計画" not in book.sheetnames
