"""Whatever differs between two plans has its words: every column, and any two plans."""

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from shokibo.ledger.plain_rows import ledger_from_plain_rows, plain_rows
from shokibo.planning.comparing import compare
from shokibo.web.planning.contents import TABLES
from shokibo.web.planning.versions.comparing import in_figures, in_words
from tests.builders import Edit, Row, edit
from tests.planning.ledgers import in_memory, ledger_with
from tests.planning.test_comparing import side
from tests.reference.generate_plans import random_plan_tables

SEEDS = st.integers(0, 10**9)


@given(SEEDS, SEEDS)
@settings(max_examples=20, deadline=None)
def test_any_two_plans_are_compared_in_words(one: int, other: int) -> None:
    before, after = (in_memory(random_plan_tables(seed)) for seed in (one, other))
    found = compare(side(before), side(after))
    for language in ("ja", "en"):
        with translation.override(language):
            assert bool(in_words(found)) >= bool(found.rows)
            in_figures(found, all_rows=True)


def test_a_corrected_capacity_of_the_baseline_is_shown_under_its_header() -> None:
    corrected = ledger_with(edit("capacities", "g1", capacity="5"))
    (units,) = [
        said
        for heading, said in in_words(compare(side(ledger_with()), side(corrected)))
        if heading == "生活単位"
    ]
    assert [one.lines for one in units] == [(("定員", "6", "5"),)]


RATE = {"fiscal_year": "2022", "age_band": "school_age", "in_care_per_10000": "14.00"}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            [{"fiscal_year": "2022", "age_band": "school_age", "children": "97700"}],
            [{"fiscal_year": "2022", "age_band": "school_age", "children": "98100"}],
            ("児童人口", "令和4年度 学童期以降", "変更", (("児童人口", "97,700", "98,100"),)),
        ),
        (
            [RATE | {"foster_rate": "22.5"}],
            [RATE | {"foster_rate": "25"}],
            ("代替養育の率", "令和4年度 学童期以降", "変更", (("里親等委託率(%)", "22.5", "25"),)),
        ),
        (
            [],
            [RATE | {"foster_rate": "25", "source": "架空統計"}],
            (
                "代替養育の率",
                "令和4年度 学童期以降",
                "追加",
                (
                    ("代替養育率(1万人あたり)", "", "14.00"),
                    ("里親等委託率(%)", "", "25"),
                    ("出典", "", "架空統計"),
                ),
            ),
        ),
    ],
    ids=["population", "rate", "a new rate"],
)
def test_population_and_rates_that_differ_are_shown_under_their_headers(
    before: list[Row], after: list[Row], words: tuple[object, ...]
) -> None:
    table = "population" if "children" in after[0] else "care_rates"

    def holding(rows: list[Row]) -> Edit:
        return lambda tables: tables.update({table: rows})

    one, other = (ledger_with(holding(rows)) for rows in (before, after))
    ((heading, (change,)),) = in_words(compare(side(one), side(other)))
    assert (heading, change.subject, change.label, change.lines) == words


def test_rows_of_an_older_program_are_compared() -> None:
    rows = plain_rows(ledger_with(), TABLES)
    older = {name: table for name, table in rows.items() if name not in ("costs", "occupancy")}
    older["plan"] = [{k: v for k, v in row.items() if k != "goal_year"} for row in older["plan"]]
    older["units"] = [{**row, "gone": "1"} for row in older["units"]]
    found = compare(
        side(ledger_from_plain_rows({**older, "gone": [{"a": 1}]})), side(ledger_with())
    )
    assert "計画" in dict(in_words(found))
