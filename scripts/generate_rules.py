"""The page of rules: what the source says, what we chose, outcomes, parameters and cases."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from scripts.markdown import both, page, slug, table_lines, unmarked
from shokibo.calendar import fiscal_year_label
from shokibo.law.evaluate import HOME_RULES, UNIT_RULES
from shokibo.law.extra_staff import NEXT_EXTRA
from shokibo.law.outcomes import FAILURE, Outcome, Rule
from shokibo.law.own_values import expected, settable_names
from shokibo.law.parameters import Dated, Law, Parameter, ParameterValue
from shokibo.law.reasons import OWN_VALUE, UNCONFIRMED
from shokibo.law.requirements import UNCONFIRMED_WHEN
from shokibo.law.scope import CAPACITY_LATER, CAPACITY_MISSING
from shokibo.ledger.tables import CONFIRMATION_ITEMS, JOBS, UNIT_KINDS
from shokibo.texts import Text

ROOT = Path(__file__).parent.parent
RULES_IN_WORDS = ROOT / "docs" / "rules.yaml"
CASES = ROOT / "tests" / "law" / "cases"


def rules_page(law: Law) -> str:
    """Describe each rule in words, with its reasons, parameters and examples."""
    return page(_rules_lines(law, rules_in_words()))


def rules_in_words() -> list[dict[str, Any]]:
    """Read the rules' descriptions."""
    rules: list[dict[str, Any]] = yaml.safe_load(RULES_IN_WORDS.read_text("utf-8"))["rules"]
    return rules


def _rules_lines(law: Law, rules: list[dict[str, Any]]) -> Iterator[str]:
    yield from _RULES_INTRODUCTION
    yield from _contents(rules)
    yield from _texts(law)
    yield from _outcomes()
    yield from _what_may_be_set(law)
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
        "Every rule has one of five outcomes, and every evaluated rule appears as a reason."
    )
    yield ""
    rows = ((f"`{name}`", OUTCOMES[name], both(MEANINGS[name])) for name in OUTCOMES)
    yield from table_lines(("outcome", "", ""), rows)
    yield "理由に添える言葉 / words that are added to a reason:"
    yield ""
    for text in _ADDED:
        yield f"- {text.ja.strip()} / {text.en.strip()}"
    yield ""


_ADDED = (
    *(NEXT_EXTRA, *UNCONFIRMED_WHEN.values(), CAPACITY_MISSING, CAPACITY_LATER),
    *(UNCONFIRMED, OWN_VALUE),
)
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


def _what_may_be_set(law: Law) -> Iterator[str]:
    yield "## 自治体が定められる値 (What an authority may set)"
    yield ""
    yield (
        "出典のない値(未確認)は、自治体が根拠を示して「自治体の値」に定めることができます。ほかの値は"
        "通知などが定めるもので、定めてもこの台帳は誤りになります。定めた値は、適用開始日から適用終了日"
        "まで、規則の値の上に重ねます。同じ日に二つあれば、後に始まったものによります。"
        "`--parameters` のファイルの値は、さらにその上に重ねます。判定の理由は、自治体の値による"
        "ことと、その根拠を示します。"
    )
    yield ""
    yield (
        "A value that no source states (未確認) may be set by an authority, with its ground, in "
        "the table of own values. All others are laid down by the sources; a row that sets one is "
        "an error. An own value lies over the law's from its first day to its last; of two on one "
        "day the one that began later holds. A file given as `--parameters` lies over both. A "
        "reason that rests on an own value says so, with its ground."
    )
    yield ""
    rows = (
        (
            f"`{name}`",
            both(Text(parameter.meaning.ja, parameter.meaning.en)),
            both(expected(name)),
        )
        for name, parameter in ((name, law.parameters[of]) for name, of in settable_names().items())
    )
    yield from table_lines(("項目 / name", "意味 / meaning", "書き方 / written as"), rows)
    yield from _findings_of(["OWN_VALUE_NOT_SETTABLE", "OWN_VALUE_UNKNOWN", "OWN_VALUE_UNREADABLE"])


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
        "Everything is judged by the latest text available. Earlier wordings are not available; "
        "a judgement of such a day says so."
    )
    yield ""
    headers = ("条文 / text", "発出 / published", "適用 / applies from", "手元に / available")
    yield from table_lines(
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
        (f"`{code}`{dated[code]}", f"`{outcome}` {OUTCOMES[outcome]}", unmarked(both(text)))
        for code in codes
        for outcome, text in reasons[code].items()
    ]
    yield from table_lines(("code", "outcome", "言うこと / says"), rows)


def _days_of(rule: Rule) -> str:
    """Return the days of a rule that an amendment added or ended; blank for any other."""
    first, last = rule.effective_from, rule.effective_to
    if (first, last) == (dt.date.min, dt.date.max):
        return ""
    return f"<br>{'' if first == dt.date.min else first} – {'' if last == dt.date.max else last}"


OUTCOMES: dict[str, str] = {
    "met": "満たす",
    "not_met": "満たさない",
    "not_applicable": "該当なし",
    "cannot_judge": "判定保留(資料不足)",
    "failed": "計算失敗",
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
    yield from table_lines(headers, rows)


def _parameter_row(name: str, parameter: Parameter, dated: Dated) -> tuple[str, ...]:
    note = both(Text(dated.note.ja, dated.note.en)) if dated.note else ""
    return (
        f"`{name}`",
        both(Text(parameter.meaning.ja, parameter.meaning.en)),
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
    """Return the names of the case files."""
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
    rows = (
        (case["title"], _drawn(case), _question(case, contents.get("code", "")), _answer(case))
        for case in contents["cases"]
    )
    yield from table_lines(("例", "台帳の行", "問い", "結果"), rows)


def _drawn(case: Mapping[str, Any]) -> str:
    """Describe a case's rows and assumed values."""
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


def _answer(case: Mapping[str, Any]) -> str:
    return "<br>".join(_expected(name, value) for name, value in case["expect"].items())


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
    "qualified_fte": "専任の児童指導員・保育士",
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
"""Labels of a case's expected values."""
