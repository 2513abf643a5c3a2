"""The commands plan, budget and review."""

import json
from pathlib import Path

import pytest

from tests.builders import EXAMPLES, add, drop, edit, made, planned, write_csv
from tests.cli.running import Cli

FORM1, SETAGAYA = EXAMPLES / "form1", EXAMPLES / "setagaya"


def test_a_plan_has_a_row_for_each_year_and_home(cli: Cli) -> None:
    report = cli("plan", SETAGAYA, "--format", "json").document
    assert report["years"] == [2021, 2022, 2023, 2024]
    assert [home["name"] for home in report["homes"]] == ["東京育成園", "福音寮"]
    last = report["authority"]["rows"][-1]
    assert (last["total"], last["target"]["total"]["value"], last["difference"]) == (111, 113, 2)
    assert (last["share_percent"], last["target"]["share_percent"]) == ("67.6", "68.1")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ja", ("自治体合計と目標", "令和6年度末", "67.6", "113", "(地域分散化)")),
        ("en", ("All homes, and targets", "End of 令和6年度", "67.6", "113")),
    ],
)
def test_the_tables_of_a_plan_show_the_figures(lang: str, words: tuple[str, ...], cli: Cli) -> None:
    ran = cli("plan", SETAGAYA, "--lang", lang)
    for word in words:
        assert word in ran.out


def test_years_and_baseline_may_be_given(cli: Cli) -> None:
    report = cli(
        "plan", FORM1, "--baseline", "令和4年3月31日", "--from", "R4", "--to", "2023",
        "--format", "json",
    ).document  # fmt: skip
    assert report["years"] == [2022, 2023]
    assert [row["total"] for row in report["authority"]["rows"]] == [20, 20]


@pytest.mark.parametrize(
    "command", [("plan",), ("budget",), ("staffing",), ("review", "--year", "2022")]
)
def test_a_ledger_without_a_plan_is_reported(command: tuple[str, ...], cli: Cli) -> None:
    ran = cli(command[0], FORM1, *command[1:])
    assert (ran.status, ran.out) == (2, "")
    assert "「計画」の表に行がありません" in ran.err
    english = cli(command[0], FORM1, *command[1:], "--lang", "en")
    assert "The ledger has no plan" in english.err


@pytest.mark.parametrize(
    "command", [("plan",), ("budget",), ("staffing",), ("review", "--year", "2022")]
)
def test_one_of_several_authorities_has_to_be_named(
    command: tuple[str, ...], cli: Cli, tmp_path: Path
) -> None:
    second = add("authorities", "990001", authority_code="990019", name="架空市")
    tables = made(planned, second)
    for row in (*tables["plan"], *tables["actions"], *tables["need"], *tables["targets"]):
        row["authority_code"] = "990001"
    for row in (*tables["occupancy"], *tables["costs"]):
        row["authority_code"] = "990001"
    folder = write_csv(tables, tmp_path)
    ran = cli(command[0], folder, *command[1:])
    assert ran.status == 2
    assert "台帳に自治体が2あります。--authority で団体コードを指定してください。" in ran.err
    named = cli(command[0], folder, *command[1:], "--authority", "990001", "--format", "json")
    assert named.status == 0
    assert named.document


def test_a_plan_that_ends_before_it_starts_is_refused(cli: Cli) -> None:
    ran = cli("plan", SETAGAYA, "--from", "2024", "--to", "2022")
    assert (ran.status, ran.out) == (2, "")
    assert "計画終了年度が開始年度より前です。" in ran.err


def test_a_baseline_that_is_no_date_is_refused(cli: Cli) -> None:
    ran = cli("plan", SETAGAYA, "--baseline", "昔")
    assert ran.status == 2
    assert "「昔」は日付として読めません" in ran.err


def test_a_document_of_another_kind_is_refused(cli: Cli, tmp_path: Path) -> None:
    ran = cli("plan", SETAGAYA, "-o", tmp_path / "plan.txt")
    assert (ran.status, ran.out) == (2, "")
    assert ".docx" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_several_documents_and_charts_are_written_in_parallel(cli: Cli, tmp_path: Path) -> None:
    document, workbook, charts = (tmp_path / name for name in ("計画.docx", "計画.XLSX", "charts"))
    ran = cli("plan", SETAGAYA, "-o", document, "-o", workbook, "--charts", charts)
    assert ran.status == 0
    assert document.read_bytes().startswith(b"PK")
    assert workbook.read_bytes().startswith(b"PK")
    written = [document, workbook, *charts.iterdir()]
    assert {path.suffix for path in charts.iterdir()} == {".svg", ".png"}
    assert all(f"書き出しました:{path}\n" in ran.err for path in written)


def test_a_document_is_written_without_charts_where_none_are_asked_for(
    cli: Cli, tmp_path: Path
) -> None:
    ran = cli("plan", SETAGAYA, "-o", tmp_path / "plan.xlsx")
    assert ran.status == 0
    assert [path.name for path in tmp_path.iterdir()] == ["plan.xlsx"]


def test_a_plan_without_a_home_is_reported_and_nothing_is_written(cli: Cli, tmp_path: Path) -> None:
    closed = edit("homes", "h", closed_on="2000-03-31")
    folder = write_csv(made(planned, closed), tmp_path / "ledger")
    ran = cli("plan", folder, "-o", tmp_path / "plan.pdf")
    assert ran.status == 2
    assert "基準日に開いている施設がない" in ran.err
    assert not (tmp_path / "plan.pdf").exists()


@pytest.mark.parametrize("suffix", ["docx", "pdf", "xlsx"])
def test_a_text_with_a_character_that_no_font_has_is_refused_with_file_and_line(
    suffix: str, cli: Cli, tmp_path: Path
) -> None:
    texts, out = tmp_path / "texts", tmp_path / "out"
    texts.mkdir()
    out.mkdir()
    (texts / "01-趣旨.md").write_text("一行目\n\n三行目の\ue000字\n", "utf-8")
    files = ("-o", out / f"計画.{suffix}", "--charts", out / "charts")
    ran = cli("plan", SETAGAYA, *files, "--texts", texts)
    assert (ran.status, ran.out) == (2, "")
    assert "01-趣旨.md:3  印刷できない文字があります:U+E000。" in ran.err
    assert list(out.iterdir()) == []


def test_a_name_with_a_character_that_no_font_has_is_refused_with_its_cell(
    cli: Cli, tmp_path: Path
) -> None:
    folder = write_csv(made(planned, edit("homes", "h", name="園🏠")), tmp_path / "ledger")
    out = tmp_path / "out"
    out.mkdir()
    ran = cli("plan", folder, "-o", out / "a.docx", "-o", out / "a.pdf", "--charts", out / "図")
    assert (ran.status, ran.out) == (2, "")
    assert "台帳のセル:homes.csv:2 name「園🏠」:🏠 (U+1F3E0)" in ran.err
    assert ran.err.count("U+1F3E0") == 1  # one cause, one line, wherever the name is printed
    assert list(out.iterdir()) == []


def test_where_one_document_can_not_be_written_none_is(cli: Cli, tmp_path: Path) -> None:
    files = ("-o", tmp_path / "a.docx", "-o", tmp_path / "nowhere" / "a.pdf")
    ran = cli("plan", SETAGAYA, *files, "--charts", tmp_path / "charts")
    assert ran.status == 2
    assert list(tmp_path.iterdir()) == []


def test_all_texts_that_can_not_be_used_are_reported(cli: Cli, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in ("odd.md", "odder.md"):
        (texts / name).write_text("x", "utf-8")
    for lang, said in (
        ("ja", "計画の文章を修正してください。"),
        ("en", "Correct the plan's texts."),
    ):
        plan = ("plan", SETAGAYA, "-o", tmp_path / "計画.docx", "--texts", texts)
        ran = cli(*plan, "--lang", lang)
        assert ran.status == 2
        assert ran.err.startswith(f"shokibo: {said}\n  odd.md  ")
        assert "\n  odder.md  " in ran.err
    assert not (tmp_path / "計画.docx").exists()


@pytest.mark.parametrize("option", [("--texts", "nofolder"), ("--draft",)])
def test_an_option_of_the_document_needs_a_document(option: tuple[str, ...], cli: Cli) -> None:
    ran = cli("plan", SETAGAYA, *option)
    assert (ran.status, ran.out) == (2, "")
    assert "--texts と --draft は計画書に使います。--output で" in ran.err


def test_a_budget_has_the_figures_that_the_plan_prints(cli: Cli) -> None:
    report = cli("budget", SETAGAYA, "--year", "R4", "--format", "json").document
    totals = ("fiscal_year", "opened", "expenditure_total", "revenue_total", "net")
    assert [report[name] for name in totals] == [2022, 2, 34_098_000, 16_239_000, 17_859_000]
    assert [line["amount"] for line in report["revenue"]] == [8_239_000, 8_000_000]


def test_a_budget_without_a_year_is_a_list_of_the_plans_years(cli: Cli) -> None:
    years = json.loads(cli("budget", SETAGAYA, "--format", "json").out)
    assert [one["fiscal_year"] for one in years] == [2021, 2022, 2023, 2024]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ja", ("令和4年度の経費", "34,098,000", "16,239,000", "自治体の負担", "17,859,000")),
        ("en", ("34,098,000", "16,239,000", "Left to the authority", "17,859,000")),
    ],
)
def test_the_table_of_a_budget_shows_the_figures(
    lang: str, words: tuple[str, ...], cli: Cli
) -> None:
    ran = cli("budget", SETAGAYA, "--year", "2022", "--lang", lang)
    for word in words:
        assert word in ran.out


def test_an_estimate_is_marked(cli: Cli) -> None:
    assert "(概算)" not in cli("budget", SETAGAYA, "--year", "2022").out
    assert "(概算)" in cli("budget", SETAGAYA, "--year", "2023").out
    assert "(estimate)" in cli("budget", SETAGAYA, "--year", "2023", "--lang", "en").out


def test_a_review_holds_each_action_against_what_happened(cli: Cli) -> None:
    report = cli("review", SETAGAYA, "--year", "2022", "--format", "json").document
    assert report["fiscal_year"] == 2022
    assert {one["home_id"] for one in report["homes"]} == {"ikuseien", "fukuinryo"}
    assert report["actions"]
    ran = cli("review", SETAGAYA, "--year", "2022")
    assert "令和4年度末の計画と実績" in ran.out
    assert "東京育成園" in ran.out
    english = cli("review", SETAGAYA, "--year", "2022", "--lang", "en").out
    assert "Plan and actual at the end of 令和4年度" in english


@pytest.mark.parametrize("command", ["review", "budget"])
@pytest.mark.parametrize(("year", "era"), [("2020", "令和2年度"), ("2025", "令和7年度")])
def test_a_year_is_one_of_the_plans(command: str, year: str, era: str, cli: Cli) -> None:
    ran = cli(command, SETAGAYA, "--year", year)
    assert (ran.status, ran.out) == (2, "")
    assert f"{era}は計画の年度(令和3年度から令和6年度まで)にありません。" in ran.err
    english = cli(command, SETAGAYA, "--year", year, "--lang", "en")
    assert f"FY{year} is not one of the plan's years (FY2021 to FY2024)." in english.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("plan", "--from", "1900", "--to", "1901"),
        ("plan", "--to", "9999"),
        ("budget", "--year", "1900"),
        ("budget", "--year", "9999"),
    ],
)
def test_years_that_can_not_be_reported_in_eras_are_refused(
    arguments: tuple[str, ...], cli: Cli
) -> None:
    ran = cli(arguments[0], SETAGAYA, *arguments[1:])
    assert (ran.status, ran.out) == (2, "")


def test_a_plan_of_reversed_years_in_the_ledger_is_reported(cli: Cli, tmp_path: Path) -> None:
    reversed_years = edit("plan", "架空計画", from_year="2024")
    folder = write_csv(made(planned, drop("targets"), reversed_years), tmp_path)
    assert cli("plan", folder).status == 2
    assert cli("check", folder).status == 1
