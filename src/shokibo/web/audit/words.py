"""What actions and tables are called in the log."""

from shokibo.texts import Text

ACTIONS = {
    "person.invite": Text("利用者の招待", "invite a person"),
    "person.accept": Text("招待の受諾", "accept an invitation"),
    "person.cancel": Text("招待の取消し", "cancel an invitation"),
    "person.end_role": Text("役割の終了", "end a role"),
    "person.reset_second_factor": Text("二段階認証の解除", "reset a second factor"),
    "register.add": Text("台帳への登録", "add to the register"),
    "register.change": Text("台帳の変更", "change the register"),
    "register.remove": Text("台帳からの削除", "remove from the register"),
    "register.load": Text("台帳の読込み", "load a ledger"),
    "proposal.make": Text("変更の申出", "propose a change"),
    "proposal.accept": Text("申出の登録", "accept a proposal"),
    "proposal.decline": Text("申出を登録しない", "decline a proposal"),
    "proposal.withdraw": Text("申出の取下げ", "withdraw a proposal"),
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
    "application.end": Text("認定の終了", "end a certification"),
    "application.evidence": Text("根拠資料の添付", "attach evidence"),
    "return.draft": Text("報告の起案", "draft a return"),
    "return.edit": Text("報告の変更", "edit a return"),
    "return.submit": Text("報告の提出", "submit a return"),
    "return.correct": Text("報告の訂正の起案", "draft a correction"),
}
"""Every action that is ever logged."""
