"""Places that a converted unit keeps, and the costs of a changed unit, on the pages of the plan."""

import io
from pathlib import Path
from unicodedata import normalize

import docx
import pytest
from django.urls import reverse

from shokibo.web.planning.models import Action, Cost
from tests.web.plan_versions import plan_of
from tests.web.plans import blank_row, figures_of, grid_of, text_of
from tests.web.world import OURS, World

ACTIONS, COSTS = (reverse(page, args=[OURS]) for page in ("planning:actions", "costs:costs"))


@pytest.fixture
def office(world: World, tmp_path: Path) -> World:
    """Return an office with a plan for 2022 and 2023."""
    return plan_of(world, tmp_path)


def typed(world: World, address: str, **cells: str) -> dict[str, str]:
    """Return a grid with a row that is typed into it."""
    sent = grid_of(world.client("officer").get(address))
    number = blank_row(sent)
    return sent | {f"{number}-{name}": value for name, value in cells.items()}


def converted(world: World, capacity: str) -> dict[str, str]:
    """Return the grid of actions with the main unit turned to high care."""
    return typed(
        world,
        ACTIONS,
        home_id="h",
        fiscal_year="R4",
        action="convert",
        unit_id="m6",
        new_function="high_care",
        capacity=capacity,
    )


def cost(world: World, **cells: object) -> None:
    """Store a cost of 1,200,000 yen from 2022."""
    given = {"item": "架空の改修", "timing": "initial", "basis": "opened_home", **cells}
    Cost.objects.create(
        authority=world.authority, fiscal_year=2022, account="工事費", amount=1_200_000, **given
    )


@pytest.mark.parametrize(("capacity", "places"), [("4", "4"), ("", "0")])
def test_the_year_ends_follow_the_places_that_are_left(
    office: World, capacity: str, places: str
) -> None:
    preview = reverse("planning:actions_preview", args=[OURS])
    answer = office.client("officer").post(preview, converted(office, capacity))
    found = figures_of(answer, "年度末の姿(全施設)")
    group = "小規模化の三つの要素(施設の計画)"
    assert found[f"{group} / 本体施設の定員"] == [places, places]


def test_what_is_saved_is_named_with_its_places_on_pages_and_in_the_document(
    office: World,
) -> None:
    client = office.client("officer")
    client.post(ACTIONS, converted(office, "4"))
    assert Action.objects.get(action="convert").capacity == 4
    words = "転用後の機能:ケアニーズの高い児童、定員4人"
    assert words in text_of(client.get(reverse("planning:overview", args=[OURS])))
    content = client.get(f"/{OURS}/plan/document/draft.docx").content
    body = docx.Document(io.BytesIO(content)).element.body
    written = normalize("NFKC", "".join(body.itertext()))
    assert words in written


def test_the_grid_says_how_its_columns_are_filled_in(office: World) -> None:
    client = office.client("officer")
    assert "転用では、転用後も残る定員" in text_of(client.get(ACTIONS))
    costs = text_of(client.get(COSTS))
    assert "開設した年度に何か月分払うか。空欄は12。" in costs
    assert "定員引下げ" in costs
    assert "欄の書き方" not in text_of(office.client("auditor").get(COSTS))


def test_a_lowered_unit_is_paid_for_in_the_year_of_the_change(office: World) -> None:
    cost(office, basis="reduced_unit")
    Action.objects.create(
        authority=office.authority,
        home=office.home,
        fiscal_year=2023,
        action="change_capacity",
        unit_code="m6",
        capacity=5,
    )
    found = figures_of(office.client("officer").get(COSTS), "歳出(円)")
    (line,) = (cells for head, cells in found.items() if "架空の改修" in head)
    assert line == ["0", "1,200,000\n(概算)"]


def test_the_second_funder_and_the_first_year_s_months_are_in_the_budget(office: World) -> None:
    cost(
        office,
        timing="annual",
        months=3,
        programme="国の架空補助",
        national_share="1/2",
        prefecture_programme="県の架空補助",
        prefecture_share="1/4",
        eligible_rule="full",
    )
    page = office.client("officer").get(COSTS)
    spent = figures_of(page, "歳出(円)")
    (line,) = (cells for head, cells in spent.items() if "架空の改修" in head)
    assert line[1].startswith("300,000")
    borne = figures_of(page, "歳入と差引(円)")
    (paid,) = (cells for head, cells in borne.items() if "都道府県の負担(割合 1/4)" in head)
    assert paid[1].startswith("75,000")
