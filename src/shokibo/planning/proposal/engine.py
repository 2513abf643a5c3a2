"""HiGHS: minimises a sum over an integer model, and returns a lower bound."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from shokibo.planning.proposal.linear import Linear, Row, Sum


@dataclass(frozen=True)
class Found:
    """What the engine found: the best values and a lower bound, or that there is no plan.

    `values` is None if none were found; `bound` is None if nothing is known.
    """

    values: tuple[int, ...] | None
    bound: int | None
    infeasible: bool = False


@dataclass(frozen=True)
class Watch:
    """When to stop: at a time of the monotonic clock, or when `stop` says so."""

    until: float
    stop: Callable[[], bool] = lambda: False

    @property
    def left(self) -> float:
        """The remaining seconds."""
        return max(self.until - time.monotonic(), 0.0)

    @property
    def over(self) -> bool:
        """Whether it is time to stop."""
        return self.stop() or not self.left

    def share(self, part: float) -> "Watch":
        """Return a watch over a part of the remaining time."""
        return Watch(time.monotonic() + self.left * part, self.stop)


def least(
    model: Linear,
    of: Sum,
    watch: Watch,
    start: Sequence[int] | None = None,
    improved: Callable[[int], None] = lambda _: None,
) -> Found:
    """Return values that minimise a sum, rounded and checked against every row in integers.

    `start` holds feasible values, used if the engine finds none in time. They are not passed to it:
    with a start, HiGHS 1.16 loses the objective's constant in presolve, and stops early.
    """
    found = _run(model, of, watch, improved)
    if found.values is None and not watch.over and (start or any(map(_spare, model.rows))):
        found = _run(model, of, watch, improved, presolve="off")
    if found.values is None and start is not None:
        return Found(tuple(start), found.bound)
    return found


def _run(
    model: Linear,
    of: Sum,
    watch: Watch,
    improved: Callable[[int], None],
    presolve: str = "choose",
) -> Found:
    """Run the engine once. With large numbers its presolve may cut off feasible values."""
    highs = _Quiet()  # type: ignore[no-untyped-call]
    for option, value in _OPTIONS.items():
        highs.setOptionValue(option, value)
    highs.setOptionValue("presolve", presolve)
    highs.setOptionValue("time_limit", max(watch.left, 0.01))
    highs.passModel(_model_of(model, of))

    def look(event: Any) -> None:  # noqa: ANN401 - highspy's event has no public type
        if watch.stop():
            event.interrupt()

    def tell(event: Any) -> None:  # noqa: ANN401
        improved(round(event.data_out.objective_function_value))

    highs.cbMipInterrupt.subscribe(look)
    highs.cbSimplexInterrupt.subscribe(look)
    highs.cbMipImprovingSolution.subscribe(tell)
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return Found(None, None, infeasible=True)
    bound = highs.getInfo().mip_dual_bound
    rounded = math.ceil(bound - _near(bound)) if math.isfinite(bound) else None
    return Found(_whole(highs.getSolution().col_value, model), rounded)


class _Quiet(highspy.Highs):
    """An engine that prints nothing: with callbacks set, it would print a banner."""

    def enableCallbacks(self) -> None:  # noqa: N802 - highspy's name
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


_OPTIONS: dict[str, bool | int | float] = {
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.9,  # the objective is an integer, so a gap below one is none
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
    "random_seed": 1,
}


def _near(bound: float) -> float:
    """Return how far floats may be from the integer that they stand for; less than a half."""
    return 1e-4 + 1e-10 * abs(bound)


def _whole(values: Sequence[float], model: Linear) -> tuple[int, ...] | None:
    whole = tuple(round(value) for value in values)
    return whole if len(whole) == len(model.most) and model.holds(whole) else None


def _model_of(model: Linear, of: Sum) -> Any:  # noqa: ANN401 - highspy's types are untyped
    lp = highspy.HighsLp()
    columns, rows = len(model.most), len(model.rows)
    lp.num_col_, lp.num_row_ = columns, rows
    cost = np.zeros(columns)
    for variable, times in of.terms.items():
        cost[variable] = times
    lp.col_cost_, lp.offset_ = cost, float(of.constant)
    lp.col_lower_, lp.col_upper_ = np.zeros(columns), np.array(model.most, float)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * columns
    infinite = highspy.kHighsInf
    spare = [_spare(row) for row in model.rows]
    lp.row_lower_ = np.array(
        [
            -infinite if row.least is None else row.least - row.sum.constant - more
            for row, more in zip(model.rows, spare, strict=True)
        ],
        float,
    )
    lp.row_upper_ = np.array(
        [
            infinite if row.most is None else row.most - row.sum.constant + more
            for row, more in zip(model.rows, spare, strict=True)
        ],
        float,
    )
    starts = np.cumsum([0, *(len(row.sum.terms) for row in model.rows)], dtype=np.int32)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = starts
    lp.a_matrix_.index_ = np.array(
        [variable for row in model.rows for variable in row.sum.terms], np.int32
    )
    lp.a_matrix_.value_ = np.array(
        [times for row in model.rows for times in row.sum.terms.values()], float
    )
    return lp


def _spare(row: Row) -> float:
    """Return how much the bounds of a row of large numbers are widened.

    By less than one, so that no further integer fits, but the float approximations do.
    """
    return 0.25 if max(map(abs, row.sum.terms.values()), default=0) > _LARGE else 0.0


_LARGE = 1000
