"""What the forecast's columns are made of, and how many threads work on them."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


def on_one_thread(work: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """Keep linear algebra on one thread: on small matrices several mostly wait for each other."""

    @wraps(work)
    def limited(*given: _Given.args, **named: _Given.kwargs) -> _Made:
        with threadpool_limits(limits=1):
            return work(*given, **named)

    return limited
