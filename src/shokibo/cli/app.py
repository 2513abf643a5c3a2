"""The program `shokibo`: its commands and exit statuses."""

import contextlib
import gc
import itertools
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from cyclopts import App, CycloptsError

from shokibo.cli import (
    backups,
    evaluation,
    forecasts,
    forms,
    ledgers,
    letters,
    months,
    needs,
    plans,
    proposals,
    receiving,
    retention,
    staffings,
    state,
    supports,
    web,
)
from shokibo.cli.helping import JapaneseHelp
from shokibo.cli.options import (
    ARGUMENTS,
    COMMANDS,
    HELP_LANGUAGE,
    OPTIONS,
    ArgumentError,
    help_text,
    language_of,
)
from shokibo.cli.overwriting import require_elsewhere
from shokibo.cli.printing import most, print_json, print_message
from shokibo.cli.usage import explain
from shokibo.texts import Language, Text
from shokibo.wording import file_fault_in_words

if TYPE_CHECKING:
    from shokibo.ledger.findings import UnreadableLedgerError

DONE, FINDINGS, UNUSABLE = 0, 1, 2
"""Exit statuses: done; `check` found errors; input or arguments can't be used."""
INTERRUPTED = 130

app = App(
    name="shokibo",
    help=help_text(
        "児童養護施設の小規模かつ地域分散化:台帳を確かめ、加算を判定し、様式1・様式2を作る。",
        "Small, dispersed children's homes: check the ledger, judge the add-ons, fill the forms.",
    ),
    version=lambda: version("shokibo"),
    version_flags=["--version"],
    help_format="plaintext",
    help_formatter=JapaneseHelp() if HELP_LANGUAGE == "ja" else None,
    group_commands=COMMANDS,
    group_arguments=ARGUMENTS,
    group_parameters=OPTIONS,
    result_action="return_value",
)
app["--help"].help = help_text("この説明を表示して終わる", "Show this help and exit")
app["--version"].help = help_text("版を表示して終わる", "Show the version and exit")
_COMMANDS: dict[Callable[..., object], Text] = {
    ledgers.template: Text(
        "空の台帳(Excel)、又は通知書のひな形を作る", "Make an empty workbook, or a letter template"
    ),
    ledgers.convert: Text("台帳を別の形に変える", "Write the same ledger in another carrier"),
    ledgers.check: Text("台帳を規則に照らして確かめる", "Check a ledger"),
    evaluation.evaluate: Text(
        "加算の要件を、理由とともに判定する", "Judge the add-ons' requirements, with reasons"
    ),
    forms.form1: Text("様式1(4月末の申請と認定)を作る", "Fill form 1: applied and certified"),
    forms.form2: Text("様式2(年間の実績)を作る", "Fill form 2: the year's actuals"),
    letters.letters: Text("決定の通知書を作る", "Write the letters of decisions"),
    receiving.receive: Text(
        "自治体から届いた様式を受け取り、確かめ、合計する", "Receive forms, check them, add them up"
    ),
    months.months: Text(
        "認定した加算を月ごとに示す", "Show certified add-ons by month, and whether they held"
    ),
    state.status: Text("定員と入所の状況を示す", "Show places and children as of a day"),
    plans.plan: Text(
        "年度末の定員、取組、目標を示し、計画書を作る", "Show the plan; write its document"
    ),
    plans.report: Text("計画案の策定の報告を作る", "Write the report on the plan to a committee"),
    plans.budget: Text("計画の経費と国の負担を示す", "Show what the plan costs"),
    staffings.staffing: Text(
        "計画に必要な職員数を、採用予定と並べて示す", "Show the staff that the plan needs"
    ),
    supports.support: Text(
        "支援の状況を、前の年度と並べて示す", "Compare a year's support with the year before"
    ),
    needs.need: Text(
        "必要量を人口と率から推計し、台帳と比べる", "Estimate the need from population and rates"
    ),
    proposals.propose: Text(
        "条件の内で最もよい取組を選び、証明する", "Choose the best actions within limits, proven"
    ),
    plans.review: Text("計画と実績を比べる", "Compare the plan with what happened"),
    forecasts.forecast: Text(
        "養育の経過から、これからの児童数を見通す", "Forecast the children in care"
    ),
    web.serve: Text("Webアプリケーションを動かす", "Run the web application"),
    web.worker: Text("時間のかかる仕事を引き受けて動く", "Run long background work until stopped"),
    web.load: Text("台帳をWebアプリケーションに読み込む", "Load a ledger into the web application"),
    web.migrate: Text("データベースをこの版にする", "Migrate the database to this version"),
    web.verify: Text(
        "記録が書き換えられていないか確かめる", "Verify that the log was not tampered with"
    ),
    web.remind: Text(
        "期限の近い人にメールで知らせる(毎日1回)", "Mail reminders of deadlines (daily)"
    ),
    web.enqueue: Text(
        "全自治体の確認・計画書・公開データ・見通し・計画の提案を worker に作らせる",
        "Have the workers make check, document, open data, forecast, proposal of every authority",
    ),
    retention.retention: Text(
        "保存期間を過ぎた児童の記録を示し、削除する", "List or delete records whose period is over"
    ),
    backups.backup: Text("すべてを一つのファイルに控える", "Keep everything in one file"),
    backups.restore: Text("控えを空のデータベースに戻す", "Restore into an empty database"),
    backups.drill: Text(
        "控えを作り、別の場所に戻せるかを確かめる", "Make a backup and try to restore it elsewhere"
    ),
}
for _command, _help in _COMMANDS.items():
    app.command(_command, help=_help.say(HELP_LANGUAGE))
app.register_install_completion_command(
    name="--install-completion",
    help=help_text("シェルの補完を設定する", "Set up completion for the shell"),
)


def main() -> None:
    """Run the program with the process's arguments, and exit.

    What modules make while they load stays until the end; Python would search it for garbage after
    every 700 objects, which takes a tenth of the time of a short command.
    """
    gc.freeze()
    gc.set_threshold(100_000)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the program; return the exit status. User input never causes a traceback."""
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # Rich exits if the output is closed
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _run(arguments: Sequence[str]) -> int:
    language = language_of(arguments)
    read: list[Path] = []
    try:
        command, bound, _ = app.parse_args(arguments, exit_on_error=False, print_error=False)
        read = require_elsewhere(bound.arguments, language)
        result = command(*bound.args, **bound.kwargs)
    except CycloptsError as error:
        return _refuse(explain(error, language), language)
    except BrokenPipeError:
        raise
    except Exception as error:
        from shokibo.law.parameters import ParameterError
        from shokibo.ledger.findings import UnreadableLedgerError
        from shokibo.ledger.writing import StaleFilesError
        from shokibo.need.refusals import CannotForecastError
        from shokibo.planning.plan import NoHomesError
        from shokibo.returns.counted import NotInForceError

        # what the user can correct; anything else is a bug
        if isinstance(error, UnreadableLedgerError):
            return _unreadable(error, arguments, language)
        if isinstance(error, NoHomesError | NotInForceError | CannotForecastError):
            return _refuse(error.message(language), language)
        messages: dict[type[Exception], Text] = {
            ArgumentError: Text("{why}", "{why}"),
            ParameterError: Text(
                "自治体の値のファイルが使えません:{why}", "The parameters can't be used: {why}"
            ),
            StaleFilesError: Text(
                "書き出す先に別の表があります({why})。空のフォルダを指定してください。",
                "The folder has other tables ({why}); name an empty one.",
            ),
            OSError: _NOT_READ if _names(error, read) else _NOT_WRITTEN,
        }
        why = file_fault_in_words(error, language) if isinstance(error, OSError) else error
        for kind, text in messages.items():
            if isinstance(error, kind):
                return _refuse(text.say(language, why=why), language)
        raise
    return result if isinstance(result, int) else DONE


_NOT_READ = Text("読めません:{why}", "Can't be read: {why}")
_NOT_WRITTEN = Text("書き出せません:{why}", "Can't be written: {why}")


def _names(error: Exception, read: Sequence[Path]) -> bool:
    """Whether an error is of a file that the arguments have the command read."""
    return isinstance(error, OSError) and error.filename in {str(path) for path in read}


def _refuse(message: str, language: Language) -> int:
    hint = Text("使い方は shokibo --help", "See shokibo --help").say(language)
    print_message(f"shokibo: {message}\n{hint}")
    return UNUSABLE


def _unreadable(
    error: "UnreadableLedgerError", arguments: Sequence[str], language: Language
) -> int:
    from shokibo.ledger.authority_list import UnreadableListError
    from shokibo.ledger.findings import Problems

    if isinstance(error, UnreadableListError):
        print_message(_BAD_LIST.say(language, path=error.path, count=error.count))
    else:
        print_message(_BAD_LEDGER.say(language, count=error.count))
    lines, rest = most(error.problems, error.count, language)
    for place, problem, _ in lines:
        print_message(f"  {place}  {problem.message(language)}")
    if rest:
        print_message(f"  {rest}")
    pairs = itertools.pairwise(arguments)
    if "--format=json" in arguments or ("--format", "json") in pairs:
        print_json(Problems([problem.report(language) for problem in error.problems], error.count))
    return UNUSABLE


_BAD_LEDGER = Text(
    "台帳を読めません。次の{count}件を修正してください。",
    "The ledger can't be read; to be corrected: {count}.",
)
_BAD_LIST = Text(
    "自治体の一覧「{path}」を読めません。次の{count}件を修正してください。",
    "The list of authorities {path} can't be read; to be corrected: {count}.",
)
