"""The markdown-it-py parser for the plan's texts, with four inline rules of our own.

`{{ name }}` is a figure, `[^1]` a footnote, and `**` turns bold on and off even next to Japanese
punctuation, where CommonMark's rule fails. Any other mark is found, so that it can be refused.
"""

import re
from functools import cache
from html.entities import name2codepoint
from typing import TYPE_CHECKING

from shokibo.texts import Text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_DISABLED = (
    *("code", "html_block", "reference", "html_inline", "autolink"),
    *("entity", "backticks", "link", "emphasis"),
)
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_ELEMENTS = (
    "a|abbr|article|aside|audio|b|big|blockquote|body|br|button|caption|center|code|col|colgroup|"
    "dd|del|details|div|dl|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|"
    "html|i|iframe|img|input|ins|kbd|label|li|link|main|mark|meta|nav|object|ol|p|pre|q|rb|rp|rt|"
    "ruby|s|samp|script|section|select|small|span|strike|strong|style|sub|summary|sup|svg|table|"
    "tbody|td|textarea|tfoot|th|thead|title|tr|tt|u|ul|var|video|wbr"
)
_REFERENCES = "|".join([*name2codepoint, "apos"])
UNKNOWN_MARKS = (
    (
        re.compile(rf"</?(?:{_ELEMENTS})(?:[\s/][^<>\n]*)?>|<!--", re.IGNORECASE),
        Text("HTMLのタグ", "an HTML tag"),
    ),
    (
        re.compile(rf"&(?:#\d+;|#[xX][0-9A-Fa-f]+;|(?:{_REFERENCES});)"),
        Text("HTMLの文字参照", "an HTML character reference"),
    ),
    (re.compile(r"\[[^\[\]\n]+\]\([^()\n]*\)"), Text("リンク", "a link")),
    (re.compile(r"`[^`\n]+`"), Text("コード(`)", "code (`)")),
    (re.compile(r"\*(?![\s*])[^*\n]*(?<!\s)\*(?!\*)"), Text("斜体(*)", "italics (*)")),
    (re.compile(r"~~[^~\n]+~~"), Text("取消線(~~)", "strikethrough (~~)")),
)
"""Marks that are not part of the texts' subset of Markdown, with what they are."""


@cache
def parser() -> "MarkdownIt":
    """Return the parser of the plan's texts."""
    from markdown_it import MarkdownIt

    class Parser(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's own name
            return bool(url)  # a picture's file, or its data

        def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's own name
            return url

    made = Parser("commonmark").enable("table").disable(list(_DISABLED))
    made.inline.ruler.after("escape", "figure", _figure)
    made.inline.ruler.after("figure", "bold", _bold)
    made.inline.ruler.after("bold", "note", _note)
    made.inline.ruler.after("note", "unknown", _unknown)
    return made


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


def _note(state: "StateInline", silent: bool) -> bool:
    found = _NOTE_MARK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push("note", "", 0)
        token.content = found[1]
        token.meta["line"] = state.src.count("\n", 0, state.pos)
    state.pos = found.end()
    return True


def _unknown(state: "StateInline", silent: bool) -> bool:
    for mark, meaning in UNKNOWN_MARKS:
        if found := mark.match(state.src, state.pos):
            if not silent:
                token = state.push("unknown", "", 0)
                token.meta["line"] = state.src.count("\n", 0, state.pos)
                token.meta["what"] = meaning
            state.pos = found.end()
            return True
    return False
