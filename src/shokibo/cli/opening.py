"""Open what the arguments name: the ledger, the law, a day, an authority."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from shokibo.calendar import era_of, parse_date
from shokibo.cli.options import ArgumentError, Common
from shokibo.cli.printing import progress
from shokibo.law.own_file import law_with
from shokibo.law.own_law import law_of
from shokibo.law.parameters import Law
from shokibo.ledger.checks import printing
from shokibo.ledger.model import Ledger
from shokibo.ledger.parts import authority_part
from shokibo.ledger.reading import read_ledger
from shokibo.texts import Language, Text

if TYPE_CHECKING:
    from shokibo.documents.drawing.printable import UnprintableError
    from shokibo.documents.plan.texts import PlanTextError


def today() -> dt.date:
    """Return today's date in Japan."""
    return dt.datetime.now(dt.timezone(dt.timedelta(hours=9))).date()


def open_ledger(path: Path, common: Common) -> tuple[Ledger, Law]:
    """Read the ledger, and the law overridden by its authorities' own values.

    The parameter file named by the options takes precedence. Raises UnreadableLedgerError,
    ParameterError.
    """
    law = law_with(common.parameters)
    with progress(common.lang) as show_table:
        ledger = read_ledger(path, show_table)
    return ledger, law_of(ledger, law)


def day_of(text: str | None, common: Common) -> dt.date:
    """Read a day from an argument; today if it is not given. Raises ArgumentError."""
    if text is None:
        return today()
    try:
        day = parse_date(text)
        era_of(day)  # before 昭和 it has no era to be written in
    except ValueError as error:
        wrong = Text(
            "「{text}」は日付として読めません。"
            "年月日を 2022-04-01、令和4年4月1日、R4.4.1 のように書いてください。",
            "“{text}” is not a date; write year, month and day, as 2022-04-01 or R4.4.1.",
        )
        raise ArgumentError(wrong.say(common.lang, text=text)) from error
    return day


def part_of(ledger: Ledger, law: Law, authority: str | None, common: Common) -> tuple[Ledger, Law]:
    """Return an authority's part of the ledger with its law, or all of it. Raises ArgumentError."""
    if authority is None:
        return ledger, law
    try:
        part = authority_part(ledger, authority)
        return part, law_of(part, law)
    except KeyError as error:
        wrong = Text(
            "団体コード「{code}」は台帳にありません。", "The ledger has no authority {code}."
        )
        raise ArgumentError(wrong.say(common.lang, code=authority)) from error


def one_authority(
    ledger: Ledger, law: Law, authority: str | None, common: Common
) -> tuple[Ledger, Law]:
    """Return the part of the named authority, or of the only one. Raises ArgumentError."""
    part, own_law = part_of(ledger, law, authority, common)
    count = part["authorities"].height
    if count > 1:
        raise ArgumentError(_SEVERAL.say(common.lang, count=count))
    return part, own_law


def texts_folder(ledger: Path) -> Path | None:
    """Find the folder of the plan's texts next to a ledger, or in the ledger's folder."""
    folder = (ledger if ledger.is_dir() else ledger.parent) / "texts"
    return folder if folder.is_dir() else None


def wrong_texts(error: "PlanTextError", language: Language) -> ArgumentError:
    """List everything that is wrong in the plan's texts, each with its place."""
    problems = "\n".join(f"  {one.place}  {one.message(language)}" for one in error.problems)
    return ArgumentError(f"{_TEXTS.say(language)}\n{problems}")


def cells_to_correct(
    error: "UnprintableError", ledger: Ledger, language: Language
) -> ArgumentError:
    """Name the ledger's cells that can't be printed, and what else can't, by its place."""
    from shokibo.documents.drawing.printable import UnprintableError, named_characters

    cells = [
        (found.place, value)
        for check in printing.CHECKS
        for found in check(ledger)
        if any((value := str(found.values["value"])) in one.text for one in error.texts)
    ]
    values = {value for _, value in cells}
    others = [one for one in error.texts if not any(value in one.text for value in values)]
    lines = [UnprintableError(others).message(language)]
    for place, value in cells:
        characters = named_characters(value)
        lines.append(_CELL.say(language, place=place, value=value, characters=characters))
    return ArgumentError("\n".join(lines))


_SEVERAL = Text(
    "台帳に自治体が{count}あります。--authority で団体コードを指定してください。",
    "The ledger holds {count} {count:authority|authorities}; name one with --authority.",
)
_CELL = Text("台帳のセル:{place}「{value}」:{characters}", "Cell: {place}, {value}: {characters}")
_TEXTS = Text("計画の文章を修正してください。", "Correct the plan's texts.")
