"""A fiscal year's confirmations as a sheet: a row per home, a column per item.

Reading it loses nothing: what was typed stays, with each error at its cell.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.law.register import END
from shokibo.law.requirements import DUTIES, RECORDED, REQUIREMENTS
from shokibo.ledger.tables import CONFIRMATION_ITEMS, CONFIRMATIONS
from shokibo.texts import NOTHING, Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.forms import LedgerField, ReasonedForm, ValuesForm
from shokibo.web.homes import actions
from shokibo.web.homes.records import GROUNDED, evidence_of, ground
from shokibo.web.pages.grid.rows import Grid, Kind, Row, Wrong, typed_cells
from shokibo.web.pages.grid.saving import Counts, counts_of
from shokibo.web.register.models import Authority, Confirmation, Home

ITEMS = (*REQUIREMENTS.values(), *DUTIES.values(), *RECORDED)
"""The items of the sheet, in the order of the Notification; the last ones decide nothing."""
CONFIRMED = Kind(Confirmation, ("result", "evidence"), named=("home_id", "item"))
"""The inputs of a home's item."""


class RenewalForm(ReasonedForm, ValuesForm):
    """The days of all confirmations that the sheet enters, and why."""

    row_fields = ("confirmed_on", "holds_from", "expires_on")

    def __init__(self, data: Any, year: int, today: dt.date) -> None:
        first, last = calendar.fiscal_year_start(year), calendar.fiscal_year_end(year)
        self.first, self.last = first, last
        days = {"confirmed_on": today, "holds_from": first, "expires_on": last}
        super().__init__(data, initial=days)
        for name in self.row_fields:
            self.fields[name] = LedgerField(CONFIRMATIONS.column(name), required=True)
        self.order_fields([*self.row_fields, "reason"])

    def clean(self) -> dict[str, Any]:
        """Check that the days are in order and within the year."""
        given = super().clean()
        days: dict[str, dt.date] = given["values"]
        for name in self.row_fields[1:]:
            if name in days and not self.first <= days[name] <= self.last:
                span = {
                    "first": calendar.era_date(self.first),
                    "last": calendar.era_date(self.last),
                }
                words = _("%(first)sから%(last)sまでの日にしてください。")
                self.add_error(name, words % span)
        if {"holds_from", "expires_on"} <= set(days) and days["expires_on"] < days["holds_from"]:
            self.add_error("expires_on", _("効力開始日以後の日にしてください。"))
        return given


@dataclass
class Cell:
    """A home's item: last year's confirmation, the one to the year's end, and what is typed.

    The row for filling others has no home.
    """

    item: str
    row: Row
    home: Home | None = None
    last: Confirmation | None = None
    current: Confirmation | None = None
    records: Text = NOTHING
    """What the records of the year before show; blank if they are no ground of the item."""

    @property
    def label(self) -> str:
        """Name its item in the page's language."""
        return _(CONFIRMATION_ITEMS[self.item])

    @property
    def values(self) -> dict[str, Any]:
        """The values to enter; without evidence of its own, based on the records."""
        values = self.row.values
        return {**values, "evidence": values["evidence"] or self.records.say("ja") or None}

    @property
    def is_open(self) -> bool:
        """Whether it has inputs: no confirmation holds to the year's end, or something is typed."""
        return self.current is None or not self.row.is_blank

    @property
    def results(self) -> list[tuple[str, str]]:
        """The results to choose from, with a submitted value that is not among them."""
        typed = self.row.cells["result"].typed
        offered = [("", ""), ("1", "○"), ("0", "×")]
        known = any(typed == value for value, _label in offered)
        return offered if known else [*offered, (typed, typed)]


class Sheet:
    """A year's confirmations of some homes, as stored and as typed."""

    def __init__(self, homes: Sequence[Home], year: int, data: Mapping[str, str]) -> None:
        self.year, self.year_of_records = year, year - 1
        stored = Confirmation.objects.filter(home__in=homes).order_by("confirmed_on", "pk")
        last, current = _held(stored, year - 1), _held(stored, year, to_the_end=True)
        evidences = evidence_of(homes[0].authority, self.year_of_records) if homes else {}
        records = {home.pk: ground(evidences, home, self.year_of_records) for home in homes}
        numbers = count(1)

        def row(item: str, home: Home | None = None) -> Row:
            at = f"{home.pk if home else 'every'}-{item}"
            place = f"{home.name} {_(CONFIRMATION_ITEMS[item])}" if home else ""
            return Row(next(numbers), typed_cells(CONFIRMED, data, at), place, at=at)

        self.every = [Cell(item, row(item)) for item in ITEMS]
        self.rows = [
            (
                home,
                [
                    Cell(
                        item,
                        row(item, home),
                        home,
                        last.get((home.pk, item)),
                        current.get((home.pk, item)),
                        records[home.pk] if item in GROUNDED else NOTHING,
                    )
                    for item in ITEMS
                ],
            )
            for home in homes
        ]
        self.grid = Grid(CONFIRMED, [cell.row for cell in self.cells])

    @property
    def cells(self) -> Iterator[Cell]:
        """The cells of all homes."""
        return (cell for _home, cells in self.rows for cell in cells)

    @property
    def missing(self) -> int:
        """How many cells of deciding items lack a confirmation to the year's end."""
        return sum(cell.current is None and cell.item not in RECORDED for cell in self.cells)

    @property
    def typed(self) -> list[Cell]:
        """The cells in which something is typed."""
        return [cell for cell in self.cells if not cell.row.is_blank]

    @property
    def wrong(self) -> list[Wrong]:
        """All errors."""
        return list(self.grid.wrong)

    @property
    def counts(self) -> Counts:
        """How many confirmations are typed, and how many of them are wrong."""
        return counts_of(self.grid)

    def fill(self) -> int:
        """Fill blank cells from the row of all homes; return how many."""
        above = {cell.item: cell.row.cells for cell in self.every if not cell.row.is_blank}
        blank = [
            cell
            for cell in self.cells
            if cell.item in above and cell.current is None and cell.row.is_blank
        ]
        for cell in blank:
            for name, one in cell.row.cells.items():
                one.typed = above[cell.item][name].typed
        return len(blank)

    def read(self, confirmed_on: dt.date | None) -> None:
        """Parse every typed cell, marking errors."""
        self.grid.read()
        homes = [home.pk for home, _cells in self.rows]
        taken: set[tuple[int, str]] = set()
        if confirmed_on is not None:
            same_day = Confirmation.objects.filter(home__in=homes, confirmed_on=confirmed_on)
            taken = set(same_day.values_list("home", "item"))
        for cell in self.typed:
            if not cell.row.is_wrong:
                is_taken = cell.home is not None and (cell.home.pk, cell.item) in taken
                cell.row.cells["result"].wrong = _refusal(cell, is_taken=is_taken)


def _refusal(cell: Cell, *, is_taken: bool) -> str:
    if cell.row.values["result"] is None:
        return _("結果を選んでください。根拠資料だけでは登録できません。")
    if cell.current is not None:
        return _(
            "この年度の確認を、ほかの人が先に登録しました。空欄に戻すか、登録済みの行を修正して"
            "ください。"
        )
    if is_taken:
        return _("同じ確認日の確認があります。確認日を変えるか、その行を修正してください。")
    return ""


def _held(
    stored: Iterable[Confirmation], year: int, *, to_the_end: bool = False
) -> dict[tuple[int, str], Confirmation]:
    """Return by home and item the last confirmation that holds in a year, or to its end."""
    first, last = calendar.fiscal_year_start(year), calendar.fiscal_year_end(year)
    return {
        (row.home_id, row.item): row
        for row in stored
        if (row.holds_from or row.confirmed_on) <= last
        and (row.expires_on or END) >= (last if to_the_end else first)
    }


def open_homes(office: Office, year: int) -> list[Home]:
    """Return the homes open in a year whose confirmations the person may write."""
    first, last = calendar.fiscal_year_start(year), calendar.fiscal_year_end(year)
    return [
        home
        for home in office.homes(Permission.REGISTER_WRITE)
        if (home.opened_on or first) <= last and (home.closed_on or last) >= first
    ]


@transaction.atomic
def renew(
    *,
    office: Office,
    year: int,
    data: Mapping[str, str],
    values: Mapping[str, dt.date],
    reason: str,
    confirmed: str | None = None,
) -> Sheet:
    """Save what is typed in a sheet, or nothing if any cell has an error.

    Simultaneous requests wait for each other: what one has saved is an error in the other's sheet.
    Raises PermissionDenied and ConsequencesError.
    """
    Authority.objects.select_for_update(no_key=True).get(pk=office.authority.pk)
    sheet = Sheet(open_homes(office, year), year, data)
    sheet.read(values["confirmed_on"])
    if not sheet.wrong:
        rows = [
            Confirmation(
                authority=office.authority,
                home=cell.home,
                item=cell.item,
                **cell.values,
                **values,
            )
            for cell in sheet.typed
        ]
        actions.add_all(office=office, rows=rows, reason=reason, confirmed=confirmed)
    return sheet
