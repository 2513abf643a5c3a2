"""What stops a reading and what it notes: the catalogue, and functions to make its findings."""

from pathlib import Path

from shokibo.ledger import cell_problems, id_problems
from shokibo.ledger.columns import Column, Table
from shokibo.ledger.findings import Finding, Value, reading_entry
from shokibo.ledger.raw import RawTable
from shokibo.texts import Text

_SAVE_AS = Text(
    "Excelで開き「Excel ブック(.xlsx)」として保存し直してください。",
    "Open it in Excel and save it as an Excel workbook (.xlsx).",
)

_ENTRIES = (
    reading_entry(
        "NOT_FOUND",
        Text("「{name}」が見つかりません。", "There is no {name}."),
        Text("ファイルの場所と名前を確かめてください。", "Check the place and the name."),
    ),
    reading_entry(
        "NO_PERMISSION",
        Text("「{name}」を読む権限がありません。", "No permission to read {name}."),
        Text(
            "ファイルの権限を確かめるか、読める場所に写してください。",
            "Check the permissions, or copy it to where you may read it.",
        ),
    ),
    reading_entry(
        "NOT_A_FILE",
        Text("「{name}」はファイルではありません。", "{name} is not a file."),
        Text(
            "フォルダー、切れたリンクなどを除き、表のファイルを置いてください。",
            "Replace the folder, broken link or pipe with the table's file.",
        ),
    ),
    reading_entry(
        "NOT_A_WORKBOOK",
        Text(
            "「{name}」はExcelブック(.xlsx)ではありません。",
            "{name} is not an Excel workbook (.xlsx).",
        ),
        _SAVE_AS,
    ),
    reading_entry(
        "WORKBOOK_OLD",
        Text("「{name}」は古い形式(.xls)です。", "{name} has the old format (.xls)."),
        _SAVE_AS,
    ),
    reading_entry(
        "WORKBOOK_ENCRYPTED",
        Text("「{name}」はパスワードで保護されています。", "{name} is protected by a password."),
        Text(
            "Excelで開き、パスワードを外して保存してください。",
            "Open it in Excel and save it without the password.",
        ),
    ),
    reading_entry(
        "WORKBOOK_DAMAGED",
        Text("「{name}」は壊れているか、途中で切れています。", "{name} is damaged or cut short."),
        Text(
            "元のファイルを写し直すか、Excelで開いて修復し、保存し直してください。",
            "Copy it again, or open it in Excel, repair and save it.",
        ),
    ),
    reading_entry(
        "TOO_LARGE",
        Text(
            "大きすぎて安全に読めません({found}。上限は{limit})。",
            "Too large to be read safely ({found}; the limit is {limit}).",
        ),
        Text(
            "余分な行や列、別のシートを消して保存するか、Parquetの台帳にしてください。",
            "Delete spare rows, columns and sheets, or use a folder of Parquet files.",
        ),
    ),
    reading_entry(
        "TOO_MANY_ROWS",
        Text(
            "行が多すぎて、安全に読めません(上限は{limit}行)。",
            "Too many rows to be read safely (the limit is {limit}).",
        ),
        Text(
            "要らない行を消すか、自治体ごと、年度ごとなどの台帳に分けてください。",
            "Delete rows that are not needed, or split the ledger, by authority or year.",
        ),
    ),
    reading_entry(
        "TOO_MANY_COLUMNS",
        Text(
            "列が多すぎて、安全に読めません(上限は{limit}列)。",
            "Too many columns to be read safely (the limit is {limit}).",
        ),
        Text(
            "台帳にない列を消してください。", "Delete the columns that don't belong to the ledger."
        ),
    ),
    reading_entry(
        "NO_TABLES",
        Text("「{name}」に台帳の表がありません。", "{name} holds no table of a ledger."),
        Text(
            "シート名かファイル名は、施設、生活単位、職員(homes、units、staff)などです。"
            "空の台帳は shokibo template で作れます。",
            "Sheets or files are named homes, units, staff and so on; "
            "`shokibo template` makes an empty ledger.",
        ),
    ),
    reading_entry(
        "TABLE_TWICE",
        Text("表「{table}」が二つあります({first})。", "The table {table} occurs twice ({first})."),
        Text("一つにまとめてください。", "Combine the two into one."),
    ),
    reading_entry(
        "ENCODING_UNKNOWN",
        Text("文字コードがUTF-8でもShift_JISでもありません。", "Neither UTF-8 nor Shift_JIS."),
        Text("「CSV UTF-8」で保存し直してください。", "Save it as “CSV UTF-8”."),
    ),
    reading_entry(
        "CSV_DAMAGED",
        Text("{line}行目からCSVとして読めません。", "Not CSV from line {line} on."),
        Text('二重引用符(")の閉じ忘れを確かめてください。', 'Look for a quote (") left open.'),
    ),
    reading_entry(
        "PARQUET_DAMAGED",
        Text("Parquetとして読めません。", "Can't be read as Parquet."),
        Text("元のファイルを写し直してください。", "Copy it again from where it was made."),
    ),
    reading_entry(
        "HEADER_NOT_FOUND",
        Text("表「{table}」の見出しの行が見つかりません。", "{table} has no header row."),
        Text("1行目に見出しを書いてください:{headers}", "Write the headers in row 1: {headers}"),
    ),
    reading_entry(
        "HEADER_MERGED",
        Text("見出しのセルが結合されています({range})。", "Header cells are merged ({range})."),
        Text(
            "結合を解き、1列に一つの見出しを書いてください。",
            "Unmerge them and write one header per column.",
        ),
    ),
    reading_entry(
        "HEADER_DUPLICATE",
        Text(
            "見出し「{header}」が二つあります(先は{first})。",
            "The header {header} occurs twice (first at {first}).",
        ),
        Text("要らない列を消してください。", "Delete the column that is not needed."),
    ),
    reading_entry(
        "HEADER_MISSING",
        Text(
            "表「{table}」に必須の列「{header}」がありません。",
            "{table} lacks the required column {header}.",
        ),
        Text("列を加えてください。", "Add the column."),
    ),
    reading_entry(
        "COLUMN_NOT_TEXT",
        Text(
            "列「{header}」が、文字ではない型({type})です。",
            "The column {header} is of the type {type}, not text.",
        ),
        Text("文字の列にして書き出し直してください。", "Write it again as a text column."),
    ),
    reading_entry(
        "COLUMN_NOT_CELLS",
        Text(
            "列「{header}」は、一つのセルに入らない型(リスト、構造体、バイナリ)です。",
            "The column {header} holds lists, structs or binary data, which no cell can hold.",
        ),
        Text(
            "文字、数、日付の列にして書き出し直してください。",
            "Write it again as a column of text, numbers or dates.",
        ),
    ),
    reading_entry(
        "COLUMN_UNKNOWN",
        Text(
            "見出し「{header}」は表「{table}」にない列なので、読みませんでした。",
            "{table} has no column {header}; it was not read.",
        ),
        Text(
            "綴りを確かめるか、要らなければ消してください。",
            "Check the spelling, or delete the column.",
        ),
        "warning",
    ),
    reading_entry(
        "COLUMN_UNNAMED",
        Text(
            "「{table}」の見出しのない列に記入があり、読みませんでした。",
            "A column of {table} without a header has entries; they were not read.",
        ),
        Text(
            "見出しを書くか、要らなければ列を消してください。",
            "Write its header, or delete the column.",
        ),
        "warning",
    ),
    reading_entry(
        "SHEET_UNKNOWN",
        Text(
            "「{name}」は台帳の表ではないので、読みませんでした。",
            "{name} is not a table; it was not read.",
        ),
        Text(
            "表のつもりなら、名前を修正してください。", "If it is meant as one, correct its name."
        ),
        "info",
    ),
    reading_entry(
        "ROWS_HIDDEN",
        Text(
            "非表示の行も、フィルターで隠れた行も読みました({parts}行目)。",
            "Hidden rows (including those hidden by a filter) were read: {parts}.",
        ),
        Text("不要な行は削除してください。", "Delete them if they are not needed."),
        "info",
    ),
    reading_entry(
        "COLUMNS_HIDDEN",
        Text(
            "非表示の列も読みました({parts}列)。",
            "Hidden columns were read: {parts}.",
        ),
        Text("不要な列は削除してください。", "Delete them if they are not needed."),
        "info",
    ),
    reading_entry(
        "MORE_ALIKE",
        Text("{code}の指摘が、ほかに{count}件あります。", "There are {count} more of {code}."),
        Text(
            "示したものを修正してから、もう一度確かめてください。",
            "Correct those listed, then check again.",
        ),
        "info",
    ),
    reading_entry(
        "SHEET_HIDDEN",
        Text("「{name}」は非表示のシートですが、読みました。", "{name} is hidden, and was read."),
        Text("要らなければシートを消してください。", "Delete the sheet if it is not needed."),
        "info",
    ),
)
CATALOGUE = {
    entry.code: entry for entry in (*_ENTRIES, *cell_problems.ENTRIES, *id_problems.ENTRIES)
}


def at(code: str, table: str, place: str, /, **values: Value) -> Finding:
    """Make a problem or note about a table at a place."""
    return Finding(CATALOGUE[code], table, place, values)


def at_file(code: str, path: Path, **values: str | int) -> Finding:
    """Make a problem about a whole file."""
    return at(code, "", path.name, name=path.name, **values)


def too_large(path: Path, found: int, limit: int, part: str = "") -> Finding:
    """Make the problem of an input that exceeds a limit, with both figures."""
    return at("TOO_LARGE", "", f"{path.name} {part}".strip(), found=found, limit=limit)


def header_not_found(table: Table, place: str) -> Finding:
    """Make the problem of a table without a header row."""
    headers = [column.header for column in table.columns if column.required]
    return at("HEADER_NOT_FOUND", table.name, place, table=table.sheet, headers=headers)


def at_cell(
    code: str, raw: RawTable, row: int, index: int, column: Column, **values: Value
) -> Finding:
    """Make a problem or note about a cell."""
    values = {"header": column.header, **values}
    place = raw.place(row, index)
    return Finding(CATALOGUE[code], raw.table.name, place, values, row, column.name)
