"""The Markdown subset of the plan's texts: paragraphs, lists, boxes, tables, bold, figures, notes.

`{{ name }}` stands for a figure, `[^1]` for the footnote in a line `[^1]: …`. All other Markdown is
refused by name, not printed as is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shokibo.documents.blocks import (
    TEXT_WIDTH_MM,
    Align,
    Block,
    Box,
    Bullets,
    Cell,
    Item,
    Paragraph,
    Picture,
    Run,
    Table,
)
from shokibo.documents.plan.figures import canonical
from shokibo.documents.plan.markdown_rules import UNKNOWN_MARKS, parser
from shokibo.documents.plan.markdown_runs import Piece, joined
from shokibo.documents.plan.text_pictures import content_of
from shokibo.texts import Text
from shokibo.wording import nearest

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

_MOST_LEVELS = 2
_NARROWEST, _WIDEST, _CHARACTER_MM = 4, 30, 3.2  # characters in a table's column, and one's width
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_IN_NOTE = re.compile(rf"{_ESCAPED.pattern}|\{{\{{(.*?)\}}\}}")
_REFUSED = {
    "heading": Text("見出し(#)", "a heading (#)"),
    "ordered_list": Text("番号付きの箇条書き", "a numbered list"),
    "blockquote": Text("囲み(>)のなかの囲み", "a box (>) in a box"),
    "table": Text("囲み(>)のなかの表", "a table in a box (>)"),
    "fence": Text("コード(```)", "code (```)"),
    "hr": Text("区切り線", "a rule"),
}
_NOT_KNOWN = Text(
    "「{name}」という値はありません。近い名前:{near}。",
    "There is no figure “{name}”. Similar names: {near}.",
)
_NOT_CLOSED = Text(
    "「{{{{」に対する「}}}}」が同じ行にありません。文字として書くなら「\\{{{{」としてください。",
    "“{{{{” has no “}}}}” on its line. To write it as text, write “\\{{{{”.",
)
_BOLD_NOT_CLOSED = Text(
    "太字の「**」が段落のなかで閉じていません。", "The bold “**” is not closed in its paragraph."
)
_NOT_IN_SUBSET = Text(
    "{what}は使えません。"
    "使えるのは、段落、2段までの箇条書き(-)、囲み(>)、表(|)、太字(**)、脚注([^1])、図(![説明](ファイル名))です。",
    "{what} can't be used: only paragraphs, lists (-) of two levels, boxes (>), tables (|), "
    "bold (**), footnotes ([^1]) and pictures (![description](file)).",
)
_UNKNOWN_MARK = Text(
    "{what}は使えません。文字として印刷するなら、前に「\\」を付けてください。",
    "{what} can't be used. To print it as text, write “\\” before it.",
)
_PLAIN_NOTE = Text(
    "脚注の文では{what}は使えません。文字として印刷するなら、前に「\\」を付けてください。",
    "{what} can't be used in a footnote. To print it as text, write “\\” before it.",
)
_BOLD = Text("太字(**)", "bold (**)")
_TOO_DEEP = Text(
    "箇条書きは2段までです。この行は{level}段目です。",
    "Lists have two levels; this line is on level {level}.",
)
_NOT_ALONE = Text(
    "「{name}」は、1行だけの段落に書きます。その場所に表と図が入ります。",
    "“{name}” must be a paragraph of its own: tables and charts take its place.",
)
FIGURES_HERE = "図表"
"""The name that stands for the tables and charts of a section."""
_NO_PICTURE = Text(
    "「{name}」を図として読めません。文章と同じフォルダのSVGかPNGのファイルの名前を書いてください。",
    "“{name}” can't be read as a picture; name an SVG or PNG file in the texts' folder.",
)
_UNDRAWABLE = Text(
    "図「{name}」を描けません。壊れているか、ほかのファイルを指すか、動く部分があります。"
    "それだけで表示できるSVGかPNGのファイルにしてください。",
    "The picture “{name}” can't be drawn: it is damaged, refers to other files or is active. "
    "Use an SVG or PNG file that stands alone.",
)
_PICTURE_NOT_ALONE = Text(
    "図は、1行だけの段落に書きます。", "A picture must be a paragraph of its own."
)
_NO_NOTE = Text(
    "脚注「[^{name}]」の文がありません。「[^{name}]: 文」の行を書いてください。",
    "Footnote “[^{name}]” has no text; write a line “[^{name}]: …”.",
)
_UNUSED_NOTE = Text(
    "脚注「[^{name}]」は本文で使われていません。", "Footnote “[^{name}]” is not used in the text."
)
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*(.*)")


@dataclass(frozen=True)
class Flaw:
    """What is wrong in a line of a text, with the values for its message."""

    line: int
    text: Text
    values: Mapping[str, str | Text] = field(default_factory=dict)


@dataclass(frozen=True)
class FiguresHere:
    """Where the section's tables and charts go, if not below its text."""


TextBlock = Block | FiguresHere


class Figures:
    """Figures by name, found in any way of writing the name."""

    def __init__(self, figures: Mapping[str, str]) -> None:
        self.names = list(figures)
        self._known = {canonical(name): value for name, value in figures.items()}

    def find(self, name: str) -> str | None:
        """Return a figure; None for an unknown name."""
        return self._known.get(canonical(name))


def parse(source: str, figures: Figures) -> tuple[tuple[TextBlock, ...], list[Flaw]]:
    """Parse a text into blocks with its figures filled in; also return everything wrong in it."""
    from markdown_it.tree import SyntaxTreeNode

    lines = source.splitlines()
    notes = {
        found[1]: (number, found[2])
        for number, line in enumerate(lines, start=1)
        if (found := _NOTE.match(line))
    }
    reading = _Reading(figures, notes)
    text = "\n".join("" if _NOTE.match(line) else line for line in lines)
    root = SyntaxTreeNode(parser().parse(text))
    blocks = tuple(reading.blocks(root.children))
    for name, (line, _) in notes.items():
        if name not in reading.noted:
            reading.flaws.append(Flaw(line, _UNUSED_NOTE, {"name": name}))
    once = [flaw for at, flaw in enumerate(reading.flaws) if flaw not in reading.flaws[:at]]
    return blocks, sorted(once, key=lambda flaw: flaw.line)


class _Reading:
    """A text being read; `flaws` accumulates.

    `notes` are footnotes by name with their lines, `noted` the names that the text uses.
    """

    def __init__(self, figures: Figures, notes: Mapping[str, tuple[int, str]]) -> None:
        self.figures = figures
        self.notes = notes
        self.noted: set[str] = set()
        self.flaws: list[Flaw] = []

    def blocks(self, nodes: Iterable["SyntaxTreeNode"]) -> Iterator[TextBlock]:
        for node in nodes:
            if node.type == "paragraph" and _names_figures(node):
                yield FiguresHere()
            elif node.type == "paragraph" and (picture := _picture(node)) is not None:
                yield from self.picture(picture, _line(node))
            elif node.type == "paragraph":
                yield Paragraph(self.runs(node))
            elif node.type == "bullet_list":
                yield Bullets(tuple(self.items(node, level=1)))
            elif node.type == "blockquote":
                yield Box(tuple(self.boxed(node)))
            elif node.type == "table":
                yield self.table(node)
            else:
                self.refuse(node)

    def picture(self, token: "Token", line: int) -> Iterator[Picture]:
        address = str(token.attrs["src"])
        found = content_of(address)
        if found is None and address.startswith("data:"):
            self.flaws.append(Flaw(line, _UNDRAWABLE, {"name": token.content or "data:…"}))
        elif found is None:
            self.flaws.append(Flaw(line, _NO_PICTURE, {"name": address}))
        else:
            yield Picture(*found, str(token.attrs.get("title", "")), token.content)

    def boxed(self, box: "SyntaxTreeNode") -> Iterator[Paragraph | Bullets]:
        for node in box.children:
            if node.type == "paragraph":
                yield Paragraph(self.runs(node))
            elif node.type == "bullet_list":
                yield Bullets(tuple(self.items(node, level=1)))
            else:
                self.refuse(node)

    def table(self, node: "SyntaxTreeNode") -> Table:
        lines = [row for part in node.children for row in part.children]
        rows = [
            tuple(
                Cell("".join(run.text for run in self.runs(cell, _line(row))))
                for cell in row.children
            )
            for row in lines
        ]
        longest = [
            max(max(map(len, cell.text.split("\n"))) for cell in column)
            for column in zip(*rows, strict=True)
        ]
        shares = [min(max(length, _NARROWEST), _WIDEST) for length in longest]
        full = min(sum(shares) * _CHARACTER_MM + len(shares) * 4, TEXT_WIDTH_MM)
        return Table(
            caption="",
            head=rows[0],
            rows=tuple(rows[1:]),
            widths=tuple(full * share / sum(shares) for share in shares),
            aligns=tuple(_align(cell) for cell in lines[0].children),
            sheet="",
            stubs=0,
        )

    def items(self, bullets: "SyntaxTreeNode", level: int) -> Iterator[Item]:
        for item in bullets.children:
            runs: list[Run] = []
            below: list[Item] = []
            for node in item.children:
                if node.type == "paragraph":
                    runs += [Run("\n"), *self.runs(node)] if runs else self.runs(node)
                elif node.type != "bullet_list":
                    self.refuse(node)
                elif level == _MOST_LEVELS:
                    self.flaws.append(Flaw(_line(node), _TOO_DEEP, {"level": str(level + 1)}))
                else:
                    below += self.items(node, level + 1)
            yield Item(tuple(runs), tuple(below))

    def refuse(self, node: "SyntaxTreeNode") -> None:
        what = _REFUSED.get(node.type, Text(node.type, node.type))
        self.flaws.append(Flaw(_line(node), _NOT_IN_SUBSET, {"what": what}))

    def runs(self, paragraph: "SyntaxTreeNode", line: int | None = None) -> tuple[Run, ...]:
        if not paragraph.children:
            return ()
        inline = paragraph.children[0]
        tokens = inline.token.children if inline.token else None
        first = _line(paragraph) if line is None else line
        pieces: list[Piece] = []
        bold_since: int | None = None
        for token in tokens or []:
            at = first + int(token.meta.get("line", 0))
            if token.type == "bold":
                bold_since = at if bold_since is None else None
            else:
                pieces.append(self.piece(token, at, bold=bold_since is not None))
        if bold_since is not None:
            self.flaws.append(Flaw(bold_since, _BOLD_NOT_CLOSED))
        return tuple(joined(pieces))

    def piece(self, token: "Token", line: int, *, bold: bool) -> "Piece":
        if token.type == "note":
            return Piece("", bold, self.note(token.content, line))
        text = "\n" if token.type in ("softbreak", "hardbreak") else token.content
        if token.type == "figure":
            text = self.figure(token.content, line)
        elif token.type == "figure_open":
            self.flaws.append(Flaw(line, _NOT_CLOSED))
        elif token.type == "image":
            self.flaws.append(Flaw(line, _PICTURE_NOT_ALONE))
        elif token.type == "unknown":
            self.flaws.append(Flaw(line, _UNKNOWN_MARK, {"what": token.meta["what"]}))
        return Piece(text, bold)

    def note(self, name: str, line: int) -> str:
        self.noted.add(name)
        if name not in self.notes:
            self.flaws.append(Flaw(line, _NO_NOTE, {"name": name}))
            return ""
        at, source = self.notes[name]
        unescaped = _ESCAPED.sub(" ", source)
        marks = [what for mark, what in UNKNOWN_MARKS if mark.search(unescaped)]
        if "**" in unescaped:
            marks.append(_BOLD)
        self.flaws += [Flaw(at, _PLAIN_NOTE, {"what": what}) for what in marks]

        def filled(found: re.Match[str]) -> str:
            return found[1] or self.figure(found[2].strip(), at)

        return _IN_NOTE.sub(filled, source)

    def figure(self, name: str, line: int) -> str:
        found = self.figures.find(name)
        if found is not None:
            return found
        if name == FIGURES_HERE:
            self.flaws.append(Flaw(line, _NOT_ALONE, {"name": name}))
            return ""
        values = {"name": name, "near": nearest(name, self.figures.names)}
        self.flaws.append(Flaw(line, _NOT_KNOWN, values))
        return ""


def _names_figures(paragraph: "SyntaxTreeNode") -> bool:
    token = paragraph.children[0].token if paragraph.children else None
    tokens = token.children if token else None
    return tokens is not None and [(one.type, one.content) for one in tokens] == [
        ("figure", FIGURES_HERE)
    ]


def _picture(paragraph: "SyntaxTreeNode") -> "Token | None":
    token = paragraph.children[0].token if paragraph.children else None
    inside = (token.children or []) if token else []
    return inside[0] if len(inside) == 1 and inside[0].type == "image" else None


def _line(node: "SyntaxTreeNode") -> int:
    return node.map[0] + 1 if node.map else 1


def _align(cell: "SyntaxTreeNode") -> Align:
    style = str(cell.attrs.get("style", ""))
    return "right" if "right" in style else "center" if "center" in style else "left"
