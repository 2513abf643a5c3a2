"""The small Markdown of the plan's texts: paragraphs, lists of two levels, bold, figures.

markdown-it-py finds the blocks. Two inline rules are added to it: `{{ name }}` stands for a
figure, and `**` turns bold on and off, also next to Japanese punctuation, where CommonMark's own
rule fails. Everything else of Markdown is refused by name, not printed as it stands.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from shokibo.documents.blocks import Block, Bullets, Item, Paragraph, Run
from shokibo.documents.plan.figures import canonical
from shokibo.texts import Text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.tree import SyntaxTreeNode

_DISABLED = (
    *("code", "html_block", "reference", "html_inline", "autolink"),
    *("entity", "backticks", "link", "image", "emphasis"),
)
_MOST_LEVELS = 2
_NEAREST = 3
_REFUSED = {
    "heading": Text("見出し(#)", "a heading (#)"),
    "ordered_list": Text("番号付きの箇条書き", "a numbered list"),
    "blockquote": Text("引用(>)", "a quotation (>)"),
    "fence": Text("コード(```)", "code (```)"),
    "hr": Text("区切り線", "a rule"),
}
_NOT_KNOWN = Text(
    "「{name}」という値はありません。近い名前:{near}。",
    "There is no figure “{name}”. The nearest names: {near}.",
)
_NOT_CLOSED = Text(
    "「{{{{」に対する「}}}}」が同じ行にありません。文字として書くなら「\\{{{{」としてください。",
    "“{{{{” has no “}}}}” on its line. To write it as text, write “\\{{{{”.",
)
_BOLD_NOT_CLOSED = Text(
    "太字の「**」が段落のなかで閉じていません。", "The bold “**” is not closed in its paragraph."
)
_NOT_IN_SUBSET = Text(
    "{what}は使えません。使えるのは、段落、2段までの箇条書き(-)、太字(**)だけです。",
    "{what} can't be used: only paragraphs, lists (-) of two levels and bold (**).",
)
_TOO_DEEP = Text(
    "箇条書きは2段までです。この行は{level}段目です。",
    "Lists have two levels; this line is on level {level}.",
)
_NOT_ALONE = Text(
    "「{name}」は、1行だけの段落に書きます。その場所に表と図が入ります。",
    "“{name}” is a paragraph of its own: tables and charts stand in its place.",
)
FIGURES_HERE = "図表"
"""The name that stands for the tables and charts of a section."""
_NO_NEAR = Text("なし", "none")


@dataclass(frozen=True)
class Flaw:
    """What is wrong in a line of a text, with the values that its message names."""

    line: int
    text: Text
    values: Mapping[str, str | Text] = field(default_factory=dict)


@dataclass(frozen=True)
class FiguresHere:
    """Where the tables and charts of the section stand, if not below its text."""


TextBlock = Block | FiguresHere


class Figures:
    """Figures by name, to be found however the name is written."""

    def __init__(self, figures: Mapping[str, str]) -> None:
        self.names = list(figures)
        self._known = {canonical(name): value for name, value in figures.items()}

    def find(self, name: str) -> str | None:
        """Return a figure; None for a name that is not known."""
        return self._known.get(canonical(name))


def parse(source: str, figures: Figures) -> tuple[tuple[TextBlock, ...], list[Flaw]]:
    """Read a text into blocks with its figures filled in, with all that is wrong in it."""
    from markdown_it.tree import SyntaxTreeNode

    reading = _Reading(figures)
    root = SyntaxTreeNode(_parser().parse(source))
    blocks = tuple(reading.blocks(root.children))
    return blocks, sorted(reading.flaws, key=lambda flaw: flaw.line)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").disable(list(_DISABLED))
    parser.inline.ruler.after("escape", "figure", _figure)
    parser.inline.ruler.after("figure", "bold", _bold)
    return parser


def _figure(state: "StateInline", silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos):
        return False
    end = state.src.find("}}", state.pos)
    inner = state.src[state.pos + 2 : end]
    closed = end >= 0 and "\n" not in inner
    if not silent:
        token = state.push("figure" if closed else "figure_open", "", 0)
        token.content = inner.strip() if closed else ""
        token.meta["line"] = state.src.count("\n", 0, state.pos)
    state.pos = end + 2 if closed else state.pos + 2
    return True


def _bold(state: "StateInline", silent: bool) -> bool:
    if not state.src.startswith("**", state.pos):
        return False
    if not silent:
        state.push("bold", "", 0).meta["line"] = state.src.count("\n", 0, state.pos)
    state.pos += 2
    return True


class _Reading:
    """One text being read; `flaws` grows on the way."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.flaws: list[Flaw] = []

    def blocks(self, nodes: Iterable["SyntaxTreeNode"]) -> Iterator[TextBlock]:
        for node in nodes:
            if node.type == "paragraph" and _names_figures(node):
                yield FiguresHere()
            elif node.type == "paragraph":
                yield Paragraph(self.runs(node))
            elif node.type == "bullet_list":
                yield Bullets(tuple(self.items(node, level=1)))
            else:
                self.refuse(node)

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

    def runs(self, paragraph: "SyntaxTreeNode") -> tuple[Run, ...]:
        inline = paragraph.children[0]
        tokens = inline.token.children if inline.token else None
        first = _line(paragraph)
        pieces: list[tuple[str, bool]] = []
        bold_since: int | None = None
        for token in tokens or []:
            line = first + int(token.meta.get("line", 0))
            text = "\n" if token.type in ("softbreak", "hardbreak") else token.content
            if token.type == "bold":
                bold_since = line if bold_since is None else None
                continue
            if token.type == "figure":
                text = self.figure(token.content, line)
            elif token.type == "figure_open":
                self.flaws.append(Flaw(line, _NOT_CLOSED))
            pieces.append((text, bold_since is not None))
        if bold_since is not None:
            self.flaws.append(Flaw(bold_since, _BOLD_NOT_CLOSED))
        return tuple(_joined(pieces))

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


def nearest(name: str, names: Iterable[str]) -> str | Text:
    """Return the names most like one that is not known."""
    found = get_close_matches(name, list(names), _NEAREST, 0.4)
    return "、".join(found) if found else _NO_NEAR


def _names_figures(paragraph: "SyntaxTreeNode") -> bool:
    token = paragraph.children[0].token
    tokens = token.children if token else None
    return tokens is not None and [(one.type, one.content) for one in tokens] == [
        ("figure", FIGURES_HERE)
    ]


def _line(node: "SyntaxTreeNode") -> int:
    return node.map[0] + 1 if node.map else 1


def _joined(pieces: list[tuple[str, bool]]) -> Iterator[Run]:
    """Put pieces of one weight together; a line break is a space only between Latin letters."""
    text, weight = "", False
    for index, (piece, bold) in enumerate(pieces):
        shown = piece
        if piece == "\n":
            before = next((one for one, _ in reversed(pieces[:index]) if one), "")
            after = next((one for one, _ in pieces[index + 1 :] if one), "")
            latin = before and after and before[-1].isascii() and after[0].isascii()
            shown = " " if latin else ""
        if bold != weight and text:
            yield Run(text, weight)
            text = ""
        text, weight = text + shown, bold
    if text:
        yield Run(text, weight)
