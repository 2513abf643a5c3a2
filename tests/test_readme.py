"""The commands shown in the README and the guide run, and print what is shown.

A command stands in a block marked `console`, after `$ `; `# exit status N` (終了ステータス N)
behind it says how it ends, where not with 0. The lines below it are its output as a terminal
shows it, whole or with `…` for lines left out. A block of YAML whose first line is `# NAME.yaml`
is a file that the commands after it read.
"""

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from shokibo.checking import check
from shokibo.law.parameters import national_law
from shokibo.ledger.carriers.headers import table_named
from shokibo.ledger.reading import read_ledger

ROOT = Path(__file__).parent.parent
README, TWIN, GUIDE = "README.md", "README.ja.md", "docs/user-guide.ja.md"
PROGRAM = Path(sys.executable).parent / "shokibo"
TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)

_BLOCK = re.compile(r"^```(console|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STATUS = re.compile(r"\s+# (?:exit status|終了ステータス) (\d+)$")
_FILE = re.compile(r"# (\S+\.yaml)\n")
_LEFT_OUT = "…"


@dataclass(frozen=True)
class Shown:
    """A command as it is shown: its words, the exit status it tells, the lines of its output."""

    words: tuple[str, ...]
    status: int
    output: tuple[str, ...]


@dataclass(frozen=True)
class File:
    """A file that the reader is told to write."""

    name: str
    text: str


def shown_in(text: str) -> Iterator[Shown | File]:
    """Return the commands and files of a page or a part of one, in order."""
    for kind, block in _BLOCK.findall(text):
        if kind == "console":
            yield from _commands(block)
        elif name := _FILE.match(block):
            yield File(name[1], block)


def _commands(block: str) -> Iterator[Shown]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *output = part.splitlines()
        status = _STATUS.search(command)
        words = shlex.split(_STATUS.sub("", command))
        yield Shown(tuple(words), int(status[1]) if status else 0, tuple(output))


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def walks() -> dict[str, str]:
    """Return what is read in one go: a README, another page of docs/, a chapter of the guide."""
    chapters = re.split(r"^## ", read(GUIDE), flags=re.MULTILINE)[1:]
    pages = {page: read(page) for page in all_pages() if page != GUIDE}
    all_walks = pages | {f"guide-{number}": chapter for number, chapter in enumerate(chapters, 1)}
    return {name: text for name, text in all_walks.items() if "\n$ shokibo" in text}


def all_pages() -> list[str]:
    """Return the READMEs and the pages of docs/."""
    return [README, TWIN, *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]


@pytest.mark.parametrize("page", all_pages())
def test_what_a_command_prints_is_compared_somewhere(page: str) -> None:
    """A block that is not played has commands alone, so that no output stands unread."""
    for kind, block in re.findall(r"^```(\w*)\n(.*?)^```$", read(page), re.MULTILINE | re.DOTALL):
        if kind != "console":
            assert not re.search(r"^\$ ", block, re.MULTILINE), block


@pytest.mark.parametrize("walk", walks())
def test_the_commands_run_and_print_what_is_shown(walk: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "docs" / "practice", tmp_path / "docs" / "practice")
    for shown in shown_in(walks()[walk]):
        if isinstance(shown, File):
            (tmp_path / shown.name).write_text(shown.text, "utf-8")
        elif shown.words[0] == "shokibo":
            run(shown, tmp_path)


def run(shown: Shown, folder: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "FORCE_COLOR")}
    done = subprocess.run(
        [str(PROGRAM), *shown.words[1:]],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**environment, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "TERM": "dumb"},
        timeout=600,
    )
    said = f"{shlex.join(shown.words)}\n{done.stdout}"
    assert done.returncode == shown.status, said
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert agrees(shown.output, lines), said


def agrees(shown: tuple[str, ...], lines: list[str]) -> bool:
    """Say whether the lines shown are the lines printed, but for those left out."""
    if not shown:
        return not lines
    if shown[0] == _LEFT_OUT:
        return any(agrees(shown[1:], lines[start:]) for start in range(len(lines) + 1))
    return bool(lines) and lines[0] == shown[0].rstrip() and agrees(shown[1:], lines[1:])


def test_what_is_left_out_may_be_any_lines() -> None:
    assert agrees(("a", "…", "d"), ["a", "b", "c", "d"])
    assert agrees(("…",), [])
    assert not agrees(("a", "d"), ["a", "b", "d"])
    assert not agrees(("a",), ["a", "b"])
    assert not agrees(("a", "…", "e"), ["a", "b"])


def test_the_sheets_that_the_guide_shows_are_a_ledger(tmp_path: Path) -> None:
    for sheet, rows in sheets_in(GUIDE).items():
        with (tmp_path / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    ledger = read_ledger(tmp_path)
    assert [found.code for found in check(ledger, national_law())] == []


def sheets_in(page: str) -> dict[str, list[list[str]]]:
    """Return the first table under each heading that is the name of a sheet."""
    found = {}
    for part in re.split(r"^### ", read(page), flags=re.MULTILINE)[1:]:
        sheet, _, text = part.partition("\n")
        drawn = re.search(r"(^\|.*\|\n)+", text, re.MULTILINE)
        if table_named(sheet) and drawn:
            lines = [line.strip("|").split("|") for line in drawn[0].splitlines()]
            found[sheet] = [[cell.strip() for cell in line] for line in (lines[0], *lines[2:])]
    return found


def test_the_make_targets_that_are_shown_exist() -> None:
    targets = set(TARGET.findall(read("Makefile")))
    pages = [ROOT / README, ROOT / TWIN, ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    for page in pages:
        shown = set(re.findall(r"(?:`|^\$ )make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE))
        assert shown <= targets, page.name


def test_the_files_that_the_makefile_names_exist() -> None:
    """A test that was renamed would leave its list without a word."""
    named = re.findall(r"[\w/*]+\.py\b", read("Makefile"))
    assert named
    there = [(*ROOT.glob(name), *ROOT.glob(f"tests/web/test_{name}")) for name in named]
    assert [name for name, found in zip(named, there, strict=True) if not found] == []


def test_both_readmes_have_the_same_sections_and_commands() -> None:
    one, other = (_outline(page) for page in (README, TWIN))
    assert one == other


def _outline(page: str) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return the levels of a page's headings and its commands, whatever their language."""
    text = re.sub(r"^```.*?^```$", "", read(page), flags=re.M | re.S)
    commands = [shown for shown in shown_in(read(page)) if isinstance(shown, Shown)]
    return (
        re.findall(r"^(#+) ", text, re.MULTILINE),
        [(*_without_language(shown.words), str(shown.status)) for shown in commands],
    )


def _without_language(words: tuple[str, ...]) -> tuple[str, ...]:
    at = words.index("--lang") if "--lang" in words else len(words)
    return (*words[:at], *words[at + 2 :])
