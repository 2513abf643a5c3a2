"""No command writes over what it reads."""

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from shokibo.cli.app import app
from shokibo.cli.overwriting import WRITTEN_TO
from tests.builders import EXAMPLES
from tests.cli.running import Cli
from tests.returns.filed.test_received import put

SETAGAYA = EXAMPLES / "setagaya"
YEAR = ("--year", "2022")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of what may be read; none of it may change."""
    folder = tmp_path_factory.mktemp("kept")
    shutil.copytree(SETAGAYA, folder / "csv")
    for name in ("book.xlsx", "list.xlsx", "a.pdf", "a.docx", "own.yaml", "a.svg"):
        (folder / name).write_bytes(b"the only one")
    (folder / "link.xlsx").symlink_to("book.xlsx")
    (folder / "in").mkdir()
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "book.xlsx", "-o", "book.xlsx"),
        ("check", "book.xlsx", "-o", "link.xlsx"),
        ("check", "link.xlsx", "--output", "./in/../book.xlsx"),
        ("convert", "book.xlsx", "-o", "book.xlsx"),
        ("convert", "csv", "-o", "csv"),
        ("convert", "csv", "-o", "./csv/", "--to", "parquet"),
        ("template", "--from", "book.xlsx", "-o", "book.xlsx"),
        ("form1", "book.xlsx", *YEAR, "-o", "book.xlsx"),
        ("form2", "book.xlsx", *YEAR, "--notes", "book.xlsx"),
        ("form1", "csv", *YEAR, "--against", "list.xlsx", "-o", "list.xlsx"),
        ("form1", "csv", *YEAR, "--parameters", "a.pdf", "--pdf", "a.pdf"),
        ("letters", "csv", *YEAR, "--template", "in", "-o", "in"),
        ("receive", "in", "--form", "1", *YEAR, "-o", "in"),
        ("receive", "in", "--form", "1", *YEAR, "--authorities", "list.xlsx", "-o", "list.xlsx"),
        ("receive", "in", "--form", "1", *YEAR, "--authorities", "csv", "-o", "csv"),
        ("receive", "in", "--form", "1", *YEAR, "--previous", "csv", "-o", "csv"),
        ("plan", "book.xlsx", "-o", "new.docx", "-o", "book.xlsx"),
        ("plan", "csv", "--texts", "in", "--charts", "in"),
        ("report", "csv", "--texts", "a.docx", "-o", "a.docx"),
        ("support", "book.xlsx", *YEAR, "-o", "book.xlsx"),
        ("propose", "csv", "-o", "csv"),
        ("forecast", "book.xlsx", "-o", "book.xlsx"),
        ("forecast", "csv", "--scenario", "own.yaml", "--scenario", "a.svg", "--chart", "a.svg"),
        ("backup", "--passphrase-file", "own.yaml", "-o", "own.yaml"),
    ],
    ids=" ".join,
)
def test_it_is_refused_before_anything_is_read(
    arguments: tuple[str, ...], kept: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(kept)
    before = _contents(kept)
    ran, english = cli(*arguments), cli(*arguments, "--lang", "en")
    assert (ran.status, ran.out, english.status) == (2, "", 2)
    written = next(  # as it was typed
        path
        for name, path in itertools.pairwise(arguments)
        if name in {"-o", "--output", "--notes", "--pdf", "--charts", "--chart"}
        and path != "new.docx"
    )
    shown = Path(written)
    assert f"書き出す先「{shown}」は、読み込む「" in ran.err
    assert f"{shown} is what is read (" in english.err
    assert _contents(kept) == before


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_file_next_to_the_ledger_is_written(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "台帳"
    shutil.copytree(EXAMPLES / "form1", folder)
    for _ in range(2):  # its own earlier output is replaced
        assert cli("form1", folder, *YEAR, "-o", folder / "様式1.xlsx").status == 0
    assert cli("convert", folder, "-o", tmp_path / "台帳.xlsx").status == 0
    assert cli("convert", tmp_path / "台帳.xlsx", "-o", tmp_path).status == 0


def test_a_received_form_is_not_replaced(tmp_path: Path, cli: Cli) -> None:
    put(tmp_path / "in", "a.xlsx", 1, "架空市")
    path = tmp_path / "in" / "a.xlsx"
    before = path.read_bytes()
    ran = cli("receive", tmp_path / "in", "--form", "1", *YEAR, "-o", path)
    assert ran.status == 2
    assert "書き出す先「" in ran.err
    assert path.read_bytes() == before


def test_a_list_of_authorities_is_not_replaced_by_the_table_of_that_name(
    tmp_path: Path, cli: Cli
) -> None:
    put(tmp_path / "in", "a.xlsx", 1, "架空市")
    (tmp_path / "out").mkdir()
    listed = tmp_path / "out" / "authorities.csv"
    listed.write_text("団体コード,自治体名\n990019,架空市\n", "utf-8")
    asked = ("receive", tmp_path / "in", "--form", "1", *YEAR, "--authorities")
    ran = cli(*asked, listed, "-o", tmp_path / "out")
    assert ran.status == 2
    assert "authorities.csv" in ran.err
    assert [path.name for path in listed.parent.iterdir()] == ["authorities.csv"]
    named = listed.rename(listed.with_name("一覧.csv"))
    assert cli(*asked, named, "-o", tmp_path / "out").status == 0


def test_a_template_is_not_replaced_by_a_letter_of_that_name(tmp_path: Path, cli: Cli) -> None:
    template = tmp_path / "通知書_H1.docx"
    asked = ("letters", SETAGAYA, *YEAR)
    assert cli("template", "--for", "letters", "-o", template).status == 0
    letter = next(iter(cli(*asked, "--format", "json").document["letters"]))["application_id"]
    named = template.rename(template.with_name(f"通知書_{letter}.docx"))
    before = named.read_bytes()
    ran = cli(*asked, "--template", named, "-o", tmp_path)
    assert (ran.status, named.read_bytes()) == (2, before)
    other = named.rename(named.with_name("ひな形.docx"))
    assert cli(*asked, "--template", other, "-o", tmp_path).status == 0


def test_every_path_of_every_command_is_known_as_read_or_written() -> None:
    written = {"書き出す", "書き出す先", "書き出すフォルダ"}
    for command in (name for name in app if not name.startswith("-")):
        for name, described in _paths(app[command].default_command):
            says_so = any(words in described for words in written)
            assert (name in WRITTEN_TO) == says_so, (command, name, described)


def _paths(command: object) -> Iterator[tuple[str, str]]:
    """Yield the parameters of a command, or of a group of its options, whose values are paths."""
    for name, hint in get_type_hints(command, include_extras=True).items():
        described = str(hint)
        if is_dataclass(hint):
            yield from _paths(hint)
        elif "pathlib" in described and get_args(hint):
            yield name, described


@pytest.mark.parametrize(
    "options",
    [
        ("form1", "--against", "none.xlsx"),
        ("letters", "--template", "none.docx", "-o", "letters"),
    ],
    ids=lambda options: options[0],
)
def test_what_is_not_there_can_not_be_read(
    options: tuple[str, ...], cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command, *named = options
    ran = cli(command, SETAGAYA, *YEAR, *named)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"shokibo: 読めません:{named[1]}(見つかりません)\n")
