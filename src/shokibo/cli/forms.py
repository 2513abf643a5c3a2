"""The commands form1 and form2."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from shokibo.cli.options import (
    DAY_SHOWN,
    DEFAULT,
    ArgumentError,
    AuthorityCode,
    Common,
    FiscalYear,
    LedgerArgument,
    OptionalOutputFile,
    help_text,
    require_suffix,
)
from shokibo.cli.printing import WRITTEN, print_json, print_table, report_findings, say, words
from shokibo.texts import Language, Text

if TYPE_CHECKING:
    from shokibo.law.parameters import Law
    from shokibo.ledger.model import Ledger
    from shokibo.returns.counted import FormNumber
    from shokibo.returns.forms import Form, FormFigures


@Parameter(name="*")
@dataclass(frozen=True)
class Options:
    """Options of both forms' commands: files to write, the letter, the authority."""

    output: OptionalOutputFile = None
    pdf: Annotated[
        Path | None, Parameter(help=help_text("PDFを書き出す先", "Where to write the PDF"))
    ] = None
    notes: Annotated[
        Path | None,
        Parameter(
            help=help_text(
                "確認事項(Excel)を書き出す先。様式のファイルには含まれない",
                "Where to write the notes, a workbook; they are not in the form's files",
            )
        ),
    ] = None
    number: Annotated[str | None, Parameter(help=help_text("文書番号", "Number of the letter"))] = (
        None
    )
    date: Annotated[
        str | None,
        Parameter(metavar=DAY_SHOWN, help=help_text("文書の日付", "Date of the letter")),
    ] = None
    authority: AuthorityCode = None
    against: Annotated[
        Path | None,
        Parameter(
            help=help_text(
                "提出した様式(Excel、手で打ったものも)。台帳の値と比べて、違いと理由を示す",
                "The form as it was filed, typed or not: compared with the ledger, with reasons",
            )
        ),
    ] = None


_NONE = Options()


def form1(
    ledger: LedgerArgument,
    /,
    *,
    year: FiscalYear,
    options: Options = _NONE,
    common: Common = DEFAULT,
) -> None:
    """Fill form 1."""
    _fill(1, ledger, year, options, common)


def form2(
    ledger: LedgerArgument,
    /,
    *,
    year: FiscalYear,
    options: Options = _NONE,
    common: Common = DEFAULT,
) -> None:
    """Fill form 2."""
    _fill(2, ledger, year, options, common)


def _fill(number: "FormNumber", path: Path, year: int, options: Options, common: Common) -> None:
    from shokibo.cli.opening import day_of, open_ledger, part_of, today
    from shokibo.returns.forms import fill_form

    workbooks, pdfs = (options.output, options.notes), (options.pdf,)
    for files, suffix in ((workbooks, ".xlsx"), (pdfs, ".pdf")):
        for file in filter(None, files):
            require_suffix(file, [suffix], common.lang)
    dated = day_of(options.date, common) if options.date else None
    opened, law = open_ledger(path, common)
    part, own_law = part_of(opened, law, options.authority, common)
    form = fill_form(part, own_law, number, year)
    _write(part, own_law, form, options, dated, common.lang)
    figures = form.figures(today(), common.lang)
    if options.against:
        _compare(options.against, figures, part, own_law, common)
    elif common.format == "json":
        print_json(figures)
    else:
        _print(figures, common.lang)
    report_findings(opened, law, common.lang)


def _compare(
    path: Path, figures: "FormFigures", ledger: "Ledger", law: "Law", common: Common
) -> None:
    """Print what was filed compared with the ledger's figures."""
    from shokibo.cli.filed import print_comparison
    from shokibo.ledger.carriers.sheets import filed_file
    from shokibo.ledger.findings import Finding
    from shokibo.returns.filed.against import ComparisonReport, compare
    from shokibo.returns.filed.received import filed_form

    filed = filed_form(filed_file(path, path.name), figures.form, figures.fiscal_year)
    if isinstance(filed, Finding):
        raise ArgumentError(filed.message(common.lang))
    report = ComparisonReport.of(compare(filed, figures, ledger, law), common.lang)
    if common.format == "json":
        print_json(report)
    else:
        print_comparison(report, common.lang)


def _write(
    ledger: "Ledger",
    law: "Law",
    form: "Form",
    options: Options,
    dated: dt.date | None,
    language: Language,
) -> None:
    """Write the requested files, all or none."""
    from shokibo.cli.opening import cells_to_correct
    from shokibo.documents.drawing.printable import UnprintableError
    from shokibo.documents.forms.layout import form_sheet
    from shokibo.documents.forms.notes import notes_xlsx
    from shokibo.documents.forms.pdf import form_pdf
    from shokibo.documents.forms.xlsx import form_xlsx
    from shokibo.files import save_all
    from shokibo.ledger.marks import is_fictitious

    sheet = form_sheet(
        form,
        law,
        number=options.number,
        date=dated,
        officer=_only(ledger, "reporting_officer"),
        authority=_only(ledger, "name"),
        fictitious=is_fictitious(ledger),
    )
    written: list[tuple[Path, bytes]] = []
    try:
        if options.output:
            written.append((options.output, form_xlsx(sheet)))
        if options.pdf:
            written.append((options.pdf, form_pdf(sheet)))
    except UnprintableError as error:
        raise cells_to_correct(error, ledger, language) from error
    if options.notes:
        notes = [note.report(language) for note in form.notes]
        content = notes_xlsx(sheet.footer, sheet.day, notes, fictitious=sheet.fictitious)
        written.append((options.notes, content))
    save_all(written)
    for path, _ in written:
        say(WRITTEN, language, path=path)


def _only(ledger: "Ledger", column: str) -> str | None:
    """Return the value of the ledger's only authority; nothing if it has several."""
    values = ledger["authorities"][column].to_list()
    return values[0] if len(values) == 1 else None


_KINDS = (
    ("community_home", Text("地域小規模児童養護施設", "Community homes")),
    ("branch_group_care", Text("分園型小規模グループケア", "Branches")),
    ("total", Text("合計", "Total")),
)
_LIST_HEADERS = (
    Text("番号", "No."),
    Text("生活単位", "Unit"),
    Text("定員", "Places"),
    Text("分散化加算", "Dispersal"),
    Text("職員数", "Staff"),
    Text("本体施設", "Home"),
    Text("バックアップ", "Backup"),
)


def _print(figures: "FormFigures", language: Language) -> None:
    from shokibo.calendar import fiscal_year_label

    title = Text("様式{form} {label}", "Form {form}, {year}")
    year, kinds = figures.fiscal_year, [figures.units[kind] for kind, _ in _KINDS]
    in_scope = Text("生活単位", "Units in scope").say(language)
    counts: list[list[object]] = [[in_scope, *(kind.units for kind in kinds)]]
    for label, splits in (
        (Text("申請", "Applied"), [kind.applied for kind in kinds]),
        (Text("認定", "Certified"), [kind.certified for kind in kinds]),
    ):
        for part in splits[0]:
            of = Text("  定員{part}名", "  of {part} places").say(language, part=part)
            name = label.say(language) if part == "total" else of
            counts.append([name, *(split[part] for split in splits)])
    print_table(
        title.say(language, form=figures.form, year=year, label=fiscal_year_label(year)),
        ["", *(label.say(language) for _, label in _KINDS)],
        counts,
        numbers=range(1, 4),
    )
    backup = figures.backup
    print_table(
        Text("バックアップ職員加算", "Backup add-on").say(language),
        words(
            language,
            Text("児童養護施設", "Homes"),
            Text("うち対象を保有", "With units in scope"),
            Text("申請", "Applied"),
            Text("認定", "Certified"),
        ),
        [(backup.homes, backup.homes_with_units, backup.applied, backup.certified)],
        numbers=range(4),
    )
    print_table(
        Text("認定施設一覧", "Certified units").say(language),
        words(language, *_LIST_HEADERS),
        [
            (
                row.number,
                row.unit_name,
                row.capacity,
                "○" if row.dispersal else "×",
                row.staff,
                row.home_name,
                "○" if row.backup else "×",
            )
            for row in figures.rows
        ],
        numbers=(0, 2, 4),
    )
    if figures.notes:
        print_table(
            Text("確認事項", "To be looked at").say(language),
            [Text("場所", "Place").say(language), Text("内容", "Note").say(language)],
            [(note.place, note.message) for note in figures.notes],
        )
