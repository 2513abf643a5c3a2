"""The placeholders that an office's own letter template can use, and their values."""

from collections.abc import Callable
from dataclasses import dataclass

from shokibo.documents.letters.letter import CertificationLetter
from shokibo.texts import Text


@dataclass(frozen=True)
class Placeholder:
    """A name in double braces, and its value in a letter, which may be blank."""

    name: str
    meaning: Text
    value: Callable[[CertificationLetter], str]


def _fact(label: str, meaning: Text) -> Placeholder:
    return Placeholder(label, meaning, lambda letter: dict(letter.facts).get(label, ""))


NUMBER, LABEL, WORDS = "項番", "項目", "内容"
ROW = {
    NUMBER: Text("事項の番号:1から", "The fact's number, from 1"),
    LABEL: Text("事項の名:施設名、適用期間など", "The fact's label"),
    WORDS: Text("事項の内容", "The fact's text"),
}
"""Names for a table row that is repeated for each fact of the letter."""
TITLE, OPENING = "標題", "本文"
PLACEHOLDERS = (
    Placeholder("文書番号", Text("文書番号", "Number"), lambda letter: letter.number),
    Placeholder("通知日", Text("通知日", "Date"), lambda letter: letter.date),
    Placeholder(
        "法人名", Text("施設を経営する法人", "The operator"), lambda letter: letter.addressee[0]
    ),
    Placeholder(
        "宛先",
        Text("宛先の職・氏名と「様」", "Recipient"),
        lambda letter: letter.addressee[1],
    ),
    _fact("施設名", Text("施設の名称", "The home")),
    Placeholder("自治体名", Text("自治体の名称", "The authority"), lambda letter: letter.sender[0]),
    Placeholder("発信者", Text("発信者の職・氏名", "Signatory"), lambda letter: letter.sender[1]),
    Placeholder(
        TITLE,
        Text("加算の名と、認定通知書・不認定通知書などの別", "Title: add-on and decision"),
        lambda letter: letter.title,
    ),
    Placeholder(
        OPENING,
        Text("何をどう決定したかの一文", "The sentence that states the decision"),
        lambda letter: letter.opening,
    ),
    _fact("生活単位", Text("生活単位と種別。バックアップでは空", "Living unit and its kind")),
    _fact("加算の種類", Text("加算の正式な名称", "The add-on's official name")),
    _fact("加配する職員", Text("認定と終了:職員の数", "Certified, ended: the extra staff")),
    _fact("適用期間", Text("認定と終了:始めと終わりの月", "Certified, ended: its months")),
    _fact("申請した加配", Text("不認定:申請した職員の数", "Rejected: the staff requested")),
    _fact("申請した開始月", Text("不認定:申請した月", "Rejected: the month requested")),
    _fact("変更前", Text("変更:前の職員の数と期間", "Changed: staff and months before")),
    _fact("変更後", Text("変更:後の職員の数と期間", "Changed: staff and months after")),
    _fact("終了日", Text("終了:最後の日", "Ended: the last day")),
    _fact("根拠", Text("決定の根拠とした条文", "The articles applied")),
    _fact("理由", Text("決定の理由", "The reason")),
    Placeholder(
        "条件",
        Text("認定と変更:条件に番号を付けたもの", "Certified, changed: the conditions, numbered"),
        lambda letter: letter.numbered_conditions,
    ),
    Placeholder("付記", Text("付記(教示など)", "The remark"), lambda letter: letter.remark),
)
BY_NAME = {placeholder.name: placeholder for placeholder in PLACEHOLDERS}


def rows_of(letter: CertificationLetter) -> list[dict[str, str]]:
    """Return the values of the repeated row: the facts, then the conditions if there are any."""
    facts = list(letter.facts)
    if letter.conditions:
        facts.append(("条件", letter.numbered_conditions))
    return [
        {NUMBER: str(number), LABEL: label, WORDS: words}
        for number, (label, words) in enumerate(facts, start=1)
    ]
