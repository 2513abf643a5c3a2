"""Values in sentences: days and months with their era, spans, lists and blanks."""

import errno
import os

import pytest

from shokibo.texts import Language, Text
from shokibo.wording import file_fault_in_words, fill


@pytest.mark.parametrize(
    ("mark", "value", "ja", "en"),
    [
        ("day", "2022-04-01", "令和4年4月1日", "2022-04-01"),
        ("day", "9999-12-31", "9999年12月31日", "9999-12-31"),
        ("month", "2022-10-01", "令和4年10月", "2022-10"),
        ("yen", 999, "999", "999"),
        ("yen", 1234567, "1,234,567", "1,234,567"),
        ("yen", -1000, "△1,000", "-1,000"),
        ("year", 2022, "令和4年度", "FY2022"),
        ("year", 2019, "令和元年度", "FY2019"),
        ("months", ["2022-10"], "令和4年10月", "2022-10"),
        ("months", ["2022-12", "2023-01"], "令和4年12月、令和5年1月", "2022-12, 2023-01"),
        (
            "months",
            ["2022-10", "2022-11", "2022-12", "2023-01"],
            "令和4年10月から令和5年1月まで",
            "2022-10 to 2023-01",
        ),
        (
            "months",
            ["2022-04", "2022-06", "2022-07", "2022-08"],
            "令和4年4月、令和4年6月から令和4年8月まで",
            "2022-04, 2022-06 to 2022-08",
        ),
        ("years", [2021, 2022, 2023], "令和3年度から令和5年度まで", "FY2021 to FY2023"),
        ("day", None, "空欄", "blank"),
    ],
)
def test_a_mark_says_how_a_value_is_written(mark: str, value: object, ja: str, en: str) -> None:
    text = Text(f"{{it:{mark}}}", f"{{it:{mark}}}")
    languages: tuple[Language, Language] = ("ja", "en")
    assert [fill(text, language, {"it": value}) for language in languages] == [ja, en]


def test_a_list_is_joined_and_its_blanks_are_named() -> None:
    assert fill(Text("{it}", "{it}"), "ja", {"it": ["一", None, "", 2]}) == "一、空欄、空欄、2"


@pytest.mark.parametrize(
    ("number", "ja", "en"),
    [
        (errno.ENOENT, "a.csv(見つかりません)", "a.csv (not found)"),
        (errno.EIO, "a.csv(装置で読み書きができません)", "a.csv (the device can't read or write)"),
        (errno.EXDEV, "a.csv(システムの誤り EXDEV)", "a.csv (system error EXDEV)"),
        (9999, "a.csv(システムの誤り 9999)", "a.csv (system error 9999)"),
    ],
)
def test_a_fault_of_a_file_is_reported_without_the_systems_sentence(
    number: int, ja: str, en: str
) -> None:
    error = OSError(number, os.strerror(number), "a.csv")
    assert file_fault_in_words(error, "ja") == ja
    assert file_fault_in_words(error, "en") == en
