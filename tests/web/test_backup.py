"""A whole installation in one file, sealed, and restored on either database or refused in words."""

import gzip
import io
import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.with_postgresql import postgresql
from shokibo.web.accounts.models import Person
from shokibo.web.base.refusal import RefusedError
from shokibo.web.running.backup import backed_up, content, restore
from shokibo.web.running.sealing import MAGIC, BrokenSealError, SealedReader, SealedWriter
from tests.web.installations import DEMONSTRATION, installed
from tests.web.test_running import _environment, _python, _run
from tests.web.world import World

PASSPHRASE = "only for tests 7Rk2-xQ9"  # noqa: S105
CHUNK, TAG = 64 * 1024, 16
Lines = list[bytes]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an installation with the example in it, and its backups: sealed and plain."""
    folder = tmp_path_factory.mktemp("kept")
    environment = installed(folder / "var", DEMONSTRATION, SHOKIBO_BACKUP_KEY=PASSPHRASE)
    for name, how in (("sealed", ()), ("plain", ("--plain",))):
        done = _run(environment, "backup", "-o", folder / name, *how)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Return an installation with nothing in it."""
    if request.param == "sqlite":
        yield _environment(tmp_path / "new")
        return
    with postgresql() as address:
        yield _environment(tmp_path / "new", DATABASE_URL=address)


def test_what_was_kept_is_restored_whole(kept: Path, empty: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "passphrase").write_text(PASSPHRASE + "\n")
    how = ("--passphrase-file", tmp_path / "passphrase")
    restored = _run(empty, "restore", kept / "sealed", *how)
    assert restored.returncode == 0, restored.stderr
    again = _run(empty, "backup", "--plain", "-o", tmp_path / "again")
    assert again.returncode == 0, again.stderr
    assert _rows(tmp_path / "again") == _rows(kept / "plain")
    added = (
        "from shokibo.web.accounts.models import Person; "
        "print(Person.objects.create_user('new@example.jp', 'n', 'p').pk)"
    )
    assert int(_python(empty, added)) == 8  # the numbering goes on after the restored rows


def _rows(path: Path) -> Lines:
    return gzip.decompress(path.read_bytes()).splitlines()[1:]


def test_a_text_with_any_line_separator_comes_back(db: None, kept: Path, tmp_path: Path) -> None:
    name = "施設\u2028花\x85子\x0b"
    lines = gzip.decompress(kept.joinpath("plain").read_bytes()).splitlines()
    place = _person(lines)
    first = json.loads(lines[place])
    first["fields"]["name"] = name
    lines[place] = json.dumps(first, ensure_ascii=False).encode()
    (tmp_path / "b").write_bytes(gzip.compress(b"".join(line + b"\n" for line in lines)))
    restore(tmp_path / "b", None)
    assert Person.objects.get(pk=first["pk"]).name == name


def test_a_backup_is_its_owner_s_alone(kept: Path) -> None:
    assert {stat.S_IMODE(path.stat().st_mode) for path in (kept / "sealed", kept / "plain")} == {
        0o600
    }


def test_a_sealed_backup_shows_nothing(kept: Path) -> None:
    assert kept.joinpath("sealed").read_bytes().startswith(MAGIC)
    assert b"officer" in gzip.decompress(kept.joinpath("plain").read_bytes())


def test_a_database_that_holds_something_is_left_alone(world: World, kept: Path) -> None:
    before = content()
    assert "空ではありません" in _refused(kept / "plain", None)
    assert content() == before


# The wrong kind, the wrong passphrase


@pytest.mark.parametrize(
    ("name", "passphrase", "message"),
    [
        ("plain", PASSPHRASE, "暗号化されていない控え"),
        ("sealed", None, "暗号化された控え"),
        ("sealed", "another passphrase 123", "この合言葉では開けません"),
    ],
)
def test_the_other_kind_or_passphrase_is_refused_in_words(
    db: None, kept: Path, name: str, passphrase: str | None, message: str
) -> None:
    assert message in _refused(kept / name, passphrase)


def test_a_backup_of_the_former_format_is_named(db: None, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04" + b"\0" * 60)
    assert "以前の版の控え" in _refused(tmp_path / "b.zip", PASSPHRASE)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ((), "合言葉がありません"),
        (("--passphrase-file", "short"), "推測できます"),
        (("--passphrase-file", "none"), "読めません"),
        (("--passphrase-file", "short", "--plain"), "一緒に使えません"),
    ],
)
def test_no_backup_is_written_without_a_passphrase_or_plain_by_name(
    tmp_path: Path, how: tuple[str, ...], message: str
) -> None:
    (tmp_path / "short").write_text("himitsu")
    given = [tmp_path / word if word in ("short", "none") else word for word in how]
    done = _run(_environment(tmp_path / "var"), "backup", "-o", tmp_path / "b", *given)
    assert (done.returncode, message in done.stderr) == (2, True)
    assert not (tmp_path / "b").exists()


def test_a_database_that_was_never_set_up_is_not_backed_up(tmp_path: Path) -> None:
    done = _run(_environment(tmp_path / "var"), "backup", "-o", tmp_path / "b", "--plain")
    assert (done.returncode, "この版のものではありません" in done.stderr) == (2, True)


# Damage


def _refused(path: Path, passphrase: str | None) -> str:
    with pytest.raises(RefusedError) as refused:
        restore(path, passphrase)
    assert not isinstance(refused.value.__cause__, OSError)
    return refused.value.text.say("ja")


def _flip(content: bytes, place: int) -> bytes:
    changed = bytearray(content)
    changed[place] ^= 1
    return bytes(changed)


SEALED: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda c: b"",
    "its magic alone": lambda c: c[: len(MAGIC)],
    "magic changed": lambda c: _flip(c, 3),
    "version changed": lambda c: _flip(c, len(MAGIC) - 2),
    "salt changed": lambda c: _flip(c, len(MAGIC)),
    "salt cut": lambda c: c[: len(MAGIC) + 8],
    "no chunk": lambda c: c[: len(MAGIC) + 16],
    "first byte changed": lambda c: _flip(c, len(MAGIC) + 16),
    "middle changed": lambda c: _flip(c, len(c) // 2),
    "tag changed": lambda c: _flip(c, len(c) - 1),
    "cut by one": lambda c: c[:-1],
    "cut by half": lambda c: c[: len(c) // 2],
    "a byte more": lambda c: c + b"\0",
    "a chunk more": lambda c: c + c[len(MAGIC) + 16 :],
}


@pytest.mark.parametrize("damage", SEALED)
def test_a_damaged_sealed_backup_is_refused_in_words(
    db: None, kept: Path, tmp_path: Path, damage: str
) -> None:
    damaged = tmp_path / "damaged"
    damaged.write_bytes(SEALED[damage](kept.joinpath("sealed").read_bytes()))
    message = _refused(damaged, PASSPHRASE)
    assert "何も戻していません" in message
    assert not any(model._default_manager.exists() for model in backed_up())


def _person(lines: Lines) -> int:
    return next(place for place, line in enumerate(lines) if b'"model": "accounts.person"' in line)


def _changed(**values: object) -> Callable[[Lines], Lines]:
    def change(lines: Lines) -> Lines:
        place = _person(lines)
        row = json.loads(lines[place])
        row["fields"].update(values)
        return [*lines[:place], json.dumps(row).encode(), *lines[place + 1 :]]

    return change


def _manifest(change: Callable[[dict[str, object]], object]) -> Callable[[Lines], Lines]:
    def changed(lines: Lines) -> Lines:
        manifest = json.loads(lines[0])
        change(manifest)
        return [json.dumps(manifest).encode(), *lines[1:]]

    return changed


def _count(table: str, by: int) -> Callable[[Lines], Lines]:
    def change(manifest: dict[str, dict[str, int]]) -> None:
        manifest["tables"][table] += by

    return _manifest(change)  # type: ignore[arg-type]


PLAIN: dict[str, Callable[[Lines], Lines]] = {
    "no line": lambda _: [],
    "no manifest": lambda c: c[1:],
    "an empty manifest": lambda c: [b"{}", *c[1:]],
    "a list for a manifest": lambda c: [b"[]", *c[1:]],
    "half a manifest": lambda c: [c[0][:40], *c[1:]],
    "no UTF-8": lambda c: [b"\xff\xfe", *c[1:]],
    "a deep manifest": lambda c: [b"[" * 100_000, *c[1:]],
    "no tables": _manifest(lambda m: m.pop("tables")),
    "tables of words": _manifest(lambda m: m.update(tables={"accounts.person": "7"})),
    "no migrations": _manifest(lambda m: m.pop("migrations")),
    "a word more": _manifest(lambda m: m.update(owner="x")),
    "one row fewer counted": _count("accounts.person", -1),
    "one row more counted": _count("accounts.person", 1),
    "a negative count": _count("accounts.person", -8),
    "a huge count": _count("accounts.person", 10**9),
    "first row left out": lambda c: [c[0], *c[2:]],
    "last row left out": lambda c: c[:-1],
    "last row twice": lambda c: [*c, c[-1]],
    "first row twice": lambda c: [c[0], c[1], *c[1:]],
    "two rows in another order": lambda c: [c[0], *c[:0:-1]],
    "a row of nothing": lambda c: [c[0], b"", *c[2:]],
    "a row of null": lambda c: [c[0], b"null", *c[2:]],
    "a row of a number": lambda c: [c[0], b"7", *c[2:]],
    "half a row": lambda c: [c[0], c[1][:30], *c[2:]],
    "a deep row": lambda c: [c[0], b"[" * 100_000, *c[2:]],
    "no UTF-8 in a row": lambda c: [c[0], b"\xff" + c[1], *c[2:]],
    "a row without a model": lambda c: [c[0], b'{"pk": 1, "fields": {}}', *c[2:]],
    "a row without fields": lambda c: [c[0], b'{"pk": 1, "model": "accounts.person"}', *c[2:]],
    "a row of an unknown model": lambda c: [c[0], c[1].replace(b"running.", b"x."), *c[2:]],
    "a field that is not there": _changed(colour="red"),
    "a blank that has to be filled": _changed(email=None),
    "an address twice": _changed(email="officer@example.jp"),
    "a day that is none": _changed(last_login="2022-02-30T00:00:00Z"),
    "a switch of words": _changed(is_active="perhaps"),
    "a key of words": lambda c: [c[0], c[1].replace(b'"pk": 1', b'"pk": "one"'), *c[2:]],
    "a key without end": lambda c: [c[0], c[1].replace(b'"pk": 1', b'"pk": ' + b"9" * 30), *c[2:]],
}


@pytest.mark.parametrize("damage", PLAIN)
def test_a_damaged_plain_backup_is_refused_in_words(
    db: None, kept: Path, tmp_path: Path, damage: str
) -> None:
    lines = gzip.decompress(kept.joinpath("plain").read_bytes()).splitlines()
    damaged = PLAIN[damage](lines)
    assert damaged != lines
    path = tmp_path / "damaged"
    path.write_bytes(gzip.compress(b"".join(line + b"\n" for line in damaged)))
    message = _refused(path, None)
    assert "何も戻していません" in message or "別の版" in message
    assert not any(model._default_manager.exists() for model in backed_up())


def test_a_plain_backup_cut_or_flipped_anywhere_is_refused_or_the_same(
    db: None, kept: Path, tmp_path: Path
) -> None:
    whole, path = kept.joinpath("plain").read_bytes(), tmp_path / "damaged"
    step = len(whole) // 10
    for place in range(0, len(whole), step):
        for damaged in (whole[:place], _flip(whole, place)):
            path.write_bytes(damaged)
            if damaged != whole:
                assert "何も戻していません" in _refused(path, None)


# The seal


def _sealed(content: bytes) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, PASSPHRASE)
    for start in range(0, len(content), 10_000):
        writer.write(content[start : start + 10_000])
    writer.finish()
    return file.getvalue()


def _opened(sealed: bytes) -> bytes:
    reader, content = SealedReader(io.BytesIO(sealed), PASSPHRASE), b""
    while part := reader.read(50_000):
        content += part
    return content


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_opens(size: int) -> None:
    content = bytes(range(256)) * (size // 256) + bytes(size % 256)
    assert _opened(_sealed(content)) == content


def test_no_chunk_is_changed_moved_left_out_or_added() -> None:
    sealed = _sealed(bytes(3 * CHUNK + 100))
    start, long = len(MAGIC) + 16, CHUNK + TAG
    header, rest = sealed[:start], sealed[start:]
    first, second, third, last = (rest[n * long : (n + 1) * long] for n in range(4))
    for chunks in (
        [second, first, third, last],
        [first, third, last],
        [first, second, third],
        [first, second],
        [first, second, third, last, last],
        [first, second, second, third, last],
        [first, second, third, last[:-1]],
        [first, second, third[:-1], last],
    ):
        with pytest.raises(BrokenSealError):
            _opened(header + b"".join(chunks))


def test_two_backups_of_the_same_share_no_byte_of_key() -> None:
    first, second = (_sealed(b"the same") for _ in range(2))
    start = len(MAGIC)
    assert first[start : start + 16] != second[start : start + 16]
    assert first[start + 16 :] != second[start + 16 :]
