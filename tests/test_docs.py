"""Nothing that people meet is undocumented, and no page is stale or points nowhere."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from cyclopts import App

from scripts import generate_dictionary, generate_docs, generate_rules
from scripts.markdown import slug
from shokibo.checking import CATALOGUE
from shokibo.cli.app import app, run
from shokibo.law.parameters import national_law
from shokibo.ledger.cells import parse
from shokibo.ledger.columns import DELETE, Column, Kind, Table
from shokibo.ledger.tables import TABLES, UNIT_KINDS
from shokibo.web.exchange.problems import ENTRIES as IMPORTS

ROOT = Path(__file__).parent.parent
SKIPPED = {".venv", ".git", ".tools", "out", "node_modules"}
LARGEST_PICTURE = 200_000
SHARED = ("--format", "--lang", "--parameters")
EXAMPLE = str(ROOT / "examples" / "setagaya")


def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def sections(path: str, level: int = 2) -> dict[str, str]:
    """Return a page's sections of a level by heading."""
    mark = "#" * level
    parts = re.split(rf"^{mark} (.+)$", read(path), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


# Commands


def commands() -> dict[str, App]:
    return {name: app[name] for name in app if not name.startswith("-")}


def section_of(command: str) -> str:
    """Return what commands.md says about a command."""
    for heading, text in sections("docs/commands.md").items():
        if command in heading.split(", "):
            return text
    raise AssertionError(f"docs/commands.md does not tell of {command}")


def options_of(command: App) -> Iterator[tuple[str, ...]]:
    for argument in command.assemble_argument_collection():
        if argument.show:
            yield tuple(name for name in argument.names if name.startswith("-"))


@pytest.mark.parametrize("command", commands())
def test_every_option_of_a_command_is_documented(command: str) -> None:
    text = section_of(command)
    for names in options_of(commands()[command]):
        if names and names[0] not in SHARED:
            assert f"`{names[0]}`" in text, names


def test_the_options_of_all_commands_are_documented_once() -> None:
    text = sections("docs/commands.md")["What all commands share"]
    for command in commands().values():
        names = {name for option in options_of(command) for name in option}
        assert set(SHARED) <= names
    for name in (*SHARED, *(name for name in app if name.startswith("-"))):
        assert f"`{name}`" in text or f"shokibo {name}`" in text, name


@pytest.mark.parametrize("page", ["docs/user-guide.ja.md", "docs/commands.md"])
def test_every_command_is_shown(page: str) -> None:
    for command in commands():
        assert f"shokibo {command}" in read(page), command


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", EXAMPLE],
        ["evaluate", EXAMPLE, "--as-of", "2022-04-01"],
        ["form1", EXAMPLE, "--year", "2022"],
        ["form2", EXAMPLE, "--year", "2022"],
        ["status", EXAMPLE, "--as-of", "2021-09-30"],
        ["plan", EXAMPLE],
        ["report", EXAMPLE],
        ["budget", EXAMPLE],
        ["forecast", EXAMPLE, "--paths", "100", "--backtest"],
        ["review", EXAMPLE, "--year", "2022"],
        ["need", EXAMPLE],
    ],
    ids=lambda arguments: arguments[0],
)
def test_every_key_of_the_json_is_documented(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, "--format", "json"]) == 0
    keys = set(_keys(json.loads(capsys.readouterr().out)))
    result = _without_code(section_of(arguments[0]) + section_of("check"))
    words = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", result))))
    assert keys <= words


def _keys(document: object) -> Iterator[str]:
    """Return every key; those of `values` are a finding's own."""
    if isinstance(document, list):
        for part in document:
            yield from _keys(part)
    elif isinstance(document, dict):
        for key, value in document.items():
            yield key
            if key != "values":
                yield from _keys(value)


# Rules, tables, findings


def test_the_generated_pages_are_current() -> None:
    for path, text in generate_docs.pages().items():
        assert read(path) == text, f"{path} is stale: run `make docs`"


def unmarked(text: str) -> str:
    """Leave out the marks of values, and take the plural of a noun."""
    return re.sub(r"\{(\w+):\w+\}", r"{\1}", re.sub(r"\{\w+:[^|}]*\|([^}]*)\}", r"\1", text))


def test_every_finding_is_documented() -> None:
    result = sections("docs/findings.md", level=3)
    for code, entry in (CATALOGUE | IMPORTS).items():
        for text in (entry.found.ja, entry.found.en):
            assert unmarked(text).replace("|", "\\|") in result[code], code


def test_every_finding_that_a_rule_names_exists() -> None:
    for rule in generate_rules.rules_in_words():
        assert set(rule["findings"]) <= CATALOGUE.keys(), rule["id"]


def test_every_reason_is_documented_under_one_rule() -> None:
    result = [code for rule in generate_rules.rules_in_words() for code in rule["codes"]]
    assert sorted(result) == sorted({rule.code for rule in generate_rules.all_rules()})


def test_every_parameter_is_documented_under_one_rule() -> None:
    result = [name for rule in generate_rules.rules_in_words() for name in rule["parameters"]]
    assert sorted(result) == sorted(national_law().parameters)


def test_every_unconfirmed_value_is_reported_with_its_note() -> None:
    page = read("docs/rules.md")
    for parameter in national_law().parameters.values():
        for dated in parameter.values:
            if dated.unconfirmed and dated.note:
                assert dated.note.ja in page


def test_every_file_of_cases_is_printed_under_one_rule() -> None:
    result = [name for rule in generate_rules.rules_in_words() for name in rule.get("cases", [])]
    assert sorted(result) == generate_rules.case_files()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_documented(table: Table) -> None:
    text = sections("docs/data-dictionary.md", level=3)[f"{table.sheet} ({table.name})"]
    for column in table.columns:
        (row,) = [line for line in text.splitlines() if f"| `{column.name}` |" in line]
        assert row.startswith(f"| {column.header} |")
        assert all(f"`{code}` {label}" in row for code, label in (column.codes or {}).items())
        assert column.required or "空欄" in row, "what a blank cell means"


def test_the_column_that_removes_a_row_is_documented() -> None:
    assert f"| {DELETE.header} | `{DELETE.name}` |" in read("docs/data-dictionary.md")


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_every_kind_of_column_is_reported_with_cells_that_are_read(kind: Kind) -> None:
    codes = UNIT_KINDS if kind is Kind.CODE else None
    column = Column("x", "x", kind, codes=codes, decimals=1)
    assert generate_dictionary.KIND_WORDS[kind].ja
    assert generate_dictionary.KIND_WORDS[kind].en
    for cell in generate_dictionary.EXAMPLES[kind]:
        parse(cell, column)


def test_every_limit_is_documented() -> None:
    limits = re.findall(r"^(MAX_\w+) = ([\d_]+)$", read("src/shokibo/ledger/limits.py"), re.M)
    text = sections("docs/operations.md")["Limits on input"]
    for name, value in limits:
        (row,) = [line for line in text.splitlines() if f"`{name}`" in line]
        number = int(value)
        shown = f"{number // 1_000_000:,} MB" if name.endswith("BYTES") else f"{number:,}"
        assert f"| {shown} |" in row


def test_every_decision_is_listed() -> None:
    index = read("docs/decisions/README.md")
    for path in (ROOT / "docs" / "decisions").glob("0*.md"):
        title = path.read_text("utf-8").splitlines()[0].removeprefix("# ")
        number, words = title.split(" ", 1)
        assert f"| [{number}]({path.name}) | {words} |" in index


# Links


def pages() -> list[Path]:
    """Return every page of the project."""
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*.md"))
    return sorted(
        path for path in found if not SKIPPED & set(path.parts) and path.parts[0][0] != "."
    )


@pytest.mark.parametrize("page", pages(), ids=str)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = _without_code(read(str(page)))
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    for target in targets:
        if not re.match(r"[a-z]+:", target):
            path, _, anchor = target.partition("#")
            place = (ROOT / page.parent / path) if path else ROOT / page
            assert place.exists(), target
            assert not anchor or anchor in anchors(place), target


@pytest.mark.parametrize("page", pages(), ids=str)
def test_every_module_that_is_named_is_there(page: Path) -> None:
    homes = (ROOT, ROOT / "src" / "shokibo", ROOT / "src" / "shokibo" / "web")
    for module in re.findall(r"`(\w+(?:/\w+)+\.py)`", read(str(page))):
        assert any((home / module).is_file() for home in homes), module


def test_every_picture_is_shown_and_small() -> None:
    shown = " ".join(read(str(page)) for page in pages())
    pictures = ROOT / "docs" / "pictures"
    for picture in filter(Path.is_file, pictures.rglob("*")):
        assert f"pictures/{picture.relative_to(pictures).as_posix()}" in shown
        assert picture.stat().st_size < LARGEST_PICTURE, picture.name


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings; a heading that comes again has a number."""
    found: dict[str, int] = {}
    for heading in re.findall(r"^#+ (.+)$", _without_code(page.read_text("utf-8")), re.M):
        anchor = slug(re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).replace("`", ""))
        found[anchor] = found.get(anchor, 0) + 1
    return {
        f"{anchor}-{number}" if number else anchor
        for anchor, count in found.items()
        for number in range(count)
    }


def _without_code(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
