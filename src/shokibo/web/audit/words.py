"""What actions, tables and looks are called in the log."""

from django.utils.translation import gettext as _

from shokibo.texts import Text
from shokibo.web.audit.models import Event, Look
from shokibo.web.base.language import language
from shokibo.web.base.words import colon

ACTIONS = {
    "person.invite": Text("利用者の招待", "invite a person"),
    "person.accept": Text("招待の受諾", "accept an invitation"),
    "person.renew_invitation": Text("招待のやり直し", "renew an invitation"),
    "person.cancel": Text("招待の取消し", "cancel an invitation"),
    "person.end_role": Text("役割の終了", "end a role"),
    "person.reset_second_factor": Text("二段階認証の解除", "reset a second factor"),
    "person.readmit": Text("システム管理の認証のやり直し", "let an administrator in again"),
    "login.success": Text("ログイン", "log in"),
    "login.failure": Text("ログインの失敗", "fail to log in"),
    "login.end": Text("ログアウト", "log out"),
    "password.change": Text("パスワードの変更", "change the password"),
    "password.reset": Text("パスワードの再設定", "reset the password"),
    "factor.add": Text("二段階認証の追加", "add a second factor"),
    "factor.remove": Text("二段階認証の削除", "remove a second factor"),
    "factor.reset": Text("回復コードの再発行", "make recovery codes again"),
    "register.add": Text("台帳への登録", "add to the register"),
    "register.change": Text("台帳の変更", "change the register"),
    "register.remove": Text("台帳からの削除", "remove from the register"),
    "register.hand_over": Text("生活単位の引継ぎ", "continue a household"),
    "register.undo_hand_over": Text("引継ぎの取消し", "undo the continuation of a household"),
    "register.load": Text("台帳の読込み", "load a ledger"),
    "authority.due": Text("施設からの申請の期限の変更", "change the homes' deadline"),
    "authority.contact": Text("問い合わせ先の変更", "change the contact"),
    "proposal.make": Text("変更の申出", "propose a change"),
    "proposal.accept": Text("申出の登録", "accept a proposal"),
    "proposal.decline": Text("申出を登録しない", "decline a proposal"),
    "proposal.withdraw": Text("申出の取下げ", "withdraw a proposal"),
    "home.remind": Text("施設へのお願いのメール", "remind a home by mail"),
    "application.draft": Text("申請の作成", "draft an application"),
    "application.edit": Text("申請の変更", "edit an application"),
    "application.submit": Text("申請の提出", "submit an application"),
    "application.withdraw": Text("申請の取下げ", "withdraw an application"),
    "application.return": Text("申請の差戻し", "return an application"),
    "application.revise": Text("新しい版の作成", "make a new version"),
    "application.propose": Text("決定の起案", "propose a decision"),
    "application.take_back": Text("起案の取消し", "take a proposal back"),
    "application.certify": Text("認定", "certify"),
    "application.reject": Text("不認定", "reject"),
    "application.propose_end": Text("認定の終了の起案", "propose to end a certification"),
    "application.propose_change": Text("認定の変更の起案", "propose to change a certification"),
    "application.change": Text("認定の変更", "change a certification"),
    "application.end": Text("認定の終了", "end a certification"),
    "application.discard": Text("下書きの削除", "discard a draft"),
    "application.send_back": Text("起案を担当者に戻す", "send a proposal back"),
    "application.evidence": Text("根拠資料の添付", "attach evidence"),
    "application.detach": Text("根拠資料の取外し", "take evidence away"),
    "application.evidence_out": Text("根拠資料の取出し", "take evidence out"),
    "application.letter": Text("通知書の作成", "make a letter"),
    "letter.issue": Text("通知書の発行", "issue a letter"),
    "letter.correct": Text("発行した通知書の修正", "correct a letter that was issued"),
    "letter.settings": Text("通知書の設定の変更", "change how letters are made"),
    "setting.propose": Text("自治体の値の起案", "propose an own value"),
    "setting.withdraw": Text("自治体の値の起案の取下げ", "withdraw a proposed own value"),
    "setting.decline": Text("自治体の値を決定しない", "decline an own value"),
    "setting.accept": Text("自治体の値の決定", "decide on an own value"),
    "return.draft": Text("報告の起案", "draft a return"),
    "return.edit": Text("報告の変更", "edit a return"),
    "return.discard": Text("報告の案の破棄", "discard a draft return"),
    "return.submit": Text("報告の提出", "submit a return"),
    "return.deadline": Text("報告の期限の延長", "a later deadline for a return"),
    "return.accept": Text("報告の受理", "accept a return"),
    "return.publish": Text("全国の計の公開", "publish the nation's sum"),
    "return.ask": Text("報告の照会", "ask about a return"),
    "return.withdraw_question": Text("照会の取下げ", "withdraw a question about a return"),
    "return.answer": Text("照会への回答", "answer a question about a return"),
    "return.receive": Text("届いた報告のファイルの読込み", "receive files of returns"),
    "return.read": Text("届いた報告の読取り", "read a file of a return"),
    "return.paper": Text("紙で提出した報告の記録", "note a return on paper"),
    "return.correct": Text("報告の訂正の起案", "draft a correction"),
    "plan.add": Text("計画への記入", "add to the plan"),
    "plan.change": Text("計画の変更", "change the plan"),
    "plan.remove": Text("計画からの削除", "remove from the plan"),
    "plan.propose": Text("計画の公表の起案", "propose to publish a plan"),
    "plan.take_back": Text("計画の起案の取消し", "take a proposed plan back"),
    "plan.send_back": Text("計画を担当者に戻す", "send a proposed plan back"),
    "plan.publish": Text("計画の公表", "publish a plan"),
    "calculation.ask": Text(
        "見通し・提案・ファイルの計算", "ask for a forecast, a proposal or files"
    ),
    "calculation.stop": Text("提案の計算の打切り", "stop a proposal with the best so far"),
    "calculation.adopt": Text("見通し・提案の採用", "adopt a forecast or a proposal"),
    "calculation.break_off": Text("見通し・提案の計算の中断", "a calculation breaks off"),
    "import.upload": Text("ブックの読込み", "upload a workbook"),
    "import.apply": Text("取込み", "import"),
    "import.undo": Text("取込みの取消し", "undo an import"),
    "import.discard": Text("取込みの中止", "discard an import"),
    "import.break_off": Text("取込みの中断", "an import breaks off"),
    "import.mark": Text("印を付けたブックの書出し", "export a workbook with its findings marked"),
    "export.ledger": Text("台帳の書出し", "export the ledger"),
    "token.make": Text("トークンの発行", "make a token"),
    "token.revoke": Text("トークンの失効", "revoke a token"),
    "care.register": Text("児童の登録", "register a child"),
    "care.unregister": Text("児童の登録の取消し", "remove a registered child"),
    "care.add": Text("児童の記録の登録", "add a record of a child"),
    "care.change": Text("児童の記録の修正", "change a record of a child"),
    "care.remove": Text("児童の記録の削除", "remove a record of a child"),
    "care.end": Text("養育の終了", "end care"),
    "care.agree": Text("援助方針の合意", "agree on a policy"),
    "care.derive": Text("養育の経過の作成", "derive episodes"),
    "care.expire": Text("保存期間による児童の記録の削除", "delete a child's records by retention"),
    "care.unit_rule": Text("受け入れる児童の条件の設定", "set whom a unit takes"),
    "care.take_over": Text("養育の経過の引継ぎ", "take children of the episodes over"),
    "care.open": Text("関係のない児童の記録を開く", "open a child's records without a relation"),
    "open.settings": Text("公開の設定の変更", "change the settings of open data"),
    "open.publish": Text("集計の公開", "publish aggregate tables"),
    "open.withdraw": Text("集計の公開の取りやめ", "withdraw aggregate tables"),
}
"""Every action that is ever logged; `recording.Act` refuses any other."""

KINDS = {
    "accounts.person": Text("利用者", "person"),
    "accounts.membership": Text("役割", "role"),
    "accounts.invitation": Text("招待", "invitation"),
    "certification.comment": Text("コメント", "comment"),
    "certification.evidence": Text("根拠資料", "evidence"),
    "register.changeproposal": Text("変更の申出", "proposal"),
    "returns.return": Text("国への報告", "return"),
    "returns.returnfile": Text("報告のファイル", "file of a return"),
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
