"""The plan as a document: its content and order, for any writer.

Nothing here is drawn or calculated. Text is literal: no writer interprets it as markup, a formula
or a field.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from shokibo.documents.charts import Chart
from shokibo.texts import Text

TEXT_WIDTH_MM = 170
NONE, MINUS, POINT = "—", "△", "・"
OPEN = "（自治体が記入）"
_NUMBER = re.compile("([①-⑳]) *")

Align = Literal["left", "center", "right"]
Level = Literal[1, 2, 3]
PART: Level = 3


@dataclass(frozen=True)
class Run:
    """A piece of text, with its line breaks. `note` is a footnote after it."""

    text: str
    bold: bool = False
    note: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading of a chapter (1), a section (2) or a part of one (3).

    `section` is the key of the authority's text below it, if there is one.
    """

    level: Level
    text: str
    section: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; an `open` one is left for the authority to write."""

    runs: tuple[Run, ...]
    open: bool = False


@dataclass(frozen=True)
class Item:
    """An item of a list, with a sublist below it."""

    runs: tuple[Run, ...]
    items: tuple["Item", ...] = ()

    @property
    def numbered(self) -> tuple[str, tuple[Run, ...]]:
        """Its own number (①), which replaces the bullet, and its text; blank if it has none."""
        found = _NUMBER.match(self.runs[0].text) if self.runs else None
        if found is None:
            return "", self.runs
        first, *others = self.runs
        return found[1], (replace(first, text=first.text[found.end() :]), *others)


@dataclass(frozen=True)
class Bullets:
    """A list; items have at most one level below them."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Box:
    """An excerpt (抜粋) in a box."""

    blocks: tuple[Paragraph | Bullets, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of a table: text, or a figure with its unit and a note on the line below.

    None is printed as a dash. So is zero in a `dashed` cell, as the published plan prints units of
    which there are none. A cell spans `down` rows and `across` columns.
    """

    value: str | int | Decimal | None
    unit: str = ""
    note: str = ""
    dashed: bool = False
    down: int = 1
    across: int = 1

    @property
    def text(self) -> str:
        """The cell as it is printed."""
        if self.value is None or (self.dashed and self.value == 0):
            return NONE
        if isinstance(self.value, str):
            return self.value
        figure = f"{MINUS if self.value < 0 else ''}{abs(self.value):,}{self.unit}"
        return f"{figure}\n{self.note}" if self.note else figure

    @property
    def is_list(self) -> bool:
        """Whether it holds a list, which is left-aligned in any column."""
        return isinstance(self.value, str) and self.value.startswith(POINT)


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table: its head is repeated on every page, and its first `stubs` columns name the rows.

    `widths` are in millimetres, `aligns` has one per column; `sheet` is its worksheet in a
    workbook, blank for a table within a text, which has no number and no worksheet.
    """

    caption: str
    head: Row
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    aligns: tuple[Align, ...]
    sheet: str
    stubs: int = 1
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A chart with its caption, and a description in words."""

    chart: Chart
    caption: str
    alt: str
    sheet: str


@dataclass(frozen=True)
class Picture:
    """A picture in a text with its caption (may be blank) and a description in words."""

    content: bytes = field(repr=False)
    format: Literal["svg", "png"]
    caption: str
    alt: str


Block = Heading | Paragraph | Bullets | Box | Table | Figure | Picture


@dataclass(frozen=True)
class PlanDocument:
    """The document an authority publishes.

    `cover` is its title line by line, `adopted` the month of adoption as written, blank if not
    known; `day` is the day of its figures, used in the file's metadata.
    """

    title: str
    cover: tuple[str, ...]
    authority: str
    adopted: str
    day: dt.date
    fictitious: bool
    blocks: tuple[Block, ...] = field(repr=False)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The document's charts, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Figure))

    def section(self, key: str) -> tuple[Block, ...]:
        """Return what is below a text's heading, up to the next section."""
        below: list[Block] = []
        inside = False
        for block in self.blocks:
            if isinstance(block, Heading) and (block.section or block.level < PART):
                inside = block.section == key
            elif inside:
                below.append(block)
        return tuple(below)

    @property
    def mark(self) -> str:
        """What every page says if a document has invented names."""
        return "架空を含む" if self.fictitious else ""


def paragraph(text: str, *, bold: bool = False) -> Paragraph:
    """Return a paragraph with a single run."""
    return Paragraph((Run(text, bold),))


def printed(document: PlanDocument) -> Iterator[tuple[Text, object]]:
    """Return everything that a document prints, by place."""
    yield Text("表紙", "cover"), (document.title, document.cover, document.adopted)
    yield Text("自治体名", "authority"), document.authority
    heading = ""
    for block in document.blocks:
        match block:
            case Heading():
                heading = block.text
                yield Text("見出し", "heading"), heading
            case Table():
                yield Text(f"表「{block.caption}」", f"table {block.caption}"), block
            case Figure() | Picture():
                yield Text(f"図「{block.caption}」", f"figure {block.caption}"), block
            case _:
                yield Text(f"「{heading}」の文章", f"text of {heading}"), block


def placed(rows: Sequence[Row]) -> Iterator[tuple[int, int, Cell]]:
    """Return every cell with its row and column, allowing for cells that span into its row."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield row, column, cell
            taken |= {
                (row + down, column + across)
                for down in range(cell.down)
                for across in range(cell.across)
            }
            column += cell.across
