"""The commands template, convert and check."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from shokibo.cli.options import (
    DEFAULT,
    ArgumentError,
    Common,
    LedgerArgument,
    OutputFile,
    help_text,
)
from shokibo.cli.printing import (
    most,
    print_json,
    print_table,
    report_findings,
    report_written,
    show,
    words,
)
from shokibo.texts import Text

_FROM_NEEDED = Text("--home には、元の台帳 --from が要ります。", "--home needs the ledger, --from.")
_CARRIER = Text(
    "拡張子「{suffix}」では何を書き出すか分かりません。.xlsx か、フォルダの名を指定してください。",
    "A name ending in {suffix} does not tell what to write; name a .xlsx file or a folder.",
)
_NO_HOME = Text("施設ID「{home}」は台帳にありません。", "The ledger has no home {home}.")


def template(
    *,
    output: OutputFile,
    for_: Annotated[
        Literal["authority", "home"],
        Parameter(
            name="--for",
            help=help_text("home は施設が書く表だけ", "home: only what a home keeps"),
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
    """Make a workbook to be filled in."""
    from shokibo.cli.opening import open_ledger
    from shokibo.ledger.parts import home_part
    from shokibo.ledger.workbook import write_template

    prefilled = open_ledger(from_, common)[0] if from_ else None
    if home is not None and prefilled is None:
        raise ArgumentError(_FROM_NEEDED.say(common.lang))
    if home is not None and prefilled is not None:
        try:
            prefilled = home_part(prefilled, home)
        except KeyError as error:
            raise ArgumentError(_NO_HOME.say(common.lang, home=home)) from error
    write_template(output, for_home=for_ == "home", prefilled=prefilled)
    report_written([output], common)


def convert(
    ledger: LedgerArgument,
    /,
    *,
    output: OutputFile,
    to: Annotated[
        Literal["xlsx", "csv", "parquet"] | None,
        Parameter(
            help=help_text("フォルダの中身の形。省けば拡張子から", "What to write; else by suffix")
        ),
    ] = None,
    common: Common = DEFAULT,
) -> None:
    """Write the same ledger in another carrier."""
    from shokibo.cli.opening import open_ledger
    from shokibo.ledger.workbook import write_workbook
    from shokibo.ledger.writing import write_folder

    carrier = to or {".xlsx": "xlsx", "": "csv"}.get(output.suffix.casefold())
    if carrier is None:
        raise ArgumentError(_CARRIER.say(common.lang, suffix=output.suffix))
    opened, law = open_ledger(ledger, common)
    if carrier == "xlsx":
        write_workbook(opened, output)
        written = [output]
    else:
        written = write_folder(opened, output, "parquet" if carrier == "parquet" else "csv")
    report_written(written, common)
    report_findings(opened, law, common.lang)


def check(ledger: LedgerArgument, /, *, common: Common = DEFAULT) -> int:
    """Check a ledger; exit status 1 where there is an error."""
    from shokibo.checking import check as find
    from shokibo.cli.opening import open_ledger
    from shokibo.ledger.findings import Findings

    opened, law = open_ledger(ledger, common)
    found = find(opened, law)
    if common.format == "json":
        print_json(Findings([finding.report(common.lang) for finding in found]))
    elif found:
        lines, rest = most(found, len(found), common.lang)
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
    else:
        show(Text("誤りも注意もありません。", "Nothing was found.").say(common.lang))
    return int(any(finding.severity == "error" for finding in found))


SEVERITIES = {
    "error": Text("誤り", "error"),
    "warning": Text("注意", "warning"),
    "info": Text("参考", "info"),
}
