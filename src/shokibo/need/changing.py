"""How a scenario changes the chances of one month."""

from collections.abc import Iterable

import numpy as np

from shokibo.need.arrays import Floats
from shokibo.need.lives import END, OUTSIDE
from shokibo.need.scenarios import GROUPS, PLACES, Change


def changed(
    moving: Floats, entering: Floats, changes: Iterable[Change], there: Floats
) -> tuple[Floats, Floats]:
    """Return the changed chances of one month for each course.

    `moving` is as in `Chances`; `entering` is by course, place and band of age; `there` holds the
    children in each place, by course. Additional children a year are spread in proportion to the
    present flow, or evenly if there is none. The chances of one step always sum to less than
    one.
    """
    moving, entering = moving.copy(), entering.copy()
    for change in changes:
        places = [PLACES.index(place) for place in GROUPS[change.group]]
        if change.flow == "entries":
            entering[:, places] = _more(entering[:, places], change, np.ones(len(entering)))
            continue
        children = np.maximum(there[:, places].sum(axis=1), 1)
        for place in places:
            to = _destinations(change, place)
            if to:
                part = moving[:, place, :END][..., to]
                moving[:, place, :END, :, to] = np.moveaxis(_each(part, change, children), -1, 0)
    moving /= np.maximum(moving.sum(axis=-1, keepdims=True), 1)
    return moving, entering


def _destinations(change: Change, place: int) -> list[int]:
    if change.flow == "exits":
        return [OUTSIDE]
    to = range(len(PLACES)) if change.to is None else [PLACES.index(change.to)]
    return [one for one in to if one != place]


def _more(flow: Floats, change: Change, children: Floats) -> Floats:
    """Add a yearly number to the flow of each course, spread over all its parts."""
    whole = flow.sum(axis=(1, 2), keepdims=True)
    share = np.divide(flow, whole, out=np.full_like(flow, 1 / flow[0].size), where=whole > 0)
    more: Floats = np.maximum(flow * change.factor + share * change.add / 12, 0)
    return more


def _each(chance: Floats, change: Change, children: Floats) -> Floats:
    """Add a yearly number to each child's chances, spread over the destinations."""
    whole = chance.sum(axis=-1, keepdims=True)
    share = np.divide(
        chance, whole, out=np.full_like(chance, 1 / chance.shape[-1]), where=whole > 0
    )
    added = (change.add / 12 / children)[:, None, None, None]
    more: Floats = np.maximum(chance * change.factor + share * added, 0)
    return more
