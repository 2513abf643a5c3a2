"""The four heads of support: what counts in which year, of which home, and what is not known."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shokibo.answers import plain
from shokibo.documents.plan.figures import figures
from shokibo.documents.support import support_document
from shokibo.ledger.support_tables import (
    COMMUNITY_KINDS,
    HOUSING_STATES,
    QUALITY_KINDS,
    SUPPORT_DUTIES,
)
from shokibo.planning.plan import Plan
from shokibo.planning.support.measures import MEASURES
from shokibo.planning.support.report import Support, support, support_together
from shokibo.texts import Language
from tests.builders import Edit, add, drop
from tests.reference import support as reference
from tests.reference.judge import Row, Tables

from .ledgers import in_memory, ledger_with, outline_of, table, tables_with

OF_PLAN = ("openings", "staff_needed")


def report(*edits: Edit, year: int = 2022, language: Language = "ja") -> Support:
    ledger = ledger_with(*edits)
    return support(ledger, outline_of(ledger), year, language)


def values(found: Support, home_id: str | None = "") -> dict[str, tuple[int | None, int | None]]:
    """Return the year and the year before by measure: of a home, or ("") of all together."""
    parts = [
        head.together
        if home_id == ""
        else next(one.figures for one in head.homes if one.home_id == home_id)
        for head in found.heads
    ]
    return {one.measure: (one.this_year, one.last_year) for part in parts for one in part}


def training(day: str, **cells: str) -> Edit:
    given = {"training_id": f"t{day}", "home_id": "h", "title": "架空", "purpose": "other"}
    return add("trainings", "", **{**given, "held_on": day, "participants": "3", **cells})


def lead(name: str, state: str, on: str, **cells: str) -> Edit:
    given = {"lead_id": name, "found_on": "2021-06-01", "source": "agent", "area": "架空町"}
    return add("housing", "", **{**given, "state": state, "state_on": on, **cells})


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        ("2021-03-31", (0, 0)),
        ("2021-04-01", (0, 1)),
        ("2022-03-31", (0, 1)),
        ("2022-04-01", (1, 0)),
        ("2023-03-31", (1, 0)),
        ("2023-04-01", (0, 0)),
    ],
)
def test_a_record_counts_in_the_fiscal_year_of_its_day(day: str, counted: tuple[int, int]) -> None:
    assert values(report(training(day)))["trainings"] == counted


def test_nothing_recorded_is_zero_of_a_count_and_unknown_of_an_amount() -> None:
    found = values(report())
    for one in MEASURES:
        if one.name not in OF_PLAN:
            assert found[one.name] == ((0, 0) if one.is_counted else (None, None)), one.name


def test_a_blank_cost_is_not_in_the_sum_and_is_noted() -> None:
    found = report(training("2022-05-01", cost="500", subsidised="1"), training("2022-06-01"))
    assert values(found)["training_cost"] == (500, None)
    assert values(found)["subsidised_cost"] == (500, None)
    assert "費用が空欄の研修が1件あり、研修費に含めていません。" in found.notes
    assert values(report(training("2022-05-01")))["training_cost"] == (None, None)


@pytest.mark.parametrize(
    ("state", "on", "in_hand"),
    [
        ("offered", "2021-06-01", (1, 1)),
        ("contracted", "2022-04-01", (1, 1)),
        ("opened", "2023-04-01", (1, 1)),
        ("opened", "2023-03-31", (0, 1)),
        ("dropped", "2022-04-01", (0, 1)),
        ("dropped", "2022-03-31", (0, 0)),
    ],
)
def test_a_lead_is_in_hand_until_it_opens_or_is_dropped(
    state: str, on: str, in_hand: tuple[int, int]
) -> None:
    # another lead, so that the record reaches the years after
    other = lead("other", "offered", "2023-05-01", found_on="2023-05-01")
    assert values(report(lead("a", state, on), other))["leads_in_hand"] == in_hand


def test_initial_costs_are_what_is_known_of_the_leads_that_opened() -> None:
    found = report(
        lead("a", "opened", "2022-05-01", initial_cost="10", equipment_cost="20"),
        lead("b", "opened", "2022-05-02"),
        lead("c", "contracted", "2022-05-02", initial_cost="1000"),
    )
    assert values(found)["lead_costs"] == (30, None)
    assert any(
        note.startswith("金額のすべてが分かってはいない開設した物件が2件") for note in found.notes
    )


def test_what_belongs_to_no_home_is_listed_separately_and_counted_in() -> None:
    of_home = {"held_on": "2022-05-01", "kind": "event", "what": "架空", "home_id": "h"}
    own = {"held_on": "2022-05-01", "kind": "publicity", "what": "架空", "participants": "7"}
    found = report(add("community", "", **of_home), add("community", "", **own))
    assert [home.home_id for home in found.heads[0].homes] == ["h", None]
    assert values(found)["community"] == (2, 0)
    assert values(found, None)["community_publicity"] == (1, 0)
    assert values(found, "h")["community_participants"] == (None, None)
    assert values(found)["community_participants"] == (7, None)


FAMILIES = table(
    "family_support",
    """
    home_id | fiscal_year | supported | returned_home | to_foster | to_adoption
    h       | 2022        | 9         | 4             | 3         | 2""",
)
EPISODES = table(
    "episodes",
    """
    child_code | birth_month | place         | started_on | ended_on   | end_reason  | home_id
    C-1        | 2010-05     | children_home | 2019-05-01 | 2022-03-31 | return_home | h
    C-2        | 2010-05     | children_home | 2019-05-01 | 2022-04-01 | return_home | h
    C-3        | 2010-05     | children_home | 2019-05-01 | 2023-03-31 | foster      | h
    C-4        | 2010-05     | children_home | 2019-05-01 |            |             | h""",
)


def test_children_who_left_are_counted_from_episodes_and_else_from_the_row() -> None:
    of_row = values(report(FAMILIES))
    assert [of_row[name][0] for name in ("supported", *reference.OUTCOMES)] == [9, 4, 3, 2]
    counted = report(FAMILIES, EPISODES)
    found = values(counted)
    assert found["supported"] == (9, None)
    assert found["returned_home"] == (1, 1)
    assert (found["to_foster"], found["to_adoption"]) == ((1, 0), (0, 0))
    assert any("養育の経過" in note for note in counted.notes)


def test_the_plan_gives_openings_and_staff_in_its_own_years() -> None:
    found = values(report())
    assert (found["openings"], found["staff_needed"]) == ((1, 0), (14, 12))
    after = report(year=2024)
    assert values(after)["openings"] == (None, 0)
    assert after.notes[0].startswith("計画の年度ではない")
    without = support(ledger_with(drop("plan")), None, 2022, "en")
    assert values(without)["openings"] == (None, None)
    assert without.notes[0].startswith("This is not a year of the plan")


def test_the_workbook_and_the_review_say_the_same() -> None:
    ledger = ledger_with(training("2022-05-01", cost="500"), lead("a", "offered", "2021-06-01"))
    plan = outline_of(ledger)
    found = support(ledger, plan, 2022, "ja")
    assert [plain(one.figures) for one in support_together(ledger, plan, 2022, "ja")] == [
        plain(head.together) for head in found.heads
    ]
    document = support_document(found, ledger, "ja")
    cells = [cell.text for block in document.blocks for row in block.rows for cell in row]  # type: ignore[union-attr]
    assert "500円" in cells
    assert document.title == "架空県令和4年度の支援の状況"


def test_texts_may_name_the_sums_of_the_plans_years() -> None:
    ledger = ledger_with(
        training("2022-05-01", cost="1999", external="1"), training("2023-05-01"), FAMILIES
    )
    named = figures(outline_of(ledger))
    assert named["研修.令和4年度"] == "1"
    assert named["研修.令和3年度"] == "0"
    assert named["研修費.令和4年度"] == "1"  # thousand yen, floored
    assert "研修費.令和5年度" not in named
    assert named["必要職員.令和4年度"] == "14"
    assert named["家庭復帰.令和4年度"] == "4"


# The same by a second road


def random_records(seed: int) -> Tables:
    """Return the small plan with random records around two fiscal years, of two homes and none."""
    dice = Random(seed)
    tables: dict[str, list[Row]] = {
        name: [dict(row) for row in rows] for name, rows in tables_with().items()
    }
    tables["homes"].append({**tables["homes"][0], "home_id": "k", "name": "架空寮"})

    def day() -> str:
        return (date(2021, 3, 20) + timedelta(days=dice.choice((0, 12, 200, 376, 377, 500, 741)))
                + timedelta(days=dice.randint(-1, 1))).isoformat()  # fmt: skip

    def maybe(value: object) -> str | None:
        return dice.choice((None, str(value)))

    def records(most: int = 6) -> range:
        return range(dice.randint(0, most))

    def home() -> str | None:
        return dice.choice(("h", "k", None))

    tables["housing"] = [
        {
            "lead_id": f"l{number}",
            "found_on": day(),
            "source": "agent",
            "area": "架空町",
            "home_id": home(),
            "state": dice.choice([*HOUSING_STATES]),
            "state_on": day(),
            "initial_cost": maybe(number),
            "conversion_cost": maybe(7),
        }
        for number in records()
    ]
    tables["trainings"] = [
        {
            "training_id": f"t{number}",
            "home_id": dice.choice("hk"),
            "held_on": day(),
            "title": "架空",
            "purpose": "other",
            "participants": str(number),
            "external": maybe(1),
            "cost": maybe(100 * number),
            "subsidised": maybe(1),
        }
        for number in records()
    ]
    tables["support_log"] = [
        {
            "home_id": dice.choice("hk"),
            "done_on": day(),
            "by": "head",
            "duty": dice.choice([*SUPPORT_DUTIES]),
            "minutes": maybe(30),
        }
        for _ in records()
    ]
    tables["quality"] = [
        {
            "home_id": dice.choice("hk"),
            "done_on": day(),
            "kind": dice.choice([*QUALITY_KINDS]),
            "published_on": dice.choice((None, day())),
        }
        for _ in records()
    ]
    tables["community"] = [
        {
            "held_on": day(),
            "home_id": home(),
            "what": "架空",
            "kind": dice.choice([*COMMUNITY_KINDS]),
            "participants": maybe(4),
        }
        for _ in records()
    ]
    of_years = [(of, year) for of in "hk" for year in (2021, 2022) if dice.random() < 0.6]
    tables["hiring"] = [
        {"home_id": of, "fiscal_year": str(year), "planned": maybe(3), "hired": maybe(2)}
        for of, year in of_years
    ]
    tables["family_support"] = [
        {"home_id": of, "fiscal_year": str(year), "supported": maybe(9), "to_foster": maybe(1)}
        for of, year in of_years
    ]
    tables["episodes"] = [
        {
            "child_code": f"C-{number}",
            "birth_month": "2010-05",
            "place": "children_home",
            "started_on": "2020-05-01",
            "ended_on": day(),
            "home_id": dice.choice("hk"),
            "end_reason": dice.choice([*reference.OUTCOMES.values(), "other"]),
        }
        for number in records(4)
    ]
    return tables


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_random_records_are_counted_as_one_by_one(seed: int) -> None:
    tables = random_records(seed)
    ledger = in_memory(tables)
    plan: Plan | None = None
    found = support(ledger, plan, 2022, "ja")
    of_homes = {home.home_id: values(found, home.home_id) for home in found.heads[0].homes}
    for home_id in ("h", "k", None):
        this, last = (reference.counted(tables, home_id, year) for year in (2022, 2021))
        expected: dict[str, Any] = {name: (this[name], last[name]) for name in this}
        counted = of_homes.get(home_id, {})
        for name, pair in expected.items():
            if home_id is not None or counted:
                assert counted[name] == pair, (home_id, name)
            else:
                assert pair in ((0, 0), (None, None)), (home_id, name)
