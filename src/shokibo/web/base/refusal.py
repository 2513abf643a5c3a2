"""A change that the rules of the office refuse, with the words to say so."""

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


class ConsequencesError(Exception):
    """An edit brings about what its page has not shown yet, or nobody gave the reason for it."""

    def __init__(self, found: Any, *, needs_reason: bool) -> None:
        self.found, self.needs_reason = found, needs_reason
        super().__init__(", ".join(one.code for one in found.touched))
