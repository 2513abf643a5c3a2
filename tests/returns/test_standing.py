"""Where a form stands on a day: its state, whether it came in time, and who reads which words."""

import datetime as dt
import itertools

import pytest

from shokibo.returns.standing import WORDS, Standing
from shokibo.texts import LANGUAGES

DUE = dt.date(2022, 4, 28)
LATER = dt.date(2022, 5, 31)
DAY = dt.timedelta(days=1)


def standing(day: dt.date = DUE, *, awaited: bool = True, **given: object) -> Standing:
    return Standing(day, DUE, awaited, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "later", "state"),
    [
        (DUE - DAY, None, "open"),
        (DUE, None, "open"),
        (DUE + DAY, None, "overdue"),
        (DUE + DAY, LATER, "open"),
        (LATER, LATER, "open"),
        (LATER + DAY, LATER, "overdue"),
    ],
)
def test_the_day_alone_says_whether_it_is_missing(
    day: dt.date, later: dt.date | None, state: str
) -> None:
    assert standing(day, later=later).state == state
    assert standing(day, awaited=False, later=later).state == "not_awaited"


def test_a_received_return_has_a_state_whether_awaited_or_not() -> None:
    for awaited in (True, False):
        assert standing(awaited=awaited, on_paper=DUE).state == "on_paper"
        assert standing(awaited=awaited, sent_on=DUE).state == "sent"
        assert standing(awaited=awaited, sent_on=DUE, accepted=True).state == "accepted"
        asked = standing(awaited=awaited, sent_on=DUE, accepted=True, unanswered=1)
        assert asked.state == "asked"
        assert asked.expected
    assert not standing(awaited=False, on_paper=DUE).expected
    assert standing().expected


@pytest.mark.parametrize(
    ("came", "later", "expected"),
    [
        (DUE, None, "in_time"),
        (DUE + DAY, None, "late"),
        (DUE, LATER, "in_time"),
        (DUE + DAY, LATER, "by_later_day"),
        (LATER, LATER, "by_later_day"),
        (LATER + DAY, LATER, "late"),
        (None, LATER, None),
    ],
)
def test_lateness_is_counted_from_the_later_day(
    came: dt.date | None, later: dt.date | None, expected: str | None
) -> None:
    assert standing(later=later, sent_on=came).timeliness == expected
    assert standing(later=later, on_paper=came).timeliness == expected


def test_every_state_has_words_for_each_reader() -> None:
    for state, language in itertools.product(WORDS, LANGUAGES):
        assert WORDS[state]["sender"].say(language)
        assert WORDS[state]["ministry"].say(language)
    sent = standing(sent_on=DUE)
    assert sent.words("sender").ja != sent.words("ministry").ja
