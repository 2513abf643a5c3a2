"""The page of findings: every code with its messages."""

import sys
from collections.abc import Iterator, Sequence

from scripts.markdown import page, table_lines, unmarked
from shokibo.checking import CATALOGUE
from shokibo.law import checks as law_checks
from shokibo.ledger import checks as table_checks
from shokibo.ledger import problems
from shokibo.ledger.findings import Entry, Severity
from shokibo.planning import plan_findings
from shokibo.returns import notes
from shokibo.returns.filed import entries as filed
from shokibo.web.exchange import problems as imports


def findings_page() -> str:
    """List every finding code: what it says, what to do, and the source."""
    return page(_findings_lines())


def _findings_lines() -> Iterator[str]:
    yield from _FINDINGS_INTRODUCTION
    entries = entries_by_code()
    for group, codes in _groups().items():
        yield f"## {group}"
        yield ""
        for code in codes:
            yield from _of_code(code, entries[code])


_FINDINGS_INTRODUCTION = (
    "# 指摘の一覧 / Findings",
    "",
    "読み取りを止める誤り、`shokibo check` の指摘、様式の確認事項、提出された様式への質問、"
    "画面での取込みが断るもののすべてです。`{…}` には台帳の値が入ります。コードは変わりません。",
    "",
    "Everything that stops a reading, that `shokibo check` finds, that a form notes, that "
    "`shokibo receive` asks, and that an import on the pages refuses. `{…}` "
    "stands for a value of the ledger. Codes are stable.",
    "",
    "| 重さ | severity | |",
    "|---|---|---|",
    "| 誤り | error | 修正してください。`shokibo check` の終了ステータスが 1 になります。 / To be "
    "corrected; `shokibo check` exits with 1. |",
    "| 注意 | warning | 確かめてください。 / Should be checked. |",
    "| 参考 | info | 修正する必要はありません。 / Nothing has to be corrected. |",
    "",
)


def _groups() -> dict[str, list[str]]:
    stops = [code for code, entry in problems.CATALOGUE.items() if entry.severity == "error"]
    noted = [code for code in problems.CATALOGUE if code not in stops]
    groups = {
        "読み取りを止める誤り (what stops a reading)": stops,
        "読み取りながら気付いたこと (noted in reading)": noted,
        "表の中と表の間 (rows and tables)": list(table_checks.CATALOGUE),
        "規則に照らして (by the rules)": list(law_checks.CATALOGUE),
        "計画 (the plan)": list(plan_findings.CATALOGUE),
        "様式の確認事項 (on the forms)": list(notes.CATALOGUE),
        "提出された様式 (on forms as filed)": list(filed.CATALOGUE),
        "取込みで (when a workbook is imported on the pages)": list(imports.ENTRIES),
    }
    grouped = {code for codes in groups.values() for code in codes}
    others = [code for code in CATALOGUE if code not in grouped]
    return {**groups, "そのほか (others)": others} if others else groups


def entries_by_code() -> dict[str, list[Entry]]:
    """Return every wording of every code; a few codes have two."""
    found: dict[str, list[Entry]] = {code: [] for code in CATALOGUE}
    for entry in (*CATALOGUE.values(), *_declared()):
        if entry not in found.setdefault(entry.code, []):
            found[entry.code].append(entry)
    return found


def _declared() -> Iterator[Entry]:
    """Find the entries that the modules declare, alone or in a table."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith("shokibo."):
            for value in vars(module).values():
                contents = value.values() if isinstance(value, dict) else [value]
                yield from (entry for entry in contents if isinstance(entry, Entry))


SEVERITIES: dict[Severity, str] = {"error": "誤り", "warning": "注意", "info": "参考"}


def _of_code(code: str, entries: Sequence[Entry]) -> Iterator[str]:
    yield f"### {code}"
    yield ""
    for entry in entries:
        source = f" · {entry.source}" if entry.source else ""
        yield f"{SEVERITIES[entry.severity]} {entry.severity}{source}"
        yield ""
        yield from table_lines(
            ("", "日本語", "English"),
            (
                ("内容 / found", unmarked(entry.found.ja), unmarked(entry.found.en)),
                ("すること / what to do", unmarked(entry.remedy.ja), unmarked(entry.remedy.en)),
            ),
        )
