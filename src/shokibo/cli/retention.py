"""The command retention."""

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from shokibo.cli.installation import opened
from shokibo.cli.options import DEFAULT, ArgumentError, AuthorityCode, Common, help_text
from shokibo.cli.printing import print_json, print_table, say, words
from shokibo.texts import Language, Text

if TYPE_CHECKING:
    from shokibo.care.answers import GoingChild
    from shokibo.web.care.retention import Going

Delete = Annotated[
    bool,
    Parameter(
        negative="",
        help=help_text(
            "一覧の記録を削除する。省けば、示すだけで何も変えない",
            "Delete what is listed; without it nothing is changed",
        ),
    ),
]


def retention(
    *, authority: AuthorityCode = None, delete: Delete = False, common: Common = DEFAULT
) -> None:
    """List children's records whose period is over, and delete them where that is asked for."""
    with opened(common):
        from shokibo.care.answers import Retention
        from shokibo.web.base.clock import today
        from shokibo.web.care.deletions import delete_going
        from shokibo.web.care.models import Child
        from shokibo.web.care.reach import law_of
        from shokibo.web.care.retention import going
        from shokibo.web.register.models import Authority

        authorities = Authority.objects.order_by("code")
        if authority is not None:
            authorities = authorities.filter(code=authority)
            if not authorities:
                raise ArgumentError(_UNKNOWN.say(common.lang, code=authority))
        found = [
            one
            for each in authorities
            for one in going(Child.objects.filter(authority=each), law_of(each), today())
        ]
        if delete:
            delete_going(None, found)
    if common.format == "json":
        print_json(Retention(delete, [_answer(one) for one in found]))
    else:
        _print(found, common.lang)
    say(_DELETED if delete else _LISTED, common.lang, count=len(found))


def _answer(one: "Going") -> "GoingChild":
    from shokibo.care.answers import GoingChild

    return GoingChild(
        one.child.authority.code,
        one.child.code,
        list(one.kinds),
        one.ended_on.isoformat(),
        one.since.isoformat(),
        one.rows,
    )


def _print(found: "list[Going]", language: Language) -> None:
    from shokibo.care.kinds import BY_CODE

    comma = Text("、", ", ").say(language)
    print_table(
        Text("保存期間を過ぎた児童の記録", "Records whose period is over").say(language),
        words(language, *_HEADERS),
        [
            (
                one.child.authority.name,
                one.child.code,
                comma.join(BY_CODE[kind].name.say(language) for kind in one.kinds),
                one.ended_on,
                one.since,
                one.rows,
            )
            for one in found
        ],
        numbers=[5],
    )


_HEADERS = (
    Text("自治体", "Authority"),
    Text("児童コード", "Child"),
    Text("記録の種類", "Records"),
    Text("養育が終わった日", "End of care"),
    Text("削除できる日", "May go from"),
    Text("記録の数", "Rows"),
)
_LISTED = Text(
    "{count}人の児童の記録が保存期間を過ぎています。何も変えていません(--delete で削除します)。",
    "The period of records of {count} {count:child|children} is over. Nothing was changed; "
    "--delete does it.",
)
_DELETED = Text(
    "{count}人の児童の、保存期間を過ぎた記録を削除しました。",
    "Deleted the records of {count} {count:child|children} whose period was over.",
)
_UNKNOWN = Text(
    "団体コード {code} の自治体は登録されていません。", "No authority {code} is registered."
)
