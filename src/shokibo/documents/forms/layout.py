"""様式1 and 様式2 as printed: every word and figure, for any writer.

The words are those of 子発1004第5号 別紙様式1・様式2 (as amended 令和4年2月18日). The list's
example rows (例) show how to fill it in, and are left out of a filled form.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from shokibo import calendar
from shokibo.law.parameters import Law
from shokibo.returns import words
from shokibo.returns.counted import FormNumber
from shokibo.returns.forms import KINDS, Form
from shokibo.texts import Text


@dataclass(frozen=True)
class CountRow:
    """A row of table 1: a count for every column, and the part with each capacity."""

    label: str
    counts: tuple[int, ...]
    parts: tuple["CountRow", ...] = ()


@dataclass(frozen=True)
class UnitTable:
    """Table 1: units by kind; the columns are those of the counts."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[CountRow, ...]


@dataclass(frozen=True)
class BackupTable:
    """Table 2: homes, in one row."""

    heading: str
    columns: tuple[str, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Line:
    """A numbered line of table 3. In a blank line names and marks are blank, figures None."""

    number: int
    unit_name: str = ""
    capacity: int | None = None
    dispersal: str = ""
    staff: Decimal | None = None
    home_name: str = ""
    backup: str = ""


@dataclass(frozen=True)
class UnitList:
    """Table 3, page by page, every page of equal length."""

    heading: str
    columns: tuple[str, ...]
    pages: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Note:
    """A note under the list, with its mark; blank if it continues the one above."""

    mark: str
    text: str


@dataclass(frozen=True)
class Correction:
    """What a correction prints: its mark after the heading, its reason, and its changes."""

    mark: str
    reason: str
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class FormSheet:
    """A form ready to be drawn.

    `bodies` is the reporting authority, or the three kinds of authorities named on the blank form.
    `day` is the form's date, or its due date if undated. `footer` names the form on every page;
    `correction` is blank on an original.
    """

    name: str
    heading: str
    number: str
    date: str
    day: dt.date
    addressee: str
    bodies: tuple[str, ...]
    officer: str
    title: str
    opening: str
    units: UnitTable
    backup: BackupTable
    listed: UnitList
    notes: tuple[Note, ...]
    footer: str
    fictitious: bool
    correction: Correction | None = None
    places: str = words.PLACES.ja
    persons: str = words.PERSONS.ja


def form_sheet(
    form: Form,
    law: Law,
    *,
    number: str | None,
    date: dt.date | None,
    officer: str | None,
    authority: str | None,
    fictitious: bool,
    correction: Correction | None = None,
) -> FormSheet:
    """Return a form as it is printed.

    Unknown items are printed as on the blank form: 番号, the date (with the era of the due date),
    the reporting officer and the authority. Wording that changes over time is that of the due
    date. Raises ValueError for a day before 昭和.
    """
    period = form.period
    wording = _WORDINGS[period.number]
    due_era = calendar.era_of(period.due).name
    fiscal_year = calendar.fiscal_year_label(period.year)
    reference = law.text("notification_reference", period.due)
    kinds, backup = [form.units[kind] for kind in (*KINDS, "total")], form.backup
    return FormSheet(
        name=f"様式{period.number}",
        heading=f"別紙様式{period.number}",
        number=number or _NO_NUMBER,
        date=calendar.era_date(date) if date else due_era + _NO_DAY,
        day=date or period.due,
        addressee=law.text("addressee", period.due),
        bodies=(authority,) if authority else _BODIES,
        officer=officer or _OFFICER,
        title=f"{fiscal_year}児童養護施設の小規模かつ地域分散化加算等の{wording.subject}について",
        opening=f"標記について、{reference}に基づき下記のとおり報告する。",
        units=UnitTable(
            f"1. 小規模かつ地域分散化加算{wording.span}",
            _UNIT_COLUMNS,
            (
                CountRow(words.COUNTS["units"].ja, tuple(kind.units for kind in kinds)),
                _split_row(words.COUNTS["applied"].ja, [kind.applied for kind in kinds]),
                _split_row(words.COUNTS["certified"].ja, [kind.certified for kind in kinds]),
            ),
        ),
        backup=BackupTable(
            f"2. 地域小規模児童養護施設等バックアップ職員加算{wording.span}",
            _BACKUP_COLUMNS,
            (backup.homes, backup.homes_with_units, backup.applied, backup.certified),
        ),
        listed=_unit_list(form, wording, law),
        notes=(Note("(注1)", wording.capacity_note), *_STAFF_NOTES),
        footer="　".join(filter(None, [f"別紙様式{period.number}", fiscal_year, authority])),
        fictitious=fictitious,
        correction=correction,
    )


def correction_of(number: int, reason: str, differences: Iterable[str]) -> Correction:
    """Word the correction of a submitted form: the first, the second, and so on."""
    lines = tuple(differences) or ("数値に変わりはない。",)
    return Correction(f"訂正（第{number}回）", f"訂正の理由：{reason}", "訂正した箇所", lines)


def printed(sheet: FormSheet) -> Iterator[tuple[Text, object]]:
    """Return everything that a form prints except the law's own words, by place."""
    yield Text("文書番号", "number of the letter"), sheet.number
    yield Text("宛先", "addressee"), sheet.addressee
    yield Text("自治体名", "authority"), sheet.bodies
    yield Text("報告者の職名", "reporting officer"), sheet.officer
    yield Text("標題と本文", "title and opening"), (sheet.title, sheet.opening)
    if sheet.correction:
        yield Text("訂正", "correction"), sheet.correction
    for page in sheet.listed.pages:
        for line in page:
            yield Text(f"一覧の{line.number}行目", f"line {line.number} of the list"), line


@dataclass(frozen=True)
class _Wording:
    """The wording in which the two forms differ."""

    subject: str
    span: str
    capacity_note: str


_REFERENCE_DAY = "毎年度4月1日時点又は小規模かつ地域分散化加算適用開始月初日時点における、"
_EACH_UNIT = "小規模かつ地域分散化された生活単位ごと"
_WORDINGS: dict[FormNumber, _Wording] = {
    1: _Wording(
        "申請及び認定状況",
        "",
        f"定員数欄には、{_REFERENCE_DAY}{_EACH_UNIT}の定員数を記載すること。",
    ),
    2: _Wording("実施状況", "（年間実績）", f"{_EACH_UNIT}の定員数を記載すること。"),
}
_STAFF_NOTES = (
    Note(
        "(注2)",
        f"職員数欄には、{_REFERENCE_DAY}{_EACH_UNIT}に配置された職員数（非常勤職員を含み、"
        "バックアップ職員等本体施設からの応援職員を除く。）を記載すること。なお、非常勤職員に"
        "ついては常勤換算(※)を行ったうえで職員数に算定すること（非常勤職員が複数名配置されて"
        "いる場合は、合算して小数点第2位を四捨五入）。",
    ),
    Note(
        "※",
        "常勤換算は、非常勤職員の勤務時間数を常勤職員の勤務時間数で割り返して算定することとする。",
    ),
    Note(
        "(例)",
        "勤務時間週3日5時間の非常勤職員が2名配置されており、常勤職員の勤務時間が週5日8時間で"
        "ある場合",
    ),
    Note(
        "",
        "15時間（非常勤職員の勤務時間数）÷ 40時間（常勤職員の勤務時間数）× 2名 = 0.75名 ≒ 0.8名",
    ),
)
_BODIES = ("都　道　府　県", "指　定　都　市", "児童相談所設置市")
_OFFICER = "民生主管部（局）長"
_NO_NUMBER = "番　　　号"
_NO_DAY = "　　年　　月　　日"
_UNIT_COLUMNS = tuple(text.ja for text in words.KINDS.values())
_BACKUP_COLUMNS = tuple(text.ja for text in words.BACKUP.values())
_EXPLAINED = {"capacity": "\n(注1)", "staff": "\n(注2)"}
_LIST_COLUMNS = tuple(text.ja + _EXPLAINED.get(name, "") for name, text in words.LIST.items())


def _split_row(label: str, splits: list[dict[str, int]]) -> CountRow:
    parts = (
        CountRow(words.OF_CAPACITY.say("ja", capacity=size), tuple(split[size] for split in splits))
        for size in splits[0]
        if size != "total"
    )
    return CountRow(label, tuple(split["total"] for split in splits), tuple(parts))


def in_pages(filled: list[Line], law: Law, day: dt.date) -> tuple[tuple[Line, ...], ...]:
    """Return the lines of table 3 page by page, the last page padded with blank lines."""
    length = max(law.integer("report_rows", day) or 1, 1)
    count = max(-(-len(filled) // length), 1)
    lines = filled + [Line(number) for number in range(len(filled) + 1, count * length + 1)]
    return tuple(tuple(lines[page * length : (page + 1) * length]) for page in range(count))


def _unit_list(form: Form, wording: _Wording, law: Law) -> UnitList:
    filled = [
        Line(
            row.number,
            row.unit_name,
            row.capacity,
            words.YES if row.dispersal else words.NO,
            Decimal(row.staff) if row.staff else None,
            row.home_name,
            words.YES if row.backup else words.NO,
        )
        for row in form.rows
    ]
    return UnitList(
        f"3. 児童養護施設の小規模かつ地域分散化加算等認定施設一覧{wording.span}",
        _LIST_COLUMNS,
        in_pages(filled, law, form.period.due),
    )
