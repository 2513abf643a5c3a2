"""The forms received, as tables: by authority, by unit, questions, missing forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shokibo.ledger.findings import SEVERITIES
from shokibo.returns import words
from shokibo.returns.filed.received import Received, State, Submission
from shokibo.texts import Language, Text

Value = str | int | bool | None
Type = Literal["string", "integer", "boolean"]
STATES: dict[State, Text] = {
    "clean": Text("質問なし", "clean"),
    "questions": Text("質問あり", "questions"),
    "unreadable": Text("読めません", "unreadable"),
}
Head = tuple[str, Type, Text]
"""A column: its name, its type, its title."""
_CODE: Head = ("authority_code", "string", Text("団体コード", "authority code"))
_NAME: Head = ("authority", "string", Text("自治体", "authority"))
_FILE: Head = ("file", "string", Text("ファイル", "file"))


@dataclass(frozen=True)
class NationTable:
    """A table: its name and title, its columns by name, type and title, its rows."""

    name: str
    title: Text
    columns: tuple["Head", ...]
    rows: tuple[tuple[Value, ...], ...]


def nation_tables(received: Received, language: Language) -> tuple[NationTable, ...]:
    """Return the forms received as tables, with messages in a language."""
    return (
        _authorities(received, language),
        _units(received),
        _questions(received, language),
        NationTable(
            "missing",
            Text("未提出の自治体", "missing"),
            (_CODE, _NAME),
            tuple((one.code or None, one.name or None) for one in received.missing),
        ),
        NationTable(
            "unknown",
            Text("受け取れなかったファイル", "unknown files"),
            (_FILE, ("reason", "string", Text("理由", "reason"))),
            tuple((one.file.name, one.reason.message(language)) for one in received.unknown),
        ),
    )


def _who(one: Submission) -> tuple[str | None, str | None]:
    return one.sender.code or None, one.sender.name or None


def _authorities(received: Received, language: Language) -> NationTable:
    forms = [one.filed for one in received.submissions if one.filed is not None]
    paths = list(dict.fromkeys(path for form in forms for path in form.counts))
    return NationTable(
        "authorities",
        Text("自治体ごと", "by authority"),
        (
            _CODE,
            _NAME,
            ("state", "string", Text("状態", "state")),
            ("questions", "integer", Text("質問の数", "questions")),
            _FILE,
            ("sha256", "string", Text("SHA-256", "SHA-256")),
            *(
                ("_".join(filter(None, path)), "integer", words.count_label(*path))
                for path in paths
            ),
        ),
        tuple(
            (
                *_who(one),
                STATES[one.state].say(language),
                sum(finding.severity != "info" for finding in one.findings),
                one.file.name,
                one.file.sha256,
                *(one.filed.count(*path) if one.filed else None for path in paths),
            )
            for one in received.submissions
        ),
    )


def _units(received: Received) -> NationTable:
    types: dict[str, Type] = {
        **dict.fromkeys(words.LIST, "string"),
        **dict.fromkeys(("number", "capacity"), "integer"),
        **dict.fromkeys(("dispersal", "backup"), "boolean"),
    }
    return NationTable(
        "units",
        Text("認定施設一覧", "certified units"),
        (_CODE, _NAME, *((name, types[name], title) for name, title in words.LIST.items())),
        tuple(
            (*_who(one), *(cell.value for cell in row.cells.values()))
            for one in received.submissions
            if one.filed is not None
            for row in one.filed.rows
        ),
    )


def _questions(received: Received, language: Language) -> NationTable:
    def rows() -> Iterator[tuple[Value, ...]]:
        for one in received.submissions:
            for found in one.findings:
                severity = SEVERITIES[found.severity].say(language)
                yield (
                    *(*_who(one), one.file.name, severity, found.place),
                    *(found.message(language), found.code),
                )

    return NationTable(
        "questions",
        Text("質問", "questions"),
        (
            *(_CODE, _NAME, _FILE),
            ("severity", "string", Text("重さ", "severity")),
            ("place", "string", Text("箇所", "place")),
            ("message", "string", Text("内容", "message")),
            ("code", "string", Text("コード", "code")),
        ),
        tuple(rows()),
    )
