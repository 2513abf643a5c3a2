"""What is wrong or suspicious in a cell or row of a carrier: the entries of the catalogue."""

from shokibo.ledger.findings import reading_entry
from shokibo.texts import Text

_AS_TEXT = Text(
    "列の書式を「文字列」にしてから、入力し直してください。",
    "Format the column as text, then type it again.",
)
ENTRIES = (
    reading_entry(
        "CELL_BLANK",
        Text("必須の「{header}」が空欄です。", "{header} is required but blank."),
        Text("記入してください。", "Fill it in."),
    ),
    reading_entry(
        "CAPACITY_START_BLANK",
        Text("必須の「{header}」が空欄です。", "{header} is required but blank."),
        Text(
            "開設のときからの定員であれば、「生活単位」の開設日を書いてください。開設日も分からなければ、"
            "その定員であることが分かっている最も前の日(例:様式1の年度の4月1日)を書いてください。",
            "Write the unit's opening day if this was its capacity from the start; "
            "where that is not known, the earliest day on which it is known to have held.",
        ),
    ),
    reading_entry(
        "CELL_FROM_EXAMPLE",
        Text(
            "「{header}」に、例の「{value}」が残っています。",
            "{header} still holds the example's “{value}”.",
        ),
        Text(
            "書き換えるか、消してください。すべてのセルが例のままの行は読みません。",
            "Overwrite or delete it. A row whose every cell is the example's is not read.",
        ),
    ),
    reading_entry(
        "ROW_STRAY",
        Text(
            "この行は、必須の欄がすべて空欄で、「{header}」などだけに値か式があります。",
            "All required cells of this row are blank; only {header} or the like is filled.",
        ),
        Text(
            "下までコピーした式などの残りであれば、行を削除してください。"
            "必要な行であれば、必須の欄を記入してください。",
            "Delete the row if a copied formula left it behind, or fill in the required cells.",
        ),
    ),
    reading_entry(
        "CELL_EXCEL_ERROR",
        Text(
            "「{header}」がExcelのエラー値です(#REF!、#N/A など)。",
            "{header} is an Excel error (#REF!, #N/A or the like).",
        ),
        Text("式を修正するか、値を入力してください。", "Correct the formula or type the value."),
    ),
    reading_entry(
        "CELL_FORMULA_EMPTY",
        Text(
            "「{header}」に式はありますが、計算された値が保存されていません。",
            "{header} holds a formula without a stored value.",
        ),
        Text(
            "Excelで開いて保存し直すか、値を入力してください。",
            "Open and save it in Excel, or type the value.",
        ),
    ),
    reading_entry(
        "CELLS_MERGED",
        Text(
            "セルが結合されています({range})。結合の下のセルは空欄として扱われてしまいます。",
            "Cells are merged ({range}); all but the first of them hold nothing.",
        ),
        Text(
            "セルの結合を解除し、各行に値を記入してください。",
            "Unmerge the cells and write the value in every row.",
        ),
    ),
    reading_entry(
        "CELL_IS_DATE",
        Text(
            "「{header}」のセルが、文字ではなく日付({value})になっています。"
            "3-2 や 4-1 と入力すると、Excelは日付に変えます。",
            "{header} holds a date ({value}), not text. Excel turns 3-2 and 4-1 into dates.",
        ),
        _AS_TEXT,
    ),
    reading_entry(
        "CELL_IS_TIME",
        Text(
            "「{header}」のセルが、文字ではなく時刻({value})になっています。"
            "1:30 などと入力すると、Excelは時刻に変えます。",
            "{header} holds a time ({value}), not text. Excel turns 1:30 into a time.",
        ),
        _AS_TEXT,
    ),
    reading_entry(
        "CELL_IS_BOOLEAN",
        Text(
            "「{header}」のセルが、文字ではなく論理値({value})になっています。",
            "{header} holds a truth value ({value}), not text.",
        ),
        _AS_TEXT,
    ),
    reading_entry(
        "CELL_NOT_NUMBER",
        Text(
            "「{header}」の値が数になっていません({value})。",
            "{header} holds {value}, which is not a number.",
        ),
        Text("値を入力し直してください。", "Type the value again."),
    ),
    reading_entry(
        "CELL_NOT_PRINTED",
        Text(
            "「{header}」の「{value}」に、印刷できない文字があります:{characters}。",
            "{header}: “{value}” has characters that can't be printed: {characters}.",
        ),
        Text(
            "外字などを使わず、印刷できる文字に改めてください。",
            "Use other characters, not private-use ones.",
        ),
    ),
    reading_entry(
        "CELL_DAY_WITH_TIME",
        Text(
            "「{header}」の「{value}」に時刻が付いています。",
            "{header}: “{value}” has a time of day.",
        ),
        Text(
            "{day:day}ですか。そうであれば {day:typed} と、日付だけを書いてください。",
            "Is {day:day} meant? Then write {day:typed}, without the time.",
        ),
    ),
    reading_entry(
        "CELL_DAY_STRANGE",
        Text(
            "「{header}」の日付が、1年より前か9999年より後です。",
            "{header} is a day before the year 1 or after 9999.",
        ),
        Text("年を確かめて修正してください。", "Check the year and correct it."),
    ),
    reading_entry(
        "CELL_IS_MONTH",
        Text(
            "「{header}」の「{value}」には日がありません。",
            "{header}: “{value}” is a month without a day.",
        ),
        Text(
            "{day:day}ですか。そうであれば {day:typed} と書いてください。",
            "Is {day:day} meant? Then write {day:typed}.",
        ),
    ),
    reading_entry(
        "CELL_NO_SUCH_DAY",
        Text(
            "「{header}」の「{value}」は、暦にない日です。", "{header}: there is no day “{value}”."
        ),
        Text(
            "この月の末日は{last:day}です。末日であれば {last:typed} と書いてください。",
            "The last day of that month is {last:day}; write {last:typed} if it is meant.",
        ),
    ),
    reading_entry(
        "CELL_NOT_DATE",
        Text(
            "「{header}」の「{value}」は日付として読めません。",
            "{header}: “{value}” is not a date.",
        ),
        Text(
            "2022-04-01、2022/4/1、令和4年4月1日、R4.4.1 のように書いてください。",
            "Write it as 2022-04-01, 2022/4/1, 令和4年4月1日 or R4.4.1.",
        ),
    ),
    reading_entry(
        "CELL_NOT_MONTH",
        Text(
            "「{header}」の「{value}」は年月として読めません。",
            "{header}: “{value}” is not a month.",
        ),
        Text("2022-04、令和4年4月 のように書いてください。", "Write it as 2022-04 or 令和4年4月."),
    ),
    reading_entry(
        "CELL_NOT_YEAR",
        Text(
            "「{header}」の「{value}」は年度として読めません。",
            "{header}: “{value}” is not a fiscal year.",
        ),
        Text("令和4年度、R4、2022 のように書いてください。", "Write it as 令和4年度, R4 or 2022."),
    ),
    reading_entry(
        "CELL_NOT_INTEGER",
        Text(
            "「{header}」の「{value}」は整数ではありません。",
            "{header}: “{value}” is not an integer.",
        ),
        Text("数字だけを書いてください。例:6", "Write digits only, for example 6."),
    ),
    reading_entry(
        "CELL_NOT_DECIMAL",
        Text(
            "「{header}」の「{value}」は、小数{decimals}桁までの0以上の数ではありません。",
            "{header}: “{value}” is not a number from 0 up with at most {decimals} decimals.",
        ),
        Text(
            "16.5 のように、%や単位を付けずに書いてください。",
            "Write it as 16.5, without a percent sign or a unit.",
        ),
    ),
    reading_entry(
        "CHILD_CODE_IS_NAME",
        Text(
            "「{header}」の「{value}」に、漢字、かな又は空白があります。氏名かもしれません。",
            "{header}: “{value}” has kanji, kana or a space, and may be a name.",
        ),
        Text(
            "氏名を消し、英数字の符号(例:C-0123)を書いてください。",
            "Delete the name, and write a code of letters and digits, for example C-0123.",
        ),
    ),
    reading_entry(
        "CELL_NOT_HOURS",
        Text(
            "「{header}」の「{value}」は時間数として読めません。",
            "{header}: “{value}” can't be read as hours.",
        ),
        Text(
            "38.75 又は 38:45 のように書いてください(小数は2桁まで)。",
            "Write it as 38.75 or 38:45, with two decimals at most.",
        ),
    ),
    reading_entry(
        "CELL_NOT_YES_NO",
        Text(
            "「{header}」の「{value}」は○×として読めません。",
            "{header}: “{value}” is neither yes nor no.",
        ),
        Text("○ か × を書いてください。", "Write ○ or ×."),
    ),
    reading_entry(
        "CELL_NOT_SHARE",
        Text(
            "「{header}」の「{value}」は分数ではありません。",
            "{header}: “{value}” is not a fraction.",
        ),
        Text(
            "1/2 のように書いてください(セルの書式は文字列)。",
            "Write it as 1/2, in a cell formatted as text.",
        ),
    ),
    reading_entry(
        "CELL_NOT_RULE",
        Text(
            "「{header}」の「{value}」は対象経費として読めません。",
            "{header}: “{value}” is not a rule of eligibility.",
        ),
        Text(
            "全額、対象外、家賃2か月分まで:項目名 のどれかを書いてください。",
            "Write full, none, or 2 months of rent: ITEM.",
        ),
    ),
    reading_entry(
        "CELL_UNKNOWN_CODE",
        Text(
            "「{header}」の「{value}」は選択肢にありません。",
            "{header}: “{value}” is not one of the codes.",
        ),
        Text("次のどれかを書いてください:{codes}", "Write one of: {codes}"),
    ),
    reading_entry(
        "CODE_OF_FIVE_DIGITS",
        Text(
            "「{header}」の「{value}」は5桁で、検査数字がありません。",
            "{header}: “{value}” has five digits but no check digit.",
        ),
        Text(
            "検査数字を付けた6桁の {six} を書いてください。",
            "Write it with its check digit: {six}.",
        ),
    ),
    reading_entry(
        "TOO_LONG",
        Text(
            "「{header}」が長すぎます({found}文字)。",
            "{header} is too long ({found} {found:character|characters}).",
        ),
        Text("{limit}文字までに短くしてください。", "Shorten it to {limit} characters at most."),
    ),
    reading_entry(
        "CELL_SHOWN_OTHERWISE",
        Text(
            "「{header}」は、Excelでは「{shown}」と表示されていますが、値は数の{value}なので、"
            "「{value}」と読みました。",
            "{header} is shown as “{shown}”, but its value is the number {value}, which was read.",
        ),
        Text(
            "表示のとおりであれば、列の書式を「文字列」にしてから、入力し直してください。",
            "If it is meant as shown, format the column as text and type it again.",
        ),
        "warning",
    ),
    reading_entry(
        "CHARACTERS_REMOVED",
        Text(
            "「{header}」から、目に見えない文字({characters})を除いて「{value}」と読みました。",
            "{header}: invisible characters ({characters}) were removed; read as “{value}”.",
        ),
        Text("そのままでかまいません。", "Nothing has to be done."),
        "info",
    ),
)
