"""A ledger's rows as plain values: JSON and back gives the same rows."""

import json
from pathlib import Path

from shokibo.ledger.plain_rows import PlainRow, ledger_from_plain_rows, plain_rows
from shokibo.ledger.raw import ROW
from shokibo.ledger.reading import read_ledger
from shokibo.ledger.tables import BY_NAME

EXAMPLE = Path(__file__).parents[2] / "examples" / "setagaya"


def test_every_table_comes_back_from_json_as_it_was() -> None:
    ledger = read_ledger(EXAMPLE)
    written = json.loads(json.dumps(plain_rows(ledger, BY_NAME)))
    back = ledger_from_plain_rows(written)
    for name in BY_NAME:
        assert back[name].drop(ROW).equals(ledger[name].drop(ROW)), name
    assert plain_rows(back, BY_NAME) == written


def test_a_column_that_was_not_there_is_blank_and_a_table_empty() -> None:
    rows: dict[str, list[PlainRow]] = {"homes": [{"home_id": "h", "name": "園"}]}
    ledger = ledger_from_plain_rows(rows)
    assert ledger["homes"]["opened_on"].to_list() == [None]
    assert ledger["units"].is_empty()
