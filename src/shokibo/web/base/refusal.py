"""A change that the rules of the office refuse, with the words to say so."""

from collections.abc import Sequence
from typing import Any

from shokibo.texts import literal


class RefusedError(Exception):
    """What was asked can't be done now. `text` says why and what to do."""

    def __init__(self, ja: str, en: str) -> None:
        self.text = literal(ja, en)
        super().__init__(ja, en)  # both, so that it can be passed from one process to another

    def __str__(self) -> str:
        """Return the English, for logs."""
        return self.text.say("en")


class TouchesError(Exception):
    """An edit touches certified months, and nobody said why."""

    def __init__(self, touched: Sequence[Any]) -> None:
        self.touched = touched
        super().__init__(", ".join(one.code for one in touched))
