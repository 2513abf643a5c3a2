"""One word a thing: none of the earlier words is left in pages, messages, catalogues and guides."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from shokibo.ledger.tables import FORMER_WORDS

ROOT = Path(__file__).parent.parent
FORMER = {
    "判定不能": "判定保留(資料不足)",
    "該当しない": "該当なし",
    "確かめること": "確認事項",
    "おかしな点": "確認事項はありません",
    "見ません|を見ない": "判定の対象外です",
    'わけ[を、。」"]': "理由",
    "案を捨て": "案を破棄する",
    # the verb alone: in 選び直す or 見直す it means to do again
    "(?<![いきしちりみぎびめべえ見])直[すしせさ]": "修正",
    "配置を終え": "配置を終了する",
    "移り変わり": "定員の推移",
    "計画の枠": "計画の基本事項",
    "今の数値": "現時点の数値",
    "今の台帳": "現時点の台帳",
    "最も長いもの": "最長経過日数",
    "急ぎ": "至急",
    "利用者と役割": "アカウントと権限",
    "有資格": "児童指導員・保育士",
    "加配の前に": "加配前の必要職員数",
    "GH定員|GHか所数": "グループホームの定員、か所数",
    "5[~〜]4人": "5～4人",
    "(?<![一-龠ぁ-ん])生活単位数": "小規模かつ地域分散化された生活単位か所数",
    "地域関係": "地域社会との関係性の構築",
    "早期家庭復帰": "早期の家庭復帰や里親委託等に向けた専門的な支援",
    "(?<![一-龠])計画策定(?!の趣旨)": "概ね10年程度の計画の策定",
    "再判定": "再アセスメント",
    "施設を分けない": "区域内施設合計",
    "鑑と": "鑑文・訂正理由",
    "加配に近い": "加配増まであとわずかの生活単位",
    "空けた欄": "未入力の欄",
    "本体ローテ|本体のローテ": "本体施設の勤務ローテーション",
    "取込み?[はを]やめ": "取込みは中止しました",
    # without み only in compounds: 取込・書出, 取込日時
    "取込(?![みむんめまもっ・日])": "取込み",
    "代表者": "理事長",
    "[区}s]の負担(?!割合)": "区負担額(一般財源)",
    "版と公表": "版管理・公表",
    "今日から": "本日受付",
    "数値を狂わせ": "数値が正しく算出されません",
}
"""What a thing was called, as an expression, and what it is called."""
_WRITTEN = ("*.py", "*.html", "*.txt", "*.po", "*.yaml")


def sources() -> Iterator[Path]:
    """Return the files that hold words for people."""
    for kind in _WRITTEN:
        yield from (ROOT / "src").rglob(kind)
    yield from (*(ROOT / "docs").glob("*.md"), *ROOT.glob("README*.md"))


@pytest.mark.parametrize("former", FORMER)
def test_a_former_word_is_nowhere_left(former: str) -> None:
    assert left_in(former) == []


def left_in(former: str) -> list[str]:
    pattern = re.compile(former)
    return [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path, text in TEXTS.items()
        for line in text.splitlines()
        if pattern.search(line)
    ]


def readable(path: Path) -> str:
    """Return a file's text without the labels that only reading accepts."""
    text = path.read_text("utf-8")
    for code, label in FORMER_WORDS.items():
        text = text.replace(f'"{code}": "{label}"', "")
    return text


TEXTS = {
    path: readable(path)
    for path in sources()
    if "migrations" not in path.parts and "examples" not in path.parts
}


def test_words_are_looked_for_where_they_would_be() -> None:
    assert {"ja", "en"} <= {path.parts[-3] for path in TEXTS if path.suffix == ".po"}
    assert {".py", ".html", ".txt", ".po", ".yaml", ".md"} == {path.suffix for path in TEXTS}
