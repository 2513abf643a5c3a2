"""The state of an authority's form on a day, in the words of each reader."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from shokibo.texts import Text

State = Literal["not_awaited", "on_paper", "open", "overdue", "sent", "asked", "accepted"]
Timeliness = Literal["in_time", "by_later_day", "late"]
Reader = Literal["sender", "ministry"]

WORDS: dict[State, dict[Reader, Text]] = {
    "not_awaited": {
        "sender": Text("待たない(報告開始年度より前)", "not awaited: before the first year"),
        "ministry": Text("待たない(報告開始年度より前)", "not awaited: before the first year"),
    },
    "on_paper": {
        "sender": Text("紙で提出済み", "sent on paper"),
        "ministry": Text("紙で提出済み", "sent on paper"),
    },
    "open": {
        "sender": Text("未提出", "not sent yet"),
        "ministry": Text("未提出(期限前)", "not sent, not due yet"),
    },
    "overdue": {
        "sender": Text("未提出(期限を過ぎています)", "overdue"),
        "ministry": Text("未提出(期限を過ぎています)", "overdue"),
    },
    "sent": {
        "sender": Text("提出済み", "submitted"),
        "ministry": Text("要確認", "to be checked"),
    },
    "asked": {
        "sender": Text("国からの照会に回答が必要", "the ministry asks"),
        "ministry": Text("照会中", "asked, no answer yet"),
    },
    "accepted": {
        "sender": Text("受理済み", "accepted"),
        "ministry": Text("受理済み", "accepted"),
    },
}
TIMELINESS: dict[Timeliness, Text] = {
    "in_time": Text("期限内", "in time"),
    "by_later_day": Text("延長後の期限内", "by the later day"),
    "late": Text("期限後", "late"),
}


@dataclass(frozen=True)
class Standing:
    """A form of an authority on a day.

    `later` is a later day than the statutory one by which it is due, with its `ground`. `sent_on`
    is the day of the first version that came here, however it came; `accepted` whether the latest
    version is accepted, `unanswered` how many questions about it have no answer.
    """

    day: dt.date
    statutory: dt.date
    awaited: bool
    later: dt.date | None = None
    ground: str = ""
    on_paper: dt.date | None = None
    sent_on: dt.date | None = None
    accepted: bool = False
    unanswered: int = 0

    @property
    def due(self) -> dt.date:
        """The day that holds."""
        return self.later or self.statutory

    @property
    def state(self) -> State:
        """Its one state."""
        if self.sent_on is not None:
            if self.unanswered:
                return "asked"
            return "accepted" if self.accepted else "sent"
        if self.on_paper is not None:
            return "on_paper"
        if not self.awaited:
            return "not_awaited"
        return "overdue" if self.day > self.due else "open"

    @property
    def came_on(self) -> dt.date | None:
        """The day on which it first came, here or on paper."""
        return self.sent_on or self.on_paper

    @property
    def timeliness(self) -> Timeliness | None:
        """Whether it came in time; None if it did not come."""
        came = self.came_on
        if came is None:
            return None
        if came <= self.statutory:
            return "in_time"
        return "by_later_day" if came <= self.due else "late"

    @property
    def expected(self) -> bool:
        """Whether it counts for completeness: it is awaited, or came here all the same."""
        return self.awaited or self.sent_on is not None

    def words(self, reader: Reader) -> Text:
        """Return its state in a reader's words."""
        return WORDS[self.state][reader]
