"""The support of a year as tables: a worksheet for each of its four heads."""

from collections.abc import Iterator

from shokibo import calendar
from shokibo.documents.blocks import Cell, PlanDocument, Table
from shokibo.documents.years import Group, Line, by_year
from shokibo.ledger.marks import is_fictitious
from shokibo.ledger.model import Ledger
from shokibo.planning.support.measures import UNITS
from shokibo.planning.support.report import Support, SupportFigure, SupportHead
from shokibo.planning.support.words import TOGETHER, names_of, recorded
from shokibo.texts import Language, Text

_TITLE = Text("{authority}{year}の支援の状況", "{authority}: support in {year}")


def support_document(found: Support, ledger: Ledger, language: Language) -> PlanDocument:
    """Lay a report out by head: all homes together, then each."""
    names = ledger["authorities"]["name"]
    authority = names[0] if names.len() == 1 else ""
    year = calendar.fiscal_year_label(found.fiscal_year)
    title = _TITLE.say(language, authority=authority, year=year)
    return PlanDocument(
        title=title,
        cover=(title,),
        authority=authority,
        adopted="",
        day=calendar.fiscal_year_end(found.fiscal_year),
        fictitious=is_fictitious(ledger),
        blocks=tuple(
            table for head in found.heads for table in _tables(found, head, ledger, language)
        ),
    )


def _tables(
    found: Support, head: SupportHead, ledger: Ledger, language: Language
) -> Iterator[Table]:
    names = names_of(ledger, language)
    groups = [Group(TOGETHER.say(language), _lines(head.together, language))]
    groups += [
        Group(names[home.home_id], _lines(shown, language))
        for home in head.homes
        if (shown := recorded(home.figures))
    ]
    yield from by_year(
        head.name,
        [found.fiscal_year - 1, found.fiscal_year],
        groups,
        sheet=head.name,
        stubs=(44, 62),
        ending="",
        align="right",
        notes=tuple(found.notes),
    )


def _lines(figures: list[SupportFigure], language: Language) -> list[Line]:
    return [
        Line(
            one.name,
            tuple(
                Cell(value, UNITS[one.unit].say(language))
                for value in (one.last_year, one.this_year)
            ),
        )
        for one in figures
    ]
