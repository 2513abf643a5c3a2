"""Why a filed form differs from the ledger: what the ledger knows about its units."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import polars as pl

from shokibo.calendar import fiscal_year_end, fiscal_year_start
from shokibo.law import register
from shokibo.law.fte import UNKNOWN_HOURS, is_full, staff_of
from shokibo.law.parameters import Law
from shokibo.law.presence import among, lasts, presence_on
from shokibo.ledger.cells import hours_text
from shokibo.ledger.model import Ledger
from shokibo.returns import counted, words
from shokibo.returns.counted import FormNumber, Period
from shokibo.returns.counts import CountPath
from shokibo.returns.filed.cells import folded
from shokibo.returns.forms import KINDS, counted_households
from shokibo.returns.households import chains
from shokibo.rounding import half_up, tenths
from shokibo.texts import NOTHING, Text
from shokibo.wording import fill

Key = tuple[str, str]
"""A home and a unit as `FiledRow.key`; the unit is blank for a home."""

_MOST = 3
_JOIN = Text("{reasons}ほか{count}件。", "{reasons} And {count} more.")
_CLOSED = Text("「{whose}」は{day:day}で廃止しています。", "{whose} closed on {day:day}.")
_OPENED = Text("「{whose}」の開設は{day:day}です。", "{whose} opened on {day:day}.")
_ENDED = Text(
    "「{whose}」の加算は{day:day}で終了しています。", "{whose}: the add-on ended on {day:day}."
)
_APPLIED_LATER = Text(
    "「{whose}」の申請は{day:day}で、4月末より後です。",
    "{whose} applied on {day:day}, after the end of April.",
)
_DECIDED_LATER = Text(
    "「{whose}」の認定は{day:day}で、4月末より後です。",
    "{whose} was certified on {day:day}, after the end of April.",
)
_DECISIONS = {
    "draft": Text(
        "「{whose}」の申請は、台帳では作成中です。", "{whose}: the application is a draft."
    ),
    "pending": Text(
        "「{whose}」の申請は、認定の結果が台帳にありません。", "{whose}: no decision in the ledger."
    ),
    "returned": Text(
        "「{whose}」の申請は、差戻し中です。", "{whose}: the application is returned."
    ),
    "rejected": Text("「{whose}」の申請は、不認定です。", "{whose}: rejected."),
    "withdrawn": Text("「{whose}」の申請は、取下げです。", "{whose}: withdrawn."),
}
_CAPACITY = Text(
    "「{whose}」の定員は{day:day}に{old}名から{new}名に変わっています。",
    "{whose}: places changed from {old} to {new} on {day:day}.",
)
_NO_APPLICATION = Text(
    "認定した申請が、台帳にありません。", "The ledger has no certified application of it."
)
_NO_UNIT = Text(
    "この施設名と名前の生活単位は、台帳にありません。", "The ledger has no unit of these names."
)
_ROUNDED_EACH = Text(
    "常勤でない{parts}を一人ずつ四捨五入した数です。合算してから四捨五入します(注2)。",
    "Part-time, {parts}: each rounded; they are added up first, then rounded (note 2).",
)
_CUT = Text(
    "常勤でない{parts}の合算の小数第2位を切り捨てた数です。四捨五入します(注2)。",
    "Part-time, {parts}: cut off after one decimal; round half up (note 2).",
)
_HEADS = Text(
    "常勤でない{parts}を1名ずつ数えた数です。常勤換算します(注2)。",
    "Part-time, {parts}: counted as whole persons, not as full-time equivalents (note 2).",
)
_WITHOUT = Text(
    "常勤でない{parts}を含まない数です。換算して数えます(注2)。",
    "Part-time, {parts}: left out; they count too (note 2).",
)
_STAFF = Text(
    "台帳では、{day}に常勤{full}名{parts}です。", "In the ledger on {day}: {full} full-time{parts}."
)
_AND = Text("と、{parts}", " and {parts}")
_DAY = Text("{day:day}", "{day:day}")
_PART = Text("{hours}時間/{whole}時間", "{hours} h of {whole} h")


@dataclass(frozen=True)
class Fact:
    """Something the ledger knows about a unit or home, and the counts from which it removes one.

    `kind` is blank for a home; `sizes` are the capacities from whose rows it takes one, `gains`
    those to whose rows it adds one: of a unit that changed its places.
    """

    text: Text
    key: Key
    kind: str
    names: frozenset[str]
    sizes: frozenset[str] = frozenset()
    gains: frozenset[str] = frozenset()

    def changes(self, part: str, *, more_filed: bool) -> bool:
        """Return whether it explains that a row has more, or fewer, than the ledger."""
        if part in ("", "total"):
            return more_filed and not self.gains
        return part in (self.sizes if more_filed else self.gains)


@dataclass(frozen=True)
class Staff:
    """The care staff of a unit on its reference date.

    `parts` has each part-timer's seconds per week, and those of a full-timer.
    """

    day: dt.date
    full: int
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Reasons:
    """All reasons of a form and a year."""

    facts: tuple[Fact, ...]
    units: frozenset[Key]
    staff: dict[Key, Staff] = field(default_factory=dict)

    def of_count(self, path: CountPath, *, more_filed: bool) -> Text | None:
        """Return why a count differs: what the ledger leaves out, or where units moved to."""
        table, name, part = path
        kinds = {"backup": ("",), "total": KINDS}.get(table, (table,))
        found = [
            fact.text
            for fact in self.facts
            if name in fact.names
            and fact.kind in kinds
            and fact.changes(part, more_filed=more_filed)
        ]
        return _joined(found)

    def of_line(self, key: Key, *, is_filed: bool) -> Text | None:
        """Return why a unit is on only one of the lists."""
        if not is_filed:
            return None
        if key not in self.units:
            return _NO_UNIT
        found = [fact.text for fact in self.facts if fact.key == key and not fact.gains]
        return _joined(found) or _NO_APPLICATION

    def of_cell(self, key: Key, column: str, filed: int | str | bool | None) -> Text | None:
        """Return why a cell of a line differs."""
        if column == "staff":
            return _of_staff(self.staff.get(key), filed)
        if column == "capacity":
            return _joined([fact.text for fact in self.facts if fact.key == key and fact.gains])
        of_whom = key if column == "dispersal" else (key[0], "")
        found = [
            fact.text for fact in self.facts if fact.key == of_whom and "certified" in fact.names
        ]
        return _joined(found)


def _joined(found: list[Text]) -> Text | None:
    if not found:
        return None
    listed = list(dict.fromkeys(found))
    first = listed[:_MOST]
    reasons = Text("".join(one.ja for one in first), " ".join(one.en for one in first))
    rest = len(listed) - len(first)
    return words.say(_JOIN, reasons=reasons, count=rest) if rest else reasons


def _filled(text: Text, **values: str | int | None) -> Text:
    return Text(fill(text, "ja", values), fill(text, "en", values))


def reasons_of(ledger: Ledger, law: Law, form: FormNumber, year: int) -> Reasons:
    """Collect what the ledger knows that affects a form of a year."""
    period = counted.period_of(form, year)
    units = register.units(ledger).collect()
    whose = {row["unit_id"]: _Whose.of(row) for row in units.iter_rows(named=True)}
    homes = {
        row["home_id"]: _Whose(row["name"], "", "", row["name"])
        for row in ledger["homes"].iter_rows(named=True)
    }
    facts = [
        *_opened_and_closed(units, whose, _last_capacities(ledger), period),
        *_of_applications(ledger, {**whose, **homes}, period, _last_capacities(ledger)),
        *_of_capacities(ledger, whose, year),
    ]
    keys = frozenset(one.key for one in whose.values())
    return Reasons(tuple(facts), keys, _staff(ledger, law, period))


@dataclass(frozen=True)
class _Whose:
    """A unit, or a home with a blank kind: its key and its names in words."""

    home: str
    unit: str
    kind: str
    words: str

    @classmethod
    def of(cls, row: dict[str, str]) -> "_Whose":
        home, unit = row["home_name"], row["name"]
        return cls(home, unit, row["kind"], f"{home} {unit}")

    @property
    def key(self) -> Key:
        return folded(self.home), folded(self.unit)


def _last_capacities(ledger: Ledger) -> dict[str, str]:
    last = ledger["capacities"].sort("effective_from", nulls_last=False).group_by("unit_id").last()
    return {unit: str(size) for unit, size in last.select("unit_id", "capacity").iter_rows()}


def _opened_and_closed(
    units: pl.DataFrame, whose: dict[str, _Whose], sizes: dict[str, str], period: Period
) -> Iterator[Fact]:
    """Find units that had closed before the form's days, or opened after them."""
    every = frozenset({"units", "applied", "certified"})
    for unit, opened, closed in units.select("unit_id", "opened_on", "closed_on").iter_rows():
        text = None
        if closed < period.first:
            text = _filled(_CLOSED, whose=whose[unit].words, day=closed.isoformat())
        elif opened > period.last:
            text = _filled(_OPENED, whose=whose[unit].words, day=opened.isoformat())
        if text:
            size = frozenset({sizes.get(unit, "")})
            yield Fact(text, whose[unit].key, whose[unit].kind, every, size)


def _of_applications(
    ledger: Ledger, whose: dict[str, _Whose], period: Period, sizes: dict[str, str]
) -> Iterator[Fact]:
    """Find applications of the year that the form does not count as applied, or as certified."""
    rows = ledger["applications"].filter(pl.col("fiscal_year") == period.year)
    for row in rows.iter_rows(named=True):
        of = whose.get(row["unit_id"] if row["addon"] == "dispersal" else row["home_id"])
        found = of and _of_application(row, of, period)
        if of and found:
            size = frozenset({sizes.get(row["unit_id"] or "", "")})
            yield Fact(found[0], of.key, of.kind, found[1], size)


def _of_application(
    row: dict[str, Any], of: _Whose, period: Period
) -> tuple[Text, frozenset[str]] | None:
    certified, both = frozenset({"certified"}), frozenset({"applied", "certified"})
    decision = row["decision"]
    by_day = (
        (_APPLIED_LATER, row["applied_on"], both),
        (_DECIDED_LATER, row["decided_on"] if decision == "certified" else None, certified),
    )
    if period.number == 1:
        for text, day, names in by_day:
            if day is not None and day > period.last:
                return _filled(text, whose=of.words, day=day.isoformat()), names
        if row["ended_on"] is not None and row["ended_on"] < period.last:
            return _filled(_ENDED, whose=of.words, day=row["ended_on"].isoformat()), certified
    if decision in _DECISIONS:
        names = both if decision in ("draft", "withdrawn") else certified
        return _filled(_DECISIONS[decision], whose=of.words), names
    return None


def _of_capacities(ledger: Ledger, whose: dict[str, _Whose], year: int) -> Iterator[Fact]:
    """Find units whose places changed in the year."""
    before = pl.col("capacity").shift().over("unit_id", order_by="effective_from")
    rows = (
        ledger["capacities"]
        .with_columns(before=before)
        .filter(
            pl.col("effective_from").is_between(fiscal_year_start(year), fiscal_year_end(year))
            & pl.col("before").is_not_null()
            & (pl.col("before") != pl.col("capacity"))
        )
    )
    for unit, day, old, new in rows.select(
        "unit_id", "effective_from", "before", "capacity"
    ).iter_rows():
        of = whose[unit]
        text = _filled(_CAPACITY, whose=of.words, day=day.isoformat(), old=old, new=new)
        names = frozenset({"applied", "certified"})
        yield Fact(text, of.key, of.kind, names, frozenset({str(old)}), frozenset({str(new)}))


def _staff(ledger: Ledger, law: Law, period: Period) -> dict[Key, Staff]:
    """Return the care staff of each unit of the form on its reference date."""
    of_units = chains(ledger, period)
    in_scope = counted.units_in_scope(ledger, law, period).join(
        of_units, on="unit_id", maintain_order="left"
    )
    units = counted_households(ledger, law, period, in_scope, of_units)
    presence = presence_on(ledger, law, units["as_of"].unique())
    care = (
        ledger["staff"]
        .filter(staff_of("unit_id"))
        .join(of_units, on="unit_id")
        .join(units.select("household", "as_of"), on="household")
        .filter(lasts() & ~among(presence.absent))
        .with_columns(full=is_full(presence))
        .filter(pl.col("full") | ~UNKNOWN_HOURS)
        .group_by("household")
        .agg("full", "weekly_hours", "full_time_weekly_hours")
    )
    of_household = {row[0]: list(zip(*row[1:], strict=True)) for row in care.iter_rows()}
    return {
        (folded(row["home_name"]), folded(row["name"])): Staff(
            row["as_of"],
            sum(full for full, _, _ in postings),
            tuple((part, whole) for full, part, whole in postings if not full),
        )
        for row in units.iter_rows(named=True)
        if (postings := of_household.get(row["household"]))
    }


def _of_staff(staff: Staff | None, filed: int | str | bool | None) -> Text | None:
    """Return how the filed number came about, or the staff according to the ledger."""
    if staff is None:
        return None
    shares = [Fraction(part, whole) for part, whole in staff.parts]
    parts = [_part(part, whole) for part, whole in staff.parts]
    listed = Text("、".join(one.ja for one in parts), ", ".join(one.en for one in parts))
    ways = (
        (_ROUNDED_EACH, sum(int(half_up(share * 10)) for share in shares)),
        (_CUT, int(sum(shares) * 10)),
        (_HEADS, 10 * len(shares)),
        (_WITHOUT, 0),
    )
    for text, tenths_of_parts in ways:
        if parts and filed == tenths(staff.full * 10 + tenths_of_parts).removesuffix(".0"):
            return words.say(text, parts=listed)
    after = words.say(_AND, parts=listed) if parts else NOTHING
    day = _filled(_DAY, day=staff.day.isoformat())
    return words.say(_STAFF, day=day, full=staff.full, parts=after)


def _part(part: int, whole: int) -> Text:
    return words.say(_PART, hours=hours_text(part), whole=hours_text(whole))
