"""Write the pages of docs/ that are made from the code: rules, tables, findings.

`python -m scripts.generate_docs` (`make docs`) writes them; a test compares them with `pages`.
"""

import datetime as dt
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from scripts.generate_keys import commands_page
from scripts.generate_security import asvs_lines, permission_lines
from shokibo.calendar import fiscal_year_label
from shokibo.checking import CATALOGUE
from shokibo.law import checks as law_checks
from shokibo.law.evaluate import HOME_RULES, UNIT_RULES
from shokibo.law.extra_staff import NEXT_EXTRA
from shokibo.law.outcomes import FAILURE, Outcome, Rule
from shokibo.law.parameters import Dated, Law, Parameter, ParameterValue, national_law
from shokibo.law.reasons import UNCONFIRMED
from shokibo.law.requirements import UNCONFIRMED_WHEN
from shokibo.ledger import checks as table_checks
from shokibo.ledger import problems
from shokibo.ledger.findings import Entry, Severity
from shokibo.ledger.tables import (
    BY_NAME,
    CONFIRMATION_ITEMS,
    DELETE,
    JOBS,
    TABLES,
    UNIT_KINDS,
    Column,
    Kind,
    Table,
)
from shokibo.planning import plan_findings
from shokibo.returns import notes
from shokibo.texts import NOTHING, Text
from shokibo.web.exchange import problems as imports

ROOT = Path(__file__).parent.parent
RULES_IN_WORDS = ROOT / "docs" / "rules.yaml"
CASES = ROOT / "tests" / "law" / "cases"

_MADE_BY = "<!-- Made by `make docs`; do not edit. -->"


def pages() -> dict[str, str]:
    """Return every generated page: its path from the project's folder, and its text."""
    return {
        "docs/rules.md": rules_page(national_law()),
        "docs/data-dictionary.md": dictionary_page(),
        "docs/findings.md": findings_page(),
        "docs/asvs.md": _page(asvs_lines()),
        "docs/permissions.md": _page(permission_lines()),
        "docs/commands.md": commands_page(),
    }


def main() -> None:
    """Write the pages."""
    for path, text in pages().items():
        (ROOT / path).write_text(text, "utf-8")
        print(path)


# Markdown


def _page(lines: Iterable[str]) -> str:
    return "\n".join([_MADE_BY, *lines]).rstrip() + "\n"


def _table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Return a table and a blank line after it."""
    yield "| " + " | ".join(headers) + " |"
    yield "|" + "---|" * len(headers)
    for row in rows:
        yield "| " + " | ".join(_cell(value) for value in row) + " |"
    yield ""


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return text.strip().replace("|", "\\|").replace("\n", "<br>")


def _both(text: Text | Mapping[str, str]) -> str:
    """Return a text in both languages, Japanese first."""
    ja, en = (text.ja, text.en) if isinstance(text, Text) else (text["ja"], text["en"])
    return "<br>".join(part for part in (ja, en) if part)


def slug(heading: str) -> str:
    """Return the anchor that GitHub makes of a heading."""
    allowed = (c for c in heading.strip().lower() if c.isalnum() or c in "-_ " or _combines(c))
    return "".join(allowed).replace(" ", "-")


def _combines(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc")


# Rules


def rules_page(law: Law) -> str:
    """Tell each rule in words, with its reasons, its parameters and its examples."""
    return _page(_rules_lines(law, rules_in_words()))


def rules_in_words() -> list[dict[str, Any]]:
    """Read the rules' words."""
    rules: list[dict[str, Any]] = yaml.safe_load(RULES_IN_WORDS.read_text("utf-8"))["rules"]
    return rules


def _rules_lines(law: Law, rules: list[dict[str, Any]]) -> Iterator[str]:
    yield from _RULES_INTRODUCTION
    yield from _contents(rules)
    yield from _texts(law)
    yield from _outcomes()
    yield from _what_is_not_drawn()
    reasons = reason_texts()
    for rule in rules:
        yield f"## {_heading(rule)}"
        yield ""
        yield from _words(rule)
        yield from _reasons(rule["codes"], reasons)
        yield from _parameters(rule["parameters"], law)
        yield from _findings_of(rule["findings"])
        yield from _examples(rule.get("cases", []))


_RULES_INTRODUCTION = (
    "# 規則 / The rules",
    "",
    "小規模かつ地域分散化加算とバックアップ職員加算の規則を、条文の言うこと、条文にないところで"
    "このソフトウェアが決めたこと、判定の理由コード、使う値とその出典、判定例の順に示します。",
    "",
    "The rules of the two add-ons: what the Notification says, what shokibo does where it is "
    "silent, the codes of the reasons that `shokibo evaluate` gives, the values used with their "
    "sources, and worked examples. 未確認 (unconfirmed) marks a value that no source states.",
    "",
)


def _contents(rules: list[dict[str, Any]]) -> Iterator[str]:
    for rule in rules:
        heading = _heading(rule)
        yield f"- [{heading}](#{slug(heading)})"
    yield ""


def _heading(rule: Mapping[str, Any]) -> str:
    return f"{rule['id']} {rule['title']['ja']} ({rule['title']['en']})"


def _outcomes() -> Iterator[str]:
    yield "## 結果 (Outcomes)"
    yield ""
    yield (
        "どの規則も、次の五つのどれかになります。見た規則は、満たすものもすべて理由に並びます。 / "
        "Every rule has one of five outcomes, and every rule that was looked at is a reason."
    )
    yield ""
    rows = ((f"`{name}`", OUTCOMES[name], _both(MEANINGS[name])) for name in OUTCOMES)
    yield from _table(("outcome", "", ""), rows)
    yield "理由に添える言葉 / words that are added to a reason:"
    yield ""
    for text in (NEXT_EXTRA, *UNCONFIRMED_WHEN.values(), UNCONFIRMED):
        yield f"- {text.ja.strip()} / {text.en.strip()}"
    yield ""


MEANINGS: dict[str, Text] = {
    "met": Text("要件を満たす。", "The rule is met."),
    "not_met": Text("要件を満たさない。", "The rule is not met."),
    "not_applicable": Text("この生活単位には当てはまらない。", "It does not concern this unit."),
    "cannot_judge": Text(
        "台帳に足りないものがあり、判定できない。足りないものを理由が示す。",
        "Something is missing in the ledger; the reason says what.",
    ),
    "failed": Text(FAILURE.ja, FAILURE.en),
}


def _what_is_not_drawn() -> Iterator[str]:
    yield "## 判定例の読み方 (How to read the examples)"
    yield ""
    yield (
        "判定例は、テストが毎回確かめるものです。「台帳の行」には、その例で大事な行だけを示します。"
        "書いていないところは、施設が一つ、生活単位が一つ(定員4人の地域小規模児童養護施設、施設も"
        "生活単位も台帳より前から開設)、要件とバックアップ業務の九つは確認済み、職員も申請もない、と"
        "します。書いた職員は、断りがなければ、その生活単位に専任の常勤の保育士です。「人数」は同じ"
        "行の数です。書いた申請は、断りがなければ、令和4年4月からの加配1人の小規模かつ地域分散化加算で、"
        "4月1日に申請し15日に認定されたものです。"
    )
    yield ""
    yield (
        "Every example is a test. Only the rows that matter are drawn; what is not drawn is one "
        "home with one community home of 4 places, open since before the ledger, all nine items "
        "confirmed, no staff, no application. Staff that are drawn are full-time childcare workers "
        "dedicated to the unit, unless they say otherwise; 人数 is how many of them there are. An "
        "application that is drawn is for the dispersal add-on with one extra from April 2022, "
        "applied for on 1 April and certified on the 15th, unless it says otherwise."
    )
    yield ""


def _texts(law: Law) -> Iterator[str]:
    yield "## 条文 (The texts)"
    yield ""
    yield (
        "判定は、手元にある最も新しい条文によります。それより前の条文は手元になく、その日の判定には"
        "そう書き添えます。"
    )
    yield ""
    yield (
        "Everything is judged by the latest text at hand. Earlier wordings are not at hand; "
        "a judgement of such a day says so."
    )
    yield ""
    headers = ("条文 / text", "発出 / published", "適用 / applies from", "手元に / at hand")
    yield from _table(
        headers,
        (
            (text.name, text.published_on, text.effective_from, "○" if text.at_hand else "×")
            for text in law.texts
        ),
    )


def _words(rule: Mapping[str, Any]) -> Iterator[str]:
    yield f"出典 / source: {rule['source']}"
    yield ""
    for heading, key, language in (
        ("**条文の言うこと**", "words", "ja"),
        ("**条文にないところ**", "choices", "ja"),
        ("**What it says**", "words", "en"),
        ("**Where it is silent**", "choices", "en"),
    ):
        yield heading
        yield ""
        yield rule[key][language].strip()
        yield ""


def reason_texts() -> dict[str, dict[Outcome, Text]]:
    """Return what each reason's code says, by outcome."""
    messages: dict[str, dict[Outcome, Text]] = {}
    for rule in all_rules():
        messages.setdefault(rule.code, {}).update(rule.messages)
    return messages


def all_rules() -> list[Rule]:
    """Return every rule that is declared."""
    return [*UNIT_RULES, *HOME_RULES]


def _reasons(codes: Sequence[str], reasons: Mapping[str, Mapping[Outcome, Text]]) -> Iterator[str]:
    if not codes:
        return
    yield "### 理由コード (reasons)"
    yield ""
    dated = {rule.code: _days_of(rule) for rule in all_rules()}
    rows = [
        (f"`{code}`{dated[code]}", f"`{outcome}` {OUTCOMES[outcome]}", _both(text))
        for code in codes
        for outcome, text in reasons[code].items()
    ]
    yield from _table(("code", "outcome", "言うこと / says"), rows)


def _days_of(rule: Rule) -> str:
    """Return the days of a rule that an amendment added or ended; blank for any other."""
    first, last = rule.effective_from, rule.effective_to
    if (first, last) == (dt.date.min, dt.date.max):
        return ""
    return f"<br>{'' if first == dt.date.min else first} – {'' if last == dt.date.max else last}"


OUTCOMES: dict[str, str] = {
    "met": "満たす",
    "not_met": "満たさない",
    "not_applicable": "該当しない",
    "cannot_judge": "判定できない",
    "failed": "失敗",
}


def _parameters(names: Sequence[str], law: Law) -> Iterator[str]:
    if not names:
        return
    yield "### 値 (parameters)"
    yield ""
    headers = ("名 / name", "意味 / meaning", "値 / value", "適用 / holds", "出典 / source", "備考")
    rows = [
        _parameter_row(name, law.parameters[name], dated)
        for name in names
        for dated in law.parameters[name].values
    ]
    yield from _table(headers, rows)


def _parameter_row(name: str, parameter: Parameter, dated: Dated) -> tuple[str, ...]:
    note = _both(Text(dated.note.ja, dated.note.en)) if dated.note else ""
    return (
        f"`{name}`",
        _both(Text(parameter.meaning.ja, parameter.meaning.en)),
        _value(dated.value) + (f" {parameter.unit}" if parameter.unit and dated.value else ""),
        f"{dated.effective_from} –"
        + (f" {dated.effective_to}" if dated.effective_to else "")
        + f"<br>発出 / published {dated.published_on}",
        str(dated.source),
        "<br>".join(filter(None, ("**未確認**" if dated.unconfirmed else "", note))),
    )


def _value(value: ParameterValue) -> str:
    if isinstance(value, dict):
        return "、".join(f"{key} → {of_key}" for key, of_key in value.items()) or "空 / empty"
    if isinstance(value, list):
        return "、".join(_labelled(part) for part in value)
    return str(value)


def _labelled(value: int | str) -> str:
    label = {**UNIT_KINDS, **JOBS, **CONFIRMATION_ITEMS}.get(str(value))
    return f"`{value}` {label}" if label else str(value)


def _findings_of(codes: Sequence[str]) -> Iterator[str]:
    if codes:
        yield "### 指摘 (findings)"
        yield ""
        yield "、".join(f"[{code}](findings.md#{code.lower()})" for code in codes)
        yield ""


def case_files() -> list[str]:
    """Name the files of cases that are there."""
    return [path.stem for path in sorted(CASES.glob("*.yaml")) if path.stem != "defaults"]


def _examples(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        path = CASES / f"{name}.yaml"
        if path.exists():
            yield from _of_file(yaml.safe_load(path.read_text("utf-8")))


def _of_file(contents: Mapping[str, Any]) -> Iterator[str]:
    yield f"### 判定例:{contents['title']}"
    yield ""
    yield f"出典 / source: {contents['source']}"
    yield ""
    rows = (_example_row(case, contents.get("code", "")) for case in contents["cases"])
    yield from _table(("例", "台帳の行", "問い", "結果"), rows)


def _example_row(case: Mapping[str, Any], code: str) -> tuple[str, ...]:
    return case["title"], _drawn(case), _question(case, code), _answer(case["expect"])


def _drawn(case: Mapping[str, Any]) -> str:
    """Tell the rows that a case draws, and the values that it supposes."""
    lines = [
        f"{sheet}:{_row(row)}"
        for sheet, rows in case.get("ledger", {}).items()
        for row in rows or [None]
    ]
    supposed = case.get("parameters", {}).items()
    return "<br>".join([*lines, *(f"値 `{name}`:{_value(value)}" for name, value in supposed)])


def _row(row: Mapping[str, object] | None) -> str:
    if row is None:
        return "なし"
    return "、".join(f"{column} {cell}" for column, cell in row.items()) or "前提のとおり"


def _question(case: Mapping[str, Any], code: str) -> str:
    if "form" in case:
        return f"様式{case['form']} {fiscal_year_label(case['year'])} {case['unit']}"
    asked = case.get("unit", case.get("home", ""))
    return f"{case['day']} {asked}<br>`{case.get('code', code)}`"


def _answer(expected: Mapping[str, Any]) -> str:
    return "<br>".join(_expected(name, value) for name, value in expected.items())


def _expected(name: str, value: object) -> str:
    if name == "outcome":
        return f"**{OUTCOMES[str(value)]}**"
    if name in _NEVER and value is False:
        return _NEVER[name]
    words = _ANSWERS.get(name, name)
    if name.endswith("_says"):
        return f"{words}「{value}」"
    return f"{words} {_ELIGIBLE[value] if name.endswith('eligible') else _as_text(value)}"


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return "、".join(f"`{part}`" for part in value)
    if isinstance(value, bool):
        return "○" if value else "×"
    return "不明" if value is None else str(value)


_NEVER = {"judged": "判定の対象にならない", "listed": "一覧に載らない"}
_ELIGIBLE: dict[object, str] = {True: "可", False: "不可", None: "判定保留(資料不足)"}
_ANSWERS = {
    "in_scope": "対象",
    "eligible": "加算",
    "backup_eligible": "加算",
    "capacity": "定員",
    "staff": "職員数",
    "staff_fte": "職員",
    "qualified_fte": "有資格",
    "backup_fte": "バックアップ職員",
    "max_extra": "上限",
    "available_extra": "加配",
    "listed": "一覧",
    "dispersal": "分散化加算",
    "backup": "バックアップ",
    "unconfirmed": "未確認",
    "source": "出典",
    "source_says": "出典に",
    "message_says": "理由に",
}
"""What a case expects, as the tables of the program name it."""


# Tables


def dictionary_page() -> str:
    """Tell every table and column of the ledger."""
    return _page(_dictionary_lines())


def _dictionary_lines() -> Iterator[str]:
    yield from _DICTIONARY_INTRODUCTION
    yield from _table(
        ("kind", "書き方 / how it is written", "読める例 / read, for example"),
        (
            (kind.value, _both(words), "、".join(f"`{cell}`" for cell in EXAMPLES[kind]))
            for kind, words in KIND_WORDS.items()
        ),
    )
    yield "## 表 (tables)"
    yield ""
    yield from _table(
        ("sheet", "file", "内容 / holds", "施設が書く / kept by a home"),
        (
            (
                f"[{table.sheet}](#{_anchor(table)})",
                f"`{table.name}`",
                _both(table.note),
                "○" if table.maintained_by_home else "",
            )
            for table in TABLES
        ),
    )
    for table in TABLES:
        yield from _of_table(table)
    yield "## 削除 (delete)"
    yield ""
    yield (
        "どの表にも、この列を加えることができます。○の行は読むだけで数えず、台帳から除く行として"
        "別に持ちます。 / Any table may have this column. A row with ○ is read, kept apart and "
        "counted nowhere."
    )
    yield ""
    yield from _column_table([DELETE])


_DICTIONARY_INTRODUCTION = (
    "# 台帳の表と列 / The ledger's tables and columns",
    "",
    "台帳は、Excelブック(1シートが1表)か、CSV又はParquetのフォルダ(1ファイルが1表)です。シート名、"
    "ファイル名、見出しは、日本語でも英語でも読みます。列の順は自由です。要らない表と任意の列は"
    "なくても構いません。空欄は「不明・該当なし」で、0ではありません。",
    "",
    "A ledger is a workbook (one sheet a table) or a folder of CSV or Parquet files (one file a "
    "table). Names of sheets, files and columns are read in Japanese or English, in any order. "
    "Tables and optional columns may be left out. A blank cell is a missing value, never zero. "
    "CSV is UTF-8 (with or without BOM) or Shift_JIS; what shokibo writes is UTF-8 with BOM and "
    "English names.",
    "",
    "「必須」が○の列は空欄にできません。 / A required column (○) must not be blank.",
    "",
    "## 書き方 (kinds of columns)",
    "",
    "全角と半角の英数字、前後の空白は区別しません。 / Full width and half width, and spaces "
    "around, make no difference.",
    "",
)
KIND_WORDS = {
    Kind.TEXT: Text(
        "文字。見えない文字は除いて読む", "text; characters that nobody sees are taken out"
    ),
    Kind.REMARKS: Text("文字。セルの中で改行してよい", "text, of several lines if need be"),
    Kind.ID: Text("符号。全角と半角は同じとみなす", "a code, compared after NFKC"),
    Kind.AUTHORITY_CODE: Text(
        "6桁の団体コード。Excelが先頭の0を落としたものも読む",
        "six digits; a leading zero that Excel dropped is put back",
    ),
    Kind.CODE: Text("選択肢から。日本語か英語", "one of the codes, in Japanese or English"),
    Kind.DATE: Text("日付。Excelの日付も", "a date, an Excel date too; written back as 2022-04-01"),
    Kind.MONTH: Text("年月。日まで書いてもその月とみなす", "a month, or a day in it"),
    Kind.DATE_OR_MONTH: Text("日付か年月", "a date or a month, which is its first day"),
    Kind.FISCAL_YEAR: Text(
        "年度。平成31年度は令和元年度と同じ", "a fiscal year: 2022 is April 2022 to March 2023"
    ),
    Kind.INTEGER: Text("整数", "an integer"),
    Kind.YEN: Text("整数(円)", "whole yen"),
    Kind.HOURS: Text(
        "時間数。小数は2桁まで、又は 時:分", "hours, with two decimals at most, or h:mm"
    ),
    Kind.YES_NO: Text("○ か ×", "yes or no"),
    Kind.SHARE: Text(
        "分数。Excelではセルの書式を文字列に", "a fraction; a cell formatted as text in Excel"
    ),
    Kind.ELIGIBLE_RULE: Text(
        "全額、対象外、又は 家賃Nか月分まで:項目", "full, none, or months_of_rent:N:ITEM"
    ),
}
"""How a column of each kind is written."""
EXAMPLES: dict[Kind, tuple[str, ...]] = {
    Kind.TEXT: ("架空学園",),
    Kind.REMARKS: ("研修の記録\n別紙のとおり",),
    Kind.ID: ("A01-G1", "Ａ０１－Ｇ１"),
    Kind.AUTHORITY_CODE: ("131121", "011002"),
    Kind.CODE: ("地域小規模児童養護施設", "community_home"),
    Kind.DATE: ("2022-04-01", "2022/4/1", "令和4年4月1日", "R4.4.1"),
    Kind.MONTH: ("2022-04", "令和4年4月", "R4.4"),
    Kind.DATE_OR_MONTH: ("2021-12", "令和3年12月1日"),
    Kind.FISCAL_YEAR: ("令和4年度", "R4", "2022", "令和元年度", "平成31年度"),
    Kind.INTEGER: ("6", "６", "1,200"),
    Kind.YEN: ("8000000", "8,000,000"),
    Kind.HOURS: ("38.75", "38:45", "13.33"),
    Kind.YES_NO: ("○", "×", "1", "0", "はい", "いいえ", "true", "false"),
    Kind.SHARE: ("1/2",),
    Kind.ELIGIBLE_RULE: ("全額", "対象外", "家賃2か月分まで:家賃", "months_of_rent:2:家賃"),
}
"""Cells that are read, for each kind."""


def _anchor(table: Table) -> str:
    return f"{table.sheet}-{table.name}"


def _of_table(table: Table) -> Iterator[str]:
    yield f"### {table.sheet} ({table.name})"
    yield ""
    yield _both(table.note)
    yield ""
    yield _key(table)
    yield ""
    yield from _column_table(table.columns)


def _key(table: Table) -> str:
    names = "、".join(f"{table.column(name).header} `{name}`" for name in table.key)
    if names:
        return f"キー / key: {names}"
    return "キーはありません。どの行も数えます。 / No key: every row counts."


def _column_table(columns: Iterable[Column]) -> Iterator[str]:
    headers = (
        "見出し / header",
        "name",
        "kind",
        "必須 / required",
        "選択肢 / codes",
        "空欄と注意 / blank, notes",
    )
    yield from _table(headers, (_column_row(column) for column in columns))


def _column_row(column: Column) -> tuple[str, ...]:
    codes = "<br>".join(f"`{code}` {label}" for code, label in (column.codes or {}).items())
    refers = f"<br>→ {BY_NAME[column.refers].sheet}" if column.refers else ""
    return (
        column.header,
        f"`{column.name}`",
        column.kind.value + refers,
        "○" if column.required else "",
        codes,
        "<br>".join(filter(None, (_both(column.note), _both(blank_means(column))))),
    )


def blank_means(column: Column) -> Text:
    """Say what a blank cell means where it may be blank and the column's note does not."""
    if column.required or "空欄" in column.note.ja:
        return NOTHING
    return Text("空欄は、なし又は不明。", "Blank: none, or not known.")


# Findings


def findings_page() -> str:
    """Tell every code of a finding: what it says, what to do, on what ground."""
    return _page(_findings_lines())


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
    "読み取りを止める誤り、`shokibo check` の指摘、様式の確認事項、画面での取込が断るもののすべて"
    "です。`{…}` には台帳の値が入ります。コードは変わりません。",
    "",
    "Everything that stops a reading, that `shokibo check` finds, that a form notes, and that an "
    "import on the pages refuses. `{…}` "
    "stands for a value of the ledger. Codes are stable.",
    "",
    "| 重さ | severity | |",
    "|---|---|---|",
    "| 誤り | error | 直してください。`shokibo check` の終了ステータスが 1 になります。 / To be "
    "mended; `shokibo check` exits with 1. |",
    "| 注意 | warning | 確かめてください。 / To be looked at. |",
    "| 参考 | info | 直す必要はありません。 / Nothing has to be corrected. |",
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
        "取込で (when a workbook is brought in on the pages)": list(imports.ENTRIES),
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
        yield from _table(
            ("", "日本語", "English"),
            (
                ("内容 / found", _unmarked(entry.found.ja), _unmarked(entry.found.en)),
                ("すること / what to do", _unmarked(entry.remedy.ja), _unmarked(entry.remedy.en)),
            ),
        )


def _unmarked(words: str) -> str:
    """Leave out how a text's values are written: {started_on:day} is {started_on}."""
    return re.sub(r"\{(\w+):\w+\}", r"{\1}", words)


if __name__ == "__main__":
    main()
