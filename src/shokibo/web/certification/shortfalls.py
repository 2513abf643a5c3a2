"""How much is lacking for the next extra worker, from the core's own columns."""

from dataclasses import dataclass

from shokibo.rounding import tenths
from shokibo.texts import Text
from shokibo.web.certification.judgement import Judgement

MOST_LACKING = 10
"""Tenths of FTE: one full-time worker. A larger shortfall is not shown."""
_WORDS = Text("あと{lacking}人で加配{extra}名", "{lacking} FTE more for {extra} extra staff")


@dataclass(frozen=True)
class Shortfall:
    """A number of extra staff that is `lacking` FTE away, as printed."""

    lacking: str
    extra: int

    @property
    def words(self) -> Text:
        """The shortfall in both languages."""
        values = {"lacking": self.lacking, "extra": self.extra}
        return Text(_WORDS.say("ja", **values), _WORDS.say("en", **values))


def shortfall_of(judgement: Judgement) -> Shortfall | None:
    """Return the next extra worker if the unit lacks at most one full-time worker for it."""
    if judgement.shortage is None or judgement.available is None:
        return None
    if judgement.shortage > MOST_LACKING:
        return None
    return Shortfall(tenths(judgement.shortage), judgement.available + 1)
