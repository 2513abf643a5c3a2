"""The overview, the head, need, targets and costs: what they show, save and refuse."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from shokibo.answers import plain
from shokibo.ledger.reading import read_ledger
from shokibo.planning.outline import plan_report
from shokibo.planning.staffing import staffing
from shokibo.web.audit.models import Event
from shokibo.web.pages.grid.saving import Changes
from shokibo.web.planning import actions
from shokibo.web.planning.models import Action, Cost, Need, Plan, Target
from shokibo.web.register.models import Authority, Home
from tests.planning.ledgers import outline_of
from tests.web.plans import (
    EXAMPLE,
    blank_row,
    figures_of,
    grid_of,
    load_setagaya,
    row_where,
    text_of,
)
from tests.web.world import OURS, World

HEAD = {
    "title": "架空計画",
    "baseline_on": "R4.3.31",
    "from_year": "R4",
    "to_year": "R6",
    "goal_year": "R11",
    "period_from": "",
    "adopted_on": "",
    "version": "",
}


@pytest.fixture
def setagaya(world: World) -> Authority:
    """Return the example's authority, in which our people have their roles too."""
    return load_setagaya(world)


@pytest.fixture
def officer(world: World) -> Client:
    """Return the officer's client."""
    return world.client("officer")


def _at(name: str, code: str) -> str:
    return reverse(name, args=[code])


def test_the_plan_shows_the_staff_that_it_needs(setagaya: Authority, officer: Client) -> None:
    page = text_of(officer.get(_at("planning:overview", setagaya.code)))
    for year in staffing(outline_of(read_ledger(EXAMPLE)), "ja").years:
        assert str(year.needed) in page
    assert "計画に必要な職員数" in page
    assert "自治体の値が空欄なので数えていません" in page


def test_costs_say_which_amounts_are_of_leads(setagaya: Authority, officer: Client) -> None:
    page = text_of(officer.get(_at("costs:costs", setagaya.code)))
    assert "14,124,000 (契約額)" in page
    assert "補助対象の研修の費用(円)" in page
    assert "293,000" in page


def test_progress_includes_support(setagaya: Authority, officer: Client) -> None:
    page = text_of(officer.get(_at("planning:review", setagaya.code), {"year": "2022"}))
    assert "支援の状況" in page
    assert "323,000円" in page


def test_without_a_plan_the_officer_is_led_to_its_first_step(officer: Client) -> None:
    page = officer.get(_at("planning:overview", OURS))
    assert "計画はまだありません" in text_of(page)
    assert _at("planning:head", OURS) in page.content.decode()


def test_without_a_plan_the_page_says_so_without_links(world: World) -> None:
    page = world.client("auditor").get(_at("planning:overview", OURS))
    assert "計画はまだありません" in text_of(page)
    assert _at("planning:head", OURS) not in page.content.decode()


def test_the_overview_shows_the_figures_of_the_core(officer: Client, setagaya: Authority) -> None:
    page = officer.get(_at("planning:overview", setagaya.code))
    shown = plain(plan_report(outline_of(read_ledger(EXAMPLE)), "ja"))
    rows = shown["authority"]["rows"]
    found = figures_of(page, "年度末の姿(全施設)")
    assert found["合計定員 / 施設の計画の合計"] == [str(row["total"]) for row in rows]
    assert found["必要量(3歳以上) / 必要量"] == [str(row["need"]) for row in rows]
    assert found["グループホームの定員の割合 / 施設の計画"] == [
        f"{row['share_percent']}%" for row in rows
    ]
    assert found["小規模化の三つの要素(施設の計画) / ユニット1か所あたりの定員"] == [
        row["elements"]["places_per_main_unit"] for row in rows
    ]
    for home in shown["homes"]:
        of_home = figures_of(page, home["name"])
        assert of_home["合計定員 / 合計定員"] == [str(row["total"]) for row in home["rows"]]
        assert of_home["グループホーム / か所数"] == [
            str(row["group_homes"]["count"]) for row in home["rows"]
        ]
        told_last = home["rows"][-1]["initiatives"]
        assert of_home["主な取組み / 主な取組み"][-1].split("\n") == (
            [one["text"] for one in told_last] or ["—"]
        )


def test_initiatives_are_worded_in_each_reader_s_language(committed_world: World) -> None:
    address = _at("planning:overview", load_setagaya(committed_world).code)
    english, japanese = committed_world.client("officer"), committed_world.client("approver")
    english.cookies["django_language"] = "en"
    assert "3 group homes opened" in text_of(english.get(address))
    assert "グループホーム3か所設置" in text_of(japanese.get(address))


def test_a_target_that_differs_is_shown_with_its_reason(
    officer: Client, setagaya: Authority
) -> None:
    found = figures_of(officer.get(_at("planning:overview", setagaya.code)), "年度末の姿(全施設)")
    assert found["合計定員 / 目標"][-1] == "113程度"
    assert found["合計定員 / 差"][-1] == "+2"
    assert "2人分乖離" in found["合計定員 / 差の理由"][-1]


def test_a_finding_leads_to_the_row_it_speaks_of(officer: Client, setagaya: Authority) -> None:
    page = officer.get(_at("planning:findings", setagaya.code)).content.decode()
    target = Target.objects.get(authority=setagaya, fiscal_year=2024, item="total")
    address = f"{_at('planning:targets', setagaya.code)}#row-{target.pk}"
    assert f'href="{address}"' in page
    grid = officer.get(_at("planning:targets", setagaya.code)).content.decode()
    assert f'id="row-{target.pk}"' in grid


@pytest.mark.parametrize("name", ["places", "share", "home-ikuseien"])
def test_charts_are_handed_out_as_svg(officer: Client, setagaya: Authority, name: str) -> None:
    answer = officer.get(reverse("planning:picture", args=[setagaya.code, name]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")


@pytest.mark.parametrize("name", ["actions", "need", "targets"])
def test_a_grid_as_stored_shows_its_charts_without_scripts(
    officer: Client, setagaya: Authority, name: str
) -> None:
    page = officer.get(_at(f"planning:{name}", setagaya.code)).content.decode()
    for picture in ("places", "share"):
        assert f'src="{reverse("planning:picture", args=[setagaya.code, picture])}"' in page


def test_units_of_three_places_have_a_band_of_their_own_where_there_are_any(
    officer: Client, setagaya: Authority
) -> None:
    address = _at("planning:overview", setagaya.code)
    assert "3人以下" not in text_of(officer.get(address))
    Action.objects.filter(authority=setagaya, action="open", fiscal_year=2024).update(capacity=3)
    found = figures_of(officer.get(address), "年度末の姿(全施設)")
    assert found["3人以下定員(施設の計画) / グループホーム(か所)"] == ["0", "0", "0", "3"]


def test_an_estimate_is_marked_in_every_line_of_the_budget(
    officer: Client, setagaya: Authority
) -> None:
    found = figures_of(officer.get(_at("costs:costs", setagaya.code)), "歳入と差引(円)")
    for line, cells in found.items():
        assert "概算" not in cells[1], line
        assert "概算" in cells[2], line
    rent = next(cells for line, cells in found.items() if "国庫負担" in line)
    assert rent[1:3] == ["16,478,000\n(推定)", "22,363,000\n(概算、推定)"]


def test_who_leaves_the_targets_to_the_homes_is_not_led_back_to_them(
    officer: Client, setagaya: Authority
) -> None:
    Target.objects.filter(authority=setagaya).delete()
    address = _at("planning:overview", setagaya.code)
    assert "次はここです" not in text_of(officer.get(address))
    Cost.objects.filter(authority=setagaya).delete()
    assert "4 目標 まだありません 次はここです" in text_of(officer.get(address))


@pytest.mark.parametrize("name", ["nothing", "home-h", "picture-places"])
def test_a_chart_that_there_is_not_is_not_found(
    officer: Client, setagaya: Authority, name: str
) -> None:
    assert officer.get(reverse("planning:picture", args=[setagaya.code, name])).status_code == 404


def test_a_home_whose_id_is_odd_has_its_chart_too(officer: Client, setagaya: Authority) -> None:
    home = Home.objects.get(authority=setagaya, code="fukuinryo")
    home.code = "第1/福 音?#寮"
    home.save()
    page = officer.get(_at("planning:overview", setagaya.code)).content.decode()
    address = reverse("planning:picture", args=[setagaya.code, f"home-{home.code}"])
    assert f'src="{address}"' in page
    assert officer.get(address)["Content-Type"] == "image/svg+xml"


def test_no_plan_has_no_chart(officer: Client) -> None:
    assert officer.get(reverse("planning:picture", args=[OURS, "places"])).status_code == 404
    assert officer.get(reverse("costs:picture", args=[OURS])).status_code == 404


def test_the_head_is_made_and_logged(officer: Client, world: World) -> None:
    answer = officer.post(_at("planning:head", OURS), HEAD, follow=True)
    assert "計画の基本事項を保存しました" in text_of(answer)
    plan = Plan.objects.get(authority=world.authority)
    assert (plan.from_year, plan.to_year, str(plan.baseline_on)) == (2022, 2024, "2022-03-31")
    assert Event.objects.filter(action="plan.add", subject_kind="planning.plan").exists()


def test_a_plan_without_homes_at_its_baseline_says_so(officer: Client, world: World) -> None:
    world.home.opened_on = world.sister.opened_on = "2022-04-01"
    world.home.save()
    world.sister.save()
    officer.post(_at("planning:head", OURS), HEAD)
    page = officer.get(_at("planning:overview", OURS))
    assert "基準日に開設している施設がありません" in text_of(page)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"to_year": "R3"}, "計画終了年度が計画開始年度より前です"),
        ({"to_year": "R44"}, "計画の期間は30年以内"),
        ({"baseline_on": "そのうち"}, "そのうち"),
        ({"title": ""}, "記入してください"),
        ({"title": "長" * 201}, "200文字までに短くしてください"),
        ({"from_year": "R4\x00"}, "使えない文字"),
    ],
)
def test_a_wrong_head_is_reported_at_its_field(
    officer: Client, typed: dict[str, str], words: str
) -> None:
    answer = officer.post(_at("planning:head", OURS), HEAD | typed)
    assert words in text_of(answer)
    assert not Plan.objects.exists()


def test_the_head_that_somebody_else_saved_is_shown_too_and_nothing_is_lost(
    world: World, officer: Client
) -> None:
    address = _at("planning:head", OURS)
    officer.post(address, HEAD)
    other = world.client("officer:second")
    other.post(address, HEAD | {"title": "二人目の題", "version": "1"})
    answer = officer.post(address, HEAD | {"title": "一人目の題", "version": "1"})
    assert "二人目の題" in text_of(answer)
    assert "一人目の題" in answer.content.decode()
    assert Plan.objects.get().title == "二人目の題"
    officer.post(address, HEAD | {"title": "一人目の題", "version": "2"})
    assert Plan.objects.get().title == "一人目の題"


def test_the_second_plan_of_an_authority_is_refused(world: World, officer: Client) -> None:
    plan = actions.make_plan(
        office=world.office("officer"),
        values={"title": "x", "baseline_on": "2022-03-31", "from_year": 2022, "to_year": 2023},
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.make_plan(
            office=world.office("officer"),
            values={"title": "y", "baseline_on": "2022-03-31", "from_year": 2022, "to_year": 2023},
        )
    assert Plan.objects.get() == plan


def test_need_is_entered_changed_and_cleared(officer: Client, setagaya: Authority) -> None:
    address = _at("planning:need", setagaya.code)
    sent = grid_of(officer.get(address))
    last = row_where(sent, children="106")
    answer = officer.post(
        address, sent | {f"{last}-children": "", f"{last}-basis": ""}, follow=True
    )
    assert "保存しました(削除1行)。" in text_of(answer)
    assert not Need.objects.filter(authority=setagaya, fiscal_year=2024, age_band="school_age")
    sent = grid_of(officer.get(address))
    officer.post(address, sent | {f"{last}-children": "107"})
    row = Need.objects.get(authority=setagaya, fiscal_year=2024, age_band="school_age")
    assert (row.children, row.basis) == (107, None)


def test_need_without_a_number_is_reported_at_its_cell(
    officer: Client, setagaya: Authority
) -> None:
    address = _at("planning:need", setagaya.code)
    sent = grid_of(officer.get(address))
    last = row_where(sent, children="106")
    answer = officer.post(address, sent | {f"{last}-children": ""})
    assert "必要量 令和6年度 学童期以降 人数" in text_of(answer)


def test_a_blank_target_shows_the_homes_sum_and_is_not_stored(
    officer: Client, setagaya: Authority
) -> None:
    address = _at("planning:targets", setagaya.code)
    page = officer.get(address).content.decode()
    assert 'placeholder="110"' in page
    before = Target.objects.count()
    officer.post(address, grid_of(officer.get(address)))
    assert Target.objects.count() == before


def test_a_card_names_the_figures_that_follow_a_target(
    officer: Client, setagaya: Authority
) -> None:
    page = officer.get(_at("planning:targets", setagaya.code)).content.decode()
    rows = page.count('-key"')
    assert rows > 0
    for head in ("施設の計画", "差"):
        assert page.count(f'<td class="number" data-label="{head}">') == rows


def test_a_target_with_its_reason_is_stored(officer: Client, setagaya: Authority) -> None:
    address = _at("planning:targets", setagaya.code)
    sent = grid_of(officer.get(address))
    last = row_where(sent, value="113")
    officer.post(address, sent | {f"{last}-value": "114", f"{last}-reason": "余裕をみた"})
    row = Target.objects.get(authority=setagaya, fiscal_year=2024, item="total")
    assert (row.value, row.reason, row.approximate) == (114, "余裕をみた", True)


def test_the_budgets_are_those_of_the_core(officer: Client, setagaya: Authority) -> None:
    page = officer.get(_at("costs:costs", setagaya.code))
    ledger = read_ledger(EXAMPLE)
    core = outline_of(ledger).budgets
    spent, borne = figures_of(page, "歳出(円)"), figures_of(page, "歳入と差引(円)")

    def amounts(cells: list[str]) -> list[int]:
        plain = [cell.partition("(")[0].replace(",", "") for cell in cells]
        return [0 if cell == "—" else int(cell) for cell in plain]

    assert amounts(spent["歳出 / 歳出合計"]) == [one.expenditure_total for one in core]
    assert amounts(borne["合計 / 歳入合計"]) == [one.revenue_total for one in core]
    assert amounts(borne["合計 / 差引 区負担額(一般財源)"]) == [one.net for one in core]


def test_the_budget_of_the_plan_s_second_year_is_the_printed_one(
    officer: Client, setagaya: Authority
) -> None:
    page = officer.get(_at("costs:costs", setagaya.code))
    programme = "国庫負担 児童福祉法による児童入所施設措置費等国庫負担金"
    borne = figures_of(page, "歳入と差引(円)")
    assert borne[f"{programme} / 対象経費"][1] == "16,478,000\n(推定)"
    assert borne[f"{programme} / 国の負担(割合 1/2)"][1] == "8,239,000\n(推定)"
    assert "(概算)" in borne["合計 / 歳入合計"][2]


def test_a_cost_is_added_with_its_rule_and_source(officer: Client, setagaya: Authority) -> None:
    address = _at("costs:costs", setagaya.code)
    sent = grid_of(officer.get(address))
    row = blank_row(sent)
    cells = {
        "fiscal_year": "令和5年度",
        "item": "研修",
        "account": "報償費",
        "timing": "annual",
        "basis": "year",
        "amount": "300,000",
        "eligible_rule": "家賃2か月分まで:家賃",
        "source": "見積書",
    }
    officer.post(address, sent | {f"{row}-{name}": value for name, value in cells.items()})
    made = Cost.objects.filter(authority=setagaya).latest("pk")
    assert (made.amount, made.eligible_rule) == (300_000, "months_of_rent:2:家賃")


def test_the_same_cost_twice_is_reported_at_its_cell(officer: Client, setagaya: Authority) -> None:
    address = _at("costs:costs", setagaya.code)
    sent = grid_of(officer.get(address))
    row = blank_row(sent)
    copied = {name: sent[f"1-{name}"] for name in ("fiscal_year", "item", "account", "timing")}
    copied |= {"basis": sent["1-basis"], "amount": "1"}
    answer = officer.post(address, sent | {f"{row}-{k}": v for k, v in copied.items()})
    assert "1行目と" in text_of(answer)
    assert Cost.objects.filter(authority=setagaya).count() == 3


def _new_cost(sent: dict[str, str], amount: str) -> dict[str, str]:
    cells = {"fiscal_year": "R5", "item": "研修", "account": "報償費", "timing": "annual"}
    cells |= {"basis": "year", "amount": amount}
    return sent | {f"{blank_row(sent)}-{name}": value for name, value in cells.items()}


def test_a_cost_that_somebody_else_entered_meanwhile_is_shown_and_nothing_typed_is_lost(
    world: World, officer: Client, setagaya: Authority
) -> None:
    address = _at("costs:costs", setagaya.code)
    opened = grid_of(officer.get(address))
    world.client("officer:second").post(address, _new_cost(opened, "300000"))
    answer = officer.post(address, _new_cost(opened, "400000"))
    assert "ほかの人が先に変えた行があります" in text_of(answer)
    assert "今の値:300,000" in text_of(answer)
    assert Cost.objects.get(item="研修").amount == 300_000
    officer.post(address, grid_of(answer))
    assert Cost.objects.get(item="研修").amount == 400_000


def test_two_people_who_enter_the_same_leave_one_row(
    world: World, officer: Client, setagaya: Authority
) -> None:
    address = _at("costs:costs", setagaya.code)
    typed = _new_cost(grid_of(officer.get(address)), "300000")
    world.client("officer:second").post(address, typed)
    assert "変わったところはありません" in text_of(officer.post(address, typed, follow=True))
    assert Cost.objects.filter(item="研修").count() == 1


def test_a_row_made_the_same_as_one_that_somebody_else_entered_is_refused_in_words(
    world: World, officer: Client, setagaya: Authority
) -> None:
    address = _at("costs:costs", setagaya.code)
    opened = grid_of(officer.get(address))
    typed = _new_cost(opened, "300000")
    added = blank_row(opened)
    names = ("fiscal_year", "item", "account", "timing", "basis")
    world.client("officer:second").post(address, typed)
    moved = opened | {f"1-{name}": typed[f"{added}-{name}"] for name in names}
    answer = officer.post(address, moved)
    assert "先に登録した行と重なる行があります" in text_of(answer)
    assert 'value="研修"' in answer.content.decode()
    assert Cost.objects.filter(item="研修").count() == 1


@pytest.mark.parametrize(
    ("name", "column"), [("planning:need", "children"), ("planning:targets", "value")]
)
def test_a_named_row_that_somebody_else_changed_is_shown_as_it_is_now(
    world: World, officer: Client, setagaya: Authority, name: str, column: str
) -> None:
    address = _at(name, setagaya.code)
    opened = grid_of(officer.get(address))
    cell = next(at for at, held in opened.items() if at.endswith(f"-{column}") and held)
    world.client("officer:second").post(address, opened | {cell: "71"})
    answer = officer.post(address, opened | {cell: "72"})
    assert "今の値:71" in text_of(answer)
    assert grid_of(answer)[cell] == "72"
    again = officer.post(address, grid_of(answer), follow=True)
    assert "保存しました(変更1行)。" in text_of(again)
    assert grid_of(again)[cell] == "72"


def test_a_need_that_somebody_else_entered_is_shown_next_to_what_was_typed(
    world: World, officer: Client, setagaya: Authority
) -> None:
    address = _at("planning:need", setagaya.code)
    opened = grid_of(officer.get(address))
    row = row_where(opened, children="")
    world.client("officer:second").post(address, opened | {f"{row}-children": "10"})
    answer = officer.post(address, opened | {f"{row}-children": "20"})
    assert "今の値:10" in text_of(answer)
    officer.post(address, grid_of(answer))
    assert set(Need.objects.filter(authority=setagaya, children=20)) != set()
    assert not Need.objects.filter(authority=setagaya, children=10).exists()


def test_costs_without_a_plan_lead_to_its_head(officer: Client) -> None:
    page = officer.get(_at("costs:costs", OURS))
    assert "計画の基本事項を登録する" in text_of(page)


@pytest.mark.parametrize("name", ["planning:overview", "planning:findings", "planning:actions"])
def test_a_reader_is_not_led_to_the_head_that_an_officer_writes(world: World, name: str) -> None:
    Plan.objects.create(
        authority=world.authority,
        title="架空計画",
        baseline_on="2022-03-31",
        from_year=2022,
        to_year=2023,
    )
    head = f'href="{_at("planning:head", OURS)}"'
    assert head not in world.client("auditor").get(_at(name, OURS)).content.decode()
    assert head in world.client("officer").get(_at(name, OURS)).content.decode()


def test_only_an_officer_changes_a_plan_by_its_actions(world: World) -> None:
    for role in ("approver", "auditor", "home_staff"):
        changes = Changes(Need, added=[{"fiscal_year": 2022, "age_band": "preschool"}])
        with pytest.raises(PermissionDenied):
            actions.save_rows(office=world.office(role), changes=changes)
        with pytest.raises(PermissionDenied):
            actions.make_plan(office=world.office(role), values={})
