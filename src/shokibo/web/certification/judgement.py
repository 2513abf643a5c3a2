"""The rules' judgements of applications on their days, as by `shokibo evaluate`.

A dispersal add-on is judged as of its reference date (R5); a backup add-on, whose start month is
never a reference date, as of the first day on which it would be paid.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec
import polars as pl

from shokibo.answers import plain
from shokibo.law.day_evaluation import (
    BLOCKING,
    HomeFigures,
    TextUsed,
    UnitFigures,
    day_evaluation,
    figures_of,
    is_exceeded,
    refusing_rules,
)
from shokibo.law.evaluate import Evaluation
from shokibo.law.outcomes import Outcome
from shokibo.law.parameters import Law, national_law
from shokibo.law.reasons import Reason
from shokibo.law.reference_date import reference_date
from shokibo.texts import Language, Text
from shokibo.web.base.language import language
from shokibo.web.certification.models import Application
from shokibo.web.register.models import Authority, Home, Unit
from shokibo.web.store.rules import Rules

BOTH: tuple[Language, ...] = ("ja", "en")
_NOT_OPEN = Text(
    "この日には開設していません。台帳の開設日と廃止日を確かめてください。",
    "It is not open on this day; check the register.",
)
_ABOVE = Text(
    "加配{extra}人は、加配できる{available}人を超えています。",
    "{extra} extra is more than the {available} available.",
)


@dataclass(frozen=True)
class Asked:
    """What is applied for: for a unit, or the home's backup worker (None), and from when."""

    home: Home
    unit: Unit | None
    fiscal_year: int
    start_month: dt.date

    @classmethod
    def by(cls, application: Application) -> "Asked":
        """Return what an application asks for."""
        return cls.from_day(application, application.start_month)

    @classmethod
    def from_day(cls, application: Application, first: dt.date) -> "Asked":
        """Return what an application asks for, from another month on."""
        return cls(application.home, application.unit, application.fiscal_year, first)


@dataclass(frozen=True)
class Judgement:
    """The rules' answer on a day: figures as `evaluate` prints them, and reasons by language.

    `figures` is None if the unit or home is not open; `shortage` is in tenths of FTE.
    """

    as_of: dt.date
    text: TextUsed
    figures: UnitFigures | HomeFigures | None = None
    reasons_by_language: dict[str, list[Reason]] = field(default_factory=dict)
    shortage: int | None = None

    @property
    def of_unit(self) -> UnitFigures | None:
        """The figures of an open unit."""
        return self.figures if isinstance(self.figures, UnitFigures) else None

    @property
    def eligible(self) -> bool | None:
        """Whether the add-on may be certified; None if it can't be judged."""
        return is_eligible(self.figures)

    @property
    def available(self) -> int | None:
        """How many extra staff there are; None for a backup add-on."""
        return self.of_unit.available_extra if self.of_unit else None

    @property
    def reasons(self) -> list[Reason]:
        """Every rule's outcome, in the page's language."""
        return self.reasons_by_language.get(language()) or self.reasons_by_language.get("ja", [])

    @property
    def not_open(self) -> str:
        """A message if it is not open on the day, otherwise blank."""
        return "" if self.figures else _NOT_OPEN.say(language())

    def blockers(self, extra: int | None) -> list[Text]:
        """List what prevents certifying a number of extra staff."""
        if not self.figures:
            return [_NOT_OPEN]
        grounds = [
            Text(ja.message, en.message)
            for ja, en in zip(
                self.reasons_by_language["ja"],
                self.reasons_by_language.get("en", self.reasons_by_language["ja"]),
                strict=True,
            )
            if ja.outcome in BLOCKING
        ]
        if not grounds and self.is_exceeded_by(extra):
            values = {"extra": extra, "available": self.available}
            grounds.append(Text(_ABOVE.say("ja", **values), _ABOVE.say("en", **values)))
        return grounds

    def is_exceeded_by(self, extra: int | None) -> bool:
        """Whether more extra staff are asked for than are known to be available."""
        return is_exceeded(self.figures, extra)

    def unmet(self, extra: int | None) -> tuple[str, ...]:
        """Return the codes of the rules that refuse a number of extra staff."""
        return refusing_rules(self.figures, self._outcomes, extra)

    def agrees_with(self, other: "Judgement") -> bool:
        """Whether another judgement has the same day, figures and outcomes."""
        return (self.as_of, self.figures, self._outcomes) == (
            other.as_of,
            other.figures,
            other._outcomes,
        )

    @property
    def _outcomes(self) -> list[tuple[str, Outcome]]:
        return [(reason.code, reason.outcome) for reason in self.reasons_by_language.get("ja", [])]

    def as_json(self) -> dict[str, Any]:
        """Return the JSON that is stored with an application."""
        return {
            "as_of": self.as_of.isoformat(),
            "text": plain(self.text),
            "figures": plain(self.figures) if self.figures else {},
            "reasons": plain(self.reasons_by_language),
            "shortage": self.shortage,
        }

    @classmethod
    def of_json(cls, stored: dict[str, Any]) -> "Judgement":
        """Read stored JSON."""
        figures = stored["figures"]
        of: type[UnitFigures | HomeFigures] = UnitFigures if "unit_id" in figures else HomeFigures
        return cls(
            dt.date.fromisoformat(stored["as_of"]),
            msgspec.convert(stored["text"], TextUsed),
            msgspec.convert(figures, of) if figures else None,
            msgspec.convert(stored["reasons"], dict[str, list[Reason]]),
            stored["shortage"],
        )


def is_eligible(figures: UnitFigures | HomeFigures | None) -> bool | None:
    """Whether an add-on may be certified; None if it can't be judged."""
    if figures is None:
        return False
    return figures.eligible if isinstance(figures, UnitFigures) else figures.backup_eligible


def judge_one(
    authority: Authority, asked: Asked, languages: Collection[Language] = BOTH
) -> Judgement:
    """Judge one application by the current register, with reasons in some languages."""
    return judge(authority, [asked], languages)[0]


def judge(
    authority: Authority, asked: Sequence[Asked], languages: Collection[Language] = BOTH
) -> list[Judgement]:
    """Judge applications by the current register, in order."""
    if not asked:
        return []
    rules = Rules(authority, {each.home for each in asked})
    days = _days(rules, asked)
    parts = _by_day(rules, asked, days)
    answers = {day: _Answers(rules.law, day, part, languages) for day, part in parts.items()}
    return [answers[day].of(each) for each, day in zip(asked, days, strict=True)]


def figures_by_request(
    authority: Authority, asked: Sequence[Asked]
) -> list[UnitFigures | HomeFigures | None]:
    """Judge applications without reasons in words, in order; None for what is not open."""
    if not asked:
        return []
    rules = Rules(authority, {each.home for each in asked})
    days = _days(rules, asked)
    found = {day: _Figures(part) for day, part in _by_day(rules, asked, days).items()}
    return [found[day].of(each) for each, day in zip(asked, days, strict=True)]


def for_page() -> tuple[Language, ...]:
    """Return the languages of a judgement that is only displayed: comparisons use Japanese."""
    return ("ja",) if language() == "ja" else BOTH


def _days(rules: Rules, asked: Sequence[Asked]) -> list[dt.date]:
    opened = rules.openings()
    rows = [
        (
            each.fiscal_year,
            each.start_month,
            opened.get(("units", each.unit.code) if each.unit else ("homes", each.home.code)),
        )
        for each in asked
    ]
    schema = {"year": pl.Int64, "start_month": pl.Date, "opened_on": pl.Date}
    frame = pl.DataFrame(rows, schema, orient="row")
    return frame.select(reference_date(pl.col("year"))).to_series().to_list()


def _by_day(
    rules: Rules, asked: Sequence[Asked], days: Sequence[dt.date]
) -> dict[dt.date, Evaluation]:
    """Judge all days together; return of each day the units and homes that are asked for."""
    evaluation = rules.evaluated(*days)
    found = {}
    for day in set(days):
        of_day = [each for each, its_day in zip(asked, days, strict=True) if its_day == day]
        units = [each.unit.code for each in of_day if each.unit]
        homes = [each.home.code for each in of_day if not each.unit]
        found[day] = Evaluation(
            evaluation.units.filter(pl.col("unit_id").is_in(units), as_of=day),
            evaluation.homes.filter(pl.col("home_id").is_in(homes), as_of=day),
        )
    return found


class _Figures:
    """The figures of a day, looked up by unit or home."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.units = {unit.unit_id: unit for unit in figures_of(evaluation.units, UnitFigures)}
        self.homes = {home.home_id: home for home in figures_of(evaluation.homes, HomeFigures)}

    def of(self, asked: Asked) -> UnitFigures | HomeFigures | None:
        return self.units.get(asked.unit.code) if asked.unit else self.homes.get(asked.home.code)


class _Answers:
    """An evaluation of a day by unit or home, put into words only as requested."""

    def __init__(
        self,
        law: Law,
        day: dt.date,
        part: Evaluation,
        languages: Collection[Language],
    ) -> None:
        self.day = day
        self.shortages = dict(part.units.select("unit_id", "shortage").iter_rows())
        self.evaluations = {one: day_evaluation(part, law, day, one) for one in languages}
        self.figures = _Figures(part)

    def of(self, asked: Asked) -> Judgement:
        text = self.evaluations["ja"].text
        figures = self.figures.of(asked)
        if figures is None:
            return Judgement(self.day, text)
        reasons: dict[str, list[Reason]] = {}
        for language_of, one in self.evaluations.items():
            if asked.unit:
                reasons_of = (u.reasons for u in one.units if u.unit_id == asked.unit.code)
            else:
                reasons_of = (h.reasons for h in one.homes if h.home_id == asked.home.code)
            reasons[language_of] = next(reasons_of)
        shortage = self.shortages.get(asked.unit.code) if asked.unit else None
        return Judgement(self.day, text, figures, reasons, shortage)


@cache
def law() -> Law:
    """Return the national law."""
    return national_law()
