"""Initiatives: what is told of a home's year, and what of the authority's in short."""

from typing import Any

import pytest

from shokibo.answers import plain
from shokibo.planning import outline as planning
from shokibo.texts import Language
from tests.builders import Edit, add, all_of, drop, edit

from .ledgers import ledger_with, outline_of, plan_json, table, year_of

SAID = ("action", "place", "count", "from", "to", "label")
HEADER = "home_id | fiscal_year | action | unit_id | unit_kind | new_function | count | capacity"


def actions(*lines: str) -> Edit:
    """Put actions of the home h in the place of the plan's, from its fiscal year on."""
    return table("actions", "\n".join([HEADER, *(f"h | {line}" for line in lines)]))


def initiatives_of(*edits: Edit, year: int = 2022) -> list[tuple[Any, ...]]:
    """Return what the initiatives of the one home say in a year."""
    home = plan_json(ledger_with(*edits))["homes"][0]
    return said(year_of(home["rows"], year)["initiatives"])


def in_short(*edits: Edit, year: int = 2022) -> list[tuple[Any, ...]]:
    """Return what the authority's initiatives say in a year."""
    rows = plan_json(ledger_with(*edits))["authority"]["rows"]
    return said(year_of(rows, year)["initiatives"])


def said(initiatives: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return what initiatives say, without their words."""
    return [tuple(one[name] for name in SAID) for one in initiatives]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2022 | change_capacity | g1 | | | | 4", ("group_home", 1, 6, 4, "小規模化")),
        ("2022 | change_capacity | m1 | | | | 5", ("main", 1, 6, 5, "小規模化")),
        ("2022 | change_capacity | m1 | | | | 7", ("main", 1, 6, 7, None)),
        ("2022 | open | | community_home | | 2 | 4", ("group_home", 2, None, 4, "地域分散化")),
        ("2022 | open | | other_group_home | | | 4", ("group_home", 1, None, 4, "地域分散化")),
        ("2022 | open | | main_unit | | | 4", ("main", 1, None, 4, None)),
        ("2022 | close | g2 | | | | ", ("group_home", 1, 5, None, None)),
        ("2022 | convert | m2 | | foster_support | | ", ("main", 1, 6, None, None)),
    ],
)
def test_what_an_initiative_says(line: str, expected: tuple[object, ...]) -> None:
    action = line.split("|")[1].strip()
    assert initiatives_of(actions(line)) == [(action, *expected)]
    assert in_short(actions(line)) == [(action, *expected)]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "2022 | change_capacity | m1 | | | | 7",
            "前年度定員6人のユニット1か所を定員7人に引き上げる。",
        ),
        ("2022 | close | g2 | | | | ", "定員5人のグループホーム1か所を廃止する。"),
        (
            "2022 | convert | m2 | | foster_support | | ",
            "定員6人のユニット1か所を転用する(転用後の機能:里親支援)。",
        ),
        ("2022 | open | | main_unit | | | 4", "新たに定員4人のユニットを1か所設置する。"),
    ],
)
def test_the_sentence(line: str, sentence: str) -> None:
    home = plan_json(ledger_with(actions(line)))["homes"][0]
    assert year_of(home["rows"], 2022)["initiatives"][0]["text"] == sentence


def test_a_conversion_to_nothing_known_names_no_function() -> None:
    home = plan_json(ledger_with(actions("2022 | convert | m2 | | | | ")))["homes"][0]
    assert "その他" not in year_of(home["rows"], 2022)["initiatives"][0]["text"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_initiative_can_be_reported(language: Language) -> None:
    everything = actions(
        "2022 | change_capacity | g1 | | | | 4",
        "2022 | change_capacity | g2 | | | | 6",
        "2022 | close | m1 | | | | ",
        "2022 | convert | m2 | | high_care | | ",
        "2022 | open | | community_home | | | 4",
    )
    plan: Any = plain(planning.plan_report(outline_of(ledger_with(everything)), language))
    for part in (*plan["homes"], plan["authority"]):
        initiatives = year_of(part["rows"], 2022)["initiatives"]
        assert len({one["text"] for one in initiatives}) == 5


@pytest.mark.parametrize("announced", ["×", "○", ""])
def test_only_what_is_announced_is_reported(announced: str) -> None:
    change = edit("actions", "g1", announced=announced)
    assert ("change_capacity" in [one[0] for one in initiatives_of(change)]) is (announced != "×")
    assert ("change_capacity" in [one[0] for one in in_short(change)]) is (announced != "×")


def test_a_change_to_the_same_capacity_is_none() -> None:
    assert initiatives_of(actions("2022 | change_capacity | m1 | | | | 6")) == []
    back = ("2022 | change_capacity | m1 | | | | 4", "2022 | change_capacity | m1 | | | | 6")
    assert initiatives_of(actions(*back)) == []


def test_the_places_before_are_those_of_the_year_end_before() -> None:
    lines = ("2021 | change_capacity | m1 | | | | 5", "2022 | change_capacity | m1 | | | | 4")
    assert initiatives_of(actions(*lines)) == [("change_capacity", "main", 1, 5, 4, "小規模化")]


# Units that open


def test_a_unit_changed_in_the_year_it_opens_is_one_opening() -> None:
    lines = (
        "2022 | open | n | community_home | | | 6",
        "2022 | change_capacity | n | | | | 4",
        "2023 | change_capacity | n | | | | 3",
    )
    assert initiatives_of(actions(*lines)) == [("open", "group_home", 1, None, 4, "地域分散化")]
    assert initiatives_of(actions(*lines), year=2023) == [
        ("change_capacity", "group_home", 1, 4, 3, "小規模化")
    ]


@pytest.mark.parametrize(("opening", "count"), [("○", 1), ("×", 0)])
def test_an_opening_is_announced_as_its_own_row_says(opening: str, count: int) -> None:
    rows = table(
        "actions",
        f"""
        home_id | fiscal_year | action          | unit_id | unit_kind      | capacity | announced
        h       | 2022        | open            | n       | community_home | 6        | {opening}
        h       | 2022        | change_capacity | n       |                | 4        |""",
    )
    assert len(initiatives_of(rows)) == count


def test_a_unit_closed_in_the_year_it_opens_is_not_reported() -> None:
    lines = ("2022 | open | n | community_home | | | 6", "2022 | close | n | | | | ")
    assert initiatives_of(actions(*lines)) == []


# Places that are not known


def test_a_change_from_places_that_are_not_known_is_no_reduction() -> None:
    change = all_of(drop("capacities", "m1"), actions("2022 | change_capacity | m1 | | | | 5"))
    assert initiatives_of(change) == [("change_capacity", "main", 1, None, 5, None)]
    assert in_short(change) == [("change_capacity", "main", 1, None, 5, None)]
    for part in plan_json(ledger_with(change))["homes"]:
        assert "引き下げる" not in year_of(part["rows"], 2022)["initiatives"][0]["text"]


@pytest.mark.parametrize("action", ["close", "convert"])
def test_a_unit_whose_places_are_not_known_ends_in_words(action: str) -> None:
    ending = all_of(drop("capacities", "m1"), actions(f"2022 | {action} | m1 | | | | "))
    assert initiatives_of(ending) == [(action, "main", 1, None, None, None)]


# What is reported together


def test_equal_initiatives_of_a_home_are_grouped_in_the_order_of_its_rows() -> None:
    lines = (
        "2022 | convert | m1 | | high_care | | ",
        "2022 | open | | community_home | | 1 | 4",
        "2022 | convert | m2 | | other | | ",
        "2022 | open | | branch_group_care | | 2 | 4",
        "2022 | open | | community_home | | 1 | 5",
    )
    assert initiatives_of(actions(*lines)) == [
        ("convert", "main", 1, 6, None, None),
        ("open", "group_home", 3, None, 4, "地域分散化"),
        ("convert", "main", 1, 6, None, None),
        ("open", "group_home", 1, None, 5, "地域分散化"),
    ]


def test_the_authority_groups_reductions_wherever_they_are() -> None:
    lines = ("2022 | change_capacity | m1 | | | | 5", "2022 | change_capacity | g1 | | | | 5")
    assert in_short(actions(*lines)) == [("change_capacity", "both", 2, 6, 5, "小規模化")]
    lines = ("2022 | change_capacity | m1 | | | | 5", "2022 | change_capacity | g1 | | | | 4")
    assert in_short(actions(*lines)) == [("change_capacity", "both", 2, 6, None, "小規模化")]


def test_the_authority_groups_increases_and_they_are_not_reductions() -> None:
    lines = ("2022 | change_capacity | m1 | | | | 7", "2022 | change_capacity | g2 | | | | 6")
    change = actions(*lines)
    assert in_short(change) == [("change_capacity", "both", 2, None, None, None)]
    rows = plan_json(ledger_with(change))["authority"]["rows"]
    assert year_of(rows, 2022)["initiatives"][0]["text"].endswith("定員引き上げ")


def test_the_authority_keeps_reductions_and_increases_separate() -> None:
    lines = ("2022 | change_capacity | m1 | | | | 7", "2022 | change_capacity | m2 | | | | 5")
    assert in_short(actions(*lines)) == [
        ("change_capacity", "main", 1, 6, 7, None),
        ("change_capacity", "main", 1, 6, 5, "小規模化"),
    ]


def test_the_authority_groups_openings_closings_and_conversions_by_place_in_their_order() -> None:
    lines = (
        "2022 | open | | main_unit | | | 6",
        "2022 | close | m1 | | | | ",
        "2022 | open | | community_home | | | 4",
        "2022 | convert | m2 | | other | | ",
        "2022 | open | | main_unit | | | 4",
        "2022 | close | g1 | | | | ",
    )
    assert in_short(actions(*lines)) == [
        ("open", "main", 2, None, None, None),
        ("close", "main", 1, 6, None, None),
        ("open", "group_home", 1, None, 4, "地域分散化"),
        ("convert", "main", 1, 6, None, None),
        ("close", "group_home", 1, 6, None, None),
    ]


def test_homes_are_distinguished_and_the_authority_adds_them_up() -> None:
    second = all_of(
        add("homes", home_id="k", name="隣園", operator="架空会", authority_code="990001"),
        add(
            "actions",
            home_id="k",
            fiscal_year="2022",
            action="open",
            unit_kind="community_home",
            capacity="4",
        ),
    )
    plan = plan_json(ledger_with(second))
    counts = [
        [one["count"] for one in year_of(home["rows"], 2022)["initiatives"]]
        for home in plan["homes"]
    ]
    assert counts == [[1, 1], [1]]
    assert in_short(second)[1] == ("open", "group_home", 2, None, 4, "地域分散化")
