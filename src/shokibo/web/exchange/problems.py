"""The problems of an import besides those of reading."""

from shokibo.ledger.findings import reading_entry
from shokibo.ledger.merging import STILL_NAMED
from shokibo.texts import Text
from shokibo.web.store.deleted_children import CHILD_DELETED

ENTRIES = {
    entry.code: entry
    for entry in (
        reading_entry(
            "OTHER_AUTHORITY",
            Text(
                "団体コード「{value}」は、この自治体({code})のものではありません。",
                "{value} is not the code of this authority ({code}).",
            ),
            Text(
                "取り込む自治体のブックかどうかを確かめ、団体コードを修正してください。",
                "Make sure that the workbook is this authority's, and correct the code.",
            ),
        ),
        reading_entry(
            "NOT_KEPT_BY_YOU",
            Text(
                "表「{table}」は、自治体が管理しています。",
                "The table {table} is kept by the authority.",
            ),
            Text(
                "この行を消すか登録済みのとおりに戻し、変更は自治体の担当者に伝えてください。",
                "Delete the row or put it back as it was, "
                "and tell the authority what should change.",
            ),
        ),
        reading_entry(
            "CHILDREN_OF_CENTER",
            Text(
                "表「{table}」の行は、児童相談所だけが取り込めます。",
                "Rows of the table {table} are brought in by the child guidance center alone.",
            ),
            Text("この表の行を消してください。", "Delete the rows of this table."),
        ),
        reading_entry(
            "CHILD_OF_OTHER_CENTER",
            Text(
                "児童「{value}」は、あなたの児童相談所の児童ではありません。",
                "{value} is no child of your center.",
            ),
            Text(
                "自分の児童相談所コードの行だけを残してください。",
                "Leave only the rows with the code of your own center.",
            ),
        ),
        reading_entry(
            "EPISODE_OF_RECORDS",
            Text(
                "児童「{value}」には記録があり、養育の経過は記録から作られます。",
                "The episodes of {value} are derived from its records.",
            ),
            Text(
                "この行を登録済みのとおりに戻し、画面「児童の記録」で修正してください。",
                "Put the row back as it was, and correct the records on their page.",
            ),
        ),
        reading_entry(
            "APPLICATION_BY_PAGES",
            Text(
                "申請「{value}」は、ブックでは変えられません。申請と認定は画面で行います。",
                "The application {value} can't be changed by a workbook.",
            ),
            Text(
                "この行を消すか登録済みのとおりに戻し、「申請」の画面で手続をしてください。",
                "Delete the row or put it back as it was, and apply on the pages.",
            ),
        ),
        reading_entry(
            "CERTIFIED_AMENDED",
            Text(
                "認定された申請「{application_id}」の{header}が、{before}から{after}に書き換えられています。",
                "{header} of the certified application {application_id} was {before} and is "
                "{after}.",
            ),
            Text(
                "決定した申請は書き換えません。この行を登録済みのとおりに戻し、申請の画面で、今の認定の"
                "終了と、翌月からの変更を起案してください。",
                "What was decided is not rewritten. Put the row back as it was, and on the pages "
                "propose its end and a change from the month after.",
            ),
        ),
        reading_entry(
            "OWN_VALUE_BY_PAGES",
            Text(
                "自治体の値「{value}」は、ブックでは変えられません。起案と決裁は画面で行います。",
                "The authority's own value {value} can't be changed by a workbook.",
            ),
            Text(
                "この行を消すか登録済みのとおりに戻し、「自治体の値」の画面で起案してください。",
                "Delete the row or put it back as it was, and propose the value on the pages.",
            ),
        ),
        reading_entry(
            "REPORTING_BY_PAGES",
            Text(
                "自治体の{header}は、ブックでは変えられません。起案と決裁は画面で行います。",
                "{header} of the authority can't be changed by a workbook.",
            ),
            Text(
                "登録済みのとおりに戻し、「自治体の値」の画面で起案してください。",
                "Put it back as it was, and propose it on the page of own values.",
            ),
        ),
        reading_entry(
            "AUTHORITY_STAYS",
            Text("自治体の行は削除できません。", "The authority's own row can't be removed."),
            Text("削除の○を消してください。", "Take the mark away."),
        ),
        reading_entry(
            "NO_PROPOSAL_FOR_IT",
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
        ),
        reading_entry(
            "UNIT_NOT_REGISTERED",
            Text(
                "生活単位「{value}」は、まだ登録されていません。",
                "The unit {value} is not in the register yet.",
            ),
            Text(
                "生活単位の申出を自治体が登録したあとで、この行を取り込んでください。",
                "Import this row once the authority has entered the unit.",
            ),
        ),
        reading_entry(
            "DAY_WITHOUT_ERA",
            Text(
                "「{header}」の{value}は、昭和より前の日です。",
                "{header}: {value} lies before 1926.",
            ),
            Text("年を確かめて修正してください。", "Check the year and correct it."),
        ),
        reading_entry(
            "YEAR_UNLIKELY",
            Text(
                "「{header}」の{value}は、年度として読めません。",
                "{header}: {value} is not a fiscal year.",
            ),
            Text(
                "令和4年度、R4、2022 のように書いてください。", "Write it as 令和4年度, R4 or 2022."
            ),
        ),
        reading_entry(
            "NOT_A_CHARACTER",
            Text("「{header}」に使えない文字(NUL)があります。", "{header} holds a NUL character."),
            Text("入力し直してください。", "Type it again."),
        ),
        reading_entry(
            "USED_ELSEWHERE",
            Text(
                "{table}「{value}」は消せません。{others}が残っています。",
                "{value} of {table} can't be removed: {others} stand.",
            ),
            Text(
                "廃止した日を「廃止日」に記入してください。記録のある行は消さずに残します。",
                "Enter the day it closed instead; rows with a record are kept.",
            ),
        ),
        reading_entry(
            "FILE_UNREADABLE",
            Text(
                "「{name}」を読む途中で、読み取りが止まりました(計算時間かメモリーの上限に達したなど)。",
                "Reading {name} came to a stop (at its limit of time or memory, for instance).",
            ),
            Text(
                "要らないシートや行を消し、Excelで開いて保存し直すか、空の台帳に写してください。",
                "Delete sheets and rows that are not needed and save it in Excel, "
                "or copy it into an empty template.",
            ),
        ),
        CHILD_DELETED,
        STILL_NAMED,
    )
}
