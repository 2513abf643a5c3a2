"""The roles: their scope, and what they may do."""

from typing import ClassVar, Literal

from shokibo.texts import Text
from shokibo.web.accounts.permissions import Permission

Scope = Literal["home", "authority", "nation", "instance"]


class Role:
    """A role that a manager can give. `scope` is what has to be named with it."""

    code: ClassVar[str]
    name: ClassVar[Text]
    description: ClassVar[Text]
    scope: ClassVar[Scope]
    permissions: ClassVar[frozenset[Permission]]

    @classmethod
    def needs_second_factor(cls) -> bool:
        """Whether a permission of the role requires a second factor."""
        return any(permission.needs_second_factor for permission in cls.permissions)


class HomeStaff(Role):
    """A home, or all homes of its operator."""

    code = "home_staff"
    name = Text("施設担当者", "Home staff")
    description = Text(
        "自分の施設の職員、入所状況、支援を記入し、開設・廃止・種別・定員の変更を申し出て、加算を申請する。"
        "自分の施設にいる児童の記録を見る(二段階認証の後)。",
        "Enters the home's staff, occupancy and support, proposes changes and applies for add-ons. "
        "Sees the records of children who live there, with a second factor.",
    )
    scope = "home"
    permissions = frozenset(
        {
            Permission.TODAY_READ,
            Permission.REGISTER_READ,
            Permission.CHANGE_PROPOSE,
            Permission.STAFF_READ,
            Permission.STAFF_WRITE,
            Permission.APPLICATION_READ,
            Permission.APPLICATION_WRITE,
            Permission.LEDGER_EXPORT,
            Permission.LEDGER_IMPORT,
            Permission.SUPPORT_READ,
            Permission.SUPPORT_WRITE,
            Permission.CHILD_OF_HOME,
        }
    )


class Officer(Role):
    """An authority's officer."""

    code = "officer"
    name = Text("自治体担当者", "Authority officer")
    description = Text(
        "自治体の台帳を管理し、申請を審査して差戻し又は決定を起案し、国への報告と計画を作る。決裁はしない。",
        "Keeps the register, examines applications, proposes decisions, drafts returns and plans. "
        "Does not decide.",
    )
    scope = "authority"
    permissions = frozenset(
        {
            Permission.TODAY_READ,
            Permission.REGISTER_READ,
            Permission.REGISTER_WRITE,
            Permission.STAFF_READ,
            Permission.STAFF_WRITE,
            Permission.APPLICATION_READ,
            Permission.APPLICATION_EXAMINE,
            Permission.SETTING_PROPOSE,
            Permission.RETURN_READ,
            Permission.RETURN_DRAFT,
            Permission.RETURN_MARK_PAPER,
            Permission.PLAN_READ,
            Permission.PLAN_WRITE,
            Permission.LEDGER_EXPORT,
            Permission.LEDGER_IMPORT,
            Permission.OPEN_DATA_PUBLISH,
            Permission.SUPPORT_READ,
            Permission.SUPPORT_WRITE,
            Permission.HOUSING_READ,
            Permission.CHILD_COUNT,
            Permission.HOUSING_WRITE,
        }
    )


class Approver(Role):
    """Who decides for an authority."""

    code = "approver"
    name = Text("自治体決裁者", "Authority approver")
    description = Text(
        "起案された決定を認定又は不認定とし、認定を終了し、国への報告を提出し、計画を公表する。自分の起案は決裁できない。",
        "Certifies, rejects and ends, submits returns and publishes plans, "
        "but never their own proposals.",
    )
    scope = "authority"
    permissions = frozenset(
        {
            Permission.TODAY_READ,
            Permission.REGISTER_READ,
            Permission.STAFF_READ,
            Permission.APPLICATION_READ,
            Permission.APPLICATION_DECIDE,
            Permission.SETTING_DECIDE,
            Permission.RETURN_READ,
            Permission.RETURN_SUBMIT,
            Permission.PLAN_READ,
            Permission.PLAN_PUBLISH,
            Permission.LEDGER_EXPORT,
            Permission.SUPPORT_READ,
            Permission.HOUSING_READ,
            Permission.CHILD_COUNT,
        }
    )


class CenterStaff(Role):
    """A child guidance center's staff."""

    code = "center_staff"
    name = Text("児童相談所", "Child guidance center")
    description = Text(
        "自分の児童相談所の児童の措置、不調、一時保護、再アセスメントを記録する。ほかの児童相談所の児童は、"
        "理由を書いて15分間だけ見る。",
        "Records placements, breakdowns, temporary protection and assessments of its children. "
        "Sees children of another center only with a reason, for 15 minutes.",
    )
    scope = "authority"
    permissions = frozenset(
        {
            Permission.TODAY_READ,
            Permission.CHILD_READ,
            Permission.CHILD_WRITE,
            Permission.LEDGER_EXPORT,
            Permission.LEDGER_IMPORT,
        }
    )


class MinistryReader(Role):
    """The ministry."""

    code = "ministry"
    name = Text("国", "Ministry")
    description = Text(
        "全国の報告を受け取り、照会し、受理し、全国の計を公表する。職員や児童の記録は見えない。",
        "Receives, questions and accepts returns, and publishes the national total. "
        "Sees no records of staff or children.",
    )
    scope = "nation"
    permissions = frozenset(
        {
            Permission.RETURN_READ_SUBMITTED,
            Permission.RETURN_RECEIVE,
            Permission.RETURN_ACCEPT,
            Permission.RETURN_MARK_PAPER,
            Permission.CHILD_COUNT_NATION,
        }
    )


class Auditor(Role):
    """Who audits an authority."""

    code = "auditor"
    name = Text("監査", "Auditor")
    description = Text(
        "自治体のすべてと記録を見る。何も変えられない。",
        "Reads everything of the authority, including the log. Changes nothing.",
    )
    scope = "authority"
    permissions = frozenset(
        {
            Permission.TODAY_READ,
            Permission.REGISTER_READ,
            Permission.STAFF_READ,
            Permission.APPLICATION_READ,
            Permission.RETURN_READ,
            Permission.PLAN_READ,
            Permission.AUDIT_READ,
            Permission.LEDGER_EXPORT,
            Permission.SUPPORT_READ,
            Permission.HOUSING_READ,
            Permission.CHILD_COUNT,
        }
    )


class Admin(Role):
    """Who runs the instance."""

    code = "admin"
    name = Text("システム管理", "Administrator")
    description = Text(
        "利用者を招待し、役割を与え、止める。業務の内容は見えない。",
        "Invites people, gives roles and ends them. Does not see the authorities' data.",
    )
    scope = "instance"
    permissions = frozenset({Permission.PEOPLE_MANAGE})


ROLES: dict[str, type[Role]] = {
    role.code: role
    for role in (HomeStaff, Officer, Approver, CenterStaff, MinistryReader, Auditor, Admin)
}


def holders(*permissions: Permission) -> list[type[Role]]:
    """Return the roles that hold any of some permissions."""
    return [role for role in ROLES.values() if role.permissions & set(permissions)]
