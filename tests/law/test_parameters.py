"""The parameters of law: dated, sourced, and refused where they are not."""

import datetime as dt
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from shokibo.law.evaluate import HOME_RULES, UNIT_RULES
from shokibo.law.own_file import law_with
from shokibo.law.parameters import Law, ParameterError, national_law
from shokibo.ledger.tables import CONFIRMATION_ITEMS, JOBS, UNIT_KINDS

LAW = national_law()
DATED = [(name, dated) for name, parameter in LAW.parameters.items() for dated in parameter.values]
IDS = [f"{name} {dated.effective_from}" for name, dated in DATED]
FIRST_DAY = dt.date(2019, 4, 1)


# The shipped files


def test_the_shipped_files_are_all_loaded_and_their_names_distinguished() -> None:
    folder = files("shokibo.law") / "parameters"
    shipped = [yaml.safe_load(entry.read_text("utf-8")) for entry in folder.iterdir()]
    names = [name for content in shipped for name in content["parameters"]]
    assert sorted(names) == sorted(LAW.parameters)
    assert len(LAW.texts) == sum(len(content.get("texts", [])) for content in shipped)


@pytest.mark.parametrize(("name", "dated"), DATED, ids=IDS)
def test_every_value_has_a_source(name: str, dated: Any) -> None:  # noqa: ANN401
    assert dated.source.document.strip()
    assert dated.source.article.strip()
    assert str(dated.source) == f"{dated.source.document} {dated.source.article}"
    assert LAW.parameters[name].meaning.ja
    assert LAW.parameters[name].meaning.en


@pytest.mark.parametrize(("name", "dated"), DATED, ids=IDS)
def test_a_value_that_no_source_states_says_how_it_is_known(
    name: str,
    dated: Any,  # noqa: ANN401
) -> None:
    assert name
    if dated.unconfirmed:
        assert dated.note.say("ja")
        assert dated.note.say("en")


BEGINNINGS = {
    "foster_goals": dt.date(2017, 8, 2),
    "protection_warrant_days": dt.date(2025, 6, 1),
}
"""Where it is not the day from which the Notification applies."""


def test_what_no_source_states_is_marked() -> None:
    unconfirmed = {name for name, dated in DATED if dated.unconfirmed}
    assert {"base_staff", "base_qualified", "addressee", "main_unit_most"} <= unconfirmed
    assert not {"scope_kinds", "branch_capacities", "max_extra", "qualified_jobs"} & unconfirmed


@pytest.mark.parametrize("name", LAW.parameters)
def test_nothing_holds_before_the_notification_applies_but_older_goals(name: str) -> None:
    first = BEGINNINGS.get(name, FIRST_DAY)
    assert LAW.at(name, first - dt.timedelta(days=1)) is None
    assert LAW.at(name, first) is not None


@pytest.mark.parametrize(("name", "dated"), DATED, ids=IDS)
def test_a_value_holds_from_its_first_day_to_its_last(
    name: str,
    dated: Any,  # noqa: ANN401
) -> None:
    assert LAW.at(name, dated.effective_from) == dated
    assert LAW.at(name, dated.effective_to or dt.date.max) == dated


@pytest.mark.parametrize("name", LAW.parameters)
@given(data=st.data())
def test_from_then_on_just_one_value_holds_on_every_day(name: str, data: st.DataObject) -> None:
    day = data.draw(st.dates(BEGINNINGS.get(name, FIRST_DAY), dt.date(2199, 12, 31)))
    holding = [
        dated
        for dated in LAW.parameters[name].values
        if dated.effective_from <= day <= (dated.effective_to or dt.date.max)
    ]
    assert [LAW.at(name, day)] == holding


def test_the_values_are_those_of_the_notification() -> None:
    day = dt.date(2022, 4, 1)
    assert LAW.listed("scope_kinds", day) == ["community_home", "branch_group_care"]
    assert LAW.listed("branch_capacities", day) == [4, 5, 6]
    assert LAW.table("max_extra", day) == {4: 1, 5: 2, 6: 3}
    assert LAW.listed("qualified_jobs", day) == ["child_instructor", "childcare_worker"]
    assert LAW.integer("base_staff", day) == 3
    assert LAW.table("base_qualified", day) == {}
    assert LAW.integer("backup_staff", day) == 1


def test_codes_of_the_parameters_are_codes_of_the_ledger() -> None:
    day = dt.date(2022, 4, 1)
    assert set(LAW.listed("scope_kinds", day)) <= set(UNIT_KINDS)
    assert set(LAW.listed("qualified_jobs", day)) <= set(JOBS)
    items = [*LAW.listed("requirements", day), *LAW.listed("backup_duties", day)]
    only_recorded = ["duty_other", "coordination"]
    assert [*items, *only_recorded] == list(CONFIRMATION_ITEMS)


def test_every_rule_cites_and_uses_parameters_that_exist() -> None:
    for rule in (*UNIT_RULES, *HOME_RULES):
        assert {rule.cites, *rule.uses} <= LAW.parameters.keys()


@pytest.mark.parametrize(
    ("day", "addressee"),
    [
        (dt.date(2022, 4, 30), "厚生労働省子ども家庭局家庭福祉課長"),
        (dt.date(2023, 3, 31), "厚生労働省子ども家庭局家庭福祉課長"),
        (dt.date(2023, 4, 1), "こども家庭庁支援局家庭福祉課長"),
    ],
)
def test_the_addressee_changes_with_the_office(day: dt.date, addressee: str) -> None:
    assert LAW.text("addressee", day) == addressee


def test_spans_say_on_which_days_a_value_is_used() -> None:
    spans = LAW.spans("addressee")
    assert [(first, last) for first, last, _ in spans] == [
        (dt.date.min, dt.date(2023, 3, 31)),
        (dt.date(2023, 4, 1), dt.date.max),
    ]
    assert [dated for _, _, dated in spans] == LAW.parameters["addressee"].values


def test_a_parameter_in_two_shipped_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "parameters"
    folder.mkdir()
    own_file(folder, SOUND).rename(folder / "a.yaml")
    own_file(folder, SOUND).rename(folder / "b.yaml")
    monkeypatch.setattr("shokibo.law.parameters.files", lambda _: tmp_path)
    with pytest.raises(ValueError, match="twice: base_staff"):
        national_law.__wrapped__()


def test_a_flaw_of_the_sources_own_files_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "parameters"
    folder.mkdir()
    (folder / "a.yaml").write_text(
        "parameters: {base_staff: {meaning: {ja: 職員, en: staff}, unit: 人, values: []}}", "utf-8"
    )
    monkeypatch.setattr("shokibo.law.parameters.files", lambda _: tmp_path)
    with pytest.raises(ParameterError, match=r"a\.yaml base_staff\.values"):
        national_law.__wrapped__()


# Before the first day


def test_before_its_first_day_a_parameter_is_asked_for_and_gives_its_first_value() -> None:
    day = dt.date(2018, 4, 1)
    assert LAW.integer("base_staff", day) == 3
    assert LAW.listed("branch_capacities", day) == [4, 5, 6]
    assert LAW.table("max_extra", day) == {4: 1, 5: 2, 6: 3}
    assert LAW.text("addressee", day) == "厚生労働省子ども家庭局家庭福祉課長"


def test_a_parameter_of_another_shape_gives_nothing() -> None:
    day = dt.date(2022, 4, 1)
    assert LAW.integer("max_extra", day) is None
    assert LAW.listed("base_staff", day) == []
    assert LAW.table("base_staff", day) == {}


# The Notification's texts


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2018, 4, 1), None),
        (dt.date(2019, 3, 31), None),
        (dt.date(2019, 4, 1), "子発1004第5号"),  # applied from before it was published
        (dt.date(2019, 10, 3), "子発1004第5号"),
        (dt.date(2019, 10, 4), "子発1004第5号"),
        (dt.date(2021, 3, 7), "子発1004第5号"),
        (dt.date(2021, 3, 8), "子発0308第6号による改正"),
        (dt.date(2022, 2, 17), "子発0308第6号による改正"),
        (dt.date(2022, 2, 18), "子発0218第5号による改正"),
        (dt.date(2022, 4, 1), "子発0218第5号による改正"),
    ],
)
def test_the_text_of_a_day_is_the_last_one_published(day: dt.date, name: str | None) -> None:
    text = LAW.text_of(day)
    assert (text.name if text else None) == name


def test_all_is_judged_by_the_latest_text_at_hand() -> None:
    assert LAW.judged_by.name == "子発0218第5号による改正"
    assert [text.at_hand for text in LAW.texts] == [False, False, True]
    published = [text.published_on for text in LAW.texts]
    assert published == sorted(published)


# What the schema refuses


def value(first: str, last: str | None = None, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a value as a file holds it, None leaving a field out."""
    fields = {
        "effective_from": dt.date.fromisoformat(first),
        "effective_to": dt.date.fromisoformat(last) if last else None,
        "published_on": dt.date(2022, 2, 18),
        "value": 4,
        "source": {"document": "条例", "article": "第1条"},
        **changes,
    }
    return {name: field for name, field in fields.items() if field is not None}


def own_file(folder: Path, *values: dict[str, Any], **changes: Any) -> Path:  # noqa: ANN401
    """Write an authority's file that sets base_staff."""
    meaning = {"ja": "基準の職員数", "en": "base staff"}
    parameter = {"meaning": meaning, "values": list(values), **changes}
    path = folder / "own.yaml"
    path.write_text(yaml.safe_dump({"parameters": {"base_staff": parameter}}, allow_unicode=True))
    return path


SOUND = value("2019-04-01")
REFUSED: dict[str, tuple[dict[str, Any], ...]] = {
    "overlap": (value("2019-04-01", "2022-04-01"), value("2022-04-01")),
    "overlap of an open end": (value("2019-04-01"), value("2022-04-01")),
    "gap": (value("2019-04-01", "2022-03-30"), value("2022-04-01")),
    "wrong order": (value("2022-04-01"), value("2019-04-01", "2022-03-31")),
    "an end before the beginning": (
        value("2019-04-01", "2019-03-31"),
        value("2019-04-01"),
    ),
    "nothing at the end": (value("2019-04-01", "2022-03-31"),),
    "no value at all": (),
    "no source": (value("2019-04-01", source=None),),
    "a blank document": (value("2019-04-01", source={"document": " ", "article": "第1条"}),),
    "a blank article": (value("2019-04-01", source={"document": "条例", "article": ""}),),
    "a source without an article": (value("2019-04-01", source={"document": "条例"}),),
    "unconfirmed without a note": (value("2019-04-01", unconfirmed=True),),
    "a note in one language": (value("2019-04-01", unconfirmed=True, note={"ja": "推定"}),),
    "an unknown field": (value("2019-04-01", ground="第1条"),),
    "an unknown field of the source": (
        value("2019-04-01", source={"document": "条例", "article": "第1条", "page": 1}),
    ),
    "no first day": (value("2019-04-01", effective_from=None),),
    "no day of publication": (value("2019-04-01", published_on=None),),
    "no value in it": (value("2019-04-01", value=None),),
    "a day in words": (value("2019-04-01", effective_from="平成31年4月1日"),),
    "an overlap of a far end": (value("2019-04-01", "9999-12-31"), value("2022-04-01")),
    "a float": (value("2019-04-01", value=3.5),),
    "yes": (value("2019-04-01", value=True),),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_breaks_the_schema_is_refused_by_name(tmp_path: Path, what: str) -> None:
    path = own_file(tmp_path, *REFUSED[what])
    with pytest.raises(ParameterError, match=r"^own\.yaml:\d+ parameters\.base_staff") as refusal:
        law_with(path)
    assert "`" not in refusal.value.message("ja")  # no word of a library


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ("overlap", "own.yaml:14 parameters.base_staff.values[1].effective_from  2022-04-01に"),
        ("gap", "values[1].effective_from  2022-03-31から2022-04-01の前の日まで、値が"),
        ("an end before the beginning", "values[0].effective_to  2019-04-01からの値の終わり"),
        ("nothing at the end", "values[0].effective_to  2022-03-31の後の値がありません"),
        ("a blank document", "values[0].source  2019-04-01からの値に出典がありません"),
        ("unconfirmed without a note", "values[0].unconfirmed  2019-04-01からの値は未確認"),
        ("an unknown field", "「ground」という項目はありません。使えるのは effective_from、"),
        ("a day in words", "values[0].effective_from  日付を 2022-04-01 の形で"),
        ("a float", "values[0].value  この値は使えません。整数、文字、その並び、表の"),
        ("yes", "values[0].value  「True」は使えません。整数を書いてください。"),
        ("no source", "own.yaml:7 parameters.base_staff.values[0].source  source がありません"),
    ],
)
def test_a_refusal_names_the_parameter_and_the_day(tmp_path: Path, what: str, named: str) -> None:
    with pytest.raises(ParameterError) as refusal:
        law_with(own_file(tmp_path, *REFUSED[what]))
    assert named in refusal.value.message("ja")


@pytest.mark.parametrize("first", ["2019-02-29", "2022-04-31", "2022-13-01"])
def test_a_day_that_the_calendar_does_not_have_is_refused(tmp_path: Path, first: str) -> None:
    path = own_file(tmp_path, SOUND)
    path.write_text(path.read_text("utf-8").replace("2019-04-01", first), "utf-8")
    assert f"effective_from: {first}\n" in path.read_text("utf-8")
    with pytest.raises(ParameterError, match=r"own\.yaml:\d+  There is no day"):
        law_with(path)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "- 1",
        "parameters",
        "parameters: 1",
        "parameters: {x: 1}",
        "a: [",
        "\t",
        "x: {}",
        "&a [*a]",
        "{parameters: {[a]: 1}}",
        "parameters: {base_staff: !!python/name:os.system}",
    ],
)
def test_a_file_that_is_none_of_parameters_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(ParameterError, match=r"own\.yaml"):
        law_with(path)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: None,
        Path.mkdir,
        lambda path: path.write_bytes(b"\xff\xfe"),
        lambda path: path.write_bytes(b"parameters: \x00"),
    ],
    ids=["missing", "folder", "no UTF-8", "NUL"],
)
def test_a_file_that_can_t_be_read_is_refused(
    tmp_path: Path, make: Callable[[Path], object]
) -> None:
    path = tmp_path / "own.yaml"
    make(path)
    with pytest.raises(ParameterError, match=r"own\.yaml"):
        law_with(path)


def test_a_parameter_given_twice_is_refused(tmp_path: Path) -> None:
    path = own_file(tmp_path, SOUND)
    lines = path.read_text("utf-8")
    path.write_text(lines + lines.removeprefix("parameters:\n"), "utf-8")
    with pytest.raises(ParameterError, match=r"own\.yaml:\d+  base_staff occurs twice"):
        law_with(path)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("base_staff", "三"),
        ("base_staff", [3]),
        ("max_extra", 3),
        ("max_extra", [1, 2, 3]),
        ("branch_capacities", 4),
        ("branch_capacities", {4: 1}),
        ("branch_capacities", ["四"]),
        ("scope_kinds", ["地域小規模"]),
        ("qualified_jobs", "childcare_worker"),
        ("base_qualified", 2),
        ("base_qualified", {"地域小規模": 2}),
        ("base_staff", -1),
    ],
)
def test_a_value_of_another_shape_than_the_nation_s_is_refused(
    tmp_path: Path,
    name: str,
    wrong: Any,  # noqa: ANN401
) -> None:
    path = own_file(tmp_path, value("2019-04-01", value=wrong))
    path.write_text(path.read_text("utf-8").replace("base_staff", name), "utf-8")
    with pytest.raises(ParameterError, match=name):
        law_with(path)


# An authority's own file


def test_without_a_file_the_law_is_the_nation_s() -> None:
    assert law_with(None) is national_law()


def test_an_authority_s_file_is_laid_over_the_nation_s(tmp_path: Path) -> None:
    path = own_file(
        tmp_path, value("2019-04-01", "2022-03-31", value=3), value("2022-04-01", value=4)
    )
    law = law_with(path)
    assert law.integer("base_staff", dt.date(2022, 3, 31)) == 3
    assert law.integer("base_staff", dt.date(2022, 4, 1)) == 4
    assert str(law.parameters["base_staff"].values[1].source) == "条例 第1条"
    others = law.parameters.keys() - {"base_staff"}
    assert all(law.parameters[name] is LAW.parameters[name] for name in others)
    assert law.texts == LAW.texts
    assert national_law().integer("base_staff", dt.date(2022, 4, 1)) == 3


def test_an_authority_s_file_may_be_unconfirmed_with_a_note(tmp_path: Path) -> None:
    note = {"ja": "前例による", "en": "by precedent"}
    path = own_file(tmp_path, value("2019-04-01", unconfirmed=True, note=note))
    dated = law_with(path).at("base_staff", FIRST_DAY)
    assert dated is not None
    assert dated.unconfirmed
    assert dated.note is not None
    assert dated.note.say("en") == "by precedent"


def test_unknown_names_are_refused(tmp_path: Path) -> None:
    path = own_file(tmp_path, SOUND)
    path.write_text(path.read_text("utf-8").replace("base_staff", "base_staf"), "utf-8")
    with pytest.raises(ParameterError, match=r"own\.yaml:\d+ parameters\.base_staf  There is no"):
        law_with(path)


def test_a_law_is_never_changed_by_asking_it() -> None:
    before = {name: LAW.parameters[name] for name in LAW.parameters}
    law_with(None).table("max_extra", FIRST_DAY)
    assert Law(before, LAW.texts) == national_law()
