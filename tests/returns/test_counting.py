"""Forms of many authorities added up: by a second road, and at the boundaries of extra staff."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shokibo.law.parameters import national_law
from shokibo.returns.counting import Counted, Sum, sums_by
from shokibo.returns.extra_staff import ExtraStaff, extra_staff
from shokibo.returns.prefectures import PREFECTURES, prefecture_of
from shokibo.returns.rollup import RollUp

DAY = dt.date(2022, 4, 30)
COUNT = st.integers(0, 50)


def listed(**given: object) -> dict[str, object]:
    return {"dispersal": True, "capacity": 6, "staff": "6", **given}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (listed(staff="3.9"), ExtraStaff(0, 0)),
        (listed(staff="4"), ExtraStaff(1, 0)),
        (listed(staff="5.9"), ExtraStaff(2, 0)),
        (listed(staff="6"), ExtraStaff(3, 0)),
        (listed(staff="7"), ExtraStaff(3, 0)),
        (listed(capacity=4, staff="7"), ExtraStaff(1, 0)),
        (listed(capacity=3, staff="7"), ExtraStaff(0, 0)),
        (listed(staff="2"), ExtraStaff(0, 0)),
        (listed(dispersal=False), ExtraStaff(0, 0)),
        (listed(dispersal=None), ExtraStaff(0, 0)),
        (listed(staff=None), ExtraStaff(0, 1)),
        (listed(capacity=None), ExtraStaff(0, 1)),
    ],
)
def test_extra_staff_are_those_above_the_base_up_to_the_limit(
    row: dict[str, object], expected: ExtraStaff
) -> None:
    assert extra_staff([row], national_law(), DAY) == expected
    assert extra_staff([row, listed()], national_law(), DAY) == expected + ExtraStaff(3, 0)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["131121", "131130", "270000"]),
            st.sampled_from([2021, 2022]),
            *[st.one_of(st.none(), COUNT)] * 3,
        )
    )
)
def test_sums_by_prefecture_are_those_of_a_slow_count(
    forms: list[tuple[str, int, int | None, int | None, int | None]],
) -> None:
    versions = [
        Counted(
            code,
            year,
            {
                "units": {
                    "total": {
                        "units": units,
                        "applied": {"total": units, "4": None},
                        "certified": {"total": units},
                    }
                },
                "backup": {"homes_with_units": homes, "certified": certified},
            },
            ExtraStaff(1, 2),
        )
        for code, year, units, homes, certified in forms
    ]
    sums = sums_by(versions, lambda one: (one.authority_code[:2], one.fiscal_year))
    for (prefecture, year), found in sums.items():
        own = [form for form in forms if form[0][:2] == prefecture and form[1] == year]
        assert found.counts.authorities == len(own)
        assert found.units("units") == found.units("applied") == sum(one[2] or 0 for one in own)
        assert found.homes("certified") == sum(one[4] or 0 for one in own)
        assert found.extra == ExtraStaff(len(own), 2 * len(own))
    assert len(sums) == len({(form[0][:2], form[1]) for form in forms})


def test_a_sum_without_a_kind_or_homes_has_none_of_them() -> None:
    nothing = Sum(RollUp(0, {}, {}), ExtraStaff())
    assert nothing.units("units", "community_home") == nothing.homes("homes") == 0
    assert nothing.backup_percent is None
    some = Sum(RollUp(1, {}, {"homes_with_units": 3, "certified": 1}), ExtraStaff())
    assert some.backup_percent == "33.3"


def test_every_prefecture_has_a_tile_of_its_own() -> None:
    assert list(PREFECTURES) == [f"{number:02}" for number in range(1, 48)]
    assert len({(one.column, one.row) for one in PREFECTURES.values()}) == 47
    tokyo = prefecture_of("131121")
    assert tokyo is not None
    assert tokyo.name.ja == "東京"
    assert prefecture_of("990001") is None
