"""A change that the office's rules refuse, with the message."""

from typing import Any

from shokibo.texts import literal


class RefusedError(Exception):
    """The request can't be carried out now. `text` says why and what to do."""

    def __init__(self, ja: str, en: str) -> None:
        self.text = literal(ja, en)
        super().__init__(ja, en)  # both, so that it can be passed from one process to another

    def __str__(self) -> str:
        """Return the English, for logs."""
        return self.text.say("en")


class ConsequencesError(Exception):
    """An edit has consequences that its page has not shown yet, or lacks its reason."""

    def __init__(self, found: Any, *, needs_reason: bool) -> None:
        self.found, self.needs_reason = found, needs_reason
        super().__init__(", ".join(one.code for one in found.touched))
