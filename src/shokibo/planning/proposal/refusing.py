"""Requests that can't be met: negative limits, yen without prices, pins of what does not exist."""

from collections.abc import Sequence

from shokibo.planning.proposal.errors import CannotProposeError
from shokibo.planning.proposal.limits import Limits, Pin
from shokibo.planning.proposal.situation import FEWEST, SMALL, Situation

MOST_OPENED = 1_000
"""Group homes that a pin may open: more than any authority has."""


def refuse(situation: Situation, limits: Limits, priced: Sequence[int]) -> None:
    """Raise CannotProposeError if the limits can't be used with the ledger."""
    for limit in ("openings_per_year", "budget", "new_staff_per_year", "keep_main"):
        number = getattr(limits, limit)
        if number is not None and number < 0:
            raise CannotProposeError("negative", limit=limit, number=number)
    if limits.budget is not None:
        missing = [year for year in situation.years if year not in priced]
        if missing:
            raise CannotProposeError("no_prices", years=missing)
    named = [pin.unit_id for pin in limits.pins if pin.action != "open"]
    for pin in limits.pins:
        _refuse_pin(pin, situation)
        if pin.action != "open" and named.count(pin.unit_id) > 1:
            raise CannotProposeError("pin_twice", unit_id=pin.unit_id)


def _refuse_pin(pin: Pin, situation: Situation) -> None:
    if pin.home_id not in situation.homes:
        raise CannotProposeError("pin_home", home_id=pin.home_id)
    if pin.fiscal_year not in situation.years:
        raise CannotProposeError("pin_year", year=pin.fiscal_year)
    if pin.action != "open":
        _refuse_pin_of_unit(pin, situation)
    elif not 1 <= pin.count <= MOST_OPENED:
        raise CannotProposeError("pin_count", count=pin.count, most=MOST_OPENED)
    elif pin.capacity not in SMALL:
        raise CannotProposeError("pin_capacity", capacity=pin.capacity)


def _refuse_pin_of_unit(pin: Pin, situation: Situation) -> None:
    unit = {unit.unit_id: unit for unit in situation.units}.get(pin.unit_id or "")
    if unit is None or unit.home_id != pin.home_id:
        raise CannotProposeError("pin_unit", unit_id=pin.unit_id, home_id=pin.home_id)
    if pin.action == "close":
        if not unit.is_main:
            raise CannotProposeError("pin_close", unit_id=pin.unit_id)
    elif not FEWEST <= (pin.capacity or 0) < unit.capacity:
        raise CannotProposeError("pin_capacity", capacity=pin.capacity)
