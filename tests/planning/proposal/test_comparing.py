"""A proposal next to others: what is solved in time, what has no plan, what is right in all."""

import time

import numpy as np
import pytest

from shokibo.law.own_law import law_of
from shokibo.law.parameters import national_law
from shokibo.ledger.reading import read_ledger
from shokibo.planning.proposal import comparing
from shokibo.planning.proposal.answers import Proposal, ProposedAction
from shokibo.planning.proposal.comparing import Comparisons, add_comparisons, chances, first_steps
from shokibo.planning.proposal.engine import Watch
from shokibo.planning.proposal.errors import CannotProposeError
from shokibo.planning.proposal.limits import Limits
from shokibo.planning.proposal.proposing import propose
from tests.planning.ledgers import EXAMPLE

LEDGER = read_ledger(EXAMPLE)
LAW = law_of(LEDGER, national_law())
LIMITS = Limits(shortage="forbid")
FOUND = propose(LEDGER, LAW, LIMITS, "ja")
NEED = {2022: 111, 2023: 112, 2024: 113}


def beside(**asked: object) -> Proposal:
    watch = Watch(time.monotonic() + 60)
    return add_comparisons(FOUND, LEDGER, LAW, LIMITS, Comparisons(**asked), watch, "ja")  # type: ignore[arg-type]


def test_another_number_gives_what_a_proposal_with_it_gives() -> None:
    found = beside(numbers=[("openings_per_year", 3), ("openings_per_year", 0)])
    three, none = found.compared
    direct = propose(LEDGER, LAW, Limits(shortage="forbid", openings_per_year=3), "ja")
    assert (three.status, three.objectives) == (direct.status, direct.objectives)
    assert (none.status, none.objectives) == ("infeasible", [])
    assert found.actions == FOUND.actions


def test_without_time_what_was_not_solved_is_named_and_the_proposal_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def over(*_: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(comparing, "choose", over)
    found = beside(numbers=[("budget", 20_000_000)], scenarios={"増える": NEED})
    assert (found.compared, found.first_steps, found.actions) == ([], [], FOUND.actions)
    assert [note for note in found.notes if note not in FOUND.notes] == [
        "時間が足りず、条件を変えた案のうち1件は調べていません。制限時間を延ばすと調べます。",
        "時間が足りず、場合分け「増える」の計画を調べていません。どの場合でも行う取組は示せません。",
    ]


def test_in_the_same_need_all_of_the_first_year_is_right() -> None:
    found = beside(scenarios={"同じ": NEED})
    first = [one for one in FOUND.actions if one.fiscal_year == FOUND.from_year]
    assert sum(one.count for one in found.first_steps) == sum(one.count for one in first)
    assert found.scenarios == ["同じ"]
    assert all(
        words.startswith(("東京育成園は、", "福音寮は、")) for words in found.first_steps_in_words
    )
    assert found.first_steps_in_words


def test_a_scenario_without_a_plan_leaves_nothing_that_is_right_in_all() -> None:
    found = beside(scenarios={"同じ": NEED, "とても増える": dict.fromkeys(NEED, 900)})
    assert (found.first_steps, found.first_steps_in_words) == ([], [])
    assert "場合分け「とても増える」では条件が両立せず" in found.notes[-1]


def test_a_limit_in_yen_without_prices_is_refused() -> None:
    tables = {**LEDGER.tables, "costs": LEDGER["costs"].clear()}
    ledger = type(LEDGER)(tables, LEDGER.removed, LEDGER.sources, LEDGER.notes)
    watch = Watch(time.monotonic() + 60)
    with pytest.raises(CannotProposeError, match="no price"):
        add_comparisons(FOUND, ledger, LAW, LIMITS, Comparisons([("budget", 1)]), watch, "ja")


def action(home: str, year: int = 2022, count: int = 1) -> ProposedAction:
    return ProposedAction(home, year, "open", None, "community_home", count, 5)


def test_an_action_is_right_as_often_as_every_plan_has_it() -> None:
    plans = [
        [action("a", count=3), action("b"), action("a", 2023)],
        [action("a"), action("a"), action("c")],
    ]
    assert first_steps(2022, plans) == [action("a", count=2)]


def test_the_chance_is_the_share_of_courses_that_have_no_more_than_the_places() -> None:
    places = FOUND.years[0].places
    drawn = {2022: np.array([places - 1, places, places + 1])}
    assert [
        (one.fiscal_year, one.places, one.chance_percent) for one in chances(FOUND.years, drawn)
    ] == [(2022, places, "66.7")]
