"""What a person may do: each permission once, with its words."""

from enum import Enum


class Permission(Enum):
    """A permission; its value is what a manager reads."""

    TODAY_READ = "今日の仕事を見る"
    REGISTER_READ = "施設と生活単位を見る"
    REGISTER_WRITE = "施設と生活単位の台帳を修正する"
    CHANGE_PROPOSE = "開設、廃止、種別、定員の変更を申し出る"
    STAFF_READ = "職員の配置を見る"
    STAFF_WRITE = "職員の配置と入所状況を修正する"
    APPLICATION_READ = "申請とその結果を見る"
    APPLICATION_WRITE = "申請を作り、提出し、取り下げる"
    APPLICATION_EXAMINE = "申請を審査し、差し戻し、決定を起案する"
    APPLICATION_DECIDE = "認定、不認定、終了を決裁する"
    SETTING_PROPOSE = "自治体の値と報告者職名を起案する"
    SETTING_DECIDE = "自治体の値と報告者職名を決裁する"
    RETURN_READ = "国への報告の案を見る"
    RETURN_DRAFT = "国への報告を起案する"
    RETURN_SUBMIT = "国への報告を提出する"
    RETURN_READ_SUBMITTED = "提出された報告を見る"
    RETURN_RECEIVE = "届いた報告のファイルを読み込み、自治体に照会する"
    RETURN_ACCEPT = "報告を受理し、全国の計を公表する"
    RETURN_MARK_PAPER = "紙で提出された報告を記録する"
    PLAN_READ = "計画と経費を見る"
    PLAN_WRITE = "計画と経費を作る"
    PLAN_PUBLISH = "計画を公表する"
    LEDGER_EXPORT = "台帳を書き出す"
    LEDGER_IMPORT = "ブックを取り込む"
    OPEN_DATA_PUBLISH = "集計を公開する"
    AUDIT_READ = "記録を見る"
    PEOPLE_MANAGE = "アカウントと権限を管理する"
    SUPPORT_READ = "支援の記録を見る"
    SUPPORT_WRITE = "支援の記録を登録し、修正する"
    HOUSING_READ = "物件の情報を見る"
    HOUSING_WRITE = "物件の情報を登録し、修正する"
    CHILD_READ = "児童の記録を見る"
    CHILD_WRITE = "児童の記録を書く"
    CHILD_OF_HOME = "自分の施設にいる児童の記録を見て、援助方針に合意する"
    CHILD_COUNT = "児童の数を見る(児童の記録は見ない)"
    CHILD_COUNT_NATION = "全国の児童の数を見る(児童の記録は見ない)"

    @property
    def needs_second_factor(self) -> bool:
        """Whether using it requires a second factor."""
        return self in _SECOND_FACTOR


OF_CHILDREN = frozenset({Permission.CHILD_READ, Permission.CHILD_WRITE, Permission.CHILD_OF_HOME})
"""Permissions that open children's rows."""
TAKING_ALONG = frozenset({Permission.LEDGER_EXPORT, Permission.LEDGER_IMPORT})
"""Permissions that also export or import children's rows, for those who may see children."""
_SECOND_FACTOR = {
    Permission.PEOPLE_MANAGE,
    Permission.OPEN_DATA_PUBLISH,
    Permission.APPLICATION_DECIDE,
    Permission.SETTING_DECIDE,
    Permission.RETURN_SUBMIT,
    Permission.RETURN_ACCEPT,
    Permission.PLAN_PUBLISH,
    *OF_CHILDREN,
}
