"""The command forecast: its answer, its tables, its files, and what it refuses."""

import json
from pathlib import Path

import pytest

from shokibo.cli.forecast_tables import fan_lines
from shokibo.need.answers import GroupForecast
from tests.builders import Row, add, made, write_csv
from tests.cli.running import Cli
from tests.need.records import episodes, recorded, with_record

FEW = ("--paths", "200")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return recorded(tmp_path / "ledger")


# The answer


def test_the_answer_has_every_group_of_five_years_from_the_records_last_month(
    cli: Cli, ledger: Path
) -> None:
    answer = cli("forecast", ledger, *FEW, "--format", "json").document
    assert answer["as_of"] == "2022-03-31"
    assert answer["known"]["children"] == 160
    assert [year["fiscal_year"] for year in answer["years"]] == [2022, 2023, 2024, 2025, 2026]
    assert answer["years"][0]["on"] == "2023-03-31"
    assert set(answer["years"][0]["groups"]) == set(answer["known"]["now"])
    for year in answer["years"]:
        for group in year["groups"].values():
            nested = [end for level in (95, 80, 50) for end in [group[f"interval_{level}"]]]
            assert nested[0][0] <= nested[1][0] <= nested[2][0]
            assert nested[2][1] <= nested[1][1] <= nested[0][1]
            assert str(round(float(group["expected"]), 1)) == group["expected"]
    assert (answer["paths"], answer["seed"], answer["backtest"], answer["scenarios"]) == (
        200,
        1,
        None,
        [],
    )
    assert {"code", "what", "why", "sure", "matters"} == set(answer["assumptions"][0])


def test_day_and_last_year_may_be_given(cli: Cli, ledger: Path) -> None:
    answer = cli(
        "forecast", ledger, *FEW, "--as-of", "令和2年3月31日", "--to", "R3", "--format", "json"
    ).document
    assert [year["fiscal_year"] for year in answer["years"]] == [2020, 2021]
    assert answer["known"]["children"] < 160


def test_the_plans_last_year_counts_where_it_is_later(cli: Cli, tmp_path: Path) -> None:
    def longer(tables: dict[str, list[Row]]) -> None:
        with_record(tables)
        tables["plan"][0]["to_year"] = "2028"

    answer = cli("forecast", write_csv(made(longer), tmp_path), *FEW, "--format", "json").document
    assert answer["years"][-1]["fiscal_year"] == 2028


def test_nothing_later_than_the_day_is_looked_at(cli: Cli, tmp_path: Path) -> None:
    known = [row for row in episodes() if row["started_on"] <= "2020-03-31"]
    for row in known:
        if row.get("ended_on", "") > "2020-03-31":
            del row["ended_on"], row["end_reason"]
    asked = ("--as-of", "2020-03-31", "--to", "2022", *FEW, "--format", "json")
    whole = cli("forecast", recorded(tmp_path / "whole"), *asked)
    then = cli("forecast", recorded(tmp_path / "then", *known), *asked)
    assert whole.document == then.document


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(cli: Cli, ledger: Path) -> None:
    asked = ("forecast", ledger, *FEW, "--format", "json")
    assert cli(*asked).out == cli(*asked, "--seed", "1").out
    other = cli(*asked, "--seed", "2").document
    years = cli(*asked).document["years"]
    assert years != other["years"]
    expected = [[g["expected"] for g in year["groups"].values()] for year in years]
    assert expected == [[g["expected"] for g in y["groups"].values()] for y in other["years"]]


# Tables


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ja", ("令和4年3月31日までの記録による見通し", "児童養護施設(3歳以上)", "80%の幅",
                "令和4年度末", "必要量", "記録にない変化")),
        ("en", ("Forecast from what was known on 2022-03-31", "Children's homes (three and over)",
                "End of FY2022", "Need", "eight times in ten")),
    ],
)  # fmt: skip
def test_tables_show_groups_years_and_intervals(
    lang: str, words: tuple[str, ...], cli: Cli, ledger: Path
) -> None:
    ran = cli("forecast", ledger, *FEW, "--lang", lang)
    assert ran.status == 0
    for word in words:
        assert word in ran.out, word
    assert "乳児院" not in ran.out  # nobody ever lived there


def test_the_record_of_earlier_forecasts_precedes_the_figures(cli: Cli, ledger: Path) -> None:
    ran = cli("forecast", ledger, *FEW, "--backtest")
    assert ran.out.index("過去の見通しの成績") < ran.out.index("令和4年度末")
    answer = cli("forecast", ledger, *FEW, "--backtest", "--format", "json").document["backtest"]
    assert answer["origins"][-1] == "2021-03-31"
    record = answer["groups"]["children_home"]
    assert record["forecasts"] == sum(
        one["groups"]["children_home"]["forecasts"] for one in answer["horizons"]
    )
    assert f"{record['within_80']}%" in ran.out


def test_a_record_too_short_for_a_back_test_is_reported(cli: Cli, ledger: Path) -> None:
    ran = cli("forecast", ledger, *FEW, "--as-of", "2014-06-30", "--backtest")
    assert ran.status == 0, ran.err
    assert "前に5年ある時点がないため、分からない" in ran.out


def test_a_fan_is_drawn_on_one_scale() -> None:
    groups = [
        GroupForecast("50.0", (49, 51), (45, 55), (40, 60)),
        GroupForecast("60.0", (55, 65), (45, 75), (13, 87)),
    ]
    first, second = fan_lines(["令和9年度末", "令和10年度末"], groups)
    assert first.startswith("  令和9年度末    13 ")
    assert second.startswith("  令和10年度末   13 ")
    assert second.endswith(" 87")
    bar = second.removeprefix("  令和10年度末   13 ").removesuffix(" 87")
    assert (len(bar), bar[0], bar[-1], bar.count("┃")) == (48, "░", "░", 1)
    assert bar.index("┃") == round((60 - 13) * 47 / 74)
    assert first.index("░") > second.index("░")


def test_a_fan_of_one_number_is_one_sign() -> None:
    (line,) = fan_lines(["R4"], [GroupForecast("3.0", (3, 3), (3, 3), (3, 3))])
    assert line.split() == ["R4", "3", "┃", "3"]


# Scenarios


def scenario(folder: Path, name: str, change: str) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(f"name: {name}\nfrom: 2022-04\nchanges:\n  - {change}\n", "utf-8")
    return path


def test_scenarios_stand_side_by_side(cli: Cli, ledger: Path, tmp_path: Path) -> None:
    nobody = scenario(tmp_path, "だれも来ない", "{flow: entries, group: all, factor: 0}")
    more = scenario(tmp_path, "多く来る", "{flow: entries, group: all, add: 40}")
    asked = ("forecast", ledger, *FEW, "--scenario", nobody, "--scenario", more)
    answer = cli(*asked, "--format", "json").document
    assert [one["name"] for one in answer["scenarios"]] == ["だれも来ない", "多く来る"]
    expected, less, greater = (
        float(years[-1]["groups"]["all"]["expected"])
        for years in (answer["years"], *(one["years"] for one in answer["scenarios"]))
    )
    assert less < expected < greater
    text = cli(*asked).out
    assert "だれも来ない(80%の幅)" in text
    assert "多く来る(80%の幅)" in text


def test_a_wrong_scenario_is_refused_with_its_line(cli: Cli, ledger: Path, tmp_path: Path) -> None:
    wrong = scenario(tmp_path, "x", "{flow: entries, group: home}")
    ran = cli("forecast", ledger, "--scenario", wrong)
    assert (ran.status, ran.out) == (2, "")
    assert "x.yaml:4 changes[0].group  「home」は使えません" in ran.err
    assert (
        "Correct the scenario." in cli("forecast", ledger, "--scenario", wrong, "--lang", "en").err
    )


def test_two_scenarios_of_one_name_are_refused(cli: Cli, ledger: Path, tmp_path: Path) -> None:
    one = scenario(tmp_path, "同じ", "{flow: entries, group: all, factor: 2}")
    ran = cli("forecast", ledger, "--scenario", one, "--scenario", one)
    assert (ran.status, ran.out) == (2, "")
    assert "「同じ」という場合分けが二つあります" in ran.err


# Files


@pytest.mark.parametrize(("suffix", "begins"), [(".svg", b"<svg"), (".PNG", b"\x89PNG")])
def test_the_chart_is_written_in_the_format_of_its_name(
    suffix: str, begins: bytes, cli: Cli, ledger: Path, tmp_path: Path
) -> None:
    chart = tmp_path / f"図{suffix}"
    ran = cli("forecast", ledger, *FEW, "--chart", chart)
    assert f"書き出しました:{chart}" in ran.err
    assert chart.read_bytes().startswith(begins)


def test_a_chart_of_another_kind_is_refused_before_anything_is_read(
    cli: Cli, tmp_path: Path
) -> None:
    ran = cli("forecast", tmp_path / "none.xlsx", "--chart", tmp_path / "chart.pdf")
    assert ran.status == 2
    assert ".svg か .png" in ran.err


def test_a_name_that_no_font_has_is_refused(cli: Cli, ledger: Path, tmp_path: Path) -> None:
    odd = scenario(tmp_path, "里親🏠", "{flow: entries, group: all, factor: 2}")
    chart = tmp_path / "chart.svg"
    ran = cli("forecast", ledger, *FEW, "--scenario", odd, "--chart", chart)
    assert ran.status == 2
    assert "場合分けの名前" in ran.err
    assert not chart.exists()


def test_the_need_of_the_years_is_written_and_the_plan_takes_it(
    cli: Cli, ledger: Path, tmp_path: Path
) -> None:
    adopted = tmp_path / "adopted"
    asked = ("forecast", ledger, *FEW, "--to", "2023", "-o", adopted)
    middle, high = (cli(*asked, "--quantile", at) for at in (50, 90))
    assert (middle.status, high.status) == (0, 0)
    assert f"書き出しました:{adopted / 'need.csv'}" in high.err
    rows = (adopted / "need.csv").read_text("utf-8-sig").splitlines()[1:]
    cells = [line.split(",") for line in rows]
    assert [row[1:3] for row in cells] == [["2022", "three_and_over"], ["2023", "three_and_over"]]
    assert {row[4] for row in cells} == {"forecast"}
    of_2023 = int(cells[1][3])
    plan = cli("plan", adopted, "--format", "json").document["authority"]["rows"]
    assert [row["need"] for row in plan][-1] == of_2023
    answer = cli(*asked[:-2], "--format", "json").document
    group = answer["years"][-1]["groups"]["three_and_over"]
    assert float(group["expected"]) < of_2023 <= group["interval_95"][1]
    assert cli("review", adopted, "--year", "2022").status == 0


def test_years_that_are_not_forecast_and_those_known_stay(cli: Cli, tmp_path: Path) -> None:
    def known(tables: dict[str, list[Row]]) -> None:
        with_record(tables)
        tables["need"] = [
            {"fiscal_year": "2019", "age_band": "three_and_over", "children": "9"},
            {
                "fiscal_year": "2022",
                "age_band": "three_and_over",
                "children": "8",
                "basis": "actual",
            },
        ]

    ledger = write_csv(made(known), tmp_path / "ledger")
    ran = cli("forecast", ledger, *FEW, "--to", "2023", "-o", tmp_path / "adopted.xlsx")
    assert ran.status == 0, ran.err
    assert "必要量の実績がある年度は、そのままにしました:令和4年度" in ran.err
    cli("convert", tmp_path / "adopted.xlsx", "-o", tmp_path / "csv")
    rows = (tmp_path / "csv" / "need.csv").read_text("utf-8-sig").splitlines()[1:]
    assert [line.strip(",").split(",")[0] for line in rows] == ["2019", "2022", "2023"]


def test_one_of_several_authorities_has_to_be_named_and_the_others_rows_stay(
    cli: Cli, tmp_path: Path
) -> None:
    def two(tables: dict[str, list[Row]]) -> None:
        with_record(tables)
        add("authorities", "990001", authority_code="990019", name="架空市")(tables)
        del tables["plan"], tables["targets"], tables["costs"], tables["occupancy"]
        for row in (*tables["episodes"], *tables["need"]):
            row["authority_code"] = "990001"
        tables["need"] += [row | {"authority_code": "990019"} for row in tables["need"]]

    ledger = write_csv(made(two), tmp_path / "ledger")
    ran = cli("forecast", ledger)
    assert (ran.status, ran.out) == (2, "")
    assert "--authority で団体コードを指定してください" in ran.err
    asked = ("--authority", "990001", *FEW, "--to", "2023", "-o", tmp_path / "adopted")
    ran = cli("forecast", ledger, *asked)
    assert ran.status == 0, ran.err
    rows = (tmp_path / "adopted" / "need.csv").read_text("utf-8-sig").splitlines()[1:]
    assert [line.split(",")[0] for line in rows] == ["990019"] * 4 + ["990001"] * 2
    assert rows[0] == "990019,2022,preschool,5,,"


@pytest.mark.parametrize("output", ["need.pdf", "need.docx"])
def test_a_ledger_of_another_kind_is_refused(output: str, cli: Cli, tmp_path: Path) -> None:
    ran = cli("forecast", tmp_path / "none.xlsx", "-o", tmp_path / output)
    assert ran.status == 2
    assert ".xlsx か、フォルダの名" in ran.err


# What can't be forecast


def child(number: int, **cells: str) -> Row:
    return {"child_code": f"X-{number}", "birth_month": "2010-05", "place": "children_home",
            "started_on": "2021-05-01", **cells}  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        ([], (), "養育の経過が1件もないため"),
        ([child(1)], (), "児童が1人しかいない"),
        (None, ("--as-of", "2009-01-01"), "までに始まった養育の経過がない"),
        (None, ("--as-of", "1990-01-01"), "までに始まった養育の経過がない"),
        (
            None,
            ("--scenario", "/nowhere.yaml"),
            "ファイルを読めません:/nowhere.yaml(見つかりません)",
        ),
        (None, ("--as-of", "2030-03-31", "--to", "2031"), "1年より前"),
        (None, ("--to", "2021"), "先の年度を指定してください"),
        (None, ("--to", "2060"), "先すぎます"),
    ],
    ids=[
        *("no episode", "one child", "before all", "long before all", "no file"),
        *("nothing since", "over", "too far"),
    ],
)
def test_what_cannot_be_forecast_is_reported_and_not_guessed(
    rows: list[Row] | None, options: tuple[str, ...], said: str, cli: Cli, tmp_path: Path
) -> None:
    def record(tables: dict[str, list[Row]]) -> None:
        with_record(tables)
        if rows is not None:
            tables["episodes"] = rows

    ran = cli("forecast", write_csv(made(record), tmp_path), *FEW, *options)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    english = cli("forecast", tmp_path, *FEW, *options, "--lang", "en")
    assert not any("ぁ" <= letter <= "ヿ" for letter in english.err)


@pytest.mark.parametrize(
    "rows",
    [
        [child(1, ended_on="2022-01-31", end_reason="transfer"), child(1, started_on="2021-09-01")],
        [child(2, birth_month="2021-08")],
    ],
    ids=["overlapping episodes", "a start before birth"],
)
def test_a_wrong_record_is_found_by_check_and_the_forecast_says_so(
    rows: list[Row], cli: Cli, tmp_path: Path
) -> None:
    ledger = recorded(tmp_path, *episodes(), *rows)
    assert cli("check", ledger).status == 1
    ran = cli("forecast", ledger, *FEW)
    assert ran.status == 0
    assert "養育の経過に誤りが1件あります。修正するまで、見通しはあてになりません。" in ran.err
    assert "  episodes.csv:" in ran.err


@pytest.mark.parametrize(
    "options",
    [
        ("--paths", "99"),
        ("--paths", "1000001"),
        ("--paths", "many"),
        ("--seed", "-1"),
        ("--quantile", "0"),
        ("--quantile", "100"),
        ("--workers", "0"),
        ("--to", "来年"),
        ("--as-of", "来年"),
    ],
)
def test_numbers_out_of_bounds_are_refused(
    options: tuple[str, str], cli: Cli, ledger: Path
) -> None:
    ran = cli("forecast", ledger, *options)
    assert (ran.status, ran.out) == (2, "")
    assert f"「{options[1]}」" in ran.err


def test_the_answer_is_json_alone_with_every_file_asked_for(
    cli: Cli, ledger: Path, tmp_path: Path
) -> None:
    ran = cli(
        "forecast", ledger, *FEW, "--backtest", "--chart", tmp_path / "a.svg",
        "-o", tmp_path / "b.xlsx", "--format", "json",
    )  # fmt: skip
    assert ran.status == 0
    assert json.loads(ran.out)["backtest"]
