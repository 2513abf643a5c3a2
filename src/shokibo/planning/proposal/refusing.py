"""What is asked and can't be: negative limits, yen without prices, pins of what is not there."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shokibo.planning.proposal.errors import CannotProposeError
from shokibo.planning.proposal.limits import Limits, Pin
from shokibo.planning.proposal.situation import FEWEST, SMALL, Situation

if TYPE_CHECKING:
    from shokibo.planning.proposal.proposing import Case


def refuse(case: "Case", limits: Limits, priced: Sequence[int]) -> None:
    """Raise CannotProposeError where the limits can't be used with the ledger."""
    for number in (limits.openings_per_year, limits.keep_main):
        if number < 0:
            raise CannotProposeError("negative", number=number)
    if limits.budget is not None:
        missing = [year for year in case.situation.years if year not in priced]
        if missing:
            raise CannotProposeError("no_prices", years=missing)
    named = [pin.unit_id for pin in limits.pins if pin.action != "open"]
    for pin in limits.pins:
        _refuse_pin(pin, case.situation)
        if pin.action != "open" and named.count(pin.unit_id) > 1:
            raise CannotProposeError("pin_twice", unit_id=pin.unit_id)


def _refuse_pin(pin: Pin, situation: Situation) -> None:
    if pin.home_id not in situation.homes:
        raise CannotProposeError("pin_home", home_id=pin.home_id)
    if pin.fiscal_year not in situation.years:
        raise CannotProposeError("pin_year", year=pin.fiscal_year)
    if pin.action == "open":
        if pin.capacity not in SMALL or pin.count < 1:
            raise CannotProposeError("pin_capacity", capacity=pin.capacity)
        return
    units = [unit for unit in situation.units if unit.unit_id == pin.unit_id]
    if not units or units[0].home_id != pin.home_id:
        raise CannotProposeError("pin_unit", unit_id=pin.unit_id, home_id=pin.home_id)
    smaller = FEWEST <= (pin.capacity or 0) < units[0].capacity
    if not (units[0].is_main if pin.action == "close" else smaller):
        raise CannotProposeError("pin_capacity", capacity=pin.capacity)
