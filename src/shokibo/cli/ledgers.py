"""The commands template, convert and check."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from shokibo.cli.options import (
    DEFAULT,
    ArgumentError,
    Common,
    LedgerArgument,
    OutputFile,
    help_text,
    require_suffix,
)
from shokibo.cli.printing import (
    WRITTEN,
    most,
    print_json,
    print_table,
    report_findings,
    report_written,
    say,
    show,
    words,
)
from shokibo.texts import Language, Text

if TYPE_CHECKING:
    from shokibo.ledger.findings import Finding
    from shokibo.ledger.model import Ledger

Carrier = Literal["xlsx", "csv", "parquet"]

_FROM_NEEDED = Text("--home には、元の台帳 --from が要ります。", "--home needs the ledger, --from.")
_CARRIER = Text(
    "拡張子「{suffix}」では何を書き出すか分かりません。.xlsx か、フォルダの名を指定してください。",
    "The suffix {suffix} does not say what to write; name a .xlsx file or a folder.",
)
_NO_WORKBOOK = Text(
    "check の --output は、台帳がExcelのブックのときに使えます。"
    "CSVとParquetは、shokibo convert でブックにしてから確かめてください。",
    "--output of check needs a workbook; make one of CSV or Parquet by shokibo convert.",
)
_UNMARKABLE = Text(
    "このブックには印を付けられません。"
    "Excelで開き「Excel ブック(.xlsx)」として保存し直してください。",
    "This workbook can't be marked; open it in Excel and save it as an Excel workbook (.xlsx).",
)
_NO_HOME = Text("施設ID「{home}」は台帳にありません。", "The ledger has no home {home}.")


def template(
    *,
    output: OutputFile,
    for_: Annotated[
        Literal["authority", "home", "form1", "letters"],
        Parameter(
            name="--for",
            help=help_text(
                "home は施設が書く表だけ、form1 は様式1に要る表だけ、"
                "letters は通知書のひな形(Word)",
                "home: only what a home keeps; form1: only what form 1 needs; letters: the "
                "template of letters (.docx)",
            ),
        ),
    ] = "authority",
    from_: Annotated[
        Path | None,
        Parameter(
            name="--from", help=help_text("記入済みにする元の台帳", "A ledger to fill it from")
        ),
    ] = None,
    home: Annotated[
        str | None, Parameter(help=help_text("施設ID(--from とともに)", "Home id, with --from"))
    ] = None,
    common: Common = DEFAULT,
) -> None:
    """Make a workbook to be filled in, or a Word template of letters to be changed."""
    from shokibo.cli.opening import open_ledger
    from shokibo.documents.letters.builtin import builtin_docx
    from shokibo.files import save
    from shokibo.ledger.parts import home_part
    from shokibo.ledger.workbook import tables_for, write_template

    require_suffix(output, [".docx" if for_ == "letters" else ".xlsx"], common.lang)
    prefilled = open_ledger(from_, common)[0] if from_ else None
    if home is not None and prefilled is None:
        raise ArgumentError(_FROM_NEEDED.say(common.lang))
    if home is not None and prefilled is not None:
        try:
            prefilled = home_part(prefilled, home)
        except KeyError as error:
            raise ArgumentError(_NO_HOME.say(common.lang, home=home)) from error
    if for_ == "letters":
        save(output, builtin_docx())
    else:
        write_template(output, tables_for(for_), prefilled)
    report_written([output], common)


def convert(
    ledger: LedgerArgument,
    /,
    *,
    output: OutputFile,
    to: Annotated[
        Carrier | None,
        Parameter(
            help=help_text(
                "フォルダの中身の形。省けば拡張子から", "What to write; default: by suffix"
            )
        ),
    ] = None,
    common: Common = DEFAULT,
) -> None:
    """Write the same ledger in another carrier."""
    from shokibo.cli.opening import open_ledger

    carrier = to or carrier_of(output, common.lang)
    opened, law = open_ledger(ledger, common)
    report_written(write_ledger(opened, output, carrier), common)
    report_findings(opened, law, common.lang)


def carrier_of(output: Path, language: Language) -> Carrier:
    """Determine a ledger's carrier from the suffix. Raises ArgumentError."""
    carriers: dict[str, Carrier] = {".xlsx": "xlsx", "": "csv"}
    carrier = carriers.get(output.suffix.casefold())
    if carrier is None:
        raise ArgumentError(_CARRIER.say(language, suffix=output.suffix))
    return carrier


def write_ledger(ledger: "Ledger", output: Path, carrier: Carrier) -> list[Path]:
    """Write a ledger to a workbook or a folder; return the files that were written."""
    from shokibo.ledger.workbook import write_workbook
    from shokibo.ledger.writing import write_folder

    if carrier == "xlsx":
        write_workbook(ledger, output)
        return [output]
    return write_folder(ledger, output, carrier)


def check(
    ledger: LedgerArgument,
    /,
    *,
    output: Annotated[
        Path | None,
        Parameter(
            name=["--output", "-o"],
            help=help_text(
                "誤りと注意に色と注釈を付けた同じブックを書き出す先",
                "Where to write the same workbook with its findings marked",
            ),
        ),
    ] = None,
    common: Common = DEFAULT,
) -> int:
    """Check a ledger; exit status 1 if there is an error."""
    from shokibo.checking import check as find
    from shokibo.cli.opening import open_ledger
    from shokibo.ledger.findings import Findings, UnreadableLedgerError

    if output is not None and ledger.is_dir():
        raise ArgumentError(_NO_WORKBOOK.say(common.lang))
    if output is not None:
        require_suffix(output, [ledger.suffix.casefold()], common.lang)
    try:
        opened, law = open_ledger(ledger, common)
        found = find(opened, law)
        count = len(found)
    except UnreadableLedgerError as error:
        if output is None or not any(problem.table for problem in error.problems):
            raise
        found, count = error.problems, error.count
    if output is not None:
        _write_marked(ledger, output, found, common)
    if common.format == "json":
        print_json(Findings([finding.report(common.lang) for finding in found]))
    elif found:
        _print_findings(found, count, common)
    else:
        show(Text("誤りも注意もありません。", "Nothing was found.").say(common.lang))
    return int(any(finding.severity == "error" for finding in found))


def _write_marked(ledger: Path, output: Path, found: "Sequence[Finding]", common: Common) -> None:
    """Write the workbook with its findings marked. Raises ArgumentError if that is impossible."""
    from shokibo.documents.checked.marking import Mark, marked_workbook
    from shokibo.files import save

    marks = [Mark(one.severity, one.place, one.message(common.lang)) for one in found]
    try:
        content = marked_workbook(ledger.read_bytes(), marks, common.lang)
    except ValueError as error:
        raise ArgumentError(_UNMARKABLE.say(common.lang)) from error
    save(output, content)
    say(WRITTEN, common.lang, path=output)


def _print_findings(found: "Sequence[Finding]", count: int, common: Common) -> None:
    from shokibo.ledger.findings import SEVERITIES

    lines, rest = most(found, count, common.lang)
    print_table(
        Text("確認の結果", "Findings").say(common.lang),
        words(
            common.lang,
            Text("重さ", "Severity"),
            Text("場所", "Place"),
            Text("内容", "Finding"),
        ),
        [
            (
                SEVERITIES[f.severity].say(common.lang),
                place,
                f"{f.message(common.lang)} [{f.code}]",
            )
            for place, f, _ in lines
        ],
    )
    if rest:
        show(rest)
