"""The commands plan, budget and review."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
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
)
from shokibo.cli.printing import WRITTEN, print_json, report_findings, say
from shokibo.texts import Language, Text
from shokibo.wording import fill

if TYPE_CHECKING:
    from shokibo.planning.plan import Plan

FromYear = Annotated[
    OptionalFiscalYear,
    Parameter(
        name="--from",
        help=help_text(
            "計画開始年度。例:2022、R4。省けば台帳から", "First year: 2022, R4; else the plan's"
        ),
    ),
]
ToYear = Annotated[
    OptionalFiscalYear,
    Parameter(
        name="--to",
        help=help_text(
            "計画終了年度。例:2024、R6。省けば台帳から", "Last year: 2024, R6; else the plan's"
        ),
    ),
]
Baseline = Annotated[
    str | None,
    Parameter(
        metavar=DAY_SHOWN, help=help_text("基準日。省けば台帳から", "Baseline; else the plan's")
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
            "Folder of the plan's texts; else `texts` beside the ledger",
        )
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
    authority: AuthorityCode = None,
    common: Common = DEFAULT,
) -> None:
    """Print the plan's figures, and write the document an authority publishes."""
    from shokibo.cli.opening import texts_folder
    from shokibo.cli.plan_tables import print_plan
    from shokibo.planning.outline import plan_report

    opened = open_plan(ledger, authority, common, from_, to, baseline)
    if output or charts:
        folder = texts or texts_folder(ledger)
        _write(opened, output or [], charts, folder, common.lang)
    if common.format == "json":
        print_json(plan_report(opened, common.lang))
    else:
        print_plan(opened, common.lang)
    is_own = (from_, to, baseline) == (None, None, None)  # the ledger's, which is checked
    report_findings(opened.ledger, opened.law, common.lang, opened if is_own else None)


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
    from shokibo.cli.plan_tables import print_budget

    opened = open_plan(ledger, authority, common)
    found = opened.budgets if year is None else (opened.budget(year),)
    if common.format == "json":
        print_json(found if year is None else found[0])
    else:
        for one in found:
            print_budget(one, common.lang)
            print_amounts(one.amounts, common.lang)
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
    """Compare the plan with the register at a year's end, or of a day where it is not over."""
    from shokibo.cli.opening import day_of
    from shokibo.cli.plan_tables import print_review
    from shokibo.planning.review import review as compare

    opened = open_plan(ledger, authority, common)
    if year not in opened.years:
        values = {"year": year, "years": opened.years}
        raise ArgumentError(fill(_OTHER_YEAR, common.lang, values))
    day = day_of(as_of, common)
    found = compare(opened.ledger, opened.law, opened, year, day, common.lang)
    if common.format == "json":
        print_json(found)
    else:
        print_review(found, opened, common.lang)
    report_findings(opened.ledger, opened.law, common.lang, opened)


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


_SUFFIX = Text(
    "計画書の拡張子は .docx、.pdf、.xlsx のどれかにしてください。",
    "The document ends in .docx, .pdf or .xlsx.",
)


def _write(
    plan: "Plan",
    outputs: Sequence[Path],
    charts: Path | None,
    texts: Path | None,
    language: Language,
) -> None:
    """Write the document in the format of each file's suffix, and its charts: all or none."""
    from shokibo.cli.opening import cells_to_correct, wrong_texts
    from shokibo.documents.drawing.printable import UnprintableError
    from shokibo.documents.plan.chapters import plan_document
    from shokibo.documents.plan.chart_files import chart_files
    from shokibo.documents.plan.docx import plan_docx
    from shokibo.documents.plan.figures import figures
    from shokibo.documents.plan.pdf import plan_pdf
    from shokibo.documents.plan.texts import PlanTextError, load_texts
    from shokibo.documents.plan.xlsx import plan_xlsx
    from shokibo.files import save_all

    draw = {".docx": plan_docx, ".pdf": plan_pdf, ".xlsx": plan_xlsx}
    if any(path.suffix.casefold() not in draw for path in outputs):
        raise ArgumentError(_SUFFIX.say(language))
    try:
        document = plan_document(plan, load_texts(texts, figures(plan.with_homes())))
    except PlanTextError as error:
        raise wrong_texts(error, language) from error
    try:
        written = [(path, draw[path.suffix.casefold()](document)) for path in outputs]
        drawn = chart_files(document.figures) if charts else {}
    except UnprintableError as error:
        raise cells_to_correct(error, plan.ledger, language) from error
    if charts:
        written += [(charts / name, content) for name, content in drawn.items()]
    save_all(written, charts)
    for path, _ in written:
        say(WRITTEN, language, path=path)
