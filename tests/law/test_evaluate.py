"""What is judged of every unit and home: outcomes, answers, grounds, and the order of rows."""

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from shokibo.answers import plain
from shokibo.law import day_evaluation as answering
from shokibo.law import evaluate as module
from shokibo.law.day_evaluation import day_evaluation
from shokibo.law.evaluate import HOME_RULES, UNIT_RULES, evaluate
from shokibo.law.outcomes import (
    CANNOT_JUDGE,
    FAILED,
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    OUTCOME,
    Rule,
    all_met,
    apply_rules,
    met_if,
)
from shokibo.law.parameters import Law, national_law
from shokibo.ledger.model import ledger_of
from shokibo.texts import Language, Text
from tests.builders import (
    LANGUAGES,
    Edit,
    add,
    drop,
    edit,
    made,
    own_law,
    part_time,
    posting,
    read,
    unit,
)

DAY = dt.date(2022, 4, 1)
REQUIREMENTS = ("REQ_EARLY_RETURN", "REQ_TRAINING", "REQ_LONG_TERM_PLAN")
UNIT_CODES = ["SCOPE_KIND", "SCOPE_CAPACITY", "EXTRA_STAFF", *REQUIREMENTS]
HOME_CODES = [
    *("BACKUP_UNITS", "BACKUP_STAFF", "DUTY_INFORMATION", "DUTY_MANAGEMENT", "DUTY_SUPERVISION"),
    *("DUTY_MENTAL_HEALTH", "DUTY_RELIEF", "DUTY_COMMUNITY", *REQUIREMENTS),
]

Answer = dict[str, Any]


def answers(
    folder: Path,
    *edits: Edit,
    day: dt.date = DAY,
    law: Law | None = None,
    language: Language = "ja",
) -> Answer:
    """Judge the clean ledger with edits."""
    folder.mkdir(exist_ok=True)
    used = law or national_law()
    evaluation = evaluate(read(made(*edits), folder), used, [day])
    answer: Answer = plain(day_evaluation(evaluation, used, day, language))
    return answer


def of_unit(answer: Answer, unit_id: str) -> Answer:
    """Return the judgement of a unit."""
    found: list[Answer] = [one for one in answer["units"] if one["unit_id"] == unit_id]
    assert len(found) == 1
    return found[0]


def outcomes(judged_one: Answer) -> dict[str, str]:
    """Return the outcomes by code."""
    return {reason["code"]: reason["outcome"] for reason in judged_one["reasons"]}


def reason(judged_one: Answer, code: str) -> Answer:
    """Return a reason by its code."""
    found: list[Answer] = [one for one in judged_one["reasons"] if one["code"] == code]
    assert len(found) == 1
    return found[0]


# Outcomes and answers


def test_a_condition_that_is_unknown_cannot_be_judged() -> None:
    frame = pl.DataFrame({"is_so": [True, False, None]})
    reported = frame.select(outcome=met_if(pl.col("is_so")))
    assert reported["outcome"].to_list() == ["met", "not_met", "cannot_judge"]


@pytest.mark.parametrize(
    ("outcomes", "answer"),
    [
        ([MET, MET], True),
        ([MET, NOT_APPLICABLE], True),
        ([NOT_APPLICABLE, NOT_APPLICABLE], True),
        ([MET, CANNOT_JUDGE], None),
        ([MET, FAILED], None),
        ([FAILED, CANNOT_JUDGE], None),
        ([MET, NOT_MET], False),
        ([NOT_MET, CANNOT_JUDGE], False),
        ([FAILED, NOT_MET], False),
        ([NOT_MET, NOT_APPLICABLE], False),
    ],
)
def test_one_rule_not_met_decides_and_one_open_leaves_it_open(
    outcomes: list[pl.Expr], answer: bool | None
) -> None:
    reported = pl.select(*(o.alias(str(n)) for n, o in enumerate(outcomes)))
    assert reported.select(all_met(reported.columns)).item() is answer


def broken(code: str) -> Rule:
    """Return a rule whose expression breaks: it reads a column that is not there."""
    return Rule(code, "scope_kinds", met_if(pl.col("nowhere")), {"met": Text("是", "yes")})


def test_a_rule_that_breaks_has_failed_and_the_others_are_judged() -> None:
    sound = Rule("SOUND", "scope_kinds", met_if(pl.col("is_so")), {})
    frame = pl.LazyFrame({"is_so": [True, False]})
    reported = apply_rules(frame, [sound, broken("BROKEN")], "eligible", 2)
    assert reported["SOUND"].to_list() == ["met", "not_met"]
    assert reported["BROKEN"].to_list() == ["failed", "failed"]
    assert reported["eligible"].to_list() == [None, False]
    assert reported.schema["BROKEN"] == OUTCOME


@pytest.fixture
def with_a_broken_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let REQ_TRAINING of units and DUTY_RELIEF of homes break."""
    for place in (module, answering):
        units = [broken(r.code) if r.code == "REQ_TRAINING" else r for r in UNIT_RULES]
        homes = [broken(r.code) if r.code == "DUTY_RELIEF" else r for r in HOME_RULES]
        monkeypatch.setattr(place, "UNIT_RULES", units)
        monkeypatch.setattr(place, "HOME_RULES", homes)


@pytest.mark.usefixtures("with_a_broken_rule")
def test_a_rule_that_breaks_never_lets_an_addon_pass(tmp_path: Path) -> None:
    reported = answers(tmp_path)
    assert of_unit(reported, "u4")["eligible"] is None
    assert of_unit(reported, "m6")["eligible"] is False
    assert reported["homes"][0]["backup_eligible"] is None
    assert outcomes(of_unit(reported, "u4"))["REQ_TRAINING"] == "failed"
    assert outcomes(of_unit(reported, "u4"))["EXTRA_STAFF"] == "met"
    assert outcomes(reported["homes"][0])["DUTY_RELIEF"] == "failed"


@pytest.mark.usefixtures("with_a_broken_rule")
@pytest.mark.parametrize(
    ("language", "said"), [("ja", "この規則の計算が失敗しました"), ("en", "The rule itself failed")]
)
def test_a_failure_is_reported_as_a_failure(language: Language, said: str, tmp_path: Path) -> None:
    reported = answers(tmp_path, language=language)
    assert reason(of_unit(reported, "u4"), "REQ_TRAINING")["message"].startswith(said)


def test_four_outcomes_stand_side_by_side(tmp_path: Path) -> None:
    reported = answers(
        tmp_path,
        drop("capacities", "b5"),
        drop("confirmations", "training"),
        edit("confirmations", "early_return", result="×"),
    )
    assert outcomes(of_unit(reported, "m6")) == {
        "SCOPE_KIND": "not_met",
        **dict.fromkeys(UNIT_CODES[1:], "not_applicable"),
    }
    of_requirements = dict(zip(REQUIREMENTS, ("not_met", "cannot_judge", "met"), strict=True))
    assert outcomes(of_unit(reported, "u4")) == {
        "SCOPE_KIND": "met",
        "SCOPE_CAPACITY": "not_applicable",
        "EXTRA_STAFF": "met",
        **of_requirements,
    }
    assert outcomes(of_unit(reported, "b5")) == {
        "SCOPE_KIND": "met",
        "SCOPE_CAPACITY": "cannot_judge",
        "EXTRA_STAFF": "cannot_judge",
        **of_requirements,
    }


@pytest.mark.parametrize(
    ("edits", "eligible", "backup"),
    [
        ((), True, True),
        ((drop("confirmations", "training"),), None, None),
        ((edit("confirmations", "training", result="×"),), False, False),
        ((drop("confirmations", "duty_relief"),), True, None),
        ((edit("confirmations", "duty_relief", result="×"),), True, False),
        ((drop("staff", "u-4"),), False, True),
        ((drop("staff", "k-1"),), True, False),
        ((edit("staff", "u-4", employment="part_time"),), None, True),
        ((edit("staff", "k-1", employment="part_time"),), True, None),
        (
            (edit("staff", "u-4", employment="part_time"), drop("confirmations", "training")),
            None,
            None,
        ),
        (
            (
                edit("staff", "u-4", employment="part_time"),
                edit("confirmations", "training", result="×"),
            ),
            False,
            False,
        ),
        ((drop("capacities", "u4"),), None, True),
    ],
)
def test_an_addon_is_granted_refused_or_open(
    edits: tuple[Edit, ...], eligible: bool | None, backup: bool | None, tmp_path: Path
) -> None:
    reported = answers(tmp_path, *edits)
    assert of_unit(reported, "u4")["eligible"] is eligible
    assert reported["homes"][0]["backup_eligible"] is backup


@pytest.mark.parametrize(
    ("closing", "forgetting", "outcome"),
    [
        ((), (), "met"),
        (("u4",), (), "met"),
        (("u4", "b5"), (), "not_met"),
        (("u4",), ("b5",), "cannot_judge"),
        ((), ("b5",), "met"),
    ],
)
def test_a_home_has_a_unit_in_scope_or_not_or_it_is_not_known(
    closing: tuple[str, ...], forgetting: tuple[str, ...], outcome: str, tmp_path: Path
) -> None:
    reported = answers(
        tmp_path,
        *(edit("units", name, closed_on="2022-03-31") for name in closing),
        *(drop("capacities", name) for name in forgetting),
    )
    assert outcomes(reported["homes"][0])["BACKUP_UNITS"] == outcome


# Figures


def test_fte_is_given_for_every_unit_and_unknown_only_if_hours_are_missing(
    tmp_path: Path,
) -> None:
    reported = answers(
        tmp_path, part_time("x", "m6", ""), edit("staff", "u-4", job="other"), drop("staff", "b-5")
    )
    fte = {one["unit_id"]: (one["staff_fte"], one["qualified_fte"]) for one in reported["units"]}
    assert fte == {"m6": (None, None), "u4": ("4.0", "3.0"), "b5": ("4.0", "4.0")}


def test_hours_missing_of_one_who_is_not_qualified_leave_the_qualified_known(
    tmp_path: Path,
) -> None:
    reported = of_unit(answers(tmp_path, part_time("x", "u4", "", job="other")), "u4")
    assert (reported["staff_fte"], reported["qualified_fte"]) == (None, "4.0")
    assert reported["available_extra"] is None


@pytest.mark.parametrize(
    ("hours", "fte"),
    [
        ([("12", "36"), ("5", "30"), ("2", "40")], "4.6"),  # 1/3 + 1/6 + 1/20 = 0.55
        ([("10", "40"), ("7.75", "38.75")], "4.5"),  # 0.25 + 0.2 = 0.45
        ([("15", "40"), ("15", "40")], "4.8"),  # 0.75
        ([("12.99", "38.75"), ("10", "40")], "4.6"),
        ([("2", "40")], "4.1"),  # 0.05
        ([("1.99", "40")], "4.0"),
        ([("1", "30"), ("1", "60")], "4.1"),  # 1/30 + 1/60 = 0.05
    ],
)
def test_hours_of_different_full_times_are_summed_as_fractions_and_rounded_once(
    hours: list[tuple[str, str]], fte: str, tmp_path: Path
) -> None:
    part_timers = [part_time(f"x{n}", "u4", *of) for n, of in enumerate(hours)]
    reported = of_unit(answers(tmp_path, *part_timers), "u4")
    assert (reported["staff_fte"], reported["qualified_fte"]) == (fte, fte)


def test_missing_hours_with_different_full_times_leave_the_sum_unknown(tmp_path: Path) -> None:
    edits = (
        part_time("x", "u4", "13", of="39"),
        part_time("y", "u4", "10"),
        part_time("z", "u4", "", job="other"),
    )
    reported = of_unit(answers(tmp_path, *edits), "u4")
    assert (reported["staff_fte"], reported["qualified_fte"]) == (None, "4.6")


def test_part_timers_of_different_full_times_count_as_qualified_by_themselves(
    tmp_path: Path,
) -> None:
    edits = (part_time("x", "u4", "13", of="39"), part_time("y", "u4", "10", job="other"))
    reported = of_unit(answers(tmp_path, *edits), "u4")
    assert (reported["staff_fte"], reported["qualified_fte"]) == ("4.6", "4.3")


def test_one_in_two_postings_counts_by_hours_in_each_whatever_the_employment(
    tmp_path: Path,
) -> None:
    hours = {"weekly_hours": "24", "full_time_weekly_hours": "40"}
    rest = {"weekly_hours": "16", "full_time_weekly_hours": "40"}
    reported = answers(tmp_path, edit("staff", "u-4", **hours), posting("u-4", "m6", **rest))
    assert of_unit(reported, "u4")["staff_fte"] == "3.6"
    assert of_unit(reported, "m6")["staff_fte"] == "1.4"


@pytest.mark.parametrize(
    ("field", "value", "counts"),
    [
        ("role", "support", False),
        ("role", "backup", False),
        ("started_on", "2022-04-02", False),
        ("started_on", "2022-04-01", True),
        ("ended_on", "2022-03-31", False),
        ("ended_on", "2022-04-01", True),
    ],
)
def test_staff_count_where_they_care_and_are_there_on_the_day(
    field: str, value: str, counts: bool, tmp_path: Path
) -> None:
    reported = of_unit(answers(tmp_path, posting("x", "u4", **{field: value})), "u4")
    assert reported["staff_fte"] == ("5.0" if counts else "4.0")


@pytest.mark.parametrize(
    ("capacity", "staff", "extra", "next_extra"),
    [
        ("4", 3, 0, "加配1人まであと1.0人。"),
        ("4", 4, 1, ""),
        ("5", 4, 1, "加配2人まであと1.0人。"),
        ("6", 6, 3, ""),
        ("6", 9, 3, ""),
        ("7", 9, 0, ""),
    ],
)
def test_what_is_missing_for_one_more_is_reported(
    capacity: str, staff: int, extra: int, next_extra: str, tmp_path: Path
) -> None:
    staffed = [posting(f"x{n}", "x") for n in range(staff)]
    reported = of_unit(answers(tmp_path, unit("x", "community_home", capacity), *staffed), "x")
    assert reported["available_extra"] == extra
    message = reason(reported, "EXTRA_STAFF")["message"]
    assert ("あと" in message) == bool(next_extra)
    assert next_extra in message


def test_an_unknown_is_named_in_words(tmp_path: Path) -> None:
    edits = (drop("capacities", "u4"), edit("staff", "u-4", employment="part_time"))
    ja = answers(tmp_path / "ja", *edits)
    en = answers(tmp_path / "en", *edits, language="en")
    said = [reason(of_unit(reported, "u4"), "EXTRA_STAFF")["message"] for reported in (ja, en)]
    assert said[0].count("不明") == 4  # capacity, staff, qualified, and the word itself
    assert "places unknown, staff unknown, qualified unknown" in said[1]


# Unconfirmed values


def test_a_value_that_no_source_states_is_named_where_it_decided(tmp_path: Path) -> None:
    reported = answers(tmp_path, drop("staff", "b-3", "b-4", "b-5"), drop("capacities", "u4"))
    unconfirmed = {
        one["unit_id"]: reason(one, "EXTRA_STAFF").get("unconfirmed") for one in reported["units"]
    }
    assert unconfirmed == {"m6": None, "u4": None, "b5": ["base_staff"]}
    others = [
        one.get("unconfirmed")
        for judged_one in (*reported["units"], *reported["homes"])
        for one in judged_one["reasons"]
        if one["code"] != "EXTRA_STAFF"
    ]
    assert set(others) == {None}


def test_an_authority_that_confirms_the_base_takes_the_mark_away(tmp_path: Path) -> None:
    law = own_law(tmp_path, "base_staff", "3")
    reported = reason(of_unit(answers(tmp_path, law=law), "u4"), "EXTRA_STAFF")
    assert "unconfirmed" not in reported
    assert "未確認" not in reported["message"]


def test_an_authoritys_own_base_counts(tmp_path: Path) -> None:
    law = own_law(tmp_path, "base_staff", "4")
    reported = answers(tmp_path, law=law)
    extra = {one["unit_id"]: one["available_extra"] for one in reported["units"]}
    assert extra == {"m6": 0, "u4": 0, "b5": 1}


@pytest.mark.parametrize(("qualified", "extra", "outcome"), [(3, 1, "met"), (4, 0, "not_met")])
def test_the_qualified_of_the_base_are_reported_by_kind(
    qualified: int, extra: int, outcome: str, tmp_path: Path
) -> None:
    law = own_law(tmp_path, "base_qualified", f"{{community_home: {qualified}}}")
    reported = answers(tmp_path, law=law)
    assert of_unit(reported, "u4")["available_extra"] == extra
    assert outcomes(of_unit(reported, "u4"))["EXTRA_STAFF"] == outcome
    assert of_unit(reported, "b5")["available_extra"] == 2


@pytest.mark.parametrize(
    ("confirmed", "names"), [(True, ["base_staff"]), (False, ["base_staff", "base_qualified"])]
)
def test_the_qualified_of_the_base_are_named_where_they_are_not_confirmed(
    confirmed: bool, names: list[str], tmp_path: Path
) -> None:
    law = own_law(tmp_path, "base_qualified", "{community_home: 2}", confirmed=confirmed)
    reported = reason(of_unit(answers(tmp_path, law=law), "u4"), "EXTRA_STAFF")
    assert reported["unconfirmed"] == names
    assert "(自治体の値による:架空の値(架空県要綱 第3条))" in reported["message"]
    assert reported["message"].endswith("架空の値)") == (not confirmed)


@pytest.mark.parametrize(
    ("name", "value", "unit_id", "wanted"),
    [
        ("qualified_jobs", "[other]", "u4", {"qualified_fte": "0.0", "eligible": False}),
        ("branch_capacities", "[6]", "b5", {"in_scope": False, "max_extra": 0}),
        ("scope_kinds", "[branch_group_care]", "u4", {"in_scope": False, "eligible": False}),
        ("max_extra", "{4: 2, 5: 1}", "b5", {"max_extra": 1, "available_extra": 1}),
    ],
)
def test_an_authoritys_own_values_decide(
    name: str, value: str, unit_id: str, wanted: Answer, tmp_path: Path
) -> None:
    reported = of_unit(answers(tmp_path, law=own_law(tmp_path, name, value)), unit_id)
    assert {key: reported[key] for key in wanted} == wanted


def test_an_authoritys_own_number_of_backup_workers_decides(tmp_path: Path) -> None:
    reported = answers(tmp_path, law=own_law(tmp_path, "backup_staff", "2"))["homes"][0]
    assert (reported["backup_fte"], reported["backup_eligible"]) == ("1.0", False)


# Days


@pytest.mark.parametrize(
    ("day", "in_force", "at_hand"),
    [
        (dt.date(2019, 3, 31), None, False),
        (dt.date(2019, 4, 1), "子発1004第5号", False),
        (dt.date(2019, 10, 4), "子発1004第5号", False),
        (dt.date(2021, 3, 7), "子発1004第5号", False),
        (dt.date(2021, 3, 8), "子発0308第6号による改正", False),
        (dt.date(2022, 2, 17), "子発0308第6号による改正", False),
        (dt.date(2022, 2, 18), "子発0218第5号による改正", True),
    ],
)
def test_the_text_of_the_day_and_the_text_judged_by_are_reported(
    day: dt.date, in_force: str | None, at_hand: bool, tmp_path: Path
) -> None:
    reported = answers(tmp_path, day=day)
    assert reported["text"] == {
        "in_force": in_force,
        "judged_by": "子発0218第5号による改正",
        "published_on": "2022-02-18",
        "wording_of_the_day_at_hand": at_hand,
    }
    sources = {one["source"] for one in of_unit(reported, "u4")["reasons"]}
    assert all(("当時の条文は未入手" in source) != at_hand for source in sources)


@pytest.mark.parametrize(
    ("day", "language", "source"),
    [
        (DAY, "ja", "子発1004第5号 別紙3(1)(子発0218第5号による改正、令和4年2月18日)"),
        (DAY, "en", "子発1004第5号 別紙3(1) (子発0218第5号による改正, 2022-02-18)"),
        (
            dt.date(2019, 6, 1),
            "ja",
            "子発1004第5号 別紙3(1)(子発0218第5号による改正、令和4年2月18日の条文で判定。"
            "当時の条文は未入手)",
        ),
        (
            dt.date(2019, 6, 1),
            "en",
            "子発1004第5号 別紙3(1) (judged by 子発0218第5号による改正, 2022-02-18; "
            "the wording of the day is not available)",
        ),
    ],
)
def test_a_source_names_article_amendment_and_its_date(
    day: dt.date, language: Language, source: str, tmp_path: Path
) -> None:
    reported = answers(tmp_path, day=day, language=language)
    found = reason(of_unit(reported, "u4"), "EXTRA_STAFF")["source"]
    assert found == source


@pytest.mark.parametrize(
    ("code", "number"), list(zip(REQUIREMENTS, ("(1)", "(2)", "(3)"), strict=True))
)
def test_a_requirement_cites_its_own_number_of_the_article(
    code: str, number: str, tmp_path: Path
) -> None:
    reported = answers(tmp_path)
    for answer in (of_unit(reported, "u4"), reported["homes"][0]):
        assert reason(answer, code)["source"].startswith(f"子発1004第5号 別紙4{number}(子発0218")


def test_an_article_of_an_authority_without_numbers_is_cited_whole(tmp_path: Path) -> None:
    items = "[early_return, training, long_term_plan]"
    reported = answers(tmp_path, law=own_law(tmp_path, "requirements", items))
    assert reason(of_unit(reported, "u4"), "REQ_TRAINING")["source"].startswith("架空県要綱 第3条(")


def test_nothing_is_in_scope_before_the_notification_applies(tmp_path: Path) -> None:
    old = (add("capacities", "u4", effective_from="2010-04-01"),)
    before = of_unit(answers(tmp_path / "before", *old, day=dt.date(2019, 3, 31)), "u4")
    assert (before["in_scope"], before["eligible"], before["max_extra"]) == (False, False, 0)
    assert before["capacity"] == 4
    after = of_unit(answers(tmp_path / "after", *old, day=dt.date(2019, 4, 1)), "u4")
    assert (after["in_scope"], after["max_extra"]) == (True, 1)
    assert after["eligible"] is None  # nothing was confirmed yet


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_filled_in(language: Language, tmp_path: Path) -> None:
    edits = (
        drop("capacities", "b5"),
        drop("confirmations", "training"),
        unit("x", "other_group_home", "4"),
    )
    reported = answers(tmp_path, *edits, language=language)
    for one in (*reported["units"], *reported["homes"]):
        for given in one["reasons"]:
            assert given["message"]
            assert not set("{}") & set(given["message"] + given["source"])


# Rows


def test_rows_come_by_day_and_then_in_the_order_of_the_ledger(tmp_path: Path) -> None:
    ledger = read(
        made(
            add("homes", "架空学園", home_id="a", name="後の園"),
            unit("a1", "community_home", "4", "a"),
            unit("a0", "branch_group_care", "5", "h"),
        ),
        tmp_path,
    )
    days = [dt.date(2023, 4, 1), DAY, DAY]
    evaluation = evaluate(ledger, national_law(), days)
    units = ["m6", "u4", "b5", "a1", "a0"]
    assert evaluation.units["unit_id"].to_list() == units * 2
    assert evaluation.homes["home_id"].to_list() == ["h", "a"] * 2
    assert evaluation.units["as_of"].unique(maintain_order=True).to_list() == [DAY, days[0]]


def test_each_rule_is_a_reason_in_its_order(tmp_path: Path) -> None:
    reported = answers(tmp_path)
    assert [list(outcomes(one)) for one in reported["units"]] == [UNIT_CODES] * 3
    assert [list(outcomes(one)) for one in reported["homes"]] == [HOME_CODES]


@pytest.mark.parametrize(
    ("opened", "closed", "is_there"),
    [
        ("2022-04-01", "", True),
        ("2022-04-02", "", False),
        ("", "2022-04-01", True),
        ("", "2022-03-31", False),
    ],
)
def test_units_and_homes_are_judged_while_they_are_open(
    opened: str, closed: str, is_there: bool, tmp_path: Path
) -> None:
    of_home = answers(tmp_path / "home", edit("homes", "h", opened_on=opened, closed_on=closed))
    assert (len(of_home["units"]), len(of_home["homes"])) == ((3, 1) if is_there else (0, 0))
    one = answers(tmp_path / "unit", edit("units", "u4", opened_on=opened, closed_on=closed))
    assert ("u4" in [reported["unit_id"] for reported in one["units"]]) == is_there


def test_an_empty_ledger_gives_no_row() -> None:
    law = national_law()
    reported = plain(day_evaluation(evaluate(ledger_of({}), law, [DAY]), law, DAY, "ja"))
    assert (reported["units"], reported["homes"]) == ([], [])


def test_a_home_without_unit_or_staff_has_zeros(tmp_path: Path) -> None:
    added = add("homes", "架空学園", home_id="h2", name="架空の園")
    reported = answers(tmp_path, added)["homes"][1]
    assert (reported["backup_fte"], reported["backup_eligible"]) == ("0.0", False)
    assert outcomes(reported)["BACKUP_UNITS"] == "not_met"
    assert outcomes(reported)["DUTY_RELIEF"] == "cannot_judge"


def test_units_come_in_the_order_of_the_ledger_whenever_they_close() -> None:
    closed = [dt.date(2023, 1, day) for day in (3, 1, 4, 2)]
    codes = [f"u{day:%d}" for day in closed]
    homes = pl.DataFrame({"home_id": ["h1"], "name": ["架空"]})
    units = pl.DataFrame({"unit_id": codes, "closed_on": closed}).with_columns(
        home_id=pl.lit("h1"), kind=pl.lit("community_home")
    )
    judged = evaluate(ledger_of({"homes": homes, "units": units}), national_law(), [DAY])
    assert judged.units["unit_id"].to_list() == codes
