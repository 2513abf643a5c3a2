"""What certified add-ons come to, on the page of costs, in a version and in the document."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse

from shokibo.web.certification.models import Application
from shokibo.web.planning.contents import Contents
from shokibo.web.planning.models import Cost
from tests.web.plan_versions import plan_of, proposed
from tests.web.plans import blank_row, figures_of, grid_of, text_of
from tests.web.test_certified_months import certified, price
from tests.web.world import OURS, World

COSTS, CAPTION = reverse("costs:costs", args=[OURS]), "認定した加算の金額(円)"
ITEM = "架空のextra_staff_month"


@pytest.fixture
def office(world: World, tmp_path: Path) -> World:
    """Return an office with a plan for 2022 and 2023."""
    return plan_of(world, tmp_path)


def test_the_page_of_costs_has_the_amounts_outside_the_budget(office: World) -> None:
    before = figures_of(office.client("officer").get(COSTS), "歳出(円)")
    price(office, "extra_staff_month", 200_000)
    page = office.client("officer").get(COSTS)
    assert figures_of(page, CAPTION) == {
        f"{ITEM} / 認定した月数(人月)": ["36", "0"],
        f"{ITEM} / 金額": ["7,200,000", "0"],
        f"{ITEM} / うち国の負担": ["3,600,000", "0"],
    }
    assert figures_of(page, "歳出(円)") == before


def test_a_price_as_it_is_typed_gives_its_amounts(office: World) -> None:
    client = office.client("officer")
    sent = grid_of(client.get(COSTS))
    number = blank_row(sent)
    typed = {
        "fiscal_year": "R4",
        "item": "架空の配置",
        "account": "扶助費",
        "timing": "annual",
        "basis": "backup_month",
        "amount": "300000",
    }
    sent |= {f"{number}-{name}": value for name, value in typed.items()}
    shown = figures_of(client.post(reverse("costs:preview", args=[OURS]), sent), CAPTION)
    assert shown["架空の配置 / 金額"] == ["3,600,000", "0"]
    assert shown["架空の配置 / うち国の負担"] == ["—", "0"]  # unknown without a share


def test_without_a_price_there_is_no_table(office: World) -> None:
    assert CAPTION not in text_of(office.client("officer").get(COSTS))


def test_a_version_keeps_its_amounts_and_holds_no_ground_of_a_decision(office: World) -> None:
    price(office, "extra_staff_month", 200_000)
    unit = office.unit("b5")
    certified(office, unit, 2023, "2023-04-01", reason="内部の理由")
    version = proposed(office)
    assert "内部の理由" not in str(version.snapshot)
    certified(office, office.unit("u4"), 2023, "2023-04-01")
    kept, now = Contents.of_version(version), Contents.of_draft(office.authority)
    of_2023 = [[line.months for line in one.plan.budget(2023).amounts] for one in (kept, now)]
    assert of_2023 == [[12], [24]]
    assert kept.sha256 == version.sha256


def test_an_application_that_is_not_certified_leaves_the_plan_as_it_is(office: World) -> None:
    before = Contents.of_draft(office.authority).sha256
    certified(office, office.unit("b5"), 2023, "2023-04-01", state="draft")
    assert Application.objects.filter(state="draft").exists()
    assert Contents.of_draft(office.authority).sha256 == before


def test_the_document_has_the_amounts_in_thousand_yen(office: World) -> None:
    price(office, "extra_staff_month", 200_000)
    content = office.client("officer").get(f"/{OURS}/plan/document/draft.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(content))["必要経費"]
    rows = [[cell for cell in row if cell is not None] for row in sheet.values]
    names = [row[0] for row in rows if row]
    assert any("認定した加算の金額" in str(name) for name in names)
    found = {str(row[-3]): row[-2:] for row in rows if len(row) >= 3}
    assert found["認定した月数"][0] == 36
    assert found["金額"][0] == 7200
    assert found["うち国の負担"][0] == 3600


def test_without_any_cost_of_the_plan_the_amounts_stand_alone(office: World) -> None:
    Cost.objects.all().delete()
    price(office, "backup_month", 300_000)
    page = office.client("officer").get(COSTS)
    assert figures_of(page, CAPTION)["架空のbackup_month / 金額"] == ["3,600,000", "0"]
    assert office.client("officer").get(f"/{OURS}/plan/document/draft.xlsx").status_code == 200
