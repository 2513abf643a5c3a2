"""Why a forecast can't be made, in words."""

import datetime as dt

from shokibo.texts import Language, Text
from shokibo.wording import fill

NO_RECORD = Text(
    "養育の経過が1件もないため、見通しを作れません。「養育の経過」の表を入れてください。",
    "There are no episodes to forecast from. Enter episodes.",
)
NO_EPISODES = Text(
    "予測の基準日({as_of:day})までに始まった養育の経過がないため、見通しを作れません。"
    "「養育の経過」の表を入れるか、基準日を変えてください。",
    "No episode had begun by {as_of:day}, so there is nothing to forecast from. "
    "Enter episodes, or choose another day.",
)
SEVERAL_AUTHORITIES = Text(
    "養育の経過に{count}つの自治体があります。見通しは一つの自治体ずつ作ります。",
    "The episodes belong to {count} {count:authority|authorities}. A forecast is made for one at "
    "a time.",
)
TOO_FEW = Text(
    "記録のある児童が{count}人しかいないため、見通しを作れません。{least}人以上の経過が必要です。",
    "Only {count} {count:child is|children are} on record, too few for a forecast; at least "
    "{least} are needed.",
)
TOO_SHORT = Text(
    "記録がそろうのは{since:month}からで、基準日({as_of:day})まで{least}年に足りないため、見通しを"
    "作れません。それより前の経過も入れてください。",
    "The record is complete only from {since:month}, less than {least} years before {as_of:day}: "
    "too short for a forecast. Enter earlier episodes as well.",
)
NO_ENTRIES = Text(
    "記録がそろう{since:month}から基準日({as_of:day})までに、代替養育に新たに入った児童がいません。"
    "いなかったのか、記録がないのかが分からないため、見通しを作れません。",
    "Nobody came into care from {since:month}, when the record becomes complete, to {as_of:day}. "
    "It is not known whether nobody came or nothing was recorded, so no forecast is made.",
)
STOPPED = Text(
    "最後の開始または終了が{last:day}で、基準日({as_of:day})の1年より前です。その後の記録がないのか、"
    "何も起きなかったのかが分からないため、見通しを作れません。",
    "The last start or end is on {last:day}, more than a year before {as_of:day}. It is not known "
    "whether nothing happened since or nothing was recorded, so no forecast is made.",
)
YEAR_PAST = Text(
    "{year:year}の末は基準日({as_of:day})までに来ています。先の年度を指定してください。",
    "The end of {year:year} is not after {as_of:day}. Choose a later year.",
)
YEAR_FAR = Text(
    "{year:year}は先すぎます。{last:year}まで予測できます。",
    "{year:year} is too far ahead. Forecasts reach to {last:year}.",
)


class CannotForecastError(Exception):
    """The record can't support a forecast; `message` says why and what to correct."""

    def __init__(self, words: Text, **values: object) -> None:
        self.words, self.values = words, values
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """Describe what is missing."""
        values = {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in self.values.items()
        }
        return fill(self.words, language, values)
