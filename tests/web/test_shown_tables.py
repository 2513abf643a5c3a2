"""Every table that a page shows is in a file: those of lists in theirs, all others in the page's.

What a page shows is read here a second time, by the standard library's parser.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from shokibo.web.base.parameters import PagedQuery
from shokibo.web.pages.files_of_tables import xlsx_of
from shokibo.web.pages.shown_tables import tables_of
from tests.web.test_matrix import INSTANCE, PAGES
from tests.web.world import OURS, World

EVERY = {**PAGES, **INSTANCE}
NO_DATA = {"キー操作"}
"""Captions of the tables that are no data, and in no file."""
VOID = {"br", "input", "img", "hr", "meta", "link", "col", "wbr"}


@dataclass
class Cell:
    """A cell: what is seen of it, what is only read out, and whether it belongs in a file."""

    seen: str = ""
    read_out: str = ""
    apart: bool = False

    @property
    def words(self) -> str:
        """Return what is seen, or what is read out where nothing is."""
        return plain(self.seen) or plain(self.read_out)


@dataclass
class Shown:
    """A table of a page."""

    apart: bool
    caption: str = ""
    rows: list[list[Cell]] = field(default_factory=list)


class Reader(HTMLParser):
    """Reads the tables of a page as somebody sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Shown] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell; a field stands for what is typed in it."""
        given = dict(attrs)
        if tag == "table":
            self.tables.append(Shown("data-no-file" in given))
        elif tag == "tr" and self.is_in("table"):
            self.tables[-1].rows.append([])
        elif tag in ("th", "td") and self.is_in("table"):
            row = self.open[-1][1]
            is_blank = "blank" in (row.get("class") or "").split()
            apart = is_blank or "data-no-file" in given or "data-no-file" in row
            self.tables[-1].rows[-1].append(Cell(apart=apart))
        elif tag == "input" and given.get("type") not in ("checkbox", "hidden"):
            self.handle_data(given.get("value") or "")
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what was left open in it."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Add words to the caption or the cell in which they stand."""
        if self.is_in("caption"):
            self.tables[-1].caption += data.strip()
        elif self.is_in("th") or self.is_in("td"):
            tag, given = self.open[-1]
            apart = any("data-no-file" in given for name, given in self.open if name == "details")
            if not apart and (tag != "option" or "selected" in given):
                cell = self.tables[-1].rows[-1][-1]
                if any("unseen" in (given.get("class") or "").split() for _, given in self.open):
                    cell.read_out += data
                else:
                    cell.seen += data

    def is_in(self, tag: str) -> bool:
        """Whether an element is open."""
        return any(tag == one for one, _given in self.open)


def plain(words: object) -> str:
    """Return words without their blanks and the signs with which figures are written."""
    return "".join(str(words).split()).replace(",", "").replace("—", "").replace("△", "-")


def shown(content: str) -> list[list[str]]:
    """Return the rows of the tables of a page that belong in its files, each as its words."""
    reader = Reader()
    reader.feed(content)
    for table in reader.tables:
        assert not table.apart or table.caption in NO_DATA or "export=xlsx" in content
    found = []
    for table in reader.tables:
        head = table.rows[0] if table.rows else []
        apart = {place for place, cell in enumerate(head) if cell.apart}
        rows = [
            "".join(cell.words for place, cell in enumerate(row) if place not in apart)
            for row in table.rows
            if any(not cell.apart for cell in row)
        ]
        if rows and not table.apart:
            found.append([row for row in rows if row])
    return found


def opened(world: World, name: str) -> tuple[Client, str]:
    page = EVERY[name]
    arguments = [*([OURS] if name in PAGES else []), *page.arguments(world)]
    role = "officer" if "officer" in page.get else min(page.get)
    return world.client(role), reverse(name, args=arguments) + page.asked(world)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(name for name, page in EVERY.items() if page.get))
def test_every_table_of_a_page_is_in_its_file(world: World, name: str) -> None:
    client, address = opened(world, name)
    answer = client.get(address)
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return
    content = answer.content.decode()
    if "<main" not in content:
        return
    tables = shown(content)
    more = f"{address}{'&' if '?' in address else '?'}tables="
    assert ("tables=xlsx" in content) is bool(tables)
    if not tables:
        missing = client.get(f"{more}xlsx")
        assert missing.status_code == 404
        assert "書き出す表がありません" in missing.content.decode()
        return
    book = load_workbook(io.BytesIO(client.get(f"{more}xlsx").content))
    assert len(book.worksheets) == len(tables)
    for number, rows in enumerate(tables, 1):
        text = client.get(f"{more}{number}").content.decode("utf-8-sig")
        head, *body = csv.reader(io.StringIO(text))
        assert head[-1] == "基準日"
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", row[-1]) for row in body)
        words = [
            plain("".join(cell.removeprefix("'") for cell in row[:-1])) for row in [head, *body]
        ]
        assert [row for row in words if row] == rows
        assert book.worksheets[number - 1].max_row == 1 + len(body)
    assert client.get(f"{more}{len(tables) + 1}").status_code == 404


@pytest.mark.django_db
def test_a_file_holds_the_rows_of_all_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = PagedQuery.page_of
    monkeypatch.setattr(PagedQuery, "page_of", lambda self, rows, _size: whole(self, rows, 1))
    address = reverse("homes:homes", args=[OURS])
    client = world.client("officer")
    assert len(client.get(address).context["open"]) == 1
    book = load_workbook(io.BytesIO(client.get(f"{address}?tables=xlsx").content))
    assert book.sheetnames == ["架空学園", "架空姉妹園"]


def test_a_merged_cell_has_its_value_in_the_first_place() -> None:
    page = """<h1>表</h1><table><tr><th rowspan=2>年度</th><th colspan=2>定員</th></tr>
        <tr><th>前</th><th>後</th></tr><tr><td>R5</td><td class="number">1,200</td><td
        class="number">△3</td></tr></table>"""
    (table,) = tables_of(page)
    assert table.caption == "表"
    assert table.rows == [["年度", "定員", ""], ["", "前", "後"], ["R5", 1200, -3]]


@settings(deadline=None, max_examples=15)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])), max_size=5))
def test_a_workbook_names_its_sheets_as_excel_allows(names: list[str]) -> None:
    book = load_workbook(io.BytesIO(xlsx_of({name: [["a"]] for name in ["History", *names]})))
    assert len(book.sheetnames) == len({"History", *names})


@pytest.mark.django_db
def test_what_is_not_saved_is_no_file(world: World) -> None:
    address = reverse("homes:staff_sheet", args=[OURS, world.home.pk])
    client = world.client("home_staff")
    assert "tables=xlsx" in client.get(address).content.decode()
    refused = client.post(address, {"rows": "1", "1-key": "", "1-code": "x", "1-role": "?"})
    assert refused.status_code == 200
    assert "tables=xlsx" not in refused.content.decode()
