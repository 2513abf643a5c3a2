"""Blocks as spreadsheets put them on the clipboard: read and written by the script of sheets."""

import random

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.web.browser.visits import Visits

MODULE = "/static/look/grid/blocks.js"
PARTS = ["", "a", "架空", "\t", "\n", "\r\n", '"', '""', " ", "=1"]


@pytest.fixture
def window(visits: Visits, db: None) -> Page:
    """Return a window that may import the script."""
    window = visits.window()
    window.goto(reverse("account_login"))
    return window


def block_of(window: Page, text: str) -> object:
    return window.evaluate(f"async text => (await import('{MODULE}')).blockOf(text)", text)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a", [["a"]]),
        ("", [[""]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\nc\td\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ("a\t\tb\r\n\t\t\r\n", [["a", "", "b"], ["", "", ""]]),
        ("a\n\nb\n", [["a"], [""], ["b"]]),
        ('"a\tb"\tc', [["a\tb", "c"]]),
        ('"a\nb"\tc\r\nd\te', [["a\nb", "c"], ["d", "e"]]),
        ('"a\r\nb"', [["a\r\nb"]]),
        ('"彼は""はい""と言った"\tx', [['彼は"はい"と言った', "x"]]),
        ('""\tx', [["", "x"]]),
        ('5" 管\tx', [['5" 管', "x"]]),
        ('"閉じない\tx\ny', [['"閉じない', "x"], ["y"]]),
        ('"a"b\tc', [['"a"b', "c"]]),
        ("a\tb\rc\td\r", [["a", "b"], ["c", "d"]]),
        ("\u202ea\0\t=1+1\t👨‍👩‍👧", [["\u202ea\0", "=1+1", "👨‍👩‍👧"]]),
    ],
)
def test_a_block_is_read_by_its_cells(window: Page, text: str, rows: list[list[str]]) -> None:
    assert block_of(window, text) == rows


def test_what_is_copied_is_read_back_as_it_was(window: Page) -> None:
    chance = random.Random(13)

    def cell() -> str:
        return "".join(chance.choices(PARTS, k=chance.randrange(1, 4)))

    blocks = [
        [[cell() for _ in range(width)] for _ in range(chance.randrange(1, 5))]
        for width in chance.choices(range(2, 6), k=300)
    ]
    code = f"""async blocks => {{
        const {{ blockOf, clipText }} = await import('{MODULE}');
        return blocks.map((rows) => blockOf(clipText(rows)));
    }}"""
    assert window.evaluate(code, blocks) == blocks
