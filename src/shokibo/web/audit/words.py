"""What actions, tables and looks are called in the log."""

from django.utils.translation import gettext as _

from shokibo.texts import Text
from shokibo.web.audit.models import Event, Look
from shokibo.web.base.language import language
from shokibo.web.base.words import colon

ACTIONS = {
    "person.invite": Text("利用者の招待", "Invited a person"),
    "person.accept": Text("招待の受諾", "Accepted an invitation"),
    "person.renew_invitation": Text("招待のやり直し", "Renewed an invitation"),
    "person.cancel": Text("招待の取消し", "Cancelled an invitation"),
    "person.end_role": Text("役割の終了", "Ended a role"),
    "person.reset_second_factor": Text("二段階認証の解除", "Reset a second factor"),
    "person.readmit": Text("システム管理の認証のやり直し", "Readmitted an administrator"),
    "login.success": Text("ログイン", "Logged in"),
    "login.failure": Text("ログインの失敗", "Failed to log in"),
    "login.end": Text("ログアウト", "Logged out"),
    "password.change": Text("パスワードの変更", "Changed the password"),
    "password.reset": Text("パスワードの再設定", "Reset the password"),
    "factor.add": Text("二段階認証の追加", "Added a second factor"),
    "factor.remove": Text("二段階認証の削除", "Removed a second factor"),
    "factor.reset": Text("回復コードの再発行", "Renewed the recovery codes"),
    "register.add": Text("台帳への登録", "Added to the register"),
    "register.change": Text("台帳の変更", "Changed the register"),
    "register.remove": Text("台帳からの削除", "Removed from the register"),
    "register.hand_over": Text("生活単位の引継ぎ", "Continued a household in a new unit"),
    "register.undo_hand_over": Text("引継ぎの取消し", "Undid the continuation of a household"),
    "register.load": Text("台帳の読込み", "Loaded a ledger"),
    "authority.due": Text("施設からの申請の期限の変更", "Changed the homes’ deadline"),
    "authority.contact": Text("問い合わせ先の変更", "Changed the contact"),
    "proposal.make": Text("変更の申出", "Proposed a change"),
    "proposal.accept": Text("申出の登録", "Accepted a proposal"),
    "proposal.decline": Text("申出を登録しない", "Declined a proposal"),
    "proposal.withdraw": Text("申出の取下げ", "Withdrew a proposal"),
    "home.remind": Text("施設へのお願いのメール", "Reminded a home by mail"),
    "application.draft": Text("申請の作成", "Drafted an application"),
    "application.edit": Text("申請の変更", "Edited an application"),
    "application.submit": Text("申請の提出", "Submitted an application"),
    "application.withdraw": Text("申請の取下げ", "Withdrew an application"),
    "application.return": Text("申請の差戻し", "Returned an application"),
    "application.revise": Text("新しい版の作成", "Made a new version"),
    "application.propose": Text("決定の起案", "Proposed a decision"),
    "application.take_back": Text("起案の取消し", "Took back a proposal"),
    "application.certify": Text("認定", "Certified an application"),
    "application.reject": Text("不認定", "Rejected an application"),
    "application.propose_end": Text("認定の終了の起案", "Proposed to end a certification"),
    "application.propose_change": Text("認定の変更の起案", "Proposed to change a certification"),
    "application.change": Text("認定の変更", "Changed a certification"),
    "application.end": Text("認定の終了", "Ended a certification"),
    "application.discard": Text("下書きの削除", "Discarded a draft"),
    "application.send_back": Text("起案を担当者に戻す", "Sent back a proposal"),
    "application.evidence": Text("根拠資料の添付", "Attached evidence"),
    "application.detach": Text("根拠資料の取外し", "Removed evidence"),
    "application.evidence_out": Text("根拠資料の取出し", "Downloaded evidence"),
    "application.letter": Text("通知書の作成", "Drew up a letter"),
    "letter.issue": Text("通知書の発行", "Issued a letter"),
    "letter.correct": Text("発行した通知書の修正", "Corrected an issued letter"),
    "letter.settings": Text("通知書の設定の変更", "Changed the settings of letters"),
    "setting.propose": Text("自治体の値の起案", "Proposed an authority’s value"),
    "setting.withdraw": Text("自治体の値の起案の取下げ", "Withdrew a proposed authority’s value"),
    "setting.decline": Text("自治体の値を決定しない", "Declined an authority’s value"),
    "setting.accept": Text("自治体の値の決定", "Approved an authority’s value"),
    "return.draft": Text("報告の起案", "Drafted a return"),
    "return.edit": Text("報告の変更", "Edited a return"),
    "return.discard": Text("報告の案の破棄", "Discarded a draft return"),
    "return.submit": Text("報告の提出", "Submitted a return"),
    "return.deadline": Text("報告の期限の延長", "Extended the deadline of a return"),
    "return.accept": Text("報告の受理", "Accepted a return"),
    "return.publish": Text("全国の計の公開", "Published the national totals"),
    "return.ask": Text("報告の照会", "Asked about a return"),
    "return.withdraw_question": Text("照会の取下げ", "Withdrew a question about a return"),
    "return.answer": Text("照会への回答", "Answered a question about a return"),
    "return.receive": Text("届いた報告のファイルの読込み", "Received files of returns"),
    "return.read": Text("届いた報告の読取り", "Read a file of a return"),
    "return.paper": Text("紙で提出した報告の記録", "Noted a return filed on paper"),
    "return.correct": Text("報告の訂正の起案", "Drafted a correction"),
    "plan.add": Text("計画への記入", "Added to the plan"),
    "plan.change": Text("計画の変更", "Changed the plan"),
    "plan.remove": Text("計画からの削除", "Removed from the plan"),
    "plan.propose": Text("計画の公表の起案", "Proposed to publish a plan"),
    "plan.take_back": Text("計画の起案の取消し", "Took back a proposed plan"),
    "plan.send_back": Text("計画を担当者に戻す", "Sent back a proposed plan"),
    "plan.publish": Text("計画の公表", "Published a plan"),
    "calculation.ask": Text(
        "見通し・提案・ファイルの計算", "Requested a forecast, a proposal or files"
    ),
    "calculation.stop": Text("提案の計算の打切り", "Stopped the calculation of a proposal"),
    "calculation.adopt": Text("見通し・提案の採用", "Adopted a forecast or a proposal"),
    "calculation.break_off": Text("見通し・提案の計算の中断", "A calculation broke off"),
    "import.upload": Text("ブックの読込み", "Uploaded a workbook"),
    "import.apply": Text("取込み", "Imported a workbook"),
    "import.undo": Text("取込みの取消し", "Undid an import"),
    "import.discard": Text("取込みの中止", "Discarded an import"),
    "import.break_off": Text("取込みの中断", "An import broke off"),
    "import.mark": Text("印を付けたブックの書出し", "Exported a workbook with its findings marked"),
    "export.ledger": Text("台帳の書出し", "Exported the ledger"),
    "token.make": Text("トークンの発行", "Issued a token"),
    "token.revoke": Text("トークンの失効", "Revoked a token"),
    "care.register": Text("児童の登録", "Registered a child"),
    "care.unregister": Text("児童の登録の取消し", "Cancelled the registration of a child"),
    "care.add": Text("児童の記録の登録", "Added a record of a child"),
    "care.change": Text("児童の記録の修正", "Corrected a record of a child"),
    "care.remove": Text("児童の記録の削除", "Removed a record of a child"),
    "care.end": Text("養育の終了", "Ended care"),
    "care.agree": Text("援助方針の合意", "Agreed to a policy"),
    "care.derive": Text("養育の経過の作成", "Derived the episodes"),
    "care.expire": Text(
        "保存期間による児童の記録の削除", "Deleted a child’s records after their retention"
    ),
    "care.unit_rule": Text("受け入れる児童の条件の設定", "Set which children a unit takes"),
    "care.take_over": Text(
        "養育の経過の引継ぎ", "Started records for children known from episodes"
    ),
    "care.open": Text("関係のない児童の記録を開く", "Opened a child’s records without a relation"),
    "open.settings": Text("公開の設定の変更", "Changed the settings of open data"),
    "open.publish": Text("集計の公開", "Published aggregate tables"),
    "open.withdraw": Text("集計の公開の取りやめ", "Withdrew aggregate tables"),
}
"""Every action that is ever logged; `recording.Act` refuses any other."""

KINDS = {
    "accounts.person": Text("利用者", "Person"),
    "accounts.membership": Text("役割", "Role"),
    "accounts.invitation": Text("招待", "Invitation"),
    "certification.comment": Text("コメント", "Comment"),
    "certification.evidence": Text("根拠資料", "Evidence"),
    "register.changeproposal": Text("変更の申出", "Proposal"),
    "returns.return": Text("国への報告", "Return"),
    "returns.returnfile": Text("報告のファイル", "File of a return"),
}
"""The names of rows that are in no sheet of the ledger and whose model has no name."""


def action_of(event: Event) -> str:
    """Name what was done."""
    words = ACTIONS.get(event.action)
    return words.say(language()) if words else event.action


def looked_at(look: Look) -> str:
    """Name what was looked at: a page in Japanese, and after a colon the name of a unit or file."""
    called = look.what.removesuffix(_BY_API)
    page, _mark, name = called.partition(":")
    return (f"{colon(_(page))}{name}" if name else _(page)) + look.what[len(called) :]


_BY_API = "(API)"
