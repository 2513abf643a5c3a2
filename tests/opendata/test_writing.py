"""The files: CSV that Excel opens, JSON, and a description that fits them."""

import csv
import datetime as dt
import hashlib
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shokibo.opendata.table import Column, OpenTable, Value
from shokibo.opendata.writing import DESCRIPTION, Package, as_csv, as_json, files
from shokibo.texts import Text

WORDS = Text("架空", "made up")
PACKAGE = Package("990001", "架空県", dt.date(2022, 4, 5), 2, 10, "")


def table(*rows: tuple[Value, ...]) -> OpenTable:
    columns = (
        Column("name", "string", WORDS),
        Column("count", "integer", WORDS),
        Column("share", "number", WORDS),
        Column("estimated", "boolean", WORDS),
    )
    return OpenTable("made", WORDS, WORDS, columns, rows)


def test_csv_begins_with_a_byte_order_mark_and_names_its_columns() -> None:
    written = as_csv(table(("日本", -3, Decimal("54.5"), False), ("", None, None, True)))
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig").split("\r\n") == [
        "name,count,share,estimated",
        "日本,-3,54.5,false",
        ",,,true",
        "",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_text_that_begins_a_formula_stays_text(text: str) -> None:
    (_head, row) = csv.reader(
        io.StringIO(as_csv(table((text, 1, None, None))).decode("utf-8-sig"), newline="")
    )
    assert row[0] == f"'{text}"


def test_json_keeps_numbers_and_blanks() -> None:
    (row,) = json.loads(as_json(table(("x", 3, Decimal("54.5"), None))), parse_float=Decimal)
    assert row == {"name": "x", "count": 3, "share": Decimal("54.5"), "estimated": None}


@given(st.lists(st.tuples(st.text(), st.integers(), st.none(), st.booleans()), max_size=5))
def test_csv_and_json_hold_as_many_rows(rows: list[tuple[Value, ...]]) -> None:
    made = table(*rows)
    read = list(csv.reader(io.StringIO(as_csv(made).decode("utf-8-sig"), newline="")))
    assert len(read) - 1 == len(json.loads(as_json(made))) == len(rows)


def test_the_description_has_name_digest_and_columns_of_every_table() -> None:
    written = files(PACKAGE, [table(("x", 1, None, None))])
    assert set(written) == {"made.csv", "made.json", DESCRIPTION}
    result = json.loads(written[DESCRIPTION])
    (resource,) = result["resources"]
    assert result["version"] == "2022-04-05.2"
    assert (resource["path"], resource["bytes"]) == ("made.csv", len(written["made.csv"]))
    digest = hashlib.sha256(written["made.csv"]).hexdigest()
    assert resource["hash"] == f"sha256:{digest}"
    assert [field["name"] for field in resource["schema"]["fields"]] == [
        "name",
        "count",
        "share",
        "estimated",
    ]


def test_the_rule_by_which_rows_are_blank_is_described_where_there_is_a_threshold() -> None:
    none = Package("990001", "架空県", dt.date(2022, 4, 5), 2, None, "")
    without = json.loads(files(none, [])[DESCRIPTION])
    with_one = Package("990001", "架空県", dt.date(2022, 4, 5), 2, 10, "")
    described = json.loads(files(with_one, [])[DESCRIPTION])
    assert (without["threshold"], described["threshold"]) == (None, 10)
    assert "disclosure" not in without
    assert "10人未満" in described["disclosure"]
    assert "to below 10" in described["disclosure_en"]


def test_a_licence_is_reported_only_where_there_is_one() -> None:
    assert "licenses" not in json.loads(files(PACKAGE, [])[DESCRIPTION])
    licensed = Package("990001", "架空県", dt.date(2022, 4, 5), 2, None, "CC BY 4.0")
    assert json.loads(files(licensed, [])[DESCRIPTION])["licenses"] == [{"title": "CC BY 4.0"}]
