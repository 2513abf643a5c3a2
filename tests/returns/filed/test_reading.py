"""Forms as people type them: the same figures out of every layout."""

import random
from pathlib import Path

import pytest

from shokibo.answers import plain
from shokibo.ledger.carriers.sheets import filled_sheets
from shokibo.ledger.findings import Finding
from shokibo.returns.counted import FormNumber
from shokibo.returns.filed import cells
from shokibo.returns.filed.figures import FiledForm, figures_of
from shokibo.returns.filed.reading import forms_in
from tests.returns.filed.invented import figures, filed, invented, workbook
from tests.returns.filed.layouts import Grid, grid_of, mutated, write

BOTH: tuple[FormNumber, ...] = (1, 2)


def read(path: Path) -> list[FiledForm]:
    """Read the forms of a workbook."""
    sheets = filled_sheets(path)
    assert not isinstance(sheets, Finding)
    return forms_in(sheets)


def read_grids(folder: Path, *grids: Grid) -> list[FiledForm]:
    """Write grids and read the forms in them."""
    return read(write(grids, folder / "form.xlsx"))


@pytest.fixture
def grid() -> Grid:
    """Return form 1 with twenty units as a grid."""
    return grid_of(workbook(invented(7, units=20)))


@pytest.mark.parametrize("form", BOTH)
def test_our_own_workbook_gives_its_figures(form: FormNumber, tmp_path: Path) -> None:
    made = invented(3, units=40, form=form)
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook(made))
    (found,) = read(path)
    assert (found.form, found.fiscal_year.value) == (form, 2022)
    assert figures_of(found) == figures_of(filed(made))
    sent = plain(figures(made))
    assert plain(figures_of(found)) == {name: sent[name] for name in ("units", "backup", "list")}


@pytest.mark.parametrize("seed", range(50))
def test_every_layout_gives_the_same_figures(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    made = invented(seed, form=chance.choice(BOTH))
    sheets = mutated(grid_of(workbook(made)), chance)
    (found,) = read_grids(tmp_path, *sheets)
    assert (found.form, found.fiscal_year.value) == (made.period.number, 2022)
    assert figures_of(found) == figures_of(filed(made))
    assert any("架空市" in text for text in found.letterhead)


def test_a_figure_knows_its_cell(grid: Grid, tmp_path: Path) -> None:
    (found,) = read_grids(tmp_path, grid)
    assert found.counts["total", "units", ""].place == "様式1!G10"
    assert found.counts["community_home", "certified", "6"].place == "様式1!D18"
    assert found.counts["backup", "certified", ""].place == "様式1!G22"
    assert found.rows[0].staff.place == "様式1!E26"


def test_a_blank_counts_as_zero_unless_a_sum_contradicts(grid: Grid, tmp_path: Path) -> None:
    (whole,) = read_grids(tmp_path, grid)
    blanked = grid.figures
    for place in blanked:
        one = Grid(grid.name, {**grid.cells, place: "か所"}, grid.merged)
        (found,) = read_grids(tmp_path, one)
        path = next(path for path, cell in found.counts.items() if not cell.written)
        was = whole.count(*path)
        assert found.count(*path) == (0 if was == 0 or path[0] == "backup" else None)
    assert len(blanked) == len(whole.counts)


def test_a_table_without_a_figure_is_unknown(grid: Grid, tmp_path: Path) -> None:
    for place in grid.figures:
        del grid.cells[place]
    (found,) = read_grids(tmp_path, grid)
    assert set(found.counts) == set(filed(invented(7, units=20)).counts)
    assert all(cell.value is None for cell in found.counts.values())


def test_what_is_no_number_is_kept_as_it_was_typed(grid: Grid, tmp_path: Path) -> None:
    grid.cells[10, 4] = "約4か所"
    (found,) = read_grids(tmp_path, grid)
    cell = found.counts["community_home", "units", ""]
    assert cell.is_unreadable
    assert cell.written == "約4か所"


def test_two_forms_on_one_sheet_are_two(tmp_path: Path) -> None:
    first = grid_of(workbook(invented(1)))
    second = grid_of(workbook(invented(2, form=2)))
    below = first.last_row + 3
    first.cells |= {(row + below, column): cell for (row, column), cell in second.cells.items()}
    one, two = read_grids(tmp_path, first)
    assert (one.form, two.form) == (1, 2)
    assert figures_of(one) == figures_of(filed(invented(1)))
    assert figures_of(two) == figures_of(filed(invented(2, form=2)))


def test_a_hidden_sheet_is_left_aside(grid: Grid, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = write([grid, Grid("昨年度", dict(grid.cells))], tmp_path / "form.xlsx")
    book = load_workbook(path)
    book["昨年度"].sheet_state = "hidden"
    book.save(path)
    assert len(read(path)) == 1


def test_a_title_without_its_year_has_none(grid: Grid, tmp_path: Path) -> None:
    grid.change(
        lambda cell: str(cell).replace("令和4年度", "(元号)　年度") if "年度" in str(cell) else cell
    )
    (found,) = read_grids(tmp_path, grid)
    assert found.fiscal_year.value is None
    assert found.fiscal_year.place == "様式1!A6"


def test_what_is_no_form_has_none(tmp_path: Path) -> None:
    assert read_grids(tmp_path, Grid("名簿", {(1, 1): "番号", (1, 2): "職員数", (2, 1): 1})) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4", 4),
        ("4か所", 4),
        ("４", 4),
        ("4 箇所", 4),
        ("４ヶ所", 4),
        ("1,234", 1234),
        ("4.0", 4),
        ("0施設", 0),
        ("", None),
        ("4.5", None),
        ("④", None),
        ("-4", None),
        ("1 2", None),
        ("四", None),
        ("なし", None),
    ],
)
def test_counts_as_they_are_typed(text: str, number: int | None) -> None:
    assert cells.count(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4.8名", "4.8"),
        ("４．８", "4.8"),
        ("5.0", "5"),
        ("10名", "10"),
        ("4.75", "4.75"),
        ("4,8", None),
    ],
)
def test_staff_as_it_is_typed(text: str, number: str | None) -> None:
    assert cells.staff(text) == number


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        *((text, True) for text in "○◯〇●有"),
        *((text, False) for text in "×✕xX無"),
        ("△", None),
        ("-", None),
    ],
)
def test_marks_in_all_their_shapes(text: str, marked: bool | None) -> None:
    assert cells.mark(text) is marked


def test_a_form_that_lacks_parts_gives_what_it_has(tmp_path: Path) -> None:
    cells_of_form: dict[tuple[int, int], str | float | int] = {
        (1, 1): "令和0年度",
        (2, 2): "地域小規模",
        (2, 3): "分園型",
        (3, 1): "生活単位",
        (3, 2): 2,
        (4, 1): "(分散化された)",
        (4, 2): "",
        (5, 1): "加算申請か所数",
        (5, 3): "2022-04-01",
    }
    (found,) = read_grids(tmp_path, Grid("様式", cells_of_form))
    assert (found.form, found.fiscal_year.value) == (None, None)
    assert found.fiscal_year.written == "令和0年度"
    assert found.count("community_home", "units") == 2
    assert found.counts["branch_group_care", "applied", "total"].written == "2022-04-01"
    assert found.rows == ()
    assert ("backup", "homes", "") not in found.counts


def test_a_list_without_its_numbers_or_marks_has_blanks(tmp_path: Path) -> None:
    header: dict[tuple[int, int], str | float | int] = {
        (1, 2): "地域小規模",
        (1, 3): "分園型",
        (2, 1): "生活単位",
        (2, 2): 1,
    }
    listed: dict[tuple[int, int], str | float | int] = {
        (4, 1): "定員数",
        (4, 2): "職員数",
        (4, 3): "本体施設名",
        (5, 1): 4,
        (5, 2): "4名",
        (5, 3): "A園",
    }
    (found,) = read_grids(tmp_path, Grid("様式", {**header, **listed}))
    (row,) = found.rows
    assert (row.capacity.value, row.staff.value, row.home_name.value) == (4, "4", "A園")
    assert (row.number.value, row.unit_name.value, row.dispersal.value) == (None, None, None)
    assert row.key == ("A園", "")


def test_a_cell_with_an_error_can_not_be_read(grid: Grid, tmp_path: Path) -> None:
    grid.cells[10, 4] = "=1/0"
    (found,) = read_grids(tmp_path, grid)
    assert found.counts["community_home", "units", ""].is_unreadable
