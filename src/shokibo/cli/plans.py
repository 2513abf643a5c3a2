"""The commands plan, budget and review."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from shokibo.cli.options import (
    DAY_SHOWN,
    DEFAULT,
    ArgumentError,
    AuthorityCode,
    Common,
    Day,
    FiscalYear,
    LedgerArgument,
    OptionalFiscalYear,
    help_text,
    require_suffix,
)
from shokibo.cli.printing import WRITTEN, print_json, report_findings, say
from shokibo.texts import Language, Text
from shokibo.wording import fill

if TYPE_CHECKING:
    from shokibo.documents.blocks import PlanDocument
    from shokibo.documents.plan.texts import PlanTexts
    from shokibo.planning.plan import Plan

FromYear = Annotated[
    OptionalFiscalYear,
    Parameter(
        name="--from",
        help=help_text(
            "計画開始年度。例:2022、R4。省けば台帳から", "First year: 2022, R4; default: the plan's"
        ),
    ),
]
ToYear = Annotated[
    OptionalFiscalYear,
    Parameter(
        name="--to",
        help=help_text(
            "計画終了年度。例:2024、R6。省けば台帳から", "Last year: 2024, R6; default: the plan's"
        ),
    ),
]
Baseline = Annotated[
    str | None,
    Parameter(
        metavar=DAY_SHOWN, help=help_text("基準日。省けば台帳から", "Baseline; default: the plan's")
    ),
]
Documents = Annotated[
    list[Path] | None,
    Parameter(
        name=["--output", "-o"],
        negative="",
        help=help_text(
            "計画書を書き出す先(.docx、.pdf、.xlsx)。繰り返してよい",
            "Where to write the document (.docx, .pdf, .xlsx); may be repeated",
        ),
    ),
]
ChartsFolder = Annotated[
    Path | None,
    Parameter(
        help=help_text("図(SVGとPNG)を書き出すフォルダ", "Folder for the charts, SVG and PNG")
    ),
]
TextsFolder = Annotated[
    Path | None,
    Parameter(
        help=help_text(
            "計画の文章(Markdown)のフォルダ。省けば台帳のそばの texts",
            "Folder of the plan's texts; default: `texts` next to the ledger",
        )
    ),
]

Draft = Annotated[
    bool,
    Parameter(
        negative="",
        help=help_text(
            "案として作る。文章のない節も見出しを付け、「（自治体が記入）」とする",
            "As a draft: sections without a text are left open, with their headings",
        ),
    ),
]
ReportFiles = Annotated[
    list[Path] | None,
    Parameter(
        name=["--output", "-o"],
        negative="",
        help=help_text(
            "報告を書き出す先(.docx、.pdf)。繰り返してよい",
            "Where to write the report (.docx, .pdf); may be repeated",
        ),
    ),
]


def plan(
    ledger: LedgerArgument,
    /,
    *,
    from_: FromYear = None,
    to: ToYear = None,
    baseline: Baseline = None,
    output: Documents = None,
    charts: ChartsFolder = None,
    texts: TextsFolder = None,
    draft: Draft = False,
    authority: AuthorityCode = None,
    common: Common = DEFAULT,
) -> None:
    """Print the plan's figures, and write the document an authority publishes."""
    from shokibo.cli.plan_tables import print_plan
    from shokibo.documents.plan.chapters import plan_document
    from shokibo.documents.plan.chart_files import chart_files
    from shokibo.planning.outline import plan_report

    if (texts or draft) and not (output or charts):
        raise ArgumentError(_NOTHING_WRITTEN.say(common.lang))
    opened = open_plan(ledger, authority, common, from_, to, baseline)
    if output or charts:
        for path in output or []:
            require_suffix(path, _SUFFIXES, common.lang)
        document = plan_document(opened, _texts(opened, ledger, texts, common.lang), draft=draft)
        with _printable(opened, common.lang):
            drawn = chart_files(document.figures) if charts else {}
            _save(document, output or [], common.lang, charts, drawn)
    if common.format == "json":
        print_json(plan_report(opened, common.lang))
    else:
        print_plan(opened, common.lang)
    is_own = (from_, to, baseline) == (None, None, None)  # the ledger's own plan, which is checked
    report_findings(opened.ledger, opened.law, common.lang, opened if is_own else None)


def report(
    ledger: LedgerArgument,
    /,
    *,
    output: ReportFiles = None,
    texts: TextsFolder = None,
    authority: AuthorityCode = None,
    common: Common = DEFAULT,
) -> None:
    """Print the report on the plan to a committee, and write it."""
    from shokibo.cli.plan_tables import print_report
    from shokibo.documents.plan.chapters import plan_document
    from shokibo.documents.plan.pdf import paging
    from shokibo.documents.plan.report import committee_report, report_document

    opened = open_plan(ledger, authority, common)
    for path in output or []:
        require_suffix(path, _OF_REPORT, common.lang)
    written = _texts(opened, ledger, texts, common.lang)
    with _printable(opened, common.lang):
        pages = paging(plan_document(opened, written)).sections
        document = report_document(opened, written, pages)
        _save(document, output or [], common.lang)
    if common.format == "json":
        print_json(committee_report(opened, document))
    else:
        print_report(document)
    report_findings(opened.ledger, opened.law, common.lang, opened)


def budget(
    ledger: LedgerArgument,
    /,
    *,
    year: OptionalFiscalYear = None,
    authority: AuthorityCode = None,
    common: Common = DEFAULT,
) -> None:
    """Print the budget of a year of the plan, or of each of its years."""
    from shokibo.cli.months import print_amounts
    from shokibo.cli.plan_tables import print_beside, print_budget

    opened = open_plan(ledger, authority, common)
    if year is not None:
        _require_year(opened, year, common.lang)
    found = opened.budgets if year is None else (opened.budget(year),)
    if common.format == "json":
        print_json(found if year is None else found[0])
    else:
        for one in found:
            print_budget(one, common.lang)
            print_amounts(one.amounts, common.lang)
            print_beside(one, common.lang)
    report_findings(opened.ledger, opened.law, common.lang, opened)


def review(
    ledger: LedgerArgument,
    /,
    *,
    year: FiscalYear,
    as_of: Day = None,
    authority: AuthorityCode = None,
    common: Common = DEFAULT,
) -> None:
    """Compare the plan with the register at a year's end, or on a day if it is not over."""
    from shokibo.cli.opening import day_of
    from shokibo.cli.plan_tables import print_review
    from shokibo.planning.review import review as compare

    opened = open_plan(ledger, authority, common)
    _require_year(opened, year, common.lang)
    day = day_of(as_of, common)
    found = compare(opened.ledger, opened.law, opened, year, day, common.lang)
    if common.format == "json":
        print_json(found)
    else:
        print_review(found, opened, common.lang)
    report_findings(opened.ledger, opened.law, common.lang, opened)


def _require_year(plan: "Plan", year: int, language: Language) -> None:
    if year not in plan.years:
        values = {"year": year, "years": plan.years}
        raise ArgumentError(fill(_OTHER_YEAR, language, values))


_NOTHING_WRITTEN = Text(
    "--texts と --draft は計画書に使います。--output で書き出す先を指定してください。",
    "--texts and --draft are for the document; say where to write it with --output.",
)
_NO_PLAN = Text(
    "「計画」の表に行がありません。--baseline と --from と --to を指定してください。",
    "The ledger has no plan; give --baseline, --from and --to.",
)
_REVERSED = Text("計画終了年度が開始年度より前です。", "The plan ends before it starts.")
_OTHER_YEAR = Text(
    "{year:year}は計画の年度({years:years})にありません。",
    "{year:year} is not one of the plan's years ({years:years}).",
)


def open_plan(
    path: Path,
    authority: str | None,
    common: Common,
    from_year: int | None = None,
    to_year: int | None = None,
    baseline: str | None = None,
) -> "Plan":
    """Open the plan of one authority's part of the ledger."""
    from shokibo.cli.opening import day_of, one_authority, open_ledger
    from shokibo.planning.plan import Plan
    from shokibo.planning.spans import NoPlanError, plan_spans

    day: dt.date | None = day_of(baseline, common) if baseline else None
    whole, law = open_ledger(path, common)
    part, own_law = one_authority(whole, law, authority, common)
    try:
        spans = plan_spans(part, baseline=day, from_year=from_year, to_year=to_year)
    except NoPlanError as error:
        raise ArgumentError(_NO_PLAN.say(common.lang)) from error
    if spans["to_year"][0] < spans["from_year"][0]:
        raise ArgumentError(_REVERSED.say(common.lang))
    return Plan(part, own_law, spans)


_SUFFIXES = (".docx", ".pdf", ".xlsx")
_OF_REPORT = _SUFFIXES[:2]


def _texts(plan: "Plan", ledger: Path, folder: Path | None, language: Language) -> "PlanTexts":
    """Read the texts in a folder, or in the one next to the ledger."""
    from shokibo.cli.opening import texts_folder, wrong_texts
    from shokibo.documents.plan.figures import figures
    from shokibo.documents.plan.texts import PlanTextError, load_texts

    try:
        return load_texts(folder or texts_folder(ledger), figures(plan.with_homes()))
    except PlanTextError as error:
        raise wrong_texts(error, language) from error


@contextmanager
def _printable(plan: "Plan", language: Language) -> Iterator[None]:
    from shokibo.cli.opening import cells_to_correct
    from shokibo.documents.drawing.printable import UnprintableError

    try:
        yield
    except UnprintableError as error:
        raise cells_to_correct(error, plan.ledger, language) from error


def _save(
    document: "PlanDocument",
    outputs: Sequence[Path],
    language: Language,
    folder: Path | None = None,
    more: Mapping[str, bytes] = MappingProxyType({}),
) -> None:
    """Write a document in each file's format, and a folder's files: all or none."""
    from shokibo.documents.plan.docx import plan_docx
    from shokibo.documents.plan.pdf import plan_pdf
    from shokibo.documents.plan.xlsx import plan_xlsx
    from shokibo.files import save_all

    draw = dict(zip(_SUFFIXES, (plan_docx, plan_pdf, plan_xlsx), strict=True))
    written = [(path, draw[path.suffix.casefold()](document)) for path in outputs]
    if folder:
        written += [(folder / name, content) for name, content in more.items()]
    save_all(written, folder)
    for path, _ in written:
        say(WRITTEN, language, path=path)
