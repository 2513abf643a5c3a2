"""The data dictionary: every table and column of the ledger."""

from collections.abc import Iterable, Iterator

from scripts.markdown import both, page, table_lines
from shokibo.ledger.columns import DELETE, Column, Kind, Table
from shokibo.ledger.tables import BY_NAME, TABLES
from shokibo.texts import NOTHING, Text


def dictionary_page() -> str:
    """Describe every table and column of the ledger."""
    return page(_dictionary_lines())


def _dictionary_lines() -> Iterator[str]:
    yield from _DICTIONARY_INTRODUCTION
    yield from table_lines(
        ("kind", "書き方 / how it is written", "読める例 / read, for example"),
        (
            (kind.value, both(words), "、".join(f"`{cell}`" for cell in EXAMPLES[kind]))
            for kind, words in KIND_WORDS.items()
        ),
    )
    yield "## 表 (tables)"
    yield ""
    yield from table_lines(
        ("sheet", "file", "内容 / holds", "施設が書く / kept by a home"),
        (
            (
                f"[{table.sheet}](#{_anchor(table)})",
                f"`{table.name}`",
                both(table.note),
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
    "A ledger is a workbook (one sheet per table) or a folder of CSV or Parquet files (one file "
    "per table). Names of sheets, files and columns are read in Japanese or English, in any order. "
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
    Kind.TEXT: Text("文字。見えない文字は除いて読む", "text; invisible characters are removed"),
    Kind.REMARKS: Text("文字。セルの中で改行してよい", "text, several lines if needed"),
    Kind.ID: Text("符号。全角と半角は同じとみなす", "a code, compared after NFKC"),
    Kind.AUTHORITY_CODE: Text(
        "6桁の団体コード。Excelが先頭の0を落としたものも読む",
        "six digits; a leading zero that Excel dropped is put back",
    ),
    Kind.CHILD_CODE: Text(
        "符号。氏名とみえるもの(漢字、かな、空白のあるもの)は読まない",
        "a code, compared after NFKC; what may be a name (kanji, kana, a space) is refused",
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
    Kind.DECIMAL: Text(
        "0以上の数。小数の桁数は列による",
        "a number from 0 on, with as many decimals as the column takes",
    ),
    Kind.HOURS: Text(
        "時間数。小数は2桁まで、又は 時:分", "hours, with two decimals at most, or h:mm"
    ),
    Kind.YES_NO: Text("○ か ×", "yes or no"),
    Kind.SHARE: Text(
        "分数。Excelではセルの書式を文字列に", "a fraction; a cell formatted as text in Excel"
    ),
    Kind.ELIGIBLE_RULE: Text(
        "全額、対象外、又は 家賃Nか月分まで:項目",
        "full, none, or N months of rent: ITEM (in CSV: months_of_rent:N:ITEM)",
    ),
}
"""How a column of each kind is written."""
EXAMPLES: dict[Kind, tuple[str, ...]] = {
    Kind.TEXT: ("架空学園",),
    Kind.REMARKS: ("研修の記録\n別紙のとおり",),
    Kind.ID: ("A01-G1", "Ａ０１－Ｇ１"),
    Kind.AUTHORITY_CODE: ("131121", "011002"),
    Kind.CHILD_CODE: ("C-0123", "Ｃ－０１２３"),
    Kind.CODE: ("地域小規模児童養護施設", "community_home"),
    Kind.DATE: ("2022-04-01", "2022/4/1", "令和4年4月1日", "R4.4.1"),
    Kind.MONTH: ("2022-04", "令和4年4月", "R4.4"),
    Kind.DATE_OR_MONTH: ("2021-12", "令和3年12月1日"),
    Kind.FISCAL_YEAR: ("令和4年度", "R4", "2022", "令和元年度", "平成31年度"),
    Kind.INTEGER: ("6", "６", "1,200"),
    Kind.YEN: ("8000000", "8,000,000", "¥8,000,000", "800万円"),
    Kind.DECIMAL: ("16.5", "１６．５", "75"),
    Kind.HOURS: ("38.75", "38:45", "13.33"),
    Kind.YES_NO: ("○", "×", "1", "0", "はい", "いいえ", "true", "false"),
    Kind.SHARE: ("1/2",),
    Kind.ELIGIBLE_RULE: ("全額", "対象外", "家賃2か月分まで:家賃", "months_of_rent:2:家賃"),
}
"""Examples of valid cells of each kind."""


def _anchor(table: Table) -> str:
    return f"{table.sheet}-{table.name}"


def _of_table(table: Table) -> Iterator[str]:
    yield f"### {table.sheet} ({table.name})"
    yield ""
    yield both(table.note)
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
    yield from table_lines(headers, (_column_row(column) for column in columns))


def _column_row(column: Column) -> tuple[str, ...]:
    codes = "<br>".join(f"`{code}` {label}" for code, label in (column.codes or {}).items())
    refers = f"<br>→ {BY_NAME[column.refers].sheet}" if column.refers else ""
    return (
        column.header,
        f"`{column.name}`",
        column.kind.value + refers,
        "○" if column.required else "",
        codes,
        "<br>".join(filter(None, (both(column.note), both(blank_means(column))))),
    )


def blank_means(column: Column) -> Text:
    """Describe what a blank cell means, if it may be blank."""
    if column.required or column.on_blank != NOTHING:
        return column.on_blank
    return Text("空欄は、なし又は不明。", "Blank: none, or not known.")
