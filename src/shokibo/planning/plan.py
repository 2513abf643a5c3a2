"""A computed plan: one object for the commands, the pages, the documents and the checks."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from shokibo import calendar
from shokibo.law import register
from shokibo.law.parameters import Law
from shokibo.ledger.marks import is_fictitious
from shokibo.ledger.model import Ledger
from shokibo.planning import initiatives
from shokibo.planning.addon_amounts import addon_amounts
from shokibo.planning.budget import Budget, budget
from shokibo.planning.events import Events, plan_events
from shokibo.planning.initiatives import Initiative
from shokibo.planning.leads import OwnAmounts, own_amounts
from shokibo.planning.projection import sizes, together, year_ends
from shokibo.planning.spans import plan_spans, years_of
from shokibo.planning.status import Status, status_on
from shokibo.planning.targets import Target, Targets, need, targets
from shokibo.planning.training_costs import training_cost
from shokibo.rounding import percent
from shokibo.texts import Language, Text

_DRAFT_MARK = re.compile(r"[(（〔\[［【]素?案[)）〕\]］】]")
_BODIES = "都道府県市区町村"


class NoHomesError(Exception):
    """A plan without homes: there is nothing to write a document about."""

    words = Text(
        "基準日に開いている施設がないため、計画書を作れません。「施設」の表を確かめてください。",
        "No home is open at the baseline, so there is no plan to write. Look at the homes.",
    )

    def message(self, language: Language) -> str:
        """Describe what is missing."""
        return self.words.say(language)


@dataclass(frozen=True, eq=False)
class Plan:
    """The plan of one authority's part of a ledger; every part of it is computed once.

    A check of a ledger computes all of its plans together: the frames hold them all, each row
    with its authority_code. What belongs to one plan alone is below the comment that says so.
    """

    ledger: Ledger
    law: Law
    spans: pl.DataFrame
    """A row a plan (see `spans.plan_spans`); there is at least one."""

    @cached_property
    def year_rows(self) -> pl.DataFrame:
        """The fiscal years of each plan (see `spans.years_of`)."""
        return years_of(self.spans)

    @cached_property
    def homes(self) -> pl.DataFrame:
        """Those open at the baseline: home_id, authority_code, home_row, name, baseline_on."""
        return (
            register.homes(self.ledger)
            .join(self.spans.lazy(), on="authority_code", maintain_order="left")
            .filter(register.open_on(pl.col("baseline_on")))
            .select("home_id", "authority_code", "home_row", "name", "baseline_on")
            .collect()
        )

    @cached_property
    def events(self) -> Events:
        """Units, and what the actions do to them."""
        return plan_events(self.ledger, self.spans, self.homes)

    @cached_property
    def sized(self) -> pl.DataFrame:
        """The units at each year's end from the year before the first (`projection.sizes`)."""
        return sizes(self.events, self._years_and_before)

    @cached_property
    def main_unit_most(self) -> int:
        """The maximum places of a main unit at the baseline; 0 if no rule gives one."""
        return self.law.integer("main_unit_most", max(self.spans["baseline_on"])) or 0

    @cached_property
    def ends_and_before(self) -> pl.DataFrame:
        """The homes' year ends from the year before the first (`projection.year_ends`)."""
        return year_ends(self.sized, self.homes, self._years_and_before, self.main_unit_most)

    @cached_property
    def ends(self) -> pl.DataFrame:
        """The homes' year ends of the plan's years."""
        return self.of_years(self.ends_and_before)

    @cached_property
    def all(self) -> pl.DataFrame:
        """The sums of all homes by year."""
        return together(self.ends, self.year_rows)

    @cached_property
    def acts(self) -> pl.DataFrame:
        """Every effective action with the places before and after (`initiatives.acts`)."""
        return initiatives.acts(self.events, self.sized)

    @cached_property
    def done(self) -> pl.DataFrame:
        """The `acts` that change something."""
        return initiatives.done(self.acts)

    @cached_property
    def targets(self) -> pl.DataFrame:
        """The targets, with the homes' sums (`targets.targets`)."""
        return targets(self.ledger, self.all)

    @cached_property
    def need_rows(self) -> pl.DataFrame:
        """The children of three and over by year (`targets.need`)."""
        return need(self.ledger)

    def of_years(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return the rows of the plans' years only, in their order."""
        key = ["authority_code", "fiscal_year"]
        return rows.join(self.year_rows, on=key, how="semi", maintain_order="left")

    @property
    def _years_and_before(self) -> pl.DataFrame:
        return years_of(self.spans.with_columns(pl.col("from_year") - 1))

    # Of one authority's plan

    @cached_property
    def years(self) -> list[int]:
        """The fiscal years whose ends the plan shows."""
        return [int(year) for year in self.year_rows["fiscal_year"]]

    @property
    def baseline(self) -> dt.date:
        """The day from which the plan starts."""
        day: dt.date = self.spans["baseline_on"][0]
        return day

    @cached_property
    def status(self) -> Status:
        """The places and children of the homes at the baseline."""
        return status_on(self.ledger, self.baseline)

    @cached_property
    def budgets(self) -> list[Budget]:
        """The budget of each of the plan's years."""
        return [self.budget(year) for year in self.years]

    def budget(self, year: int) -> Budget:
        """Compute the budget of one year."""
        addons = addon_amounts(self.ledger, year)
        first = int(self.spans["from_year"][0])
        trainings = training_cost(self.ledger, year)
        own = self.own_amounts
        return budget(self.ledger["costs"], self.events, first, year, addons, own, trainings)

    @cached_property
    def own_amounts(self) -> Mapping[int, OwnAmounts]:
        """The amounts of the leads, of the years whose budget takes them."""
        first = int(self.spans["from_year"][0])
        return own_amounts(self.ledger["housing"], self.events, first)

    @cached_property
    def need(self) -> dict[int, int]:
        """The children of three and over by year, where known."""
        return dict(self.need_rows.select("fiscal_year", "need").iter_rows())

    def targets_of(self, year: int) -> Targets:
        """Return a year's eight targets."""
        return self._targets_by_year[year]

    @cached_property
    def _targets_by_year(self) -> dict[int, Targets]:
        found: dict[int, dict[str, Target]] = {year: {} for year in self.years}
        columns = ("fiscal_year", "item", *Target.__struct_fields__)
        for year, item, *target in self.targets.select(columns).iter_rows():
            found[year][item] = Target(*target)
        return {
            year: Targets(
                **items, share_percent=percent(items["group_capacity"].value, items["total"].value)
            )
            for year, items in found.items()
        }

    def initiatives(self, year: int, home_id: str | None = None) -> list[Initiative]:
        """Return a home's announced initiatives in a year, or the authority's in short form."""
        rows = self._announced.get(year, [])
        if home_id is None:
            return initiatives.of_authority(rows)
        return initiatives.of_home(row for row in rows if row["home_id"] == home_id)

    @cached_property
    def _announced(self) -> dict[int, list[dict[str, Any]]]:
        by_year: dict[int, list[dict[str, Any]]] = {}
        for row in self.of_years(self.done.filter("announced")).iter_rows(named=True):
            by_year.setdefault(row["fiscal_year"], []).append(row)
        return by_year

    def with_homes(self) -> "Plan":
        """Return the plan itself. Raises NoHomesError if no home is open at the baseline."""
        if self.homes.is_empty():
            raise NoHomesError
        return self

    # What the plan calls itself

    @property
    def authority(self) -> str:
        """The authority's name, blank if the ledger does not name one."""
        names = self.ledger["authorities"]["name"]
        return str(names[0]) if names.len() == 1 else ""

    @property
    def body(self) -> str:
        """What the authority calls itself in its texts: 区, 市, 県; otherwise 自治体."""
        last = self.authority[-1:]
        return last if last and last in _BODIES else "自治体"

    @property
    def title(self) -> str:
        """The plan's title in the ledger, or one made from the authority's name."""
        return self._row.get("title") or f"{self.authority}児童養護施設小規模かつ地域分散化計画"

    @property
    def name(self) -> str:
        """The title without the draft mark （案）."""
        return _DRAFT_MARK.sub("", self.title)

    @property
    def is_draft(self) -> bool:
        """Whether the title says so."""
        return self.name != self.title

    @property
    def period_from(self) -> str:
        """The start of the plan's period: its month, or its first fiscal year."""
        day = self._row.get("period_from")
        return calendar.era_month(day) if day else calendar.fiscal_year_label(self.years[0])

    @property
    def adopted(self) -> str:
        """The month in which the plan was adopted, blank if not known."""
        day = self._row.get("adopted_on")
        return calendar.era_month(day) if day else ""

    @property
    def day(self) -> dt.date:
        """The day of adoption, or the baseline."""
        return self._row.get("adopted_on") or self.baseline

    @property
    def goal_year(self) -> int | None:
        """The year by which all group homes are to have five or four places."""
        return self._row.get("goal_year")

    @property
    def fictitious(self) -> bool:
        """Whether any name of the ledger is marked as invented."""
        return is_fictitious(self.ledger)

    @cached_property
    def names(self) -> dict[str, str]:
        """The homes' names by home_id."""
        return dict(self.homes.select("home_id", "name").iter_rows())

    @cached_property
    def headings(self) -> dict[str, str]:
        """The homes by home_id as named in headings: with the operator if that adds anything."""
        operators = dict(self.ledger["homes"].select("home_id", "operator").iter_rows())
        return {
            home_id: operators[home_id]
            if operators[home_id].endswith(name)
            else f"{operators[home_id]}　{name}"
            for home_id, name in self.names.items()
        }

    @cached_property
    def _row(self) -> dict[str, Any]:
        """The plan's row of the ledger; empty if its years were given as arguments."""
        rows = self.ledger["plan"].to_dicts()
        return rows[0] if len(rows) == 1 else {}


def plan_of(ledger: Ledger, law: Law) -> Plan | None:
    """Return the plan in a ledger; None if there is none."""
    if ledger["plan"].is_empty():
        return None
    spans = plan_spans(ledger)
    return None if spans.is_empty() else Plan(ledger, law, spans)
