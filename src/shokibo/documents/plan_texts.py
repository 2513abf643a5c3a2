"""The authority's own texts: a folder of Markdown files, one a section, with figures by name."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shokibo.documents.plan_document import OPEN, Block, Paragraph, Run
from shokibo.documents.plan_markdown import Figures, nearest, parse
from shokibo.documents.plan_sections import SECTIONS
from shokibo.texts import Language, Text

_NO_FOLDER = Text("計画の文章のフォルダがありません。", "There is no such folder of texts.")
_NO_SECTION = Text(
    "「{name}」は計画の文章のファイル名ではありません。近い名前:{near}。",
    "“{name}” is no file of the plan's texts. The nearest names: {near}.",
)
_NO_FILE = Text("ファイルとして読めません。", "It can't be read as a file.")
_NOT_UTF8 = Text(
    "UTF-8の文字として読めません(値 {value})。文字コードをUTF-8にして保存してください。",
    "This is not UTF-8 (value {value}). Save the file as UTF-8.",
)


@dataclass(frozen=True)
class TextProblem:
    """One thing that is wrong, at its place: the file, and the line where there is one."""

    place: str
    text: Text
    values: Mapping[str, str | Text] = field(default_factory=dict)

    def message(self, language: Language) -> str:
        """Say what is wrong and what would be right."""
        said = {
            name: value.say(language) if isinstance(value, Text) else value
            for name, value in self.values.items()
        }
        return self.text.say(language, **said)


class PlanTextError(Exception):
    """Texts that can't be used. `problems` names all that is wrong, each with its place."""

    def __init__(self, problems: Iterable[TextProblem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(f"{p.place}: {p.message('en')}" for p in self.problems[:5]))


@dataclass(frozen=True)
class PlanTexts:
    """The texts of all sections by their keys; `own` names those that the authority wrote."""

    sections: Mapping[str, tuple[Block, ...]]
    own: frozenset[str]

    def told(self, key: str, *, shown: bool = True) -> tuple[Block, ...]:
        """Give a section's text; open where only a default leads to tables that are not there."""
        return self.sections[key] if shown or key in self.own else LEFT_OPEN


LEFT_OPEN: tuple[Block, ...] = (Paragraph((Run(OPEN),), open=True),)


def load_texts(folder: Path | None, figures: Mapping[str, str]) -> PlanTexts:
    """Read the texts of a folder and fill their figures in.

    `figures` are those of `plan_figures.figures`. A section without a file, or with an empty
    one, has its default. Hidden files are passed over. Raises PlanTextError with all that is
    wrong: a file that is no section, one that is not UTF-8, a figure that is not known, Markdown
    beyond paragraphs, lists of two levels and bold.
    """
    known = Figures(figures)
    problems: list[TextProblem] = []
    own: dict[str, tuple[Block, ...]] = {}
    for path in _files(folder, problems) if folder is not None else []:
        name = unicodedata.normalize("NFC", path.name)
        section = _BY_FILE.get(name)
        if section is None:
            near = nearest(name, _BY_FILE)
            problems.append(TextProblem(name, _NO_SECTION, {"name": name, "near": near}))
        elif blocks := _read(path, name, known, problems):
            own[section.key] = blocks
    if problems:
        raise PlanTextError(problems)
    defaults = {s.key: parse(s.default, known)[0] or LEFT_OPEN for s in SECTIONS}
    return PlanTexts({**defaults, **own}, frozenset(own))


_BY_FILE = {section.file: section for section in SECTIONS}


def _files(folder: Path, problems: list[TextProblem]) -> list[Path]:
    if not folder.is_dir():
        problems.append(TextProblem(str(folder), _NO_FOLDER))
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _read(path: Path, name: str, known: Figures, problems: list[TextProblem]) -> tuple[Block, ...]:
    """Read a file; what is wrong with it is added to the problems."""
    try:
        content = path.read_bytes()
        source = content.decode("utf-8-sig")
    except OSError:
        problems.append(TextProblem(name, _NO_FILE))
        return ()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        value = content[error.start : error.start + 2].hex(" ")
        problems.append(TextProblem(f"{name}:{line}", _NOT_UTF8, {"value": value}))
        return ()
    blocks, flaws = parse(source, known)
    problems += (TextProblem(f"{name}:{flaw.line}", flaw.text, flaw.values) for flaw in flaws)
    return blocks
