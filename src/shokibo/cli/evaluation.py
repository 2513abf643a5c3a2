"""The command evaluate."""

from typing import TYPE_CHECKING

from shokibo.cli.executors import executor_of
from shokibo.cli.options import DEFAULT, Common, Day, LedgerArgument, Scheduler, Workers
from shokibo.cli.printing import print_json, print_table, report_findings, show, words
from shokibo.texts import Language, Text
from shokibo.wording import day_in_words

if TYPE_CHECKING:
    from shokibo.law.day_evaluation import DayEvaluation
    from shokibo.law.reasons import Reason
    from shokibo.ledger.model import Ledger


def evaluate(
    ledger: LedgerArgument,
    /,
    *,
    as_of: Day = None,
    workers: Workers = None,
    scheduler: Scheduler = None,
    common: Common = DEFAULT,
) -> None:
    """Judge every unit and home that is open on a day."""
    from shokibo.cli.opening import day_of, open_ledger
    from shokibo.law.day_evaluation import day_evaluation
    from shokibo.law.evaluate import evaluate as judge
    from shokibo.law.spread import evaluation_in_parts

    day = day_of(as_of, common)
    opened, law = open_ledger(ledger, common)
    with executor_of(workers, scheduler, common.lang) as executor:
        if executor is None:
            answer = day_evaluation(judge(opened, law, [day]), law, day, common.lang)
        else:
            answer = evaluation_in_parts(opened, law, day, common.lang, executor)
    if common.format == "json":
        print_json(answer)
    else:
        _print(answer, opened, common.lang)
    report_findings(opened, law, common.lang)


_ANSWERS = {
    True: Text("可", "yes"),
    False: Text("不可", "no"),
    None: Text("判定保留(資料不足)", "unknown"),
}
_UNIT_HEADERS = (
    Text("施設", "Home"),
    Text("生活単位", "Unit"),
    Text("定員", "Places"),
    Text("職員", "Staff"),
    Text("児童指導員\n・保育士", "Qualified"),
    Text("上限", "At most"),
    Text("加配", "Extra"),
    Text("加算", "Add-on"),
    Text("満たさない・判定できない理由", "Why not"),
)
_HOME_HEADERS = (
    Text("施設", "Home"),
    Text("バックアップ職員", "Backup staff"),
    Text("加算", "Add-on"),
    Text("満たさない・判定できない理由", "Why not"),
)
_JUDGED_BY = Text(
    "{day}現在。{judged_by}({published_on})の条文で判定。",
    "As of {day}, judged by {judged_by} ({published_on}).",
)
_WORDING = Text(
    "当時の条文({in_force})は手元になく、後の条文で判定しています。",
    "The wording of that day ({in_force}) is not available.",
)
_NOT_YET = Text(
    "この日には、要綱がまだ適用されていません。", "The Notification did not apply yet on that day."
)


def _print(answer: "DayEvaluation", ledger: "Ledger", language: Language) -> None:

    homes = _names(ledger, "homes", "home_id")
    units = _names(ledger, "units", "unit_id")
    text = answer.text
    day, published_on = (day_in_words(day, language) for day in (answer.as_of, text.published_on))
    judged_by = text.judged_by
    show(_JUDGED_BY.say(language, day=day, judged_by=judged_by, published_on=published_on))
    if text.in_force is None:
        show(_NOT_YET.say(language))
    elif not text.wording_of_the_day_at_hand:
        show(_WORDING.say(language, in_force=text.in_force))
    print_table(
        Text("小規模かつ地域分散化加算", "Dispersal add-on").say(language),
        words(language, *_UNIT_HEADERS),
        [
            (
                homes[unit.home_id],
                units[unit.unit_id],
                unit.capacity,
                unit.staff_fte,
                unit.qualified_fte,
                unit.max_extra,
                unit.available_extra,
                _ANSWERS[unit.eligible].say(language),
                _why_not(unit.reasons),
            )
            for unit in answer.units
        ],
        numbers=range(2, 7),
    )
    print_table(
        Text("バックアップ職員加算", "Backup add-on").say(language),
        words(language, *_HOME_HEADERS),
        [
            (
                homes[home.home_id],
                home.backup_fte,
                _ANSWERS[home.backup_eligible].say(language),
                _why_not(home.reasons),
            )
            for home in answer.homes
        ],
        numbers=(1,),
    )


def _names(ledger: "Ledger", table: str, key: str) -> dict[str, str]:
    return dict(ledger[table].select(key, "name").iter_rows())


def _why_not(reasons: "list[Reason]") -> str:
    """List the reasons that prevent it, each with its article."""
    return "\n".join(
        f"{reason.message}〔{reason.source.rsplit('(', 1)[0].rstrip()}〕"
        for reason in reasons
        if reason.outcome in ("not_met", "cannot_judge", "failed")
    )
