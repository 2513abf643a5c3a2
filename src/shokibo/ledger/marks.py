"""The mark of an example ledger: names marked as invented."""

import polars as pl

from shokibo.ledger.model import Ledger

FICTITIOUS = "架空"
_NAMES = (("authorities", "name"), ("homes", "name"), ("units", "name"))


def is_fictitious(ledger: Ledger) -> bool:
    """Return whether any authority, home or unit is marked as invented (架空)."""
    return any(
        ledger[table].select(pl.col(column).str.contains(FICTITIOUS, literal=True).any()).item()
        for table, column in _NAMES
    )
