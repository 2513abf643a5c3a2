"""From a model's values to actions: which of the identical units and homes acts, and when.

The objectives do not distinguish them. Group homes open where the most places are lost, units act
in the order of the register, and what may be done earlier at the same value is done as early as
places allow, so that a home is small sooner.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from shokibo.planning.proposal.answers import ProposedAction
from shokibo.planning.proposal.batches import Batch
from shokibo.planning.proposal.model import ProposalModel
from shokibo.planning.proposal.situation import Situation

_ORDER = {"change_capacity": 0, "open": 1, "close": 2}


def actions_of(model: ProposalModel, values: Sequence[int]) -> list[ProposedAction]:
    """Return the actions that the values stand for, by year, then in the homes' order."""
    changes = [action for batch in model.batches for action in _of_batch(model, batch, values)]
    if not model.every and model.acting != list(model.situation.years):
        changes = _earlier(model, changes, values)
    opened = _openings(model, changes, values)
    homes = {home: index for index, home in enumerate(model.situation.homes)}
    units = {unit.unit_id: index for index, unit in enumerate(model.situation.units)}
    return sorted(
        [*changes, *opened],
        key=lambda one: (
            one.fiscal_year,
            homes[one.home_id],
            _ORDER[one.action],
            units.get(one.unit_id or "", 0),
            one.capacity or 0,
        ),
    )


def _of_batch(model: ProposalModel, batch: Batch, values: Sequence[int]) -> list[ProposedAction]:
    """Assign what is done to a number of units of a batch to its units, in their order."""
    waiting = iter(batch.units)
    found = []

    def act(year: int, action: str, capacity: int | None) -> None:
        unit = next(waiting)
        found.append(
            ProposedAction(unit.home_id, year, action, unit.unit_id, None, 1, capacity)  # type: ignore[arg-type]
        )

    for year in model.acting:
        for (target, since), count in batch.changed.items():
            if since != year:
                continue
            number = count.at(values)
            lost = batch.lost[year].at(values) if batch.is_main else 0
            for index in range(number):
                each = lost // number + (index < lost % number)
                act(year, "change_capacity", batch.capacity - each if batch.is_main else target)
        for _ in range(batch.closed[year].at(values) if batch.closed else 0):
            act(year, "close", None)
    return found


def _openings(
    model: ProposalModel, changes: Sequence[ProposedAction], values: Sequence[int]
) -> list[ProposedAction]:
    """Assign openings to homes: those pinned and allotted, then where the most places are lost."""
    capacities = {unit.unit_id: unit.capacity for unit in model.situation.units}
    gone = Counter(dict.fromkeys(model.situation.homes, 0))
    for one in changes:
        gone[one.home_id] += capacities[one.unit_id or ""] - (one.capacity or 0)
    found: Counter[tuple[str, int, int]] = Counter()
    since = model.situation.before
    for until in model.acting:
        for size in model.sizes:
            pinned = _pinned(model, size, range(since + 1, until + 1))
            owed = Counter(
                {
                    home: count.at(values)
                    for (of, home, year), count in model.allotted.items()
                    if (of, year) == (size, until)
                }
            )
            owed.subtract(home for _, home in pinned)
            for year in range(since + 1, until + 1):
                count = model.openings[size, year].at(values)
                here = [home for of, home in pinned if of == year]
                while len(here) < count:
                    home, places = max(owed.items(), key=lambda one: one[1], default=("", 0))
                    if places <= 0:
                        home = max(gone, key=lambda one: gone[one])
                    here.append(home)
                    owed[home] -= 1
                    gone[home] -= size
                found.update((home, year, size) for home in here)
        since = until
    kind = model.demands.open_kind
    return [
        ProposedAction(home, year, "open", None, kind, count, size)
        for (home, year, size), count in found.items()
    ]


def _pinned(model: ProposalModel, size: int, years: range) -> list[tuple[int, str]]:
    """Return the year and home of each pinned opening of a given size."""
    return [
        (pin.fiscal_year, pin.home_id)
        for pin in model.demands.pinned
        if pin.action == "open" and pin.capacity == size and pin.fiscal_year in years
        for _ in range(pin.count)
    ]


@dataclass
class _Room:
    """The places that may be lost in each year: of all homes, a home, a main building."""

    situation: Situation
    spare: dict[tuple[str, int], int]

    def take(self, keys: Sequence[tuple[str, int]], places: int) -> bool:
        """Take places from every key, or from none if any has too few."""
        if any(self.spare[key] < places for key in keys if key in self.spare):
            return False
        for key in keys:
            if key in self.spare:
                self.spare[key] -= places
        return True


def _earlier(
    model: ProposalModel, changes: list[ProposedAction], values: Sequence[int]
) -> list[ProposedAction]:
    """Move what is not pinned to the first year from which all wanted places remain.

    A year without a need wants as many as the year before.
    """
    situation = model.situation
    spare: dict[tuple[str, int], int] = {}
    wanted = 0
    for year in situation.years:
        wanted = situation.need.get(year, wanted)
        spare["", year] = model.places(year).at(values) - wanted
    room = _Room(situation, {**spare, **_spare_of_homes(model, values)})
    units = {unit.unit_id: unit for unit in situation.units}
    pinned = {pin.unit_id for pin in model.demands.pinned}
    found = []
    for one in sorted(changes, key=lambda one: units[one.unit_id or ""].is_main):
        unit = units[one.unit_id or ""]
        lost = unit.capacity - (one.capacity or 0)
        for year in () if one.unit_id in pinned else situation.years:
            until = range(year, one.fiscal_year)
            keys = [("", then) for then in until]
            keys += [(f"home {one.home_id}", then) for then in until]
            keys += [(f"main {one.home_id}", then) for then in until] if unit.is_main else []
            if room.take(keys, lost):
                found.append(replace(one, fiscal_year=year))
                break
        else:
            found.append(one)
    return found


def _spare_of_homes(model: ProposalModel, values: Sequence[int]) -> dict[tuple[str, int], int]:
    """Return the places above what must stay, by year, of homes with a limit of their own.

    Openings in a home are not counted before the year of their allotment.
    """
    situation, demands = model.situation, model.demands
    spare = {}
    for year in situation.years:
        for home, children in situation.residents.items():
            above = demands.number("residents", home)
            if above is not None:
                own = sum(
                    batch.places(year).at(values)
                    for batch in model.batches
                    if batch.home_id == home
                )
                opened = sum(
                    count.at(values) * size
                    for (size, of, since), count in model.allotted.items()
                    if of == home and since <= year
                )
                kept = situation.kept_places(year, home)
                spare[f"home {home}", year] = own + opened + kept - children + above
        for home, before in situation.main_before.items():
            least = demands.number("keep_main", home)
            if least is not None:
                main = sum(
                    batch.places(year).at(values)
                    for batch in model.batches
                    if batch.home_id == home and batch.is_main
                )
                kept = situation.kept_places(year, home, main=True)
                spare[f"main {home}", year] = main + kept - min(least, before)
    return spare
