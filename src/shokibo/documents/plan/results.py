"""The results that the plan's document draws, gathered from the ledger and the planning."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Protocol

from shokibo import calendar
from shokibo.ledger.marks import is_fictitious
from shokibo.ledger.model import Ledger
from shokibo.planning.budget import Budget, budgets
from shokibo.planning.outline import Outline
from shokibo.planning.status import Status, status_on
from shokibo.texts import Language, Text

_BODIES = "都道府県市区町村"


class Planned(Protocol):
    """Whatever holds a plan: charts of the plan alone ask for no more."""

    @property
    def plan(self) -> Outline:
        """The plan's figures."""
        ...


@dataclass(frozen=True)
class PlanResults:
    """One authority's part of the ledger, its plan, its status at the baseline, its budgets."""

    ledger: Ledger
    plan: Outline
    status: Status
    budgets: tuple[Budget, ...]

    @property
    def authority(self) -> str:
        """The authority's name, blank where the ledger does not tell it."""
        names = self.ledger["authorities"]["name"]
        return str(names[0]) if names.len() == 1 else ""

    @property
    def body(self) -> str:
        """What the authority calls itself in its texts: 区, 市, 県; else 自治体."""
        last = self.authority[-1:]
        return last if last and last in _BODIES else "自治体"

    @property
    def title(self) -> str:
        """The plan's title."""
        told: str | None = self._row.get("title")
        return told or f"{self.authority}児童養護施設小規模かつ地域分散化計画"

    @property
    def period_from(self) -> str:
        """From when the plan holds: its month, else its first fiscal year."""
        day: dt.date | None = self._row.get("period_from")
        return calendar.era_month(day) if day else calendar.fiscal_year_label(self.plan.years[0])

    @property
    def adopted(self) -> str:
        """The month in which the plan was adopted, blank where it is not known."""
        day: dt.date | None = self._row.get("adopted_on")
        return calendar.era_month(day) if day else ""

    @property
    def day(self) -> dt.date:
        """The day of adoption, else the baseline."""
        adopted: dt.date | None = self._row.get("adopted_on")
        return adopted or self.status.as_of

    @property
    def goal_year(self) -> int | None:
        """The year by which all group homes are to have five or four places."""
        told: int | None = self._row.get("goal_year")
        return told

    @property
    def fictitious(self) -> bool:
        """Whether any name of the ledger is marked as invented."""
        return is_fictitious(self.ledger)

    def homes(self) -> dict[str, str]:
        """Give the homes of the plan by home_id, as its headings name them."""
        operators = dict(self.ledger["homes"].select("home_id", "operator").iter_rows())
        return {
            home_id: _with_operator(name, operators[home_id])
            for home_id, name in self.plan.homes.select("home_id", "name").iter_rows()
        }

    @property
    def _row(self) -> dict[str, Any]:
        """The plan's row of the ledger; nothing where its years were given otherwise."""
        rows = self.ledger["plan"].to_dicts()
        return rows[0] if len(rows) == 1 else {}


class NoHomesError(Exception):
    """A plan without a home: there is nothing to write a document about."""

    words = Text(
        "基準日に開いている施設がないため、計画書を作れません。「施設」の表を確かめてください。",
        "No home is open at the baseline, so there is no plan to write. Look at the homes.",
    )

    def message(self, language: Language) -> str:
        """Say what is missing."""
        return self.words.say(language)


def plan_results(ledger: Ledger, plan: Outline) -> PlanResults:
    """Gather what the document draws; `ledger` is the authority's part that the plan is of.

    Raises NoHomesError where the plan has no home.
    """
    if plan.homes.is_empty():
        raise NoHomesError
    baseline = plan.spans["baseline_on"][0]
    return PlanResults(ledger, plan, status_on(ledger, baseline), tuple(budgets(ledger, plan)))


def _with_operator(name: str, operator: str) -> str:
    return operator if operator.endswith(name) else f"{operator}　{name}"
