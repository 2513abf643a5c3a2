"""Problems with the keys and ids of a carrier's rows: the entries of the catalogue."""

from shokibo.ledger.findings import reading_entry
from shokibo.texts import Text

ENTRIES = (
    reading_entry(
        "KEY_DUPLICATE",
        Text(
            "{key}の行が二つあります(先は{first})。",
            "There are two rows with {key} (first at {first}).",
        ),
        Text("一つを消すか、修正してください。", "Delete or correct one of them."),
    ),
    reading_entry(
        "ID_UNKNOWN",
        Text(
            "「{header}」の「{value}」は、表「{table}」にありません。",
            "{header}: {table} has no “{value}”.",
        ),
        Text(
            "IDを修正するか、表「{table}」に行を加えてください。",
            "Correct the id, or add a row to {table}.",
        ),
    ),
    reading_entry(
        "ID_BY_NAME",
        Text(
            "「{header}」の「{value}」は、IDではなく名前です。",
            "{header}: “{value}” is a name, not an id.",
        ),
        Text(
            "「{value}」のIDは {ids} です。IDを書いてください。",
            "The id of “{value}” is {ids}; write the id.",
        ),
    ),
    reading_entry(
        "AUTHORITY_BY_NAME",
        Text(
            "「{header}」の「{value}」は、コードではなく自治体名です。",
            "{header}: “{value}” is the name of an authority, not a code.",
        ),
        Text(
            "「{value}」の団体コードは {ids} です。団体コードを書いてください。",
            "The code of “{value}” is {ids}; write the code.",
        ),
    ),
    reading_entry(
        "ID_REMOVED",
        Text(
            "「{header}」の「{value}」は、表「{table}」で削除の行です。",
            "{header}: the row “{value}” of {table} is marked for removal.",
        ),
        Text(
            "この行も削除に○を付けるか、元の行の○を消してください。",
            "Mark this row too, or remove the mark there.",
        ),
    ),
    reading_entry(
        "ROW_NOT_THERE",
        Text(
            "削除の行は、登録にありません({key})。", "The row to be removed does not exist ({key})."
        ),
        Text("そのままでかまいません。", "Nothing has to be done."),
        "info",
    ),
)
