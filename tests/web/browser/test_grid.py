"""A sheet as an Excel hand uses it: a block pasted, undone, filled down, saved."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from shokibo.web.planning.models import Action, Plan
from tests.web.browser.drafting import cell
from tests.web.browser.sheet import copied, held, open_actions, paste, press_all
from tests.web.browser.visits import NARROW, Visits, log_in, runs_over
from tests.web.world import World

HOME, SISTER = "架空学園", "架空姉妹園"
KIND = "地域小規模児童養護施設"
BLOCK = "".join(
    f"{home}\t{year}\t{action}\t{unit}\t{kind}\t\r\n"
    for home, year, action, unit, kind in (
        (HOME, "令和5年度", "新設", "", KIND),
        (HOME, "R6", "新設", "", KIND),
        (SISTER, "R6", "新設", "", '"分園型小規模\nグループケア"'),
        (HOME, "2025", "open", "", "community_home"),
        (SISTER, "R7", "新設", "", KIND),
    )
)


@pytest.fixture
def office(committed_world: World) -> Iterator[World]:
    """Return an office with homes and a plan of some years."""
    Plan.objects.create(
        authority=committed_world.authority,
        title="架空計画",
        baseline_on="2022-03-31",
        from_year=2022,
        to_year=2025,
    )
    cache.clear()
    yield committed_world
    cache.clear()


@pytest.fixture
def window(visits: Visits, office: World) -> Page:
    """Return the officer's window at the sheet of actions."""
    window = visits.window()
    log_in(window, office.people["officer"].email)
    open_actions(window, office.authority.code)
    return window


def rows_of(window: Page) -> int:
    return int(window.locator("[name='rows']").input_value())


def test_a_block_of_a_spreadsheet_is_pasted_undone_filled_down_and_saved(window: Page) -> None:
    cell(window, 1, "施設ID").click()
    paste(window, BLOCK.replace('"分園型小規模\nグループケア"', "分園型小規模グループケア"))
    said = window.locator("[data-said]")
    expect(said).to_have_text("5行×6列を貼り付けました。 行を2行増やしました。")
    assert rows_of(window) == 5
    assert [held(window, row, "action") for row in range(1, 6)] == ["open"] * 5
    assert held(window, 3, "unit_kind") == "branch_group_care"
    assert held(window, 5, "home_id") == "s"
    window.keyboard.press("Control+z")
    expect(said).to_have_text("元に戻しました。")
    assert {held(window, row, "fiscal_year") for row in range(1, 6)} == {""}
    window.keyboard.press("Control+y")
    assert held(window, 4, "fiscal_year") == "2025"
    window.keyboard.press("Control+z")
    paste(window, BLOCK.replace('"分園型小規模\nグループケア"', "分園型小規模グループケア"))
    cell(window, 1, "定員").click()
    window.keyboard.type("4")
    press_all(window, "Enter ArrowUp" + " Shift+ArrowDown" * 4 + " Control+d")
    expect(said).to_have_text("4か所に上の欄を写しました。")
    expect(window.locator("#strip")).to_contain_text("39")
    window.keyboard.press("Control+s")
    expect(window.get_by_role("status").first).to_contain_text("保存しました(追加5行)")
    assert list(Action.objects.order_by("pk").values_list("fiscal_year", "capacity")) == [
        (year, 4) for year in (2023, 2024, 2024, 2025, 2025)
    ]


def test_words_that_are_no_choice_stay_and_are_marked_when_saved(window: Page) -> None:
    cell(window, 1, "施設ID").click()
    paste(window, f"{HOME}\t来年\t増設\n{SISTER}\tR5\t廃止\ts4\n")
    expect(cell(window, 1, "取組")).to_have_value("増設")
    window.keyboard.press("Control+s")
    alert = window.get_by_role("alert").first
    expect(alert).to_contain_text("追加2行、変更0行、削除0行のうち、誤りのある行は1行です。")
    expect(cell(window, 1, "取組")).to_have_value("増設")
    expect(cell(window, 1, "取組")).to_have_attribute("aria-invalid", "true")
    described = cell(window, 1, "取組").get_attribute("aria-describedby")
    expect(window.locator(f"#{described}")).to_be_visible()
    assert not Action.objects.exists()


def test_a_cell_that_holds_lines_becomes_one_line(window: Page) -> None:
    cell(window, 1, "備考").click()
    paste(window, '"一行目\r\n二行目""引用"""')
    expect(cell(window, 1, "備考")).to_have_value('一行目 二行目"引用"')


def test_one_cell_is_pasted_into_all_of_a_range_and_a_range_is_copied(window: Page) -> None:
    cell(window, 1, "施設ID").click()
    press_all(window, "Shift+ArrowDown Shift+ArrowDown")
    paste(window, "架空姉妹園\r\n")
    assert [held(window, row, "home_id") for row in (1, 2, 3)] == ["s"] * 3
    press_all(window, "ArrowRight R 5 ArrowRight")
    window.keyboard.type("cl")
    press_all(window, "ArrowLeft ArrowLeft Shift+ArrowRight Shift+ArrowRight Shift+ArrowDown")
    assert copied(window) == f"{SISTER}\tR5\t廃止\r\n{SISTER}\t\t"


def test_what_has_no_cell_is_counted_and_a_mark_to_remove_is_never_pasted(window: Page) -> None:
    cell(window, 1, "備考").click()
    paste(window, "一\t1\tx\r\n二\t1\t\r\n")
    expect(window.locator("[data-said]")).to_contain_text("3か所は、当てはまる欄がないので")
    assert window.locator("input[type=checkbox]:checked").count() == 0


def test_of_ten_thousand_lines_the_grid_takes_what_it_has_room_for(window: Page) -> None:
    window.locator("[data-grid]").evaluate("grid => { grid.dataset.most = '12'; }")
    cell(window, 1, "施設ID").click()
    paste(window, f"{HOME}\tR5\r\n" * 10_000)
    assert rows_of(window) == 12
    assert held(window, 12, "fiscal_year") == "R5"
    expect(window.locator("[data-said]")).to_contain_text(f"{9_988 * 2}か所は、当てはまる欄がない")
    window.keyboard.press("Control+z")
    assert {held(window, row, "home_id") for row in range(1, 13)} == {""}


def test_a_picture_on_the_clipboard_empties_no_cell(window: Page) -> None:
    note = cell(window, 1, "備考")
    note.fill("残る")
    press_all(window, "Enter ArrowUp")
    window.evaluate(
        """async () => {
            const canvas = Object.assign(document.createElement("canvas"), { width: 4, height: 4 });
            const picture = await new Promise((done) => canvas.toBlob(done));
            await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
        }"""
    )
    window.keyboard.press("Control+v")
    expect(note).to_have_value("残る")


def test_merged_cells_of_excel_are_pasted_each_into_its_first_place(window: Page) -> None:
    """Excel and Calc put a table with its spans next to the text, in which a span leaves blanks."""
    window.evaluate(
        """async ([text, html]) => {
            const types = { "text/plain": text, "text/html": html };
            const item = new ClipboardItem(
                Object.fromEntries(
                    Object.entries(types).map(([type, held]) => [type, new Blob([held], { type })])
                )
            );
            await navigator.clipboard.write([item]);
        }""",
        [
            f"{HOME}\tR5\t新設\t\t{KIND}\t4\r\n\tR6\t新設\t\t\t3\r\n",
            "<html><body><!--StartFragment--><table>"
            f"<tr><td rowspan=2>{HOME}</td><td>R5</td><td colspan=2>新設</td>"
            f"<td rowspan=2>{KIND}</td><td>4</td></tr>"
            "<tr><td>R6</td><td colspan=2>新設</td><td>3</td></tr>"
            "</table><!--EndFragment--></body></html>",
        ],
    )
    cell(window, 1, "施設ID").click()
    window.keyboard.press("Control+v")
    names = ("home_id", "fiscal_year", "action", "unit_id", "unit_kind", "new_function")
    expect(window.locator("[data-said]")).to_have_text("2行×6列を貼り付けました。")
    assert [held(window, 1, name) for name in names[:5]] == [
        "h",
        "R5",
        "open",
        "",
        "community_home",
    ]
    assert [held(window, 2, name) for name in names[:5]] == ["", "R6", "open", "", ""]


def test_what_is_being_composed_stays_when_another_cell_is_clicked(window: Page) -> None:
    cell(window, 1, "備考").click()
    session = window.context.new_cdp_session(window)
    composed = {"text": "とちゅう", "selectionStart": 4, "selectionEnd": 4}
    session.send("Input.imeSetComposition", composed)
    cell(window, 2, "備考").click()
    expect(cell(window, 1, "備考")).to_have_value("とちゅう")
    window.keyboard.press("Control+z")
    expect(cell(window, 1, "備考")).to_have_value("")


def test_a_key_replaces_arrows_leave_and_f2_edits(window: Page) -> None:
    note = cell(window, 1, "備考")
    note.click()
    window.keyboard.type("ab")
    press_all(window, "ArrowDown ArrowUp")
    window.keyboard.type("c")
    expect(note).to_have_value("c")
    press_all(window, "Escape")
    expect(note).to_have_value("ab")
    press_all(window, "F2 ArrowLeft x ArrowLeft Enter")
    expect(note).to_have_value("axb")
    expect(cell(window, 2, "備考")).to_be_focused()
    press_all(window, "Control+z")
    expect(note).to_have_value("ab")
    expect(note).to_be_focused()
    press_all(window, "Control+Shift+z Delete")
    expect(note).to_have_value("")


def test_tab_at_the_end_makes_a_row_and_leaves_a_blank_one(window: Page) -> None:
    window.locator("[name='3-note']").fill("三行目")
    window.locator("[name='3-removed']").focus()
    window.keyboard.press("Tab")
    expect(cell(window, 4, "施設ID")).to_be_focused()
    window.locator("[name='4-removed']").focus()
    window.keyboard.press("Tab")
    assert rows_of(window) == 4
    assert not window.evaluate("document.activeElement.closest('[data-grid]')")


def test_enter_after_tabs_moves_to_the_next_row_where_the_tabs_began(window: Page) -> None:
    cell(window, 1, "年度").click()
    press_all(window, "R 5 Tab Tab Tab Enter")
    expect(cell(window, 2, "年度")).to_be_focused()


def test_a_range_is_dragged_and_its_cells_are_emptied_together(window: Page) -> None:
    for row in (1, 2, 3):
        cell(window, row, "年度").fill(f"R{row + 3}")
    cell(window, 1, "年度").hover()
    window.mouse.down()
    cell(window, 3, "年度").hover()
    window.mouse.up()
    expect(window.locator(".picked")).to_have_count(3)
    assert copied(window) == "R4\r\nR5\r\nR6"
    press_all(window, "Delete")
    assert [held(window, row, "fiscal_year") for row in (1, 2, 3)] == [""] * 3
    press_all(window, "Control+z")
    assert [held(window, row, "fiscal_year") for row in (1, 2, 3)] == ["R4", "R5", "R6"]


def test_a_unit_is_named_by_its_name_after_its_home(window: Page, office: World) -> None:
    unit = office.unit("s4")
    cell(window, 1, "施設ID").click()
    paste(window, f"{SISTER}\tR5\t廃止\t{unit.name}")
    assert held(window, 1, "unit_id") == "s4"


def test_the_list_of_a_cell_opens_by_keys_and_a_choice_is_written(window: Page) -> None:
    cell(window, 1, "取組").click()
    window.keyboard.press("Alt+ArrowDown")
    window.locator("[name='1-action']").select_option(label="廃止")
    expect(cell(window, 1, "取組")).to_have_value("廃止")
    expect(cell(window, 1, "取組")).to_be_focused()
    window.keyboard.press("Control+z")
    expect(cell(window, 1, "取組")).to_have_value("")


def test_keys_of_an_input_method_are_its_own(window: Page) -> None:
    note = cell(window, 1, "備考")
    note.click()
    tried = note.evaluate(
        """field => {
            field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
            const press = (key, how) => field.dispatchEvent(new KeyboardEvent(
                "keydown", { key, bubbles: true, cancelable: true, ...how }));
            return ["Enter", "Tab", "Escape", "ArrowDown", "Delete"].flatMap((key) =>
                [press(key, { isComposing: true }), press(key, { keyCode: 229 })]);
        }"""
    )
    assert tried == [True] * 10
    expect(note).to_be_focused()


def test_a_word_composed_by_an_input_method_is_a_choice(window: Page) -> None:
    cell(window, 1, "取組").click()
    session = window.context.new_cdp_session(window)
    composed = {"text": "しんせつ", "selectionStart": 4, "selectionEnd": 4}
    session.send("Input.imeSetComposition", composed)
    expect(cell(window, 1, "取組")).to_have_value("しんせつ")
    session.send("Input.insertText", {"text": "新設"})
    window.keyboard.press("Tab")
    assert held(window, 1, "action") == "open"
    expect(cell(window, 1, "取組")).to_have_value("新設")


def test_the_first_columns_stay_in_front_of_what_moves_under_them(window: Page) -> None:
    window.set_viewport_size({"width": 800, "height": 1200})
    window.locator(".grid-wrap").evaluate("frame => { frame.scrollLeft = 250; }")
    row = window.locator("[data-grid] tbody tr").first
    row.evaluate("row => row.scrollIntoView({ block: 'center' })")
    for frozen in ("th.at", ".at + td"):
        seen = row.locator(frozen).evaluate(
            """cell => {
                const { left, top, width, height: h } = cell.getBoundingClientRect();
                const at = (n) => document.elementFromPoint(left + (n * width) / 20, top + h / 2);
                return [...Array(19).keys()].map((n) => cell.contains(at(n + 1)));
            }"""
        )
        assert seen == [True] * 19, frozen


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_on_a_phone_a_row_is_a_card_folded_to_its_head(
    visits: Visits, office: World, javascript: bool
) -> None:
    Action.objects.create(
        authority=office.authority, home=office.home, fiscal_year=2023, action="close", note="架空"
    )
    window = visits.window(width=NARROW, javascript=javascript)
    log_in(window, office.people["officer"].email)
    window.goto(f"/{office.authority.code}/plan/actions/")
    assert runs_over(window) <= 0
    row = window.locator(f"#row-{Action.objects.get().pk}")
    cells = row.locator("td").locator("visible=true")
    assert cells.count() == 0
    row.get_by_text(f"{office.home.name}・R5・廃止・架空", exact=True).click()
    assert cells.count() == row.locator("td").count()
    row.locator("[name='1-note']").fill("")
    row.locator("[name='1-fiscal_year']").fill("x")
    window.get_by_role("button", name="保存する").click()
    expect(window.get_by_role("alert")).to_contain_text("修正箇所が1か所")
    expect(window.locator("[name='1-fiscal_year']")).to_be_visible()


def test_on_a_phone_a_row_is_headed_by_what_is_typed(visits: Visits, office: World) -> None:
    window = visits.window(width=NARROW)
    log_in(window, office.people["officer"].email)
    window.goto(f"/{office.authority.code}/plan/actions/")
    expect(window.locator("tr.blank").locator("visible=true")).to_have_count(1)
    window.locator("[name='1-note']").fill("次")
    expect(window.get_by_text("新しい行").locator("visible=true")).to_have_count(1)
    expect(
        window.locator("tr", has=window.locator("[name='1-note']")).locator("summary")
    ).to_have_text("次")
    expect(window.locator("tr.blank").locator("visible=true")).to_have_count(1)


def test_two_people_at_one_grid_lose_nothing_that_either_typed(
    visits: Visits, office: World
) -> None:
    same = {"authority": office.authority, "home": office.home, "action": "change_capacity"}
    for unit, note in (("u4", "はじめ"), ("u6", None)):
        Action.objects.create(**same, fiscal_year=2023, unit_code=unit, capacity=4, note=note)
    first, second = visits.window(), visits.window()
    for window, role in ((first, "officer"), (second, "officer:second")):
        log_in(window, office.people[role].email)
        open_actions(window, office.authority.code)
    cell(first, 1, "定員").fill("5")
    cell(first, 1, "備考").fill("一人目")
    cell(second, 1, "備考").fill("二人目")
    cell(second, 2, "定員").fill("6")
    first.keyboard.press("Control+s")
    expect(first.get_by_role("status").first).to_contain_text("保存しました(変更1行)")
    second.keyboard.press("Control+s")
    alert = second.get_by_role("alert").first
    expect(alert).to_contain_text("保存していません。ほかの人が先に変えた行があります")
    expect(cell(second, 1, "備考")).to_have_value("二人目")
    expect(cell(second, 1, "定員")).to_have_value("5")
    expect(cell(second, 2, "定員")).to_have_value("6")
    expect(second.get_by_text("今の値:一人目")).to_be_visible()
    expect(second.get_by_text("ほかの人が変えました(前の値:4)")).to_be_visible()
    second.keyboard.press("Control+s")
    expect(second.get_by_role("status").first).to_contain_text("保存しました(変更2行)")
    stored = Action.objects.order_by("pk").values_list("capacity", "note")
    assert list(stored) == [(5, "二人目"), (6, None)]
