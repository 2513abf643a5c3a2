"""What a correction changes, in the words of the form."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert

from shokibo.returns.differences import differences, sum_differences
from shokibo.returns.forms import FormFigures, KindCounts
from shokibo.returns.rollup import RollUp
from shokibo.texts import Text
from tests.documents.sheets import form
from tests.printed import as_json

Form = dict[str, Any]
Path = tuple[str | int, ...]


def described(before: Form, after: Form) -> list[Text]:
    """Describe what differs between two forms as they were sent."""
    day = {"drawn_on": "2022-05-01"}
    return differences(*(convert({**day, **one}, FormFigures) for one in (before, after)))


def changed(path: Path, value: object) -> Form:
    """Return the example's form 1 with one of its values changed."""
    after = copy.deepcopy(as_json(form(), "ja"))
    holder: Any = after
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return after


@pytest.mark.parametrize(
    ("path", "value", "ja", "en"),
    [
        (
            ("units", "community_home", "certified", "4"),
            3,
            "加算認定か所数(地域小規模児童養護施設、定員4名) 1か所 → 3か所",
            "Units certified (community homes, 4 places): 1 → 3",
        ),
        (
            ("units", "branch_group_care", "applied", "total"),
            0,
            "加算申請か所数(分園型小規模グループケア) 1か所 → 0か所",
            "Units applied for (branches): 1 → 0",
        ),
        (
            ("units", "total", "units"),
            7,
            "小規模かつ地域分散化された生活単位か所数(合計) 4か所 → 7か所",
            "Units in scope (all): 4 → 7",
        ),
        (
            ("backup", "certified"),
            1,
            "加算認定施設数 2か所 → 1か所",
            "Homes certified for backup: 2 → 1",
        ),
        (
            ("list", 0, "capacity"),
            5,
            "A 園「a 園」の定員数 4名 → 5名",
            "A 園, a 園, Places: 4 → 5",
        ),
        (
            ("list", 2, "backup"),
            True,
            "B 園「a 園」の地域小規模児童養護施設等バックアップ職員加算の適用の有無 × → ○",
            "B 園, a 園, Backup add-on: × → ○",
        ),
        (
            ("list", 1, "staff"),
            None,
            "A 園「b 園」の職員数 6名 → 空欄",
            "A 園, b 園, Staff: 6 → blank",
        ),
    ],
)
def test_what_differs_is_described_in_the_words_of_the_form(
    path: Path, value: object, ja: str, en: str
) -> None:
    (text,) = described(as_json(form(), "ja"), changed(path, value))
    assert (text.ja, text.en) == (ja, en)


def test_an_added_or_removed_unit_is_named_with_its_row() -> None:
    before = as_json(form(), "ja")
    after: Form = copy.deepcopy(before)
    gone = after["list"].pop(3)
    after["list"].append({**gone, "unit_name": "新しい家", "staff": "4.8"})
    assert [text.ja for text in described(before, after)] == [
        "一覧から削除:C 園「a 園」 定員数 5名、小規模かつ地域分散化加算の適用の有無 ×、職員数 4名、"
        "地域小規模児童養護施設等バックアップ職員加算の適用の有無 ○",
        "一覧に追加:C 園「新しい家」 定員数 5名、小規模かつ地域分散化加算の適用の有無 ×、"
        "職員数 4.8名、地域小規模児童養護施設等バックアップ職員加算の適用の有無 ○",
    ]


def test_of_two_units_with_one_name_the_one_that_changed_is_described() -> None:
    before: Form = copy.deepcopy(as_json(form(), "ja"))
    before["list"].append({**before["list"][0], "number": 5})
    after = copy.deepcopy(before)
    after["list"][4]["capacity"] = 6
    (text,) = described(before, after)
    assert text.ja == "A 園「a 園」の定員数 4名 → 6名"


_COUNTS = st.sampled_from(
    [
        *(("units", kind, "units") for kind in ("community_home", "branch_group_care", "total")),
        *(
            ("units", kind, part, size)
            for kind in ("community_home", "branch_group_care", "total")
            for part in ("applied", "certified")
            for size in ("total", "4", "5", "6")
        ),
        *(("backup", name) for name in ("homes", "homes_with_units", "applied", "certified")),
    ]
)


@given(st.dictionaries(_COUNTS, st.integers(100, 999)))
def test_every_count_that_differs_is_described_once_and_no_other(edits: dict[Path, int]) -> None:
    before: Form = as_json(form(), "ja")
    after = copy.deepcopy(before)
    for path, count in edits.items():
        holder: Any = after
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = count
    texts = described(before, after)
    assert sorted(f"→ {count}か所" for count in edits.values()) == sorted(
        text.ja[text.ja.index("→") :] for text in texts
    )
    assert len({text.ja for text in texts}) == len(edits)
    assert described(after, after) == []


def test_a_sum_is_compared_count_by_count() -> None:
    counts = KindCounts(2, {"total": 1, "4": 1}, {"total": 1, "4": 1})
    backup = {"homes": 3, "homes_with_units": 1, "applied": 0, "certified": 0}
    before = RollUp(1, {"community_home": counts, "total": counts}, backup)
    more = KindCounts(2, {"total": 1, "4": 1}, {"total": 0, "4": 0})
    after = RollUp(1, {"community_home": more, "total": more}, {**backup, "homes": 4})
    assert [text.ja for text in sum_differences(before, after)] == [
        "加算認定か所数(地域小規模児童養護施設) 1か所 → 0か所",
        "加算認定か所数(地域小規模児童養護施設、定員4名) 1か所 → 0か所",
        "加算認定か所数(合計) 1か所 → 0か所",
        "加算認定か所数(合計、定員4名) 1か所 → 0か所",
        "児童養護施設数 3か所 → 4か所",
    ]
    assert sum_differences(after, after) == []
    nothing = RollUp(0, {}, {})
    assert sum_differences(nothing, before)[0].en == "Units in scope (community homes): 0 → 2"
