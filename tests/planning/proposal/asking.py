"""A random case as the program is asked it."""

from collections.abc import Mapping

from shokibo.law.own_law import law_of
from shokibo.law.parameters import national_law
from shokibo.planning.proposal.limits import Limits, Pin
from shokibo.planning.proposal.proposing import Case, open_case
from tests.planning.ledgers import in_memory
from tests.reference import every_plan
from tests.reference.generate_proposals import tables_of


def limits_of(case: every_plan.Case, numbers: Mapping[str, int]) -> Limits:
    """Return the options that a random case gives."""
    return Limits(
        openings_per_year=numbers.get("openings_per_year", 10_000),
        budget=numbers.get("budget"),
        new_staff_per_year=numbers.get("new_staff_per_year"),
        shortage="forbid" if "shortage" in numbers else "allow",
        open_kind=case.open_kind,  # type: ignore[arg-type]
        keep_main=numbers.get("keep_main", 0),
        group_limit="group_limit" in numbers,
        main_limit="main_limit" in numbers,
        keep_actions=bool(case.kept),
        pins=tuple(
            Pin(
                home_id=next(unit.home for unit in case.units if unit.unit_id == unit_id),
                fiscal_year=year,
                action="close" if action == "close" else "change_capacity",
                unit_id=unit_id,
                capacity=places,
            )
            for unit_id, year, action, places in case.pinned
        ),
    )


def opened(case: every_plan.Case, numbers: Mapping[str, int]) -> Case:
    """Open a random case as the program does."""
    ledger = in_memory(tables_of(case))
    return open_case(ledger, law_of(ledger, national_law()), limits_of(case, numbers))
