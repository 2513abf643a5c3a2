"""A small clean ledger, the edits that a test makes to it, and the ways to read it.

A cell is the text that a person would write; a blank one is left out.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from shokibo.checking import check
from shokibo.law.own_file import law_with
from shokibo.law.parameters import Law, national_law
from shokibo.ledger.columns import DELETE, Column, Table
from shokibo.ledger.findings import Finding, Severity, Value
from shokibo.ledger.model import Ledger
from shokibo.ledger.reading import read_ledger
from shokibo.ledger.tables import BY_NAME
from shokibo.texts import Language

EXAMPLES = Path(__file__).parents[1] / "examples"
LANGUAGES: tuple[Language, ...] = ("ja", "en")

Row = dict[str, str]
Tables = dict[str, list[Row]]
Edit = Callable[[Tables], None]

CLEAN = {
    "authorities": """
        authority_code | name   | kind       | reporting_officer
        990001         | 架空県 | prefecture | 民生主管部長""",
    "homes": """
        home_id | name     | operator         | authority_code
        h       | 架空学園 | 社会福祉法人架空会 | 990001""",
    "units": """
        unit_id | home_id | name     | kind
        m6      | h       | 本体の家 | main_unit
        u4      | h       | 地域の家 | community_home
        b5      | h       | 分園の家 | branch_group_care""",
    "capacities": """
        unit_id | effective_from | capacity
        m6      | 2019-04-01     | 6
        u4      | 2019-04-01     | 4
        b5      | 2019-04-01     | 5""",
    "staff": """
        staff_id | home_id | unit_id | job | employment | role | dedicated | main_rota
        m-1      | h       | m6      | childcare_worker | full_time | care   | ×         | ○
        u-1      | h       | u4      | child_instructor | full_time | care   | ○         | ×
        u-2      | h       | u4      | childcare_worker | full_time | care   | ○         | ×
        u-3      | h       | u4      | childcare_worker | full_time | care   | ○         | ×
        u-4      | h       | u4      | childcare_worker | full_time | care   | ○         | ×
        b-1      | h       | b5      | child_instructor | full_time | care   | ○         | ×
        b-2      | h       | b5      | childcare_worker | full_time | care   | ○         | ×
        b-3      | h       | b5      | childcare_worker | full_time | care   | ○         | ×
        b-4      | h       | b5      | childcare_worker | full_time | care   | ○         | ×
        b-5      | h       | b5      | childcare_worker | full_time | care   | ○         | ×
        k-1      | h       |         | child_instructor | full_time | backup | ×         | ×""",
    "confirmations": """
        home_id | item               | confirmed_on | holds_from | expires_on
        h       | early_return       | 2022-04-06   | 2022-04-01 | 2023-03-31
        h       | training           | 2022-04-06   | 2022-04-01 | 2023-03-31
        h       | long_term_plan     | 2022-04-06   | 2022-04-01 | 2023-03-31
        h       | duty_information   | 2022-04-06   | 2022-04-01 | 2023-03-31
        h       | duty_management    | 2022-04-06   | 2022-04-01 | 2023-03-31
        h       | duty_supervision   | 2022-04-06   | 2022-04-01 | 2023-03-31
        h       | duty_mental_health | 2022-04-06   | 2022-04-01 | 2023-03-31
        h       | duty_relief        | 2022-04-06   | 2022-04-01 | 2023-03-31
        h       | duty_community     | 2022-04-06   | 2022-04-01 | 2023-03-31""",
    "applications": """
        application_id | addon | home_id | unit_id | fiscal_year | start_month | requested_extra \
| applied_on | decision | certified_extra | decided_on
        a-u4 | dispersal | h | u4 | 2022 | 2022-04 | 1 | 2022-04-04 | certified | 1 | 2022-04-20
        a-b5 | dispersal | h | b5 | 2022 | 2022-04 | 2 | 2022-04-04 | certified | 2 | 2022-04-20
        a-k  | backup    | h |    | 2022 | 2022-04 |   | 2022-04-04 | certified |   | 2022-04-20""",
}
PLAN = {
    "plan": """
        title  | baseline_on | from_year | to_year | goal_year
        架空計画 | 2022-03-31  | 2022      | 2023    | 2029""",
    "actions": """
        home_id | fiscal_year | action | unit_kind      | capacity
        h       | 2023        | open   | community_home | 4""",
    "need": """
        fiscal_year | age_band   | children
        2022        | preschool  | 5
        2022        | school_age | 10
        2023        | preschool  | 5
        2023        | school_age | 14""",
    "targets": """
        fiscal_year | item  | value
        2023        | total | 19""",
    "occupancy": """
        as_of      | population | place      | children | individual_care
        2022-03-31 | residents  | all        | 14       | 7
        2022-03-31 | residents  | main       | 6        |
        2022-03-31 | residents  | group_home | 8        |""",
    "costs": """
        fiscal_year | item | account | timing | amount  | programme | revenue_account \
| national_share | eligible_rule | source
        2022 | 家賃 | 扶助費 | annual | 1200000 | 架空負担金 | 国庫負担 | 1/2 | full | 見積""",
}


def drawn(text: str) -> list[Row]:
    """Read a table drawn in text: the first line names the columns."""
    header, *lines = [
        [cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()
    ]
    return [
        {column: cell for column, cell in zip(header, line, strict=True) if cell} for line in lines
    ]


def made(*edits: Edit) -> Tables:
    """Return the clean ledger of 令和4年度 with edits made to it."""
    tables = {name: drawn(text) for name, text in CLEAN.items()}
    for edit_of in edits:
        edit_of(tables)
    return tables


def planned(tables: Tables) -> None:
    """Add a plan of two years, its actions, need, targets, children and costs."""
    tables.update((name, drawn(text)) for name, text in PLAN.items())


def edit(table: str, key: str, **cells: str) -> Edit:
    """Set cells of the one row that holds each word of a key; an empty cell is blank."""

    def change(tables: Tables) -> None:
        row = tables[table][_position(tables[table], key)]
        row.update(cells)

    return change


def add(table: str, like: str = "", **cells: str) -> Edit:
    """Add a row at the end, of its cells alone or like another row but for them."""

    def change(tables: Tables) -> None:
        rows = tables.setdefault(table, [])
        pattern = rows[_position(rows, like)] if like else {}
        rows.append({**pattern, **cells})

    return change


def drop(table: str, *keys: str) -> Edit:
    """Take rows out, or all of them."""

    def change(tables: Tables) -> None:
        rows = tables[table]
        if not keys:
            rows.clear()
        for key in keys:
            del rows[_position(rows, key)]

    return change


def all_of(*edits: Edit) -> Edit:
    """Make several edits one."""

    def change(tables: Tables) -> None:
        for edit_of in edits:
            edit_of(tables)

    return change


def _position(rows: list[Row], key: str) -> int:
    found = [
        position
        for position, row in enumerate(rows)
        if all(word in row.values() for word in key.split())
    ]
    assert len(found) == 1, f"{key}: {len(found)} rows"
    return found[0]


def unit(unit_id: str, kind: str, capacity: str, home_id: str = "h", **cells: str) -> Edit:
    """Add a unit with a capacity since 2019-04-01."""
    row = {"unit_id": unit_id, "home_id": home_id, "name": f"{unit_id}の家", "kind": kind}
    return all_of(
        add("units", "", **{**row, **cells}),
        add("capacities", unit_id=unit_id, effective_from="2019-04-01", capacity=capacity),
    )


def posting(staff_id: str, unit_id: str, home_id: str = "h", **cells: str) -> Edit:
    """Add a posting of a full-time childcare worker, dedicated and in no rota."""
    row = {
        "staff_id": staff_id,
        "home_id": home_id,
        "unit_id": unit_id,
        "job": "childcare_worker",
        "employment": "full_time",
        "role": "care",
        "dedicated": "○",
        "main_rota": "×",
    }
    return add("staff", "", **{**row, **cells})


def part_time(staff_id: str, unit_id: str, hours: str, of: str = "40", **cells: str) -> Edit:
    """Add a posting of a part-time worker by weekly and full-time hours."""
    given = {"weekly_hours": hours, "full_time_weekly_hours": of}
    return posting(staff_id, unit_id, employment="part_time", **given, **cells)


def application(application_id: str, unit_id: str, home_id: str = "h", **cells: str) -> Edit:
    """Add an application certified in April 2022: for dispersal, or backup without a unit."""
    row = {
        "application_id": application_id,
        "addon": "dispersal" if unit_id else "backup",
        "home_id": home_id,
        "unit_id": unit_id,
        "fiscal_year": "2022",
        "start_month": "2022-04",
        "requested_extra": "1" if unit_id else "",
        "applied_on": "2022-04-04",
        "decision": "certified",
        "certified_extra": "1" if unit_id else "",
        "decided_on": "2022-04-20",
    }
    return add("applications", "", **{**row, **cells})


# Carriers


def write_csv(tables: Mapping[str, Iterable[Row]], folder: Path) -> Path:
    """Write a folder of CSV files with English headers, every declared column in its order."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [c.name for c in _columns(BY_NAME[name])], restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def write_sheets(tables: Mapping[str, Iterable[Row]], path: Path) -> Path:
    """Write a workbook with Japanese sheets and headers, every cell as text."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in tables.items():
        table = BY_NAME[name]
        sheet = workbook.create_sheet(table.sheet)
        sheet.append([column.header for column in _columns(table)])
        for row in rows:
            sheet.append([row.get(column.name) or None for column in _columns(table)])
    workbook.save(path)
    return path


def _columns(table: Table) -> list[Column]:
    return [*table.columns, DELETE]


def read(tables: Tables, folder: Path) -> Ledger:
    """Write the tables as CSV files into a folder and read them."""
    return read_ledger(write_csv(tables, folder))


# Findings


@dataclass(frozen=True)
class Case:
    """An edit that gives one finding, where it is reported, and an edit next to it that gives none.

    `place` is where it stands in a folder of CSV files, `cell` where on a sheet.
    """

    code: str
    severity: Severity
    place: str
    cell: str
    values: dict[str, Value]
    wrong: Edit
    near: Edit


def findings(ledger: Ledger) -> list[Finding]:
    """Return everything that is found in a ledger by the law of the sources."""
    return check(ledger, national_law())


def findings_in_files(case: Case, folder: Path) -> list[Finding]:
    """Return what is found in the clean ledger with the case's wrong edit, as CSV files."""
    return findings(read(made(case.wrong), folder))


def findings_on_sheets(case: Case, folder: Path) -> list[Finding]:
    """Return what is found in the clean ledger with the case's wrong edit, as a workbook."""
    return findings(read_ledger(write_sheets(made(case.wrong), folder / "台帳.xlsx")))


def findings_nearby(case: Case, folder: Path) -> list[Finding]:
    """Return what is found in the clean ledger with the edit that lies just next to the case."""
    return findings(read(made(case.near), folder))


def is_fully_worded(finding: Finding) -> bool:
    """Say whether a finding has words in both languages, without a blank left unfilled."""
    said = [finding.message(language) for language in LANGUAGES]
    return all(words and not set("{}") & set(words) for words in said) and len(set(said)) == 2


def codes(found: Iterable[Finding]) -> list[str]:
    """Return the codes of findings."""
    return [finding.code for finding in found]


def own_law(folder: Path, name: str, value: str, *, confirmed: bool = True) -> Law:
    """Return the law with an authority's own value (in YAML) for one parameter, from 2019-04-01."""
    note = "" if confirmed else "\n        note: {ja: 推定, en: inferred}"
    path = folder / "own.yaml"
    path.write_text(
        f"""parameters:
  {name}:
    meaning: {{ja: 架空の値, en: a made value}}
    values:
      - effective_from: 2019-04-01
        published_on: 2022-03-01
        value: {value}
        unconfirmed: {str(not confirmed).lower()}{note}
        source: {{document: 架空県要綱, article: 第3条}}
""",
        "utf-8",
    )
    return law_with(path)
