"""The command support."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from shokibo.cli.options import (
    DEFAULT,
    AuthorityCode,
    Common,
    FiscalYear,
    LedgerArgument,
    OptionalOutputFile,
    require_suffix,
)
from shokibo.cli.printing import WRITTEN, print_json, print_table, report_findings, say, show
from shokibo.texts import Language, Text
from shokibo.wording import year_in_words

if TYPE_CHECKING:
    from shokibo.ledger.model import Ledger
    from shokibo.planning.support.report import Support, SupportHead


def support(
    ledger: LedgerArgument,
    /,
    *,
    year: FiscalYear,
    output: OptionalOutputFile = None,
    authority: AuthorityCode = None,
    common: Common = DEFAULT,
) -> None:
    """Show the support of a year under its four heads, next to the year before."""
    from shokibo.cli.opening import one_authority, open_ledger
    from shokibo.planning.plan import plan_of
    from shokibo.planning.support.report import support as compute

    part, law = one_authority(*open_ledger(ledger, common), authority, common)
    plan = plan_of(part, law)
    found = compute(part, plan, year, common.lang)
    if output:
        _write(found, part, output, common.lang)
    if common.format == "json":
        print_json(found)
    else:
        _print(found, part, common.lang)
    report_findings(part, law, common.lang, plan)


def _write(found: "Support", ledger: "Ledger", output: Path, language: Language) -> None:
    from shokibo.cli.opening import cells_to_correct
    from shokibo.documents.drawing.printable import UnprintableError
    from shokibo.documents.plan.xlsx import plan_xlsx
    from shokibo.documents.support import support_document
    from shokibo.files import save

    require_suffix(output, [".xlsx"], language)
    try:
        content = plan_xlsx(support_document(found, ledger, language))
    except UnprintableError as error:
        raise cells_to_correct(error, ledger, language) from error
    save(output, content)
    say(WRITTEN, language, path=output)


_HOME, _FIGURE, _UNIT = Text("施設", "Home"), Text("項目", "Figure"), Text("単位", "Unit")


def _print(found: "Support", ledger: "Ledger", language: Language) -> None:
    from shokibo.planning.support.words import names_of

    names = names_of(ledger, language)
    years = [year_in_words(year, language) for year in (found.fiscal_year - 1, found.fiscal_year)]
    for head in found.heads:
        print_table(
            f"{head.name} {years[-1]}",
            [*(text.say(language) for text in (_HOME, _FIGURE)), *years, _UNIT.say(language)],
            [*_rows(head, names, language)],
            numbers=(2, 3),
        )
    for note in found.notes:
        show(note)


def _rows(
    head: "SupportHead", names: dict[str | None, str], language: Language
) -> Iterator[tuple[object, ...]]:
    from shokibo.cli.plan_tables import figure_row
    from shokibo.planning.support.words import TOGETHER, recorded

    for figure in head.together:
        yield TOGETHER.say(language), *figure_row(figure, language)
    for home in head.homes:
        for figure in recorded(home.figures):
            yield names[home.home_id], *figure_row(figure, language)
