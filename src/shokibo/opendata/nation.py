"""The nation's sum of a form as tables for everybody: counts of units and homes, of no person."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shokibo.opendata.columns import code_column
from shokibo.opendata.table import Column, OpenTable, Value
from shokibo.opendata.writing import Package, files
from shokibo.returns import words
from shokibo.returns.counts import CountPath, count_in, counts_of
from shokibo.returns.prefectures import prefecture_of
from shokibo.returns.rollup import RollUp
from shokibo.texts import NOTHING, Text

_CODE, _NAME = (
    Column("authority_code", "string", Text("団体コード", "authority code")),
    Column("authority", "string", Text("自治体", "authority")),
)


@dataclass(frozen=True)
class SummedVersion:
    """A version that the sum is made of: whose, its SHA-256, its days, its figures."""

    authority_code: str
    authority: str
    sha256: str
    came_on: dt.date
    accepted_on: dt.date
    figures: Mapping[str, Any]


def nation_tables(
    total: RollUp, versions: Sequence[SummedVersion], changes: Sequence[Text] = ()
) -> list[OpenTable]:
    """Return the sum, its versions, the counts of each, and the changes of the edition before."""
    summed = counts_of(total)
    return [
        OpenTable(
            "sum",
            Text("全国の計", "the nation's sum"),
            Text("受理した版の合計。", "The sum of the versions that are accepted."),
            (
                *code_column("kind", "種別", "kind"),
                *code_column("count", "数えるもの", "what is counted"),
                Column("places", "string", Text("定員", "places"), _ALL_PLACES),
                Column("value", "integer", Text("か所数", "number")),
            ),
            tuple(_line(path, value) for path, value in summed.items()),
        ),
        OpenTable(
            "versions",
            Text("合計した版", "versions in the sum"),
            Text("合計は、これらの版から成る。", "The sum is made of these versions."),
            (
                *(_CODE, _NAME),
                Column("sha256", "string", Text("版のSHA-256", "SHA-256 of the version")),
                Column("came_on", "date", Text("提出日", "sent on")),
                Column("accepted_on", "date", Text("受理日", "accepted on")),
            ),
            tuple(
                (
                    *(one.authority_code, one.authority, one.sha256),
                    *(one.came_on.isoformat(), one.accepted_on.isoformat()),
                )
                for one in versions
            ),
        ),
        OpenTable(
            "authorities",
            Text("自治体ごとの数", "counts by authority"),
            NOTHING,
            (
                *(_CODE, _NAME),
                Column("prefecture", "string", Text("都道府県", "prefecture")),
                *(
                    Column("_".join(filter(None, path)), "integer", words.count_label(*path))
                    for path in summed
                ),
            ),
            tuple(_row(one, list(summed)) for one in versions),
        ),
        *([_changes(changes)] if changes else []),
    ]


def _changes(changes: Sequence[Text]) -> OpenTable:
    return OpenTable(
        "changes",
        Text("前の版から変わったところ", "what changed from the edition before"),
        NOTHING,
        (
            Column("change", "string", Text("変わったところ", "change, in Japanese")),
            Column("change_en", "string", Text("変わったところ(英語)", "change")),
        ),
        tuple((change.ja, change.en) for change in changes),
    )


def nation_files(
    tables: Sequence[OpenTable], form: int, year: int, day: dt.date, edition: int
) -> dict[str, bytes]:
    """Write the tables, and the package that describes them, by file name."""
    code, name = f"nation-form{form}-{year}", f"全国の様式{form}"
    package = Package(code, name, day, edition, threshold=None, licence="")
    return files(package, tables)


_ALL_PLACES = Text("空欄は、定員を問わない数。", "Blank: whatever the places.")


def _line(path: CountPath, value: int) -> tuple[Value, ...]:
    kind, name, part = path
    of_kind = words.KINDS[kind].ja if kind in words.KINDS else "バックアップ職員加算"
    counted = words.COUNTS if kind in words.KINDS else words.BACKUP
    return kind, of_kind, name, counted[name].ja, "" if part == "total" else part, value


def _row(one: SummedVersion, paths: Sequence[CountPath]) -> tuple[Value, ...]:
    prefecture = prefecture_of(one.authority_code)
    values = (count_in(one.figures, path) for path in paths)
    of = prefecture.name.ja if prefecture else ""
    return one.authority_code, one.authority, of, *values
