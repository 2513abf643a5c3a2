"""Scenarios as files: what is read, and how each mistake is named with its line."""

import datetime as dt
from pathlib import Path

import pytest

from shokibo.need.scenario_files import ScenarioError, read_scenario
from shokibo.need.scenarios import Change, Scenario
from shokibo.yaml_files import LARGEST

HEAD = "name: 里親を増やす\nfrom: 2023-04\n"
ONE = f"{HEAD}changes:\n  - {{flow: entries, group: foster, factor: 2}}\n"


def read(folder: Path, text: str) -> Scenario:
    path = folder / "more.yaml"
    path.write_text(text, "utf-8")
    return read_scenario(path)


def test_a_scenario_is_read_with_all_its_changes(tmp_path: Path) -> None:
    text = (
        f"{HEAD}changes:\n"
        "  - {flow: moves, group: in_homes, to: foster, add: 6}\n"
        "  - flow: exits\n    group: all\n    factor: 0.8\n"
    )
    assert read(tmp_path, text) == Scenario(
        "里親を増やす",
        dt.date(2023, 4, 1),
        (Change("moves", "in_homes", "foster", 1.0, 6.0), Change("exits", "all", None, 0.8, 0.0)),
    )


@pytest.mark.parametrize("month", ["2023-04", "2023-04-01", "2023-04-18", "令和5年4月", "R5.4"])
def test_a_month_may_be_written_in_any_form(month: str, tmp_path: Path) -> None:
    assert read(tmp_path, ONE.replace("2023-04", month)).from_month == dt.date(2023, 4, 1)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, f"\ufeff{ONE}").name == "里親を増やす"


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("", "more.yaml:1  ", "「項目: 値」の形"),
        ("- 一\n- 二", "more.yaml:1  ", "「項目: 値」の形"),
        ("name: [", "more.yaml:1  ", "YAMLとして読めません"),
        ("name: a\n\tb: c", "more.yaml:2  ", "YAMLとして読めません"),
        ("name: \x00", "more.yaml  ", "YAMLとして読めません"),
        (ONE.replace("name", "title"), "more.yaml:1 title  ", "使えるのは name、from、changes"),
        (ONE.replace("from: 2023-04", ""), "more.yaml:1 from  ", "from がありません"),
        (ONE.replace("2023-04", "来年"), "more.yaml:2 from  ", "「来年」は月として読めません"),
        (ONE.replace("2023-04", "2023-13"), "more.yaml:2 from  ", "「2023-13」は月として"),
        (ONE.replace("2023-04", "[2023-04]"), "more.yaml:2 from  ", "日付を"),
        (ONE.replace("里親を増やす", "' '"), "more.yaml:1 name  ", "name(場合分けの名前)"),
        (ONE.replace("里親を増やす", "{a: b}"), "more.yaml:1 name  ", "文字を一つだけ"),
        (HEAD, "more.yaml:1 changes  ", "一つ以上"),
        (f"{HEAD}changes: 減る", "more.yaml:3 changes  ", "「- 」で始まる行"),
        (f"{HEAD}changes:\n- 減る", "more.yaml:4 changes[0]  ", "「項目: 値」の形"),
        (
            ONE.replace("entries", "births"),
            "more.yaml:4 changes[0].flow  ",
            "「births」は使えません。使えるのは entries、exits、moves です。",
        ),
        (ONE.replace("group: foster", "group: 里親"), "more.yaml:4 changes[0].group  ", "in_homes"),
        (ONE.replace("foster,", "foster, to: home,"), "more.yaml:4 changes[0].to  ", "「home」"),
        (ONE.replace("foster,", "foster, to: other,"), "more.yaml:4 changes[0].to  ", "moves の"),
        (ONE.replace("factor", "factr"), "more.yaml:4 changes[0].factr  ", "flow、group、to"),
        (ONE.replace("flow: entries, ", ""), "more.yaml:4 changes[0].flow  ", "flow がありません"),
        (ONE.replace("factor: 2", "factor: 二"), "more.yaml:4 changes[0].factor  ", "数を書いて"),
        (ONE.replace("factor: 2", "factor: -1"), "more.yaml:4 changes[0].factor  ", "0以上"),
        (ONE.replace("factor: 2", "factor: inf"), "more.yaml:4 changes[0].factor  ", "0以上"),
        (ONE.replace("factor: 2", "factor: nan"), "more.yaml:4 changes[0].factor  ", "0以上"),
        (ONE.replace("factor: 2", "add: -inf"), "more.yaml:4 changes[0].add  ", "数を書いて"),
        (ONE.replace("factor: 2", "factor: 1"), "more.yaml:4 changes[0]  ", "add(年に何人)"),
        ("#" * (LARGEST + 1), "more.yaml  ", "大きすぎます"),
    ],
)
def test_a_mistake_is_reported_with_its_line(
    text: str, place: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, text)
    message = caught.value.message("ja")
    assert message.startswith(place)
    assert said in message
    english = caught.value.message("en")
    assert english.startswith(place)
    assert not any("ぁ" <= letter <= "ヿ" for letter in english)


def test_a_file_that_is_not_there_or_no_text_is_reported(tmp_path: Path) -> None:
    with pytest.raises(
        ScenarioError, match=r"^none.yaml  The file can't be read: .*none.yaml \(not found\)$"
    ):
        read_scenario(tmp_path / "none.yaml")
    (tmp_path / "sjis.yaml").write_bytes("name: 里親".encode("shift_jis"))
    with pytest.raises(ScenarioError, match=r"^sjis.yaml  It is not UTF-8 text; save it as UTF-8"):
        read_scenario(tmp_path / "sjis.yaml")
