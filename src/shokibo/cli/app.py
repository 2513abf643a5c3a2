"""The program `shokibo`: its commands, and how it ends."""

import contextlib
import itertools
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

from cyclopts import App, CycloptsError

from shokibo.cli import backups, evaluation, forms, ledgers, months, plans, state, web
from shokibo.cli.options import ARGUMENTS, COMMANDS, OPTIONS, help_text, language_of
from shokibo.cli.printing import MOST_PRINTED, more, print_json, print_message
from shokibo.cli.usage import explain
from shokibo.texts import Language, Text

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
    group_commands=COMMANDS,
    group_arguments=ARGUMENTS,
    group_parameters=OPTIONS,
    result_action="return_value",
)
app["--help"].help = help_text("この説明を表示して終わる", "Show this help and exit")
app["--version"].help = help_text("版を表示して終わる", "Show the version and exit")
for _commands in (ledgers, evaluation, forms, months, state, plans, web, backups):
    _commands.register(app)
app.register_install_completion_command(
    name="--install-completion",
    help=help_text("シェルの補完を設定する", "Set up completion for the shell"),
)


def main() -> None:
    """Run the program with the process's arguments, and exit."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the program; give the exit status. Never a traceback for what the user gave."""
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # Rich exits where nobody reads on
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _run(arguments: Sequence[str]) -> int:
    language = language_of(arguments)
    try:
        result = app(arguments, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        return _refuse(explain(error, language), language)
    except BrokenPipeError:
        raise
    except Exception as error:
        from shokibo.cli.opening import ArgumentError
        from shokibo.law.parameters import ParameterError
        from shokibo.ledger.findings import UnreadableLedgerError
        from shokibo.ledger.writing import StaleFilesError
        from shokibo.planning.plan import NoHomesError
        from shokibo.returns.counted import NotInForceError

        # what the user can correct; anything else is a defect of the program
        if isinstance(error, UnreadableLedgerError):
            return _unreadable(error, arguments, language)
        if isinstance(error, NoHomesError | NotInForceError):
            return _refuse(error.message(language), language)
        messages: dict[type[Exception], Text] = {
            ArgumentError: Text("{why}", "{why}"),
            ParameterError: Text(
                "自治体の値のファイルが使えません:{why}", "The parameters can't be used: {why}"
            ),
            StaleFilesError: Text(
                "書き出す先に別の表があります({why})。空のフォルダを指定してください。",
                "The folder holds other tables ({why}); name an empty one.",
            ),
            OSError: Text("書き出せません:{why}", "Can't be written: {why}"),
        }
        for kind, text in messages.items():
            if isinstance(error, kind):
                return _refuse(text.say(language, why=error), language)
        raise
    return result if isinstance(result, int) else DONE


def _refuse(message: str, language: Language) -> int:
    hint = Text("使い方は shokibo --help", "See shokibo --help").say(language)
    print_message(f"shokibo: {message}\n{hint}")
    return UNUSABLE


def _unreadable(error: Exception, arguments: Sequence[str], language: Language) -> int:
    from shokibo.ledger.findings import Problems, grouped_by_place

    problems = getattr(error, "problems", [])
    count = getattr(error, "count", len(problems))
    heading = Text(
        "台帳を読めません。次の{count}件を直してください。",
        "The ledger can't be read; to be corrected: {count}.",
    )
    print_message(heading.say(language, count=count))
    lines = list(grouped_by_place(problems, language))
    for place, problem, _ in lines[:MOST_PRINTED]:
        print_message(f"  {place}  {problem.message(language)}")
    if left := count - sum(cells for *_, cells in lines[:MOST_PRINTED]):
        print_message(f"  {more(left, language)}")
    pairs = itertools.pairwise(arguments)
    if "--format=json" in arguments or ("--format", "json") in pairs:
        print_json(Problems([problem.report(language) for problem in problems], count))
    return UNUSABLE
