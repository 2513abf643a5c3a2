"""Options and arguments that several commands share, with their help in both languages."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Group, Parameter

from shokibo.texts import Language, Text

OutputFormat = Literal["text", "json"]


class ArgumentError(Exception):
    """An argument that parses but can't be used, with a message saying why."""


def language_of(arguments: Sequence[str]) -> Language:
    """Find the language requested by the arguments before they are parsed; default: Japanese."""
    for before, argument in zip(["", *arguments], arguments, strict=False):
        if argument == "--lang=en" or (before == "--lang" and argument == "en"):
            return "en"
    return "ja"


HELP_LANGUAGE = language_of(sys.argv[1:])


def help_text(ja: str, en: str) -> str:
    """Return a help text in the language of this process."""
    return Text(ja, en).say(HELP_LANGUAGE)


COMMANDS = Group(help_text("コマンド", "Commands"))
ARGUMENTS = Group(help_text("引数", "Arguments"))
OPTIONS = Group(help_text("オプション", "Options"))


@Parameter(name="*")
@dataclass(frozen=True)
class Common:
    """Options of every command."""

    format: Annotated[
        OutputFormat,
        Parameter(
            help=help_text("出力の形。json は標準出力に一つの文書だけ", "json: one document")
        ),
    ] = "text"
    lang: Annotated[
        Language, Parameter(help=help_text("メッセージの言語", "Language of the messages"))
    ] = "ja"
    parameters: Annotated[
        Path | None,
        Parameter(
            help=help_text(
                "自治体が定めた値のファイル(YAML)。法令の値と台帳の自治体の値に重ねる",
                "An authority's own parameters (YAML), overriding those of the law and the ledger",
            )
        ),
    ] = None


DEFAULT = Common()
LedgerArgument = Annotated[
    Path,
    Parameter(
        help=help_text(
            "台帳:Excelブック、又はCSVかParquetのフォルダ",
            "The ledger: a workbook, or a folder of CSV or Parquet files",
        )
    ),
]
_OUTPUT = Parameter(name=["--output", "-o"], help=help_text("書き出す先", "Where to write"))
OutputFile = Annotated[Path, _OUTPUT]
OptionalOutputFile = Annotated[Path | None, _OUTPUT]
NUMBER_SHOWN, YEAR_SHOWN, DAY_SHOWN, CODE_SHOWN = (
    help_text("数", "NUMBER"),
    help_text("年度", "YEAR"),
    help_text("日付", "DATE"),
    help_text("コード", "CODE"),
)
"""What help shows as an option's value, in place of its type."""


_SUFFIX = Text("「{path}」の拡張子は {suffixes} にしてください。", "{path} must end in {suffixes}.")


def require_suffix(path: Path, suffixes: Sequence[str], language: Language) -> None:
    """Raise ArgumentError for a file to be written that does not end in one of the suffixes."""
    if path.suffix.casefold() not in suffixes:
        listed = " か " if language == "ja" else " or "
        raise ArgumentError(_SUFFIX.say(language, path=path, suffixes=listed.join(suffixes)))


def _year(ja: str, en: str) -> Parameter:
    return Parameter(
        converter=lambda _type, tokens: _fiscal_year(tokens[0].value),
        metavar=YEAR_SHOWN,
        help=help_text(ja, en),
    )


FiscalYear = Annotated[
    int, _year("年度。例:2022、R4、令和4年度", "Fiscal year: 2022, R4 or 令和4年度")
]
OptionalFiscalYear = Annotated[
    int | None,
    _year(
        "年度。例:2022、R4、令和4年度。省けば計画のすべての年度",
        "Fiscal year: 2022, R4 or 令和4年度; default: all of the plan's",
    ),
]
Day = Annotated[
    str | None,
    Parameter(
        metavar=DAY_SHOWN,
        help=help_text(
            "基準日。例:2022-04-01、令和4年4月1日。省けば今日",
            "The day, for example 2022-04-01; default: today",
        ),
    ),
]
AuthorityCode = Annotated[
    str | None,
    Parameter(
        metavar=CODE_SHOWN,
        help=help_text(
            "団体コード。台帳に自治体が複数あるとき", "Authority code, if there are several"
        ),
    ),
]


def integer(least: int, most: int, ja: str, en: str, shown: str = NUMBER_SHOWN) -> Parameter:
    """Return an option that takes integers in a range, which its help shows."""
    return Parameter(
        converter=lambda _type, tokens: _between(least, most, tokens[0].value),
        metavar=shown,
        help=help_text(f"{ja}({least:,}～{most:,})", f"{en} ({least:,} to {most:,})"),
    )


def _between(least: int, most: int, text: str) -> int:
    number = int(text)
    if not least <= number <= most:
        raise ValueError(text)
    return number


Workers = Annotated[
    int | None, integer(1, 256, "並べて動かすプロセスの数", "Processes side by side")
]
Scheduler = Annotated[
    str | None,
    Parameter(
        metavar=help_text("アドレス", "ADDRESS"),
        help=help_text(
            "Dask のスケジューラー(tcp://…)。計算をクラスターに分ける",
            "A Dask scheduler (tcp://…) whose cluster does the work",
        ),
    ),
]


def _fiscal_year(text: str) -> int:
    from shokibo.calendar import ERA_YEARS, parse_fiscal_year

    year = parse_fiscal_year(text)
    if year not in ERA_YEARS:
        raise ValueError(text)
    return year
