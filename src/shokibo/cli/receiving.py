"""The command receive."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from shokibo.cli.ledgers import carrier_of
from shokibo.cli.options import (
    DEFAULT,
    ArgumentError,
    Common,
    FiscalYear,
    OptionalOutputFile,
    help_text,
)
from shokibo.cli.overwriting import refuse_overwriting
from shokibo.cli.printing import WRITTEN, computing, print_json, print_table, say, words
from shokibo.texts import Language, Text

if TYPE_CHECKING:
    from shokibo.ledger.carriers.sheets import FiledFile
    from shokibo.returns.filed.answer import ReceivedForms
    from shokibo.returns.filed.received import Received
    from shokibo.returns.filed.senders import Sender

_Folder = Annotated[
    Path,
    Parameter(
        help=help_text(
            "受け取った様式(Excel)のフォルダ。中のフォルダも読む",
            "The folder with the forms' workbooks; subfolders are read too",
        )
    ),
]


def receive(
    folder: _Folder,
    /,
    *,
    form: Annotated[
        Literal[1, 2], Parameter(help=help_text("様式1か様式2か", "Which form: 1 or 2"))
    ],
    year: FiscalYear,
    authorities: Annotated[
        Path | None,
        Parameter(
            help=help_text(
                "提出を待つ自治体:台帳、又は団体コードと自治体名の表。省けば、見つかったすべて",
                "Who has to send it: a ledger, or a table of authority_code and name; "
                "else all that are found",
            )
        ),
    ] = None,
    previous: Annotated[
        Path | None,
        Parameter(
            help=help_text(
                "これまでの年度の様式のフォルダ。大きな変化を見つけるために比べる",
                "The folder of earlier years' forms, to find what changed much",
            )
        ),
    ] = None,
    output: OptionalOutputFile = None,
    common: Common = DEFAULT,
) -> None:
    """Receive the forms of many authorities."""
    from shokibo.law.parameters import national_law
    from shokibo.returns.filed.answer import answer_of
    from shokibo.returns.filed.received import receive as received_of

    if output is not None:
        carrier_of(output, common.lang)  # a wrong suffix is refused before the forms are read
    expected = None if authorities is None else _expected(authorities)
    with computing(common.lang):
        received = received_of(
            _files(folder, common.lang),
            form,
            year,
            national_law(),
            expected=expected,
            previous=[] if previous is None else _files(previous, common.lang),
        )
    if output is not None:
        read = [*filter(None, (folder, previous, authorities))]
        _write(received, output, read, common)
    answer = answer_of(received, common.lang)
    if common.format == "json":
        print_json(answer)
    else:
        _print(answer, common.lang)


def _expected(path: Path) -> "list[Sender]":
    from shokibo.ledger.authority_list import read_authorities
    from shokibo.returns.filed.senders import Sender

    return [Sender(code, name) for code, name in read_authorities(path)]


def _files(folder: Path, language: Language) -> "list[FiledFile]":
    from shokibo.ledger.carriers.sheets import filed_files

    if not folder.is_dir():
        wrong = Text("フォルダ「{folder}」がありません。", "There is no folder {folder}.")
        raise ArgumentError(wrong.say(language, folder=folder))
    return filed_files(folder)


def _write(received: "Received", output: Path, read: Sequence[Path], common: Common) -> None:
    """Write a workbook, or a folder with the tables as CSV and JSON and their description.

    Raises ArgumentError if that would replace a file that was read.
    """
    from shokibo.cli.opening import today
    from shokibo.documents.nation.workbook import nation_xlsx
    from shokibo.files import save_all
    from shokibo.law.parameters import national_law
    from shokibo.opendata.received import received_files

    if carrier_of(output, common.lang) == "xlsx":
        files, to = {output: nation_xlsx(received, national_law(), today(), common.lang)}, None
    else:
        tables = received_files(received, today(), common.lang)
        files, to = {output / name: content for name, content in tables.items()}, output
    inside = [path for each in read for path in (each.rglob("*") if each.is_dir() else (each,))]
    refuse_overwriting(inside, files, common.lang)
    save_all([*files.items()], to)
    for path in files:
        say(WRITTEN, common.lang, path=path)


def _print(answer: "ReceivedForms", language: Language) -> None:
    from shokibo.calendar import fiscal_year_label
    from shokibo.returns import words as of_form
    from shokibo.returns.filed.nation import STATES

    total = answer.sum.units.get("total")
    heading = Text(
        "様式{form} {label}:{sent}/{expected}自治体。{units}か所、申請{applied}、認定{certified}",
        "Form {form}, {year}: {sent} of {expected}; {units} {units:unit|units}, {applied} "
        "applied for, "
        "{certified} certified",
    )
    title = heading.say(
        language,
        form=answer.form,
        year=answer.fiscal_year,
        label=fiscal_year_label(answer.fiscal_year),
        sent=len(answer.received),
        expected=answer.expected,
        units=total.units if total else 0,
        applied=total.applied.get("total", 0) if total else 0,
        certified=total.certified.get("total", 0) if total else 0,
    )
    print_table(
        title,
        words(
            language,
            Text("自治体", "Authority"),
            Text("状態", "State"),
            of_form.COUNTS["units"],
            of_form.COUNTS["certified"],
            Text("質問", "Questions"),
            Text("ファイル", "File"),
        ),
        [
            (
                one.name or one.authority_code,
                STATES[one.state].say(language),
                one.figures.units["total"].units if one.figures else None,
                one.figures.units["total"].certified.get("total") if one.figures else None,
                len(one.findings) or None,
                one.file,
            )
            for one in answer.received
        ],
        numbers=(2, 3, 4),
    )
    questions = [
        (one.name or one.authority_code, found.place, found.message)
        for one in answer.received
        for found in one.findings
    ]
    place, message = Text("箇所", "Place"), Text("内容", "Message")
    who, file = Text("自治体", "Authority"), Text("ファイル", "File")
    if questions:
        heading_of = Text("質問", "Questions").say(language)
        print_table(heading_of, words(language, who, place, message), questions)
    if answer.missing:
        missing = [(one.authority_code, one.name) for one in answer.missing]
        code = Text("団体コード", "Code")
        print_table(Text("未提出", "Missing").say(language), words(language, code, who), missing)
    if answer.unknown:
        unknown = [(one.file, one.reason) for one in answer.unknown]
        heading_of = Text("受け取れなかったファイル", "Unknown files").say(language)
        print_table(heading_of, words(language, file, message), unknown)
