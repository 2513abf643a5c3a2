"""What the pages speak of, the keys that they know, and where a first day goes."""

from shokibo.texts import Text

WORDS = (
    (
        Text("生活単位", "living unit"),
        Text(
            "子どもたちが一つの家庭のように暮らす単位です。本体施設のユニットとグループホームがあります。",
            "Where children live together as in one household: a unit of the main building or a "
            "group home.",
        ),
    ),
    (
        Text("グループホーム", "group home"),
        Text(
            "地域小規模児童養護施設、分園型小規模グループケアなど、本体施設から離れた生活単位です。",
            "A living unit away from the main building: a community home, a branch and others.",
        ),
    ),
    (
        Text("小規模かつ地域分散化加算", "dispersal add-on"),
        Text(
            "要件を満たす生活単位に、職員の加配を認める加算です。生活単位ごとに申請します。",
            "Allows extra staff to a living unit that meets the requirements; applied for by unit.",
        ),
    ),
    (
        Text("バックアップ職員加算", "backup add-on"),
        Text(
            "グループホームを支える職員を本体施設に置く加算です。施設ごとに申請します。",
            "Allows staff at the main building who back up its group homes; applied for by home.",
        ),
    ),
    (
        Text("加配", "extra staff"),
        Text(
            "加算によって、基準より多く置く職員です。人数は月ごとに認定します。",
            "Staff above the minimum, paid by the add-on; certified month by month.",
        ),
    ),
    (
        Text("要件確認", "confirmation"),
        Text(
            "職員数のほかの要件を、資料で確認した結果です。効力開始日から有効期限まで使います。",
            "The result of checking, with documents, the requirements other than staff; in force "
            "from its first to its last day.",
        ),
    ),
    (
        Text("判定保留(資料不足)", "can't be judged yet"),
        Text(
            "登録が足りず、満たすとも満たさないとも判定できない状態です。理由に足りない登録を示します。",
            "Rows are missing, so that it is neither met nor not met; the reason names them.",
        ),
    ),
    (
        Text("該当なし", "not applicable"),
        Text("その規則の判定の対象外です。", "The rule does not apply."),
    ),
    (
        Text("確認事項", "finding"),
        Text(
            "台帳や様式で、誤りか、確認が必要なところです。誤りと注意があります。"
            "「要件確認」の表の「確認事項」は、確認する要件です。",
            "What is wrong in the register or a form, or has to be looked at: errors and warnings.",
        ),
    ),
    (
        Text("基準日", "reference date"),
        Text(
            "画面や様式が、いつの状況を示すかを決める日です。",
            "The day as of which a page or a form shows things.",
        ),
    ),
    (
        Text("起案・決裁", "proposal, decision"),
        Text(
            "担当者が起案し、別の人が決裁します。自分が起案したものは決裁できません。",
            "An officer proposes and another person decides; nobody decides on their own proposal.",
        ),
    ),
    (
        Text("様式1・様式2", "forms 1 and 2"),
        Text(
            "国への報告です。様式1は4月30日の状況、様式2は前年度の実績です。",
            "The returns to the ministry: form 1 as of 30 April, form 2 the year before.",
        ),
    ),
    (
        Text("訂正", "correction"),
        Text(
            "提出した報告を修正するための新しい版です。前の版はそのまま残ります。",
            "A new version of a return that was submitted; the one before stays as it is.",
        ),
    ),
    (
        Text("取組", "action"),
        Text(
            "計画で、生活単位の新設、廃止、定員変更、転用などを、年度ごとに記入したものです。",
            "What the plan does to a unit in a year: opens, closes, converts it, changes places.",
        ),
    ),
    (
        Text("必要量", "need"),
        Text("年度ごとの、受入れが必要な子どもの数です。", "Children who need a place, by year."),
    ),
    (
        Text("下書き", "draft"),
        Text(
            "記入の途中で、まだ保存していない内容です。本人だけが、14日の間、続きから記入できます。",
            "What was typed and not yet saved; its writer alone can go on with it, for 14 days.",
        ),
    ),
)
"""Terms with their meaning, in the order in which somebody new meets them."""

KEYS = (
    (
        Text("Tab、Shift+Tab", "Tab, Shift+Tab"),
        Text("次の欄、前の欄へ移る", "Go to the next or previous field"),
    ),
    (
        Text("Enter(「本文へ」の上で)", "Enter (on “Skip to the content”)"),
        Text("メニューを飛ばして本文へ移る", "Skip the menu and go to the content"),
    ),
)

FIRST_DAY = {
    "home_staff": (
        (
            "today:today",
            Text("待っている仕事と期限を確認する", "See what is waiting and what is due"),
        ),
        (
            "homes:homes",
            Text("自分の施設の定員と職員を確認する", "Check the home’s places and staff"),
        ),
        ("certification:applications", Text("加算を申請する", "Apply for an add-on")),
        ("exchange:exchange", Text("台帳をExcelで受け取る", "Export the register to Excel")),
    ),
    "officer": (
        (
            "today:today",
            Text("待っている仕事と期限を確認する", "See what is waiting and what is due"),
        ),
        ("homes:homes", Text("施設と生活単位を確認する", "Look at homes and units")),
        ("certification:queue", Text("申請を審査する", "Examine applications")),
        ("returns:returns", Text("国への報告を作る", "Prepare the returns")),
        ("planning:overview", Text("計画を見る", "Look at the plan")),
        ("exchange:exchange", Text("ブックを取り込む", "Import a workbook")),
    ),
    "approver": (
        ("today:today", Text("決裁を待つものを確認する", "See what is waiting for a decision")),
        (
            "certification:queue",
            Text("起案された認定を決裁する", "Decide the proposed certifications"),
        ),
        ("returns:returns", Text("国への報告を提出する", "Submit the returns")),
        ("planning:versions", Text("計画を公表する", "Publish the plan")),
    ),
    "center_staff": (("today:today", Text("待っている仕事を確認する", "See what is waiting")),),
    "ministry": (("nation", Text("提出された報告を見る", "Read the submitted returns")),),
    "auditor": (
        ("today:today", Text("期限と状況を確認する", "See the deadlines and the current position")),
        ("trail:events", Text("記録を見る", "Read the log")),
    ),
    "admin": (("people:people", Text("利用者を招待する", "Invite people")),),
}
"""By role, the pages to open on a first day, each with what to do there."""

PLACES = {
    "today": "今日の仕事",
    "homes": "台帳を見る、修正する",
    "homes:staff": "職員の配置を登録する",
    "homes:add_posting": "職員の配置を登録する",
    "homes:edit_posting": "職員の配置を登録する",
    "homes:end_posting": "職員の配置を登録する",
    "homes:add_occupancy": "入所児童数を登録する",
    "homes:edit_occupancy": "入所児童数を登録する",
    "homes:propose": "開設・廃止・種別・定員の変更を申し出る",
    "homes:accept_proposal": "施設の申出を登録する",
    "homes:decline_proposal": "施設の申出を登録する",
    "support": "支援を記録する",
    "support:housing": "物件を記録する",
    "support:open_lead": "物件を記録する",
    **dict.fromkeys(
        [f"homes:{verb}_lead" for verb in ("list", "add", "edit", "remove")], "物件を記録する"
    ),
    "care": "児童の記録を付ける",
    "homes:renew_confirmations": "要件確認をまとめて登録する",
    "homes:continue_unit": "生活単位を引き継ぐ",
    "homes:undo_handover": "生活単位を引き継ぐ",
    "certification": "審査する、差し戻す",
    "certification:applications": "加算を申請する",
    "certification:new": "加算を申請する",
    "certification:edit": "加算を申請する",
    "certification:submit": "加算を申請する",
    "certification:revise": "差し戻された申請を修正する",
    "certification:propose": "認定・不認定を起案する",
    "certification:decide": "認定・不認定を決裁する",
    "certification:letters": "通知書を作る",
    "certification:months": "月ごとの認定を見る",
    "returns": "国への報告を起案する",
    "returns:submit": "国への報告を提出する",
    "returns:paper": "紙で提出した年度の報告を記録する",
    "returns:deadline": "国への報告の期限を延長する（自治体担当者）",
    "office": "自治体の値と報告者職名を決める",
    "planning": "計画を作る",
    "planning:actions": "取組を表で記入する",
    "planning:texts": "計画の文章を書く",
    "planning:text": "計画の文章を書く",
    "planning:document": "計画書を確かめる",
    "planning:propose": "公表を起案する",
    "planning:publish": "公表する",
    "planning:compare": "版を比べる",
    "planning:review": "進捗を見る",
    "costs": "経費を記入する",
    "needs": "見通しを計算する",
    "needs:proposals": "計画の提案を計算する",
    "needs:proposal": "計画の提案を計算する",
    "needs:adopt_actions": "計画の提案を計算する",
    "care:counts": "児童の数を見る",
    "exchange": "ブックを取り込む",
    "exchange:undo": "取込みを取り消す",
    "opendata": "集計を公開する",
    "opendata:withdraw": "公開を取りやめる",
    "trail": "監査",
    "nation": "国",
    "nation_return": "国",
    "nation_children": "児童の数を見る",
    "nation_paper": "国",
    "people": "システム管理",
    "people:invite": "利用者を招待する",
    "people:end_membership": "役割を終了する、二段階認証を解除する",
    "people:reset_second_factor": "役割を終了する、二段階認証を解除する",
    "people:revoke_tokens": "ある人のトークンを失効させる",
    "system_log": "システム管理",
    "tokens": "APIのトークンを発行する",
    "api": "プログラムから使う：API",
    "people_own:second_factor": "二段階認証を用意する",
    "usersessions_list": "どの画面にもあるもの",
}
"""The guide's heading for an address by its name, or for all addresses of an app."""
EVERYWHERE = "どの画面にもあるもの"
NOT_FOUND = "困ったとき"
