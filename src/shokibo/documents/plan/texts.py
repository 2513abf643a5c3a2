"""The authority's own texts: Markdown by section, from any source or a folder, with figures."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shokibo.documents.blocks import OPEN, Block, Paragraph, Run
from shokibo.documents.drawing.printable import UNPRINTABLE, named_characters
from shokibo.documents.plan.markdown import Figures, FiguresHere, TextBlock, parse
from shokibo.documents.plan.outline import Chapter, outline_flaws, outline_of
from shokibo.documents.plan.sections import BY_FILE, BY_KEY, OUTLINE, SECTIONS, Section
from shokibo.documents.plan.text_pictures import KINDS, names_of, written_in
from shokibo.texts import Language, Text, literal
from shokibo.wording import nearest

_NO_FOLDER = Text("計画の文章のフォルダがありません。", "There is no such folder of texts.")
_NO_SECTION = Text(
    "「{name}」は計画の文章のファイル名ではありません。近い名前:{near}。",
    "“{name}” is not a file of the plan's texts. Similar names: {near}.",
)
_NO_FILE = Text("ファイルとして読めません。", "It can't be read as a file.")
_NOT_UTF8 = Text(
    "UTF-8の文字として読めません(値 {value})。文字コードをUTF-8にして保存してください。",
    "This is not UTF-8 (value {value}). Save the file as UTF-8.",
)


@dataclass(frozen=True)
class TextProblem:
    """A problem at its place: the file, and the line if there is one."""

    file: str
    text: Text
    values: Mapping[str, str | Text] = field(default_factory=dict)
    line: int | None = None

    @property
    def place(self) -> str:
        """The file, and the line if there is one: 02-経緯.md:3."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    @property
    def place_in_document(self) -> Text:
        """The section, and the line if there is one, for people who don't see files."""
        section = BY_FILE[self.file].key
        line = "" if self.line is None else str(self.line)
        return literal(
            f"文章「{section}」" + (f"の{line}行目" if line else ""),
            f"text “{section}”" + (f", line {line}" if line else ""),
        )

    def message(self, language: Language) -> str:
        """Describe what is wrong and what would be right."""
        values = {
            name: value.say(language) if isinstance(value, Text) else value
            for name, value in self.values.items()
        }
        return self.text.say(language, **values)


class PlanTextError(Exception):
    """Texts that can't be used. `problems` names everything that is wrong, with its place."""

    def __init__(self, problems: Iterable[TextProblem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(f"{p.place}: {p.message('en')}" for p in self.problems[:5]))


@dataclass(frozen=True)
class PlanTexts:
    """The texts of all sections by key; `own` names those that the authority wrote.

    `outline` holds the chapters of the plan's document in their order.
    """

    sections: Mapping[str, tuple[TextBlock, ...]]
    own: frozenset[str]
    outline: tuple[Chapter, ...]

    def section(self, key: str, below: Sequence[Block] = ()) -> tuple[Block, ...]:
        """Return a section's text with its tables and charts, below it or where it names them.

        Nothing if there is only a default that leads to tables that don't exist.
        """
        section = BY_KEY[key]
        if section.short_of and key not in self.own:
            return self.section(section.short_of, below)
        if section.leads and not below and key not in self.own:
            return ()
        text = self.sections[key]
        places = [place for place, block in enumerate(text) if isinstance(block, FiguresHere)]
        first = places[0] if places else len(text)
        before, after = (
            [block for block in part if not isinstance(block, FiguresHere)]
            for part in (text[:first], text[first:])
        )
        return (*before, *below, *after)


LEFT_OPEN: tuple[Block, ...] = (Paragraph((Run(OPEN),), open=True),)


def load_texts(folder: Path | None, figures: Mapping[str, str]) -> PlanTexts:
    """Read the texts of a folder and fill their figures in.

    A section without a file, or with an empty one, has its default. Hidden files are ignored.
    Raises PlanTextError with everything that is wrong: a file that is not a section, one that is
    not UTF-8, and all for which `texts_of` raises it.
    """
    problems: list[TextProblem] = []
    sources = _sources(folder, problems) if folder is not None else {}
    try:
        texts = texts_of(sources, figures)
    except PlanTextError as error:
        problems += error.problems
    if problems:
        raise PlanTextError(sorted(problems, key=lambda one: one.file))
    return texts


def sources_in(folder: Path) -> dict[str, str]:
    """Return the Markdown of a folder's texts by section, unchanged.

    Raises PlanTextError for a missing folder, and files that are not a section or not UTF-8.
    """
    problems: list[TextProblem] = []
    sources = _sources(folder, problems)
    if problems:
        raise PlanTextError(problems)
    return sources


def texts_of(sources: Mapping[str, str], figures: Mapping[str, str]) -> PlanTexts:
    """Fill figures into texts, given by their sections' keys; a blank one is the default.

    `figures` are those of `figures.figures`. Raises PlanTextError with everything that is wrong:
    unknown figures, and unsupported Markdown.
    """
    known = Figures(figures)
    problems: list[TextProblem] = []
    own: dict[str, tuple[TextBlock, ...]] = {}
    for key, source in sources.items():
        blocks, wrong = read_section(BY_KEY[key], source, known)
        problems += wrong
        if blocks:
            own[key] = blocks
    if problems:
        raise PlanTextError(problems)
    texts = {section.key: parse(section.default, known)[0] for section in SECTIONS} | own
    return PlanTexts(texts, frozenset(own), outline_of(texts[OUTLINE]))


def read_section(
    section: Section, source: str, known: Figures
) -> tuple[tuple[TextBlock, ...], list[TextProblem]]:
    """Parse one section's text into blocks, with everything that is wrong in it by line."""
    blocks, flaws = parse(source, known)
    if section.key == OUTLINE:
        flaws += outline_flaws(source, blocks)
    problems = [TextProblem(section.file, flaw.text, flaw.values, flaw.line) for flaw in flaws]
    for number, line in enumerate(source.split("\n"), start=1):
        characters = named_characters(line.rstrip("\r").replace("\t", " "))
        if characters:
            values = {"characters": characters}
            problems.append(TextProblem(section.file, UNPRINTABLE, values, number))
    return blocks, sorted(problems, key=lambda one: one.line or 0)


def _sources(folder: Path, problems: list[TextProblem]) -> dict[str, str]:
    """Read a folder's files, adding to the problems."""
    if not folder.is_dir():
        problems.append(TextProblem(str(folder), _NO_FOLDER))
        return {}
    found: dict[str, str] = {}
    for path in sorted(path for path in folder.iterdir() if not path.name.startswith(".")):
        name = unicodedata.normalize("NFC", path.name)
        if path.suffix.casefold() in KINDS:
            continue
        section = BY_FILE.get(name)
        if section is None:
            values = {"name": name, "near": nearest(name, BY_FILE)}
            problems.append(TextProblem(name, _NO_SECTION, values))
        else:
            found[section.key] = _with_pictures(_read(path, name, problems), folder)
    return found


def _with_pictures(source: str, folder: Path) -> str:
    """Embed the pictures next to a text in it."""
    paths = {name: folder / name for line in source.splitlines() for name in names_of(line)}
    files = {
        name: path.read_bytes()
        for name, path in paths.items()
        if path.suffix.casefold() in KINDS and path.parent == folder and path.is_file()
    }
    return written_in(source, files)


def _read(path: Path, name: str, problems: list[TextProblem]) -> str:
    """Read a file, adding to the problems."""
    try:
        content = path.read_bytes()
        return content.decode("utf-8-sig")
    except OSError:
        problems.append(TextProblem(name, _NO_FILE))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        value = content[error.start : error.start + 2].hex(" ")
        problems.append(TextProblem(name, _NOT_UTF8, {"value": value}, line))
    return ""
