"""An outlook: which records and years bear a forecast, and what it makes of the courses."""

import datetime as dt

import numpy as np
import pytest

from shokibo.need.intervals import LEVELS, interval
from shokibo.need.outlook import FARTHEST, FEWEST_CHILDREN, FEWEST_YEARS, Outlook, of_group, outlook
from shokibo.need.refusals import (
    NO_ENTRIES,
    NO_EPISODES,
    SEVERAL_AUTHORITIES,
    STOPPED,
    TOO_FEW,
    TOO_SHORT,
    YEAR_FAR,
    YEAR_PAST,
    CannotForecastError,
)
from shokibo.need.scenarios import GROUPS, PLACES
from shokibo.texts import Text
from tests.need.lived import NOW, Row, episodes, invented

BORN = dt.date(2012, 6, 1)
AS_OF = dt.date(2020, 3, 31)


def child(number: int, since: dt.date, until: dt.date | None = None) -> Row:
    return (f"C{number}", BORN, "children_home", since, until)


def record(
    children: int = FEWEST_CHILDREN,
    *,
    first_end: dt.date = dt.date(2015, 4, 10),
    latest: dt.date = dt.date(2020, 1, 10),
) -> list[Row]:
    """Return so many children: one has left, which begins the whole record; one came at last."""
    others = [child(n, dt.date(2014, 5, 1)) for n in range(children - 2)]
    return [child(98, dt.date(2013, 5, 1), first_end), *others, child(99, latest)]


def refused(rows: list[Row], as_of: dt.date = AS_OF, to_year: int = 2022) -> Text | None:
    """Return why there is no outlook."""
    try:
        outlook(episodes(*rows), as_of, to_year)
    except CannotForecastError as error:
        return error.words
    return None


@pytest.mark.parametrize(("children", "why"), [(9, TOO_FEW), (10, None), (11, None)])
def test_ten_children_bear_a_forecast(children: int, why: Text | None) -> None:
    assert refused(record(children)) is why


@pytest.mark.parametrize(
    ("first_end", "why"),
    [
        # whole from May 2017: 34 months; from March 2018: two years; a part of a year counts
        (dt.date(2018, 3, 10), TOO_SHORT),
        (dt.date(2018, 2, 10), None),
        (dt.date(2017, 3, 10), None),
    ],
)
def test_a_record_reaches_into_three_years(first_end: dt.date, why: Text | None) -> None:
    assert FEWEST_YEARS == 3
    assert refused(record(first_end=first_end)) is why


@pytest.mark.parametrize(
    ("latest", "why"),
    [
        (dt.date(2019, 2, 28), STOPPED),
        (dt.date(2019, 3, 1), None),
        (dt.date(2019, 4, 1), None),
    ],
)
def test_a_record_that_stopped_more_than_a_year_before_is_refused(
    latest: dt.date, why: Text | None
) -> None:
    assert refused(record(latest=latest)) is why


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (dt.date(2015, 4, 30), NO_ENTRIES),  # the record is whole only from then
        (dt.date(2015, 5, 1), None),
        (dt.date(2020, 3, 31), None),
        (dt.date(2020, 4, 1), NO_ENTRIES),
    ],
)
def test_a_record_without_an_attendant_is_refused(entry: dt.date, why: Text | None) -> None:
    leaver = child(96, dt.date(2014, 5, 1), dt.date(2020, 1, 10))
    assert refused([*record(12, latest=entry), leaver]) is why


def test_before_the_first_episode_there_is_nothing_to_forecast_from() -> None:
    assert refused(record(), dt.date(2013, 4, 30), 2015) is NO_EPISODES


def test_two_authorities_are_not_forecast_as_one() -> None:
    two = episodes(*record())
    other = two.with_columns(authority_code=two["authority_code"].str.replace("131121", "141003"))
    with pytest.raises(CannotForecastError) as caught:
        outlook(two.vstack(other), AS_OF, 2022)
    assert caught.value.words is SEVERAL_AUTHORITIES


@pytest.mark.parametrize(
    ("as_of", "first"), [(AS_OF, 2020), (dt.date(2020, 3, 30), 2019), (dt.date(2020, 4, 1), 2020)]
)
def test_years_run_from_the_first_end_that_has_not_come(as_of: dt.date, first: int) -> None:
    rows = record(11, latest=dt.date(2020, 3, 1))
    rows[1] = child(97, dt.date(2019, 8, 1))
    assert refused(rows, as_of, first - 1) is YEAR_PAST
    assert outlook(episodes(*rows), as_of, first).years == (first,)
    last = first + FARTHEST - 1
    assert outlook(episodes(*rows), as_of, last).years == tuple(range(first, last + 1))
    assert refused(rows, as_of, last + 1) is YEAR_FAR


@pytest.fixture(scope="module")
def made() -> Outlook:
    return outlook(invented(1), NOW, NOW.year + 1)


def test_groups_are_sums_of_places(made: Outlook) -> None:
    places = np.arange(len(PLACES)) ** 2
    assert of_group(places, "all") == places.sum()
    assert of_group(places, "in_homes") == places[0] + places[1]
    assert of_group(np.stack([places, places + 1]), "foster_care").tolist() == [13, 15]


def test_what_is_known_now_is_what_a_count_of_the_rows_gives(made: Outlook) -> None:
    open_rows = [
        row
        for row in invented(1).iter_rows(named=True)
        if row["started_on"] <= NOW and (row["ended_on"] is None or row["ended_on"] >= NOW)
    ]
    known = made.known
    for group, places in GROUPS.items():
        assert known.now[group] == sum(row["place"] in places for row in open_rows), group
    assert known.children == len({*invented(1)["child_code"]})


def test_the_answer_is_the_expected_course_and_the_intervals_of_the_courses(made: Outlook) -> None:
    courses = made.courses(250, 3, None)
    answered = made.answered(courses)
    assert [year.fiscal_year for year in answered] == [NOW.year, NOW.year + 1]
    assert [year.on for year in answered] == [
        dt.date(NOW.year + 1, 3, 31),
        dt.date(NOW.year + 2, 3, 31),
    ]
    for nth, year in enumerate(answered):
        for group, places in GROUPS.items():
            which = [PLACES.index(place) for place in places]
            drawn = courses[:, nth][:, which].sum(axis=1)
            found = year.groups[group]
            assert found.expected == f"{made.expected[nth][:, which].sum():.1f}"
            spans = (found.interval_50, found.interval_80, found.interval_95)
            assert spans == tuple(interval(drawn, level) for level in LEVELS)
