"""What an import refuses beside what a reading does, in the same manner: each with its words."""

from shokibo.ledger.findings import Entry
from shokibo.ledger.merging import STILL_NAMED
from shokibo.texts import Text

OTHER_AUTHORITY = Entry(
    "OTHER_AUTHORITY",
    "error",
    Text(
        "団体コード「{value}」は、この自治体({code})のものではありません。",
        "{value} is not the code of this authority ({code}).",
    ),
    Text(
        "取り込む自治体のブックかどうかを確かめ、団体コードを直してください。",
        "Make sure that the workbook is this authority's, and correct the code.",
    ),
)
NOT_KEPT_BY_YOU = Entry(
    "NOT_KEPT_BY_YOU",
    "error",
    Text(
        "表「{table}」は、自治体が管理しています。", "The table {table} is kept by the authority."
    ),
    Text(
        "この行を消すか登録済みのとおりに戻し、変更は自治体の担当者に伝えてください。",
        "Delete the row or put it back as it was, and tell the authority what should change.",
    ),
)
APPLICATION_BY_PAGES = Entry(
    "APPLICATION_BY_PAGES",
    "error",
    Text(
        "申請「{value}」は、ブックでは変えられません。申請と認定は画面で行います。",
        "The application {value} can't be changed by a workbook.",
    ),
    Text(
        "この行を消すか登録済みのとおりに戻し、「申請」の画面で手続をしてください。",
        "Delete the row or put it back as it was, and apply on the pages.",
    ),
)
CERTIFIED_AMENDED = Entry(
    "CERTIFIED_AMENDED",
    "error",
    Text(
        "認定された申請「{application_id}」の{header}が、{before}から{after}に書き換えられています。",
        "{header} of the certified application {application_id} was {before} and is {after}.",
    ),
    Text(
        "決定した申請は書き換えません。この行を登録済みのとおりに戻し、申請の画面で、今の認定の終了と、"
        "翌月からの変更を起案してください。",
        "What was decided is not rewritten. Put the row back as it was, and on the pages propose "
        "its end and a change from the month after.",
    ),
)
OWN_VALUE_BY_PAGES = Entry(
    "OWN_VALUE_BY_PAGES",
    "error",
    Text(
        "自治体の値「{value}」は、ブックでは変えられません。起案と決裁は画面で行います。",
        "The authority's own value {value} can't be changed by a workbook.",
    ),
    Text(
        "この行を消すか登録済みのとおりに戻し、「自治体の値」の画面で起案してください。",
        "Delete the row or put it back as it was, and propose the value on the pages.",
    ),
)
REPORTING_BY_PAGES = Entry(
    "REPORTING_BY_PAGES",
    "error",
    Text(
        "自治体の{header}は、ブックでは変えられません。起案と決裁は画面で行います。",
        "{header} of the authority can't be changed by a workbook.",
    ),
    Text(
        "登録済みのとおりに戻し、「自治体の値」の画面で起案してください。",
        "Put it back as it was, and propose it on the page of own values.",
    ),
)
AUTHORITY_STAYS = Entry(
    "AUTHORITY_STAYS",
    "error",
    Text("自治体の行は削除できません。", "The authority's own row can't be removed."),
    Text("削除の○を消してください。", "Take the mark away."),
)
NO_PROPOSAL_FOR_IT = Entry(
    "NO_PROPOSAL_FOR_IT",
    "error",
    Text(
        "生活単位「{value}」のこの変更は、ブックからの申出にできません。",
        "This change of the unit {value} can't be proposed by a workbook.",
    ),
    Text(
        "申出にできるのは、開設(開設日と定員が必要)、廃止、種別の変更、定員の変更です。"
        "ほかは自治体の担当者に伝えてください。",
        "Openings (with day and capacity), closings, kinds and capacities can be proposed; "
        "tell the authority of anything else.",
    ),
)
UNIT_NOT_REGISTERED = Entry(
    "UNIT_NOT_REGISTERED",
    "error",
    Text(
        "生活単位「{value}」は、まだ登録されていません。",
        "The unit {value} is not in the register yet.",
    ),
    Text(
        "生活単位の申出を自治体が登録したあとで、この行を取り込んでください。",
        "Import this row once the authority has entered the unit.",
    ),
)
DAY_WITHOUT_ERA = Entry(
    "DAY_WITHOUT_ERA",
    "error",
    Text("「{header}」の{value}は、昭和より前の日です。", "{header}: {value} lies before 1926."),
    Text("年を確かめて直してください。", "Check the year and correct it."),
)
YEAR_UNLIKELY = Entry(
    "YEAR_UNLIKELY",
    "error",
    Text("「{header}」の{value}は、年度として読めません。", "{header}: {value} is no fiscal year."),
    Text("令和4年度、R4、2022 のように書いてください。", "Write it as 令和4年度, R4 or 2022."),
)
NOT_A_CHARACTER = Entry(
    "NOT_A_CHARACTER",
    "error",
    Text("「{header}」に使えない文字(NUL)があります。", "{header} holds a NUL character."),
    Text("入力し直してください。", "Type it again."),
)
USED_ELSEWHERE = Entry(
    "USED_ELSEWHERE",
    "error",
    Text(
        "{table}「{value}」は消せません。{others}が残っています。",
        "{value} of {table} can't be removed: {others} stand.",
    ),
    Text(
        "廃止した日を「廃止日」に記入してください。記録のある行は消さずに残します。",
        "Enter the day it closed instead; rows with a record are kept.",
    ),
)
FILE_UNREADABLE = Entry(
    "FILE_UNREADABLE",
    "error",
    Text(
        "「{name}」を読む途中で、読み取りが止まりました(計算時間かメモリーの上限に達したなど)。",
        "Reading {name} came to a stop (at its limit of time or memory, for instance).",
    ),
    Text(
        "要らないシートや行を消し、Excelで開いて保存し直すか、空の台帳に写してください。",
        "Delete sheets and rows that are not needed and save it in Excel, or copy it into an empty "
        "template.",
    ),
)
ENTRIES = {
    entry.code: entry
    for entry in (
        OTHER_AUTHORITY,
        NOT_KEPT_BY_YOU,
        APPLICATION_BY_PAGES,
        CERTIFIED_AMENDED,
        OWN_VALUE_BY_PAGES,
        REPORTING_BY_PAGES,
        AUTHORITY_STAYS,
        NO_PROPOSAL_FOR_IT,
        UNIT_NOT_REGISTERED,
        DAY_WITHOUT_ERA,
        YEAR_UNLIKELY,
        NOT_A_CHARACTER,
        USED_ELSEWHERE,
        FILE_UNREADABLE,
        STILL_NAMED,
    )
}
