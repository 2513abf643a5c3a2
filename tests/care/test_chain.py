"""The chain of a child: what was done and which step is next."""

import datetime as dt

import pytest

from shokibo.care.chain import Done, chain


def day(number: int) -> dt.date:
    return dt.date(2022, 4, number)


def steps(*records: Done) -> list[tuple[str, int | None, bool]]:
    found = chain(records)
    return [(one.kind, one.done_on.day if one.done_on else None, one.is_next) for one in found]


ASSESSED = Done("assessment", day(1))
PLACED = Done("placement", day(2), "children_home")
AGREED = Done("situation", day(3))
BROKEN = Done("breakdown", day(10), next_step="protection")
PROTECTED = (Done("protection", day(11)), Done("placement", day(11), "temporary_protection"))


def test_a_child_comes_into_care_by_assessment_placement_and_policy() -> None:
    assert steps() == [
        ("assessment", None, True),
        ("placement", None, False),
        ("situation", None, False),
    ]
    assert steps(ASSESSED, PLACED) == [
        ("assessment", 1, False),
        ("placement", 2, False),
        ("situation", None, True),
    ]
    assert not any(is_next for _kind, _day, is_next in steps(ASSESSED, PLACED, AGREED))


def test_a_policy_before_the_placement_is_none_for_it() -> None:
    assert steps(ASSESSED, PLACED, Done("situation", day(1)))[-1] == ("situation", None, True)


def test_after_a_breakdown_the_former_records_do_not_count() -> None:
    assert steps(ASSESSED, PLACED, AGREED, BROKEN) == [
        ("breakdown", 10, False),
        ("protection", None, True),
        ("assessment", None, False),
        ("placement", None, False),
        ("backing", None, False),
    ]


def test_protection_is_no_return() -> None:
    found = steps(PLACED, BROKEN, *PROTECTED, Done("assessment", day(12)))
    assert found[3] == ("placement", None, True)


def test_the_chain_ends_with_the_backing() -> None:
    after = (
        Done("assessment", day(12)),
        Done("placement", day(13), "children_home"),
        Done("backing", day(13)),
    )
    assert [done for _kind, done, _next in steps(BROKEN, *PROTECTED, *after)] == [
        *(10, 11, 12),
        *(13, 13),
    ]


@pytest.mark.parametrize(
    ("next_step", "kinds"),
    [
        ("protection", ["breakdown", "protection", "assessment", "placement", "backing"]),
        ("reassessment", ["breakdown", "assessment", "placement", "backing"]),
        ("support", ["breakdown", "backing"]),
    ],
)
def test_a_breakdown_says_which_steps_follow(next_step: str, kinds: list[str]) -> None:
    found = steps(Done("breakdown", day(10), next_step=next_step))
    assert [kind for kind, _done, _next in found] == kinds


def test_of_two_breakdowns_the_latest_begins_the_chain() -> None:
    later = Done("breakdown", day(20), next_step="support")
    assert steps(BROKEN, *PROTECTED, later)[0] == ("breakdown", 20, False)
