"""What an authority may set, each with the law's value."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shokibo.law.own_values import expected, kind_of, meaning_of, settable_names
from shokibo.law.parameters import Dated, Parameter, national_law
from shokibo.ledger.columns import Column, Kind
from shokibo.web.base.citations import cited
from shokibo.web.base.language import language
from shokibo.web.base.words import circle


@dataclass(frozen=True)
class Item:
    """A parameter of the law that an authority may set, in general or for a kind of unit."""

    name: str
    parameter: Parameter
    kind: Kind

    @property
    def _unit_kind(self) -> str:
        return self.name.partition(".")[2]

    @property
    def label(self) -> str:
        """Its meaning, with the kind of unit."""
        return label_of(self.name)

    @property
    def unit(self) -> str:
        """The unit in which it is counted; blank for none."""
        return pgettext("unit", self.parameter.unit) if self.parameter.unit else ""

    @property
    def expected(self) -> str:
        """How its value is written."""
        return expected(self.name).say(language())

    @property
    def column(self) -> Column:
        """The column of a ledger that would hold its value."""
        return Column("value", "値", self.kind, required=True, note=expected(self.name))

    def dated(self, day: dt.date) -> Dated:
        """Return the law's dated value on a day, or on its first day if that is later."""
        return self.parameter.at(day) or self.parameter.values[0]

    def law_value(self, day: dt.date) -> str:
        """Return the law's value on a day in words."""
        value = self.dated(day).value
        if isinstance(value, dict):
            found = value.get(self._unit_kind)
            return _("定めなし") if found is None else self.in_words(str(found))
        return self.in_words(circle(value) if isinstance(value, bool) else str(value))

    def law_source(self, day: dt.date) -> str:
        """Cite the law's value on a day, marked if no source states it."""
        dated = self.dated(day)
        source = cited(dated.source)
        return " ".join((source, _("(未確認)"))) if dated.unconfirmed else source

    def in_words(self, value: str) -> str:
        """Write a value with its unit."""
        return f"{value} {self.unit}".strip() if language() == "en" else f"{value}{self.unit}"


def item_of(name: str) -> Item | None:
    """Return the item of a name; None for an unknown name, which a ledger may hold."""
    parameter = settable_names().get(name)
    if parameter is None:
        return None
    return Item(name, national_law().parameters[parameter], kind_of(parameter))


def items() -> list[Item]:
    """Return all that an authority may set."""
    return [item for name in settable_names() if (item := item_of(name))]


def label_of(name: str) -> str:
    """Return the label of a name."""
    return meaning_of(name).say(language())


def in_words(name: str, value: str) -> str:
    """Format a named value with its unit."""
    item = item_of(name)
    return item.in_words(value) if item else value
