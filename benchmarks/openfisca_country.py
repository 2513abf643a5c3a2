"""The same rules as a country package for OpenFisca-Core: the peer that we are measured against.

Persons are postings of staff, the group entity is the living unit. Rules: scope (R1), the most
extra staff by capacity (R2), base staff (R3), exact full-time equivalents (R4), the home's three
requirements given per unit (R7), an outcome for each rule, `available_extra` and `eligible`.

Exactness. OpenFisca holds whole numbers as int32 and adds members up in float64. Hours are whole
seconds. Each posting's part of a full-timer is a whole number of the common denominator of all
full-time weeks (a parameter: 66,960,000 for 40, 38.75 and 37.5 hours), so a posting's part fits
int32, a unit's sum is far below 2**53, and the one rounding, half up in tenths, is done in int64.
Nothing is ever a binary fraction. FTE are tenths; -1 stands for unknown.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum, EnumType
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit, Period
from openfisca_core.populations import GroupPopulation, Population
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Array: TypeAlias = npt.NDArray[Any]
ParametersAt: TypeAlias = Callable[[Period], Any]

UNKNOWN = -1
FAR_PAST = dt.date(1, 1, 1)
FAR_FUTURE = dt.date(9999, 12, 31)
APPLIES_FROM = "2019-04-01"


# Entities and codes

POSTING = build_entity(key="posting", plural="postings", label="A posting", is_person=True)
UNIT = build_entity(key="unit", plural="units", label="A living unit", roles=[{"key": "member"}])
Kind = Enum("Kind", "main_unit community_home branch_group_care other_group_home")
Job = Enum("Job", "child_instructor childcare_worker other")
Role = Enum("Role", "care backup support")
Outcome = Enum("Outcome", "met not_met not_applicable cannot_judge")


# Parameters


def _dated(value: int) -> dict[str, object]:
    return {"values": {APPLIES_FROM: {"value": value}}}


def _scale(amounts: dict[int, int]) -> dict[str, object]:
    brackets = [
        {"threshold": _dated(threshold), "amount": _dated(amount)}
        for threshold, amount in amounts.items()
    ]
    return {"brackets": brackets, "metadata": {"type": "single_amount"}}


PARAMETERS = {
    "base_staff": _dated(3),
    "base_qualified": _dated(0),
    "common_denominator": _dated(66_960_000),
    "least_branch_capacity": _dated(4),
    "most_branch_capacity": _dated(6),
    "max_extra": _scale({0: 0, 4: 1, 5: 2, 6: 3, 7: 0}),
}


# Variables: a formula's name is the variable's

Formula: TypeAlias = Callable[..., Array]
VARIABLES: list[type] = []


def _declare(name: str, entity: object, value_type: type, **more: object) -> None:
    declared = {"value_type": value_type, "entity": entity, "definition_period": DateUnit.MONTH}
    VARIABLES.append(type(name, (Variable,), declared | {"label": name} | more))


def _computed(entity: object, value_type: type, **more: object) -> Callable[[Formula], Formula]:
    def declare(formula: Formula) -> Formula:
        _declare(formula.__name__, entity, value_type, formula=formula, **more)
        return formula

    return declare


def _code(codes: EnumType, default: str) -> dict[str, object]:
    return {"possible_values": codes, "default_value": codes[default]}


_OUTCOME = _code(Outcome, "cannot_judge")

_declare("job", POSTING, Enum, **_code(Job, "other"))
_declare("role", POSTING, Enum, **_code(Role, "care"))
_declare("full_time", POSTING, bool)
_declare("several_postings", POSTING, bool)
_declare("weekly_seconds", POSTING, int)
_declare("full_time_seconds", POSTING, int)
_declare("dedicated", POSTING, bool)
_declare("main_rota", POSTING, bool)
_declare("started_on", POSTING, dt.date, default_value=FAR_PAST)
_declare("ended_on", POSTING, dt.date, default_value=FAR_FUTURE)
_declare("kind", UNIT, Enum, **_code(Kind, "main_unit"))
_declare("capacity", UNIT, int, default_value=UNKNOWN)
for _item in ("early_return", "training", "long_term_plan"):
    _declare(_item, UNIT, Enum, **_OUTCOME)


# R4: full-time equivalents


@_computed(POSTING, bool)
def counted(postings: Population, period: Period) -> Array:
    """Care staff whose posting holds on the month's first day."""
    day = np.datetime64(period.start.date, "D")
    holds = (postings("started_on", period) <= day) & (postings("ended_on", period) >= day)
    return np.asarray(holds & (postings("role", period) == Role.care))


@_computed(POSTING, bool)
def qualified(postings: Population, period: Period) -> Array:
    """Dedicated 児童指導員 or 保育士 who are not in the main rota."""
    fit = postings("job", period) != Job.other
    fit &= postings("dedicated", period) & ~postings("main_rota", period)
    return np.asarray(fit)


@_computed(POSTING, bool)
def counts_whole(postings: Population, period: Period) -> Array:
    """Full-timers with one posting count 1, whatever their hours."""
    return np.asarray(postings("full_time", period) & ~postings("several_postings", period))


@_computed(POSTING, bool)
def hours_missing(postings: Population, period: Period) -> Array:
    """Hours that are needed and not known; 0 stands for a blank."""
    unknown = (postings("weekly_seconds", period) == 0) | (
        postings("full_time_seconds", period) == 0
    )
    return np.asarray(unknown & ~postings("counts_whole", period))


@_computed(POSTING, int)
def part(postings: Population, period: Period, parameters: ParametersAt) -> Array:
    """Return a posting's part of a full-timer, in the common denominator."""
    whole = parameters(period).common_denominator
    seconds = np.maximum(postings("full_time_seconds", period), 1)
    shared = postings("weekly_seconds", period) * (whole // seconds)
    parts: Array = np.where(postings("counts_whole", period), whole, shared)
    return parts


@_computed(UNIT, int, default_value=UNKNOWN)
def staff_fte(units: GroupPopulation, period: Period, parameters: ParametersAt) -> Array:
    """FTE of all care staff, in tenths."""
    return _tenths(units, period, parameters, units.members("counted", period))


@_computed(UNIT, int, default_value=UNKNOWN)
def qualified_fte(units: GroupPopulation, period: Period, parameters: ParametersAt) -> Array:
    """FTE of the qualified among them, in tenths."""
    fit = units.members("counted", period) & units.members("qualified", period)
    return _tenths(units, period, parameters, fit)


def _tenths(
    units: GroupPopulation, period: Period, parameters: ParametersAt, counts: Array
) -> Array:
    """Add up exactly and round once, half up."""
    whole = parameters(period).common_denominator
    parts = units.sum(units.members("part", period) * counts).astype(np.int64)
    tenths = (20 * parts + whole) // (2 * whole)
    missing = units.any(units.members("hours_missing", period) & counts)
    return np.where(missing, UNKNOWN, tenths)


# R1, R2, R3: scope and extra staff


@_computed(UNIT, Enum, **_OUTCOME)
def scope_kind(units: GroupPopulation, period: Period) -> Array:
    """Return whether the kind is in scope."""
    return _met(_is_kind(units, period, "community_home", "branch_group_care"))


@_computed(UNIT, Enum, **_OUTCOME)
def scope_capacity(units: GroupPopulation, period: Period, parameters: ParametersAt) -> Array:
    """Return whether a branch has a capacity that is in scope."""
    capacity = units("capacity", period)
    at = parameters(period)
    fits = (capacity >= at.least_branch_capacity) & (capacity <= at.most_branch_capacity)
    return np.select(
        [~_is_kind(units, period, "branch_group_care"), capacity == UNKNOWN, fits],
        [Outcome.not_applicable.index, Outcome.cannot_judge.index, Outcome.met.index],
        Outcome.not_met.index,
    )


@_computed(UNIT, bool)
def out_of_scope(units: GroupPopulation, period: Period) -> Array:
    """Return whether a unit is known to be out of scope."""
    refused = units("scope_kind", period) == Outcome.not_met
    refused |= units("scope_capacity", period) == Outcome.not_met
    return np.asarray(refused)


@_computed(UNIT, int)
def max_extra(units: GroupPopulation, period: Period, parameters: ParametersAt) -> Array:
    """Return the most extra staff by capacity; 0 out of scope."""
    capacity = units("capacity", period)
    allowed = parameters(period).max_extra.calc(capacity)
    known = np.where(capacity == UNKNOWN, UNKNOWN, allowed)
    return np.where(units("out_of_scope", period), 0, known)


@_computed(UNIT, int, default_value=UNKNOWN)
def available_extra(units: GroupPopulation, period: Period, parameters: ParametersAt) -> Array:
    """Return the least of what is allowed and of the staff above the base, never below 0."""
    at = parameters(period)
    allowed = units("max_extra", period)
    staff, fit = units("staff_fte", period), units("qualified_fte", period)
    spare = np.minimum(staff // 10 - at.base_staff, fit // 10 - at.base_qualified)
    unknown = (allowed == UNKNOWN) | (staff == UNKNOWN) | (fit == UNKNOWN)
    known = np.where(unknown, UNKNOWN, np.clip(spare, 0, np.maximum(allowed, 0)))
    return np.where(allowed == 0, 0, known)


@_computed(UNIT, Enum, **_OUTCOME)
def extra_staff(units: GroupPopulation, period: Period) -> Array:
    """Return whether there is at least one extra worker."""
    extra = units("available_extra", period)
    unknown = (units("scope_capacity", period) == Outcome.cannot_judge) | (extra == UNKNOWN)
    return np.select(
        [units("out_of_scope", period), unknown, extra >= 1],
        [Outcome.not_applicable.index, Outcome.cannot_judge.index, Outcome.met.index],
        Outcome.not_met.index,
    )


# R7 and the verdict


@_computed(UNIT, Enum, **_OUTCOME)
def req_early_return(units: GroupPopulation, period: Period) -> Array:
    """Return whether the home supports return or fostering."""
    return _required(units, period, "early_return")


@_computed(UNIT, Enum, **_OUTCOME)
def req_training(units: GroupPopulation, period: Period) -> Array:
    """Return whether the home trains its staff."""
    return _required(units, period, "training")


@_computed(UNIT, Enum, **_OUTCOME)
def req_long_term_plan(units: GroupPopulation, period: Period) -> Array:
    """Return whether the home has a plan for about ten years."""
    return _required(units, period, "long_term_plan")


RULES = (
    "scope_kind",
    "scope_capacity",
    "extra_staff",
    "req_early_return",
    "req_training",
    "req_long_term_plan",
)


@_computed(UNIT, int, default_value=UNKNOWN)
def eligible(units: GroupPopulation, period: Period) -> Array:
    """0 if any rule is not met, else -1 if any can't be judged, else 1."""
    outcomes = [units(rule, period) for rule in RULES]
    refused = np.logical_or.reduce([outcome == Outcome.not_met for outcome in outcomes])
    unknown = np.logical_or.reduce([outcome == Outcome.cannot_judge for outcome in outcomes])
    return np.where(refused, 0, np.where(unknown, UNKNOWN, 1))


def _is_kind(units: GroupPopulation, period: Period, *kinds: str) -> Array:
    unit_kind = units("kind", period)
    found: Array = np.logical_or.reduce([unit_kind == Kind[kind] for kind in kinds])
    return found


def _met(condition: Array) -> Array:
    outcome: Array = np.where(condition, Outcome.met.index, Outcome.not_met.index)
    return outcome


def _required(units: GroupPopulation, period: Period, item: str) -> Array:
    out = units("out_of_scope", period)
    outcome: Array = np.where(out, Outcome.not_applicable.index, units(item, period))
    return outcome


def country() -> TaxBenefitSystem:
    """Return the system: entities, parameters and variables."""
    system = TaxBenefitSystem([POSTING, UNIT])
    system.parameters = ParameterNode("", data=PARAMETERS)
    system.add_variables(*VARIABLES)
    return system
