"""Plans of other shapes: whatever the ledger holds, nothing is printed over an edge."""

import re
import subprocess
from pathlib import Path

import polars as pl
import pytest
from pypdf import PdfReader

from shokibo.documents.plan.pdf import plan_pdf
from shokibo.ledger.model import ledger_of

from .test_plan_cases import document_of, made_tables, need_and_costs

# of the text, with half a bracket next to it, which a line may begin or end with
LEFT, RIGHT, TOP, BOTTOM = (mm / 25.4 * 72 for mm in (17.5, 192.5, 10, 290))
LEAST_LINES = 4
"""Two lines of text, below a header and above a page number."""
LONG = "名前がとても長い児童養護施設" * 4 + "あおぞら"
UNBROKEN = "A" * 60
WITH_VARIANT = "葛\U000e0100飾と髙﨑"


def without_main_units(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    units = tables["units"].filter(pl.col("kind") != "main_unit")
    kept = pl.col("unit_id").is_in(units["unit_id"].to_list())
    actions = tables["actions"].filter(kept | pl.col("unit_id").is_null())
    capacities = tables["capacities"].filter(kept)
    return {**tables, "units": units, "actions": actions, "capacities": capacities}


def with_three_places(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return {**tables, "capacities": tables["capacities"].with_columns(capacity=pl.lit(3))}


SHAPES = {
    "no main units": without_main_units(made_tables(2, 3, "見本")),
    "one home, one year": made_tables(1, 1, "見本"),
    "60 homes": made_tables(60, 2, "見本"),
    "13 years": made_tables(2, 13, "見本") | need_and_costs(13),
    "units of three places": with_three_places(made_tables(2, 2, "見本")),
    "names of 60 characters": made_tables(2, 2, LONG) | need_and_costs(2, LONG),
    "names without a break": made_tables(2, 2, UNBROKEN) | need_and_costs(2, UNBROKEN),
    "a variant of a character": made_tables(2, 2, WITH_VARIANT),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_word_runs_over_the_edge_of_the_text(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(plan_pdf(document_of(ledger_of(SHAPES[shape]), draft=True)))
    assert over_the_edge(path) == []
    for page in PdfReader(path).pages[1:]:
        lines = page.extract_text(extraction_mode="layout").splitlines()
        assert len([line for line in lines if line.strip()]) > LEAST_LINES


def over_the_edge(pdf: Path) -> list[str]:
    """Return the words of a PDF that stand outside the text's area."""
    ran = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"],
        capture_output=True,
        text=True,
        errors="replace",
        check=True,
    )
    words = re.findall(
        r'xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)" yMax="([0-9.]+)">([^<]*)', ran.stdout
    )
    assert words
    return [
        word
        for left, top, right, bottom, word in words
        if not (
            float(left) >= LEFT
            and float(right) <= RIGHT
            and float(top) >= TOP
            and float(bottom) <= BOTTOM
        )
    ]
