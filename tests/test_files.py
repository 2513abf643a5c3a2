"""A document is there whole or not at all, and so are all documents of one command."""

from pathlib import Path

import pytest

from shokibo.files import replacing, save, save_all


def test_it_replaces_the_file_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "様式1.xlsx"
    path.write_bytes(b"old and longer")
    save(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        save(tmp_path / "nowhere" / "form.xlsx", b"new")
    assert caught.value.filename == str(tmp_path / "nowhere")


def test_a_folder_in_its_place_stays(tmp_path: Path) -> None:
    folder = tmp_path / "form.xlsx"
    folder.mkdir()
    with pytest.raises(IsADirectoryError) as caught:
        save(folder, b"new")
    assert caught.value.filename == str(folder)
    assert list(tmp_path.iterdir()) == [folder]


def test_something_that_is_not_a_file_is_not_replaced() -> None:
    with pytest.raises(FileExistsError):
        save(Path("/dev/null"), b"new")
    assert Path("/dev/null").is_char_device()


def test_a_link_still_points_to_the_file_it_names(tmp_path: Path) -> None:
    target, link = tmp_path / "target.xlsx", tmp_path / "link.xlsx"
    target.write_bytes(b"old")
    link.symlink_to(target)
    save(link, b"new")
    assert (link.is_symlink(), target.read_bytes()) == (True, b"new")


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"old")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left on device") as caught:
        save(path, b"new")
    assert caught.value.filename == str(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


FILES = ("a.xlsx", "b.pdf", "c.docx")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def refuse_to_move_to(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk refuse the place of one file, and only what is moved there first."""
    move = Path.replace
    refused: list[Path] = []

    def refusing(self: Path, target: Path) -> Path:
        if target.name == name and not refused:
            refused.append(target)
            raise OSError(28, "No space left on device", str(self))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", refusing)


def test_all_files_are_written_together(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"old")
    save_all([(tmp_path / name, name.encode()) for name in FILES])
    assert contents(tmp_path) == {name: name.encode() for name in FILES}


@pytest.mark.parametrize("failing", FILES)
@pytest.mark.parametrize("old", [(), ("a.xlsx",), ("b.pdf", "c.docx"), FILES])
def test_where_one_can_not_take_its_place_all_are_as_they_were(
    failing: str, old: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in old:
        (tmp_path / name).write_bytes(b"old")
    refuse_to_move_to(failing, monkeypatch)
    with pytest.raises(OSError, match="No space left on device") as caught:
        save_all([(tmp_path / name, b"new") for name in FILES])
    assert caught.value.filename == str(tmp_path / failing)
    assert contents(tmp_path) == dict.fromkeys(old, b"old")


@pytest.mark.parametrize("failing", range(3))
def test_where_one_has_no_folder_none_is_written(failing: int, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in FILES]
    paths[failing] = tmp_path / "nowhere" / "x"
    with pytest.raises(FileNotFoundError) as caught:
        save_all([(path, b"new") for path in paths])
    assert caught.value.filename == str(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_one_file_can_not_hold_two_documents(tmp_path: Path) -> None:
    same = [(tmp_path / "a.xlsx", b"one"), (tmp_path / "." / "a.xlsx", b"two")]
    with pytest.raises(FileExistsError):
        save_all(same)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_made_with_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    save_all([(folder / "c.csv", b"new"), (tmp_path / "d", b"new")], folder)
    assert contents(folder) == {"c.csv": b"new"}
    assert (tmp_path / "d").read_bytes() == b"new"


def test_a_new_folder_is_removed_where_writing_fails(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"

    def fail(draft: Path) -> None:
        draft.write_bytes(b"half")
        raise RuntimeError

    with pytest.raises(RuntimeError), replacing([folder / "c.csv"], folder) as (draft,):
        fail(draft)
    assert list(tmp_path.iterdir()) == []
