"""The commands plan, budget and review."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from shokibo.cli.options import (
    DAY_SHOWN,
    DEFAULT,
    AuthorityCode,
    Common,
    Day,
    FiscalYear,
    LedgerArgument,
    OptionalFiscalYear,
    told,
)
from shokibo.texts import Language, Text
from shokibo.wording import fill

if TYPE_CHECKING:
    from shokibo.ledger.model import Ledger
    from shokibo.planning.plan import Plan

FromYear = Annotated[
    OptionalFiscalYear,
    Parameter(
        name="--from",
        help=told("計画開始年度。省けば台帳から", "First fiscal year; else the plan's"),
    ),
]
ToYear = Annotated[
    OptionalFiscalYear,
    Parameter(
        name="--to", help=told("計画終了年度。省けば台帳から", "Last fiscal year; else the plan's")
    ),
]
Baseline = Annotated[
    str | None,
    Parameter(metavar=DAY_SHOWN, help=told("基準日。省けば台帳から", "Baseline; else the plan's")),
]
Documents = Annotated[
    list[Path] | None,
    Parameter(
        name=["--output", "-o"],
        negative="",
        help=told(
            "計画書を書き出す先(.docx、.pdf、.xlsx)。繰り返してよい",
            "Where to write the document (.docx, .pdf, .xlsx); may be repeated",
        ),
    ),
]
ChartsFolder = Annotated[
    Path | None,
    Parameter(help=told("図(SVGとPNG)を書き出すフォルダ", "Folder for the charts, SVG and PNG")),
]
TextsFolder = Annotated[
    Path | None,
    Parameter(
        help=told(
            "計画の文章(Markdown)のフォルダ。省けば台帳のそばの texts",
            "Folder of the plan's texts; else `texts` beside the ledger",
        )
    ),
]


def register(app: App) -> None:
    """Add the commands."""
    app.command(
        plan,
        help=told(
            "年度末の定員、取組、目標を示し、計画書を作る", "Tell the plan; write its document"
        ),
    )
    app.command(budget, help=told("計画の経費と国の負担を示す", "Tell what the plan costs"))
    app.command(review, help=told("計画と実績を比べる", "Hold the plan against what happened"))


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
    """Tell the plan's figures, and write the document an authority publishes."""
    from shokibo.cli.opening import texts_beside
    from shokibo.cli.printing import print_json, tell_findings
    from shokibo.planning.outline import as_json

    worked = _open(ledger, authority, common, from_, to, baseline)
    if output or charts:
        folder = texts or texts_beside(ledger)
        _write(worked, output or [], charts, folder, common.lang)
    document = as_json(worked, common.lang)
    if common.format == "json":
        print_json(document)
    else:
        _print_plan(document, common.lang)
        _print_left_out(worked, common.lang)
    tell_findings(worked.ledger, worked.law, common.lang)


def budget(
    ledger: LedgerArgument,
    /,
    *,
    year: OptionalFiscalYear = None,
    authority: AuthorityCode = None,
    common: Common = DEFAULT,
) -> None:
    """Tell what the plan costs in a year, or in each of its years."""
    from shokibo.cli.printing import print_json, tell_findings
    from shokibo.planning.budget import as_json

    worked = _open(ledger, authority, common)
    if year is None:
        document: Any = [as_json(one) for one in worked.budgets]
    else:
        document = as_json(worked.budget(year))
    if common.format == "json":
        print_json(document)
    else:
        for one in document if isinstance(document, list) else [document]:
            _print_budget(one, common.lang)
    tell_findings(worked.ledger, worked.law, common.lang)


def review(
    ledger: LedgerArgument,
    /,
    *,
    year: FiscalYear,
    as_of: Day = None,
    authority: AuthorityCode = None,
    common: Common = DEFAULT,
) -> None:
    """Hold the plan against the register at a year's end, or of a day where it is not over."""
    from shokibo.cli.opening import day_of
    from shokibo.cli.printing import print_json, tell_findings
    from shokibo.planning.review import as_json
    from shokibo.planning.review import review as compare

    worked = _open(ledger, authority, common)
    _require_year(worked, year, common)
    day = day_of(as_of, common)
    found = compare(worked.ledger, worked.law, worked, year, day)
    document = as_json(found, common.lang)
    if common.format == "json":
        print_json(document)
    else:
        _print_review(document, worked.ledger, common.lang)
    tell_findings(worked.ledger, worked.law, common.lang)


_NO_PLAN = Text(
    "「計画」の表に行がありません。--baseline と --from と --to を指定してください。",
    "The ledger has no plan; give --baseline, --from and --to.",
)
_SEVERAL = Text(
    "台帳に自治体が{count}あります。--authority で団体コードを指定してください。",
    "The ledger holds {count} authorities; name one with --authority.",
)
_REVERSED = Text("計画終了年度が開始年度より前です。", "The plan ends before it starts.")
_OTHER_YEAR = Text(
    "{year:year}は計画の年度({years:years})にありません。",
    "{year:year} is not one of the plan's years ({years:years}).",
)


def _open(
    path: Path,
    authority: str | None,
    common: Common,
    from_year: int | None = None,
    to_year: int | None = None,
    baseline: str | None = None,
) -> "Plan":
    """Open the plan of one authority's part of the ledger."""
    from shokibo.cli.opening import ArgumentError, day_of, open_ledger, part_of
    from shokibo.planning.plan import Plan
    from shokibo.planning.spans import NoPlanError, plan_spans

    day: dt.date | None = day_of(baseline, common) if baseline else None
    opened, law = open_ledger(path, common)
    part = part_of(opened, authority, common)
    count = part["authorities"].height
    if count > 1:
        raise ArgumentError(_SEVERAL.say(common.lang, count=count))
    try:
        spans = plan_spans(part, baseline=day, from_year=from_year, to_year=to_year)
    except NoPlanError as error:
        raise ArgumentError(_NO_PLAN.say(common.lang)) from error
    if spans["to_year"][0] < spans["from_year"][0]:
        raise ArgumentError(_REVERSED.say(common.lang))
    return Plan(part, law, spans)


def _require_year(plan: "Plan", year: int, common: Common) -> None:
    from shokibo.cli.opening import ArgumentError

    if year not in plan.years:
        asked = {"year": year, "years": plan.years}
        raise ArgumentError(fill(_OTHER_YEAR, common.lang, asked))


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
    from shokibo.cli.opening import ArgumentError, cells_to_correct, wrong_texts
    from shokibo.cli.printing import WRITTEN, say
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


_TABLE = (
    (Text("本体 6人以上", "Main 6+"), lambda row: row["main"]["six_or_more"]),
    (Text("5~4人", "5-4"), lambda row: row["main"]["five_to_four"]),
    (Text("3人以下", "3-"), lambda row: row["main"]["three_or_fewer"]),
    (Text("定員", "Places"), lambda row: row["main"]["capacity"]),
    (Text("GH 6人以上", "Group 6+"), lambda row: row["group_homes"]["six_or_more"]),
    (Text("5~4人", "5-4"), lambda row: row["group_homes"]["five_to_four"]),
    (Text("3人以下", "3-"), lambda row: row["group_homes"]["three_or_fewer"]),
    (Text("か所", "Homes"), lambda row: row["group_homes"]["count"]),
    (Text("定員", "Places"), lambda row: row["group_homes"]["capacity"]),
    (Text("合計", "Total"), lambda row: row["total"]),
    (Text("GH割合%", "Share %"), lambda row: row["share_percent"]),
)
_AGAINST = (
    (Text("目標", "Target"), lambda row: _approximate(row["target"]["total"])),
    (Text("差", "Difference"), lambda row: row["difference"]),
    (Text("必要量", "Need"), lambda row: row["need"]),
    (Text("計画-必要量", "Homes - need"), lambda row: row["gap_homes"]),
)


def _approximate(target: Mapping[str, Any]) -> str:
    return f"{target['value']}{'程度' if target['approximate'] else ''}"


def _print_plan(document: Mapping[str, Any], language: Language) -> None:
    for home in document["homes"]:
        _print_years(home["name"], home["rows"], _TABLE, language)
    together = Text("自治体合計と目標", "All homes, and targets").say(language)
    _print_years(together, document["authority"]["rows"], (*_TABLE, *_AGAINST), language)


def _print_left_out(plan: "Plan", language: Language) -> None:
    """Say which units the places leave out, where there are any."""
    unknown = max(
        row["main_unknown"] + row["group_unknown"] for row in plan.all.iter_rows(named=True)
    )
    if unknown:
        text = Text(
            "定員の分からない生活単位が{count}か所あり、定員に含めていません。",
            "{count} units of unknown capacity are left out of the places.",
        )
        from shokibo.cli.printing import show

        show(text.say(language, count=unknown))


def _print_years(
    title: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[Any], language: Language
) -> None:
    from shokibo.calendar import fiscal_year_label
    from shokibo.cli.printing import print_table, show

    shown = [
        column for column in columns if column[0].en != "3-" or any(column[1](r) for r in rows)
    ]
    year_end = Text("{year}末", "End of {year}")
    print_table(
        title,
        ["", *(label.say(language) for label, _ in shown)],
        [
            (
                year_end.say(language, year=fiscal_year_label(row["fiscal_year"])),
                *(value(row) for _, value in shown),
            )
            for row in rows
        ],
        numbers=range(1, len(shown) + 1),
    )
    for row in rows:
        for initiative in row["initiatives"]:
            year = fiscal_year_label(row["fiscal_year"])
            show(f"  ({year}) {initiative['text']}")


def _print_budget(document: Mapping[str, Any], language: Language) -> None:
    from shokibo.calendar import fiscal_year_label
    from shokibo.cli.printing import print_table

    estimated = Text("(概算)", " (estimate)").say(language) if document["estimated"] else ""
    title = Text(
        "{year}の経費{estimated}:新設{opened}か所、開設後の運営{running}か所",
        "{year}{estimated}: {opened} opened, {running} running",
    )
    rows = [
        (line["account"], line["item"], line["homes"], f"{line['amount']:,}")
        for line in document["expenditure"]
    ]
    total = Text("合計", "Total").say(language)
    rows.append(
        (Text("歳出", "Expenditure").say(language), total, "", _yen(document, "expenditure"))
    )
    rows += [
        (line["account"], f"{line['programme']} {line['share']}", "", f"{line['amount']:,}")
        for line in document["revenue"]
    ]
    rows.append((Text("歳入", "Revenue").say(language), total, "", _yen(document, "revenue")))
    own = Text("自治体の負担", "Left to the authority").say(language)
    rows.append(("", own, "", f"{document['net']:,}"))
    print_table(
        title.say(
            language,
            year=fiscal_year_label(document["fiscal_year"]),
            estimated=estimated,
            opened=document["opened"],
            running=document["running"],
        ),
        [
            text.say(language)
            for text in (
                Text("科目", "Account"),
                Text("項目", "Item"),
                Text("数", "Number"),
                Text("金額(円)", "Yen"),
            )
        ],
        rows,
        numbers=(2, 3),
    )


def _yen(document: Mapping[str, Any], part: str) -> str:
    return f"{document[f'{part}_total']:,}"


def _print_review(document: Mapping[str, Any], ledger: "Ledger", language: Language) -> None:
    from shokibo.calendar import fiscal_year_label
    from shokibo.cli.printing import print_table
    from shokibo.planning.review import RESULTS
    from shokibo.wording import day_in_words

    names = dict(ledger["homes"].select("home_id", "name").iter_rows())
    title = Text(
        "{year}末の計画と実績({day}現在)", "Plan and actual at the end of {year}, as of {day}"
    )
    day = day_in_words(dt.date.fromisoformat(document["as_of"]), language)
    print_table(
        title.say(language, year=fiscal_year_label(document["fiscal_year"]), day=day),
        [
            text.say(language)
            for text in (
                Text("施設", "Home"),
                Text("年度", "Year"),
                Text("取組", "Action"),
                Text("生活単位ID", "Unit"),
                Text("実績の定員", "Actual"),
                Text("結果", "Result"),
            )
        ],
        [
            (
                names[one["home_id"]],
                fiscal_year_label(one["fiscal_year"]),
                one["text"],
                one["unit_id"],
                one["actual"],
                RESULTS[one["result"]].say(language),
            )
            for one in document["actions"]
        ],
        numbers=(4,),
    )
    _print_ends(document, names, language)


def _print_ends(document: Mapping[str, Any], names: Mapping[str, str], language: Language) -> None:
    from shokibo.cli.printing import print_table

    rows = [
        (
            names[home["home_id"]],
            label.say(language),
            home[kind]["main"]["capacity"],
            home[kind]["group_homes"]["count"],
            home[kind]["group_homes"]["capacity"],
        )
        for home in document["homes"]
        for kind, label in (
            ("planned", Text("計画", "plan")),
            ("actual", Text("実績", "actual")),
        )
    ]
    print_table(
        Text("年度末の定員", "Places at the year's end").say(language),
        [
            text.say(language)
            for text in (
                Text("施設", "Home"),
                Text("区分", "Kind"),
                Text("本体定員", "Main places"),
                Text("GHか所数", "Group homes"),
                Text("GH定員", "Group places"),
            )
        ],
        rows,
        numbers=range(2, 5),
    )
