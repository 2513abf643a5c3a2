"""The page of the names between double braces: those of letters, and those of the plan's texts."""

from collections.abc import Iterable, Iterator

from shokibo.documents.letters.placeholders import PLACEHOLDERS, ROW
from shokibo.documents.plan.figures import KNOWN
from shokibo.texts import Text

Lines = Iterator[str]


def placeholder_lines() -> Lines:
    """Return the page."""
    yield from ("# 差し込みの名前", "")
    yield (
        "二重の波括弧で囲んだ名前（`{{ 施設名 }}`）のところに、値が入ります。"
        "通知書のひな形（Word）と、計画書の文章で使えます。この頁の表は、プログラムの宣言から作っています。知らない名前は、"
        "場所と近い名前を示して、作る前に知らせます。"
    )
    yield from ("", "## 通知書のひな形", "")
    yield (
        "ひな形は、自治体の様式にしたWordの文書（.docx）です。"
        "もとになる文例は、画面の「通知書の設定」か "
        "`shokibo template --for letters -o ひな形.docx` "
        "で手に入ります。本文、表、ヘッダー、フッター、テキスト ボックス、脚注に書けます。"
        "文字の書式は、名前に付けた書式のままです。値がない名前だけの段落は、"
        "その段落ごと省きます。架空のデータの通知書には、ひな形にかかわらず「架空」と印を付けます。"
    )
    yield ""
    yield from _table((one.name, one.meaning) for one in PLACEHOLDERS)
    yield ""
    yield (
        "次の名前を表の行に書くと、その行が事項（施設名、生活単位、適用期間、根拠、条件など）の数だけ"
        "繰り返されます。事項は、認定、変更、不認定、終了でちがいます。"
    )
    yield ""
    yield from _table(ROW.items())
    yield ""
    yield (
        "「標題」か「本文」のどちらかが要ります。変更履歴やコメントの残る文書、マクロの入ったファイル、パスワードの付いたファイル、テンプレート(.dotx)、"
        "ほかのファイルを埋め込んだり外から表示したりする文書は使えません。5MBまで。"
    )
    yield from ("", "## 計画書の文章", "")
    yield (
        "角括弧の部分は省けます（括弧は書きません）。年度は「令和4年度」「R4」「2022」のどれでも、施設は"
        "施設の名です。例：`{{ 経費合計.令和4年度 }}`、`{{ 基準日.年月日 }}`。"
    )
    yield ""
    yield from _table((one.written, one.meaning) for one in KNOWN)


def _table(rows: Iterable[tuple[str, Text]]) -> Lines:
    yield from ("| 名前 | 入るもの |", "|---|---|")
    for name, meaning in rows:
        yield f"| `{name}` | {meaning.ja} |"
