"""Two plans side by side: rows, actions, texts and figures, the same from either side."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shokibo.ledger.model import Ledger
from shokibo.planning.comparing import Comparison, Pair, Side, compare
from shokibo.planning.initiatives import sentence
from tests.builders import Edit, add, drop, edit
from tests.reference.generate_plans import random_plan_tables

from .ledgers import in_memory, ledger_with, outline_of

SEEDS = st.integers(0, 10**9)
FEW = settings(max_examples=30, deadline=None)
TEXTS = st.dictionaries(
    st.sampled_from(["趣旨", "経緯", "目標"]),
    st.lists(st.sampled_from(["- 甲", "- 乙", "  - 丙", ""]), max_size=6).map("\n".join),
)


def side(ledger: Ledger, **texts: str) -> Side:
    plan = outline_of(ledger)
    return Side(plan, texts)


def against_the_plan(*edits: Edit) -> Comparison:
    """Hold the small plan against itself with edits."""
    return compare(side(ledger_with()), side(ledger_with(*edits)))


def entries(found: Comparison) -> list[tuple[str, str, str]]:
    """Return the description of each action: what happened, before, after."""
    return [
        (
            one.change,
            sentence(one.before.initiative, "ja") if one.before else "",
            sentence(one.after.initiative, "ja") if one.after else "",
        )
        for one in found.actions
    ]


def fields(found: Comparison) -> dict[tuple[object, ...], tuple[object, object]]:
    """Return what differs, by table, key and column."""
    return {
        (row.table, *row.key, each.column.name): (each.before, each.after)
        for row in found.rows
        for each in row.fields
    }


def figures(found: Comparison, home_id: str | None = None) -> dict[tuple[str, int], Pair]:
    """Return the figures that differ, by measure and year."""
    (part,) = (part for part in found.figures if part.home_id == home_id)
    return {
        (line.measure, year): pair
        for line in part.lines
        for year, pair in zip(part.years, line.pairs, strict=True)
        if pair.differs
    }


# What is said


def test_an_action_that_is_added_is_reported_in_its_sentence_with_its_figures() -> None:
    found = against_the_plan(
        add("actions", home_id="h", fiscal_year="2023", action="close", unit_id="m2")
    )
    assert entries(found) == [("added", "", "定員6人のユニット1か所を廃止する。")]
    assert figures(found, "h")["main_capacity", 2023] == Pair(12, 6)
    assert figures(found)["total", 2023].difference == -6


def test_an_action_that_is_removed_is_reported_as_it_was() -> None:
    assert entries(against_the_plan(drop("actions", "open"))) == [
        ("removed", "新たに定員4人のグループホームを1か所設置する。(地域分散化)", "")
    ]


def test_a_changed_capacity_is_one_change_of_one_action() -> None:
    before = "前年度定員6人のグループホーム1か所を定員4人に引き下げる。(小規模化)"
    after = "前年度定員6人のグループホーム1か所を定員5人に引き下げる。(小規模化)"
    assert entries(against_the_plan(edit("actions", "g1", capacity="5"))) == [
        ("changed", before, after)
    ]


def test_an_action_that_is_put_off_is_one_change_with_both_years() -> None:
    (one,) = against_the_plan(edit("actions", "open", fiscal_year="2023")).actions
    assert one.before is not None
    assert one.after is not None
    assert (one.before.fiscal_year, one.after.fiscal_year) == (2022, 2023)


def test_an_action_without_effect_is_marked() -> None:
    (one,) = against_the_plan(
        add("actions", home_id="h", fiscal_year="2023", action="close", unit_id="none")
    ).actions
    assert one.after is not None
    assert not one.after.effective


@pytest.mark.parametrize(
    ("change", "place", "values"),
    [
        (edit("plan", "2021", to_year="2024"), ("plan", "to_year"), (2023, 2024)),
        (edit("need", "3", children="4"), ("need", 2021, "preschool", "children"), (3, 4)),
        (
            edit("costs", "家賃", amount="1300000"),
            ("costs", 2022, "家賃", "扶助費", "annual", None, "amount"),
            (1200000, 1300000),
        ),
        (edit("homes", "h", name="架空の園"), ("homes", "h", "name"), ("架空学園", "架空の園")),
        (edit("capacities", "m1", capacity="5"), ("units", "h", "m1", "capacity"), (6, 5)),
        (
            add("targets", fiscal_year="2023", item="total", value="20", reason="需要"),
            ("targets", 2023, "total", "value"),
            (None, 20),
        ),
    ],
)
def test_a_row_is_reported_by_its_key_and_columns(
    change: Edit, place: tuple[object, ...], values: tuple[object, object]
) -> None:
    assert fields(against_the_plan(change))[place] == values


def test_a_text_is_reported_line_by_line() -> None:
    ledger = ledger_with()
    found = compare(side(ledger, 趣旨="- 甲\n- 乙"), side(ledger, 趣旨="- 甲\n- 丙"))
    assert [one.lines for one in found.texts] == [
        (("kept", "- 甲"), ("removed", "- 乙"), ("added", "- 丙"))
    ]


def test_a_year_that_only_one_plan_has_has_figures_on_one_side() -> None:
    found = against_the_plan(edit("plan", "2021", to_year="2024"))
    pair = figures(found)["total", 2024]
    assert (pair.before, pair.difference) == (None, None)


def test_money_and_gap_are_compared() -> None:
    found = figures(against_the_plan(edit("costs", "家賃", amount="1300000")))
    assert found["expenditure", 2022].difference == 100_000
    found = figures(against_the_plan(edit("need", "2023", children="30")))
    assert found["gap", 2023].difference == -5


# What holds of every two plans


@FEW
@given(SEEDS, TEXTS)
def test_a_plan_differs_from_itself_in_nothing(seed: int, texts: dict[str, str]) -> None:
    one = side(in_memory(random_plan_tables(seed)), **texts)
    assert not compare(one, one).differs


@FEW
@example(0, 7029, {}, {})
@given(SEEDS, SEEDS, TEXTS, TEXTS)
def test_changing_sides_turns_every_difference(
    first: int, second: int, old: dict[str, str], new: dict[str, str]
) -> None:
    one = side(in_memory(random_plan_tables(first)), **old)
    two = side(in_memory(random_plan_tables(second)), **new)
    assert turned(compare(one, two)) == as_sets(compare(two, one))


def as_sets(found: Comparison) -> tuple[object, ...]:
    """Return the differences without their order."""
    return (
        sorted(map(repr, found.actions)),
        {(row.table, row.key, row.change, frozenset(map(repr, row.fields))) for row in found.rows},
        {(one.section, frozenset(one.lines)) for one in found.texts},
        {(part.home_id, line.measure): line.pairs for part in found.figures for line in part.lines},
    )


OTHER_WAY = {"added": "removed", "removed": "added", "changed": "changed", "kept": "kept"}


def turned(found: Comparison) -> tuple[object, ...]:
    """Return what would differ from the other side, without its order."""
    actions = [replace(one, before=one.after, after=one.before) for one in found.actions]
    return (
        sorted(map(repr, actions)),
        {
            (
                row.table,
                row.key,
                OTHER_WAY[row.change],
                frozenset(repr(replace(f, before=f.after, after=f.before)) for f in row.fields),
            )
            for row in found.rows
        },
        {
            (one.section, frozenset((OTHER_WAY[mark], line) for mark, line in one.lines))
            for one in found.texts
        },
        {
            (part.home_id, line.measure): tuple(Pair(p.after, p.before) for p in line.pairs)
            for part in found.figures
            for line in part.lines
        },
    )
