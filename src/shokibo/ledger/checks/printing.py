"""Checks for characters that can't be printed, reported before any document is made."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from shokibo.characters import label, unprintable
from shokibo.ledger.columns import Kind, Table
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.ledger.tables import TABLES
from shokibo.texts import Text

CHARACTERS_NOT_PRINTED = Entry(
    "CHARACTERS_NOT_PRINTED",
    "warning",
    Text(
        "「{header}」の「{value}」に、印刷できない文字があります:{characters}。",
        "{header}: “{value}” has characters that can't be printed: {characters}.",
    ),
    Text(
        "外字、絵文字などを、印刷できる文字に改めてください。このままでは様式、通知書、計画書を作成できません。",
        "Use other characters, not private-use ones or emoji; no form, letter or plan can be made.",
    ),
)


def characters_not_printed(ledger: Ledger, table: Table) -> Iterator[Finding]:
    """Find the cells of a table whose text can't be printed."""
    for column in table.columns:
        if column.kind not in (Kind.TEXT, Kind.REMARKS):
            continue
        frame = ledger[table.name]
        odd = {
            text: list(dict.fromkeys(label(character) for _, character in found))
            for text in set(frame[column.name].to_list()) - {None}
            if (found := unprintable(text))
        }
        if not odd:
            continue
        rows = frame.filter(pl.col(column.name).is_in(list(odd)))
        for text, row in rows.select(column.name, ROW).iter_rows():
            values = {"header": column.header, "value": text, "characters": odd[text]}
            yield ledger.finding(CHARACTERS_NOT_PRINTED, table.name, row, column.name, **values)


ENTRIES = (CHARACTERS_NOT_PRINTED,)
CHECKS = tuple(partial(characters_not_printed, table=table) for table in TABLES)
