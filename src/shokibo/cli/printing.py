"""Output to the screen: JSON, tables, and messages on standard error.

Nothing else writes to it. A text may contain what somebody put into a cell or a file name, so
control characters, which a terminal would obey, are made visible and not sent.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from shokibo.texts import Language, Text

if TYPE_CHECKING:
    from rich.console import Console

    from shokibo.cli.options import Common
    from shokibo.law.parameters import Law
    from shokibo.ledger.findings import Finding
    from shokibo.ledger.model import Ledger
    from shokibo.planning.plan import Plan

WRITTEN = Text("書き出しました:{path}", "Written: {path}")
PLAIN_WIDTH = 140
"""Width if the output is not a terminal."""
MOST_PRINTED = 1_000
"""The most problems or findings printed as text; `--format json` has all that are listed."""
_MORE = Text("ほか{count}件", "and {count} more")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
"""Control characters except tab and newline, and those that change the writing direction."""
_PICTURES = 0x2400
"""Where Unicode's pictures of the control characters below 32 begin."""


def visible(text: str) -> str:
    """Make control characters visible instead of sending them: `␛`, `<U+202E>`."""
    return _CONTROLS.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(_PICTURES + code) if code < ord(" ") else f"<U+{code:04X}>"


def print_json(answer: object) -> None:
    """Print an answer as one JSON document to standard output."""
    from shokibo.answers import plain

    written = json.dumps(plain(answer), ensure_ascii=False, indent=2)
    print(_CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", written))


def report_written(paths: Sequence[Path], common: "Common") -> None:
    """List the files that were written: as one JSON document, or on standard error."""
    if common.format == "json":
        print_json({"written": [str(path) for path in paths]})
    else:
        for path in paths:
            say(WRITTEN, common.lang, path=path)


def say(text: Text, language: Language, **values: object) -> None:
    """Print a text with its values on standard error."""
    print_message(text.say(language, **values))


def words(language: Language, *texts: Text) -> list[str]:
    """Return texts in a language, for the head of a table."""
    return [text.say(language) for text in texts]


def print_message(message: str) -> None:
    """Print a message on standard error."""
    print(visible(message), file=sys.stderr)


def show(text: str) -> None:
    """Print a text on standard output."""
    from rich.text import Text as Plain

    console().print(Plain(visible(text)))


def most(
    found: "Sequence[Finding]", count: int, language: Language
) -> "tuple[list[tuple[str, Finding, int]], str]":
    """Return the first lines of findings by message, and how many are left: and 3 more."""
    from shokibo.ledger.findings import grouped_by_message

    lines = list(grouped_by_message(found, language))[:MOST_PRINTED]
    left = count - sum(cells for *_, cells in lines)
    return lines, _MORE.say(language, count=left) if left else ""


def console() -> "Console":
    """Return the console of standard output."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False)


def print_table(
    title: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[object]],
    numbers: Sequence[int] = (),
) -> None:
    """Print a table; `numbers` are the right-aligned columns."""
    from rich.table import Table
    from rich.text import Text as Plain  # names are not markup

    heading = Plain(visible(title), style="table.title")
    table = Table(title=heading, title_justify="left", show_lines=False)
    for index, header in enumerate(headers):
        table.add_column(header, justify="right" if index in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Plain("" if value is None else visible(str(value))) for value in row))
    console().print(table)


@contextmanager
def progress(language: Language, doing: Text | None = None) -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is being read or done: `{table}` in its text changes."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    reading = doing or Text("読込中:{table}", "Reading {table}")
    with Console(stderr=True).status(reading.say(language, table="")) as status:
        yield lambda table: status.update(reading.say(language, table=table))


@contextmanager
def computing(language: Language) -> Iterator[None]:
    """Show on a terminal that something is being computed."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(Text("計算中", "Working").say(language)):
        yield


def report_findings(
    ledger: "Ledger", law: "Law", language: Language, plan: "Plan | None" = None
) -> None:
    """Count the ledger's errors and warnings on standard error, if it has any.

    `plan` is the ledger's, if it has already been computed.
    """
    from shokibo.checking import check

    count_findings(check(ledger, law, plan), language)


def count_findings(found: "Sequence[Finding]", language: Language) -> None:
    """Count errors and warnings on standard error, if there are any."""
    severities = [finding.severity for finding in found]
    errors, warnings = severities.count("error"), severities.count("warning")
    if errors or warnings:
        say(
            Text(
                "台帳に誤り{errors}件、注意{warnings}件があります。"
                "shokibo check で確かめてください。",
                "The ledger has {errors} {errors:error|errors} and {warnings} "
                "{warnings:warning|warnings}; see shokibo check.",
            ),
            language,
            errors=errors,
            warnings=warnings,
        )
