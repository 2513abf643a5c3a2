"""What is wrong or suspicious, where, and how to correct it.

A finding carries its code and the values of its message; the message itself is in a catalogue, in
both languages, from which the documentation is also made.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal

from shokibo.answers import Answer, about
from shokibo.ledger import limits
from shokibo.ledger.cell_groups import cell_groups
from shokibo.texts import NOTHING, Language, Text
from shokibo.wording import fill

_LONGEST = 60
Severity = Literal["error", "warning", "info"]
SEVERITIES: dict[Severity, Text] = {
    "error": Text("誤り", "error"),
    "warning": Text("注意", "warning"),
    "info": Text("参考", "info"),
}
"""The gravest first."""
Value = str | int | bool | None | Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A catalogue entry: its code, severity, what was found, what to do, and the legal source."""

    code: str
    severity: Severity
    found: Text
    remedy: Text
    source: str = ""

    def message(self, language: Language, values: Mapping[str, Value]) -> str:
        """Describe what was found and how to correct it."""
        found, remedy = self.describe(language, values), fill(self.remedy, language, values)
        return f"{found} {remedy}".strip() if language == "en" else found + remedy

    def describe(self, language: Language, values: Mapping[str, Value]) -> str:
        """Describe what was found."""
        return fill(self.found, language, values)


def reading_entry(
    code: str, found: Text, remedy: Text = NOTHING, severity: Severity = "error"
) -> Entry:
    """Make an entry without a legal source, usually an error."""
    return Entry(code, severity, found, remedy)


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding at a place. `table` is blank if it concerns the carrier, not a table.

    `place` is for people; `row` and `column`, if any, are the same for programs.
    """

    entry: Entry
    table: str
    place: str
    values: Mapping[str, Value] = field(default_factory=dict)
    row: int | None = field(default=None, compare=False)
    column: str | None = field(default=None, compare=False)

    @property
    def code(self) -> str:
        """The code of the catalogue; it never changes."""
        return self.entry.code

    @property
    def severity(self) -> Severity:
        """The severity of the catalogue."""
        return self.entry.severity

    def message(self, language: Language) -> str:
        """Describe what was found and how to correct it."""
        return self.entry.message(language, self.values)

    def report(self, language: Language) -> "FindingReport":
        """Make the answer."""
        return FindingReport(
            self.code,
            self.severity,
            self.table,
            self.place,
            self.message(language),
            dict(self.values),
            self.entry.source,
        )


class FindingReport(Answer, frozen=True):
    """A finding in words."""

    title = "確認の結果の一つ"

    code: Annotated[
        str, about("種類", "stable; all are in [findings.md](findings.md)", "UNIT_OVER_SIX")
    ]
    severity: Annotated[Severity, about("誤り・注意・参考", "誤り, 注意, 参考")]
    table: Annotated[
        str,
        about(
            "台帳の表の名前。どの表でもなければ空",
            'English name of the table; `""` if it concerns no table',
        ),
    ]
    place: Annotated[
        str,
        about(
            "表と行の番号",
            "the place as you see it: `職員!F12`, `staff.csv:12 weekly_hours`; a Parquet file's "
            "rows count from 1",
            "生活単位:3 種別",
        ),
    ]
    message: Annotated[
        str,
        about(
            "何が見つかり、どうすればよいか",
            "what was found and what to do, in the language of `--lang`",
        ),
    ]
    values: Annotated[dict[str, Value], about("文章に出る値", "the figures used in the message")]
    source: Annotated[str, about("条文。なければ空", 'document and article, or `""`')]


class Findings(Answer, frozen=True):
    """All findings of a ledger."""

    title = "台帳の確認の結果"

    findings: Annotated[list[FindingReport], about("なければ空", "empty if nothing was found")]


class Problems(Answer, frozen=True):
    """Why a ledger can't be read."""

    title = "台帳を読めない理由"

    problems: Annotated[list[FindingReport], about("修正箇所", "each has the keys of a finding")]
    problem_count: Annotated[
        int, about("すべての数", "how many there are, including those not listed")
    ]


def grouped_by_message(
    findings: Sequence[Finding], language: Language
) -> Iterator[tuple[str, Finding, int]]:
    """Return one finding for all cells with the same message, with their places and number."""
    places = [(one.place, (one.code, one.message(language))) for one in findings]
    for cells, first in cell_groups(places):
        yield cells.label(language), findings[first], cells.count


class ProblemList:
    """The problems of a carrier: all are counted, the first `MAX_PROBLEMS` are listed.

    `rows` holds, by table, the rows with a problem; `codes` the tables with problems of each code.
    """

    def __init__(self, found: Iterable[Finding] = ()) -> None:
        self.listed: list[Finding] = []
        self.count = 0
        self.rows: defaultdict[str, set[int]] = defaultdict(set)
        self.codes: defaultdict[str, set[str]] = defaultdict(set)
        self.extend(found)

    def count_one(self, code: str, table: str, row: int | None) -> bool:
        """Count a problem; True while there is still room to list it."""
        self.count += 1
        self.codes[code].add(table)
        if row is not None:
            self.rows[table].add(row)
        return len(self.listed) < limits.MAX_PROBLEMS

    def extend(self, found: Iterable[Finding]) -> None:
        """Count findings, and list them while there is room."""
        for finding in found:
            if self.count_one(finding.code, finding.table, finding.row):
                self.listed.append(finding)


class UnreadableLedgerError(Exception):
    """The ledger can't be read: its problems, each with its place.

    `count` includes all problems; those beyond `MAX_PROBLEMS` are only counted.
    """

    def __init__(self, problems: Iterable[Finding], count: int | None = None) -> None:
        self.problems = list(problems)
        self.count = len(self.problems) if count is None else count
        super().__init__("; ".join(f"{p.place}: {p.code}" for p in self.problems[:5]))


def shortened(value: object) -> str:
    """Format a value for a message, shortened if it is long."""
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
