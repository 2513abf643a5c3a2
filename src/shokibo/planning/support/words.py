"""How support tables name the homes, and which figures of a home they show."""

from collections.abc import Iterable

from shokibo.ledger.model import Ledger
from shokibo.planning.support.report import SupportFigure
from shokibo.texts import Language, Text

TOGETHER = Text("合計", "Together")
OF_NO_HOME = Text("自治体・施設未定", "The authority's own")


def names_of(ledger: Ledger, language: Language) -> dict[str | None, str]:
    """Return the homes' names by home_id, and the name that stands for no home."""
    names = dict(ledger["homes"].select("home_id", "name").iter_rows())
    return {**names, None: OF_NO_HOME.say(language)}


def recorded(figures: Iterable[SupportFigure]) -> list[SupportFigure]:
    """Leave out figures that a home has in neither year."""
    return [one for one in figures if one.this_year or one.last_year]
