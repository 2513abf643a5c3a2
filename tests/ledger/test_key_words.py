"""A key given twice is named in words: each column with its value as people write it."""

from pathlib import Path

import pytest

from shokibo.ledger.findings import UnreadableLedgerError
from tests.builders import add, made, read

COST = {
    "fiscal_year": "2024",
    "item": "家賃",
    "account": "扶助費",
    "timing": "initial",
    "basis": "year",
    "amount": "1",
}


def test_columns_codes_and_blanks_are_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableLedgerError) as refused:
        read(made(add("costs", **COST), add("costs", **COST)), tmp_path)
    (one,) = refused.value.problems
    assert one.code == "KEY_DUPLICATE"
    assert one.message("ja").startswith(
        "団体コードは空欄、年度「令和6年度」、項目「家賃」、科目「扶助費」、区分「初期」、単位「年度」の行が"
        "二つあります(先はcosts.csv:2"
    )


def test_days_have_their_era(tmp_path: Path) -> None:
    twice = add("capacities", unit_id="u4", effective_from="2019-04-01", capacity="5")
    with pytest.raises(UnreadableLedgerError) as refused:
        read(made(twice), tmp_path)
    (one,) = refused.value.problems
    assert "生活単位ID「u4」、適用開始日「平成31年4月1日」の行が二つあります" in one.message("ja")
