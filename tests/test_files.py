"""A document is there whole or not at all."""

from pathlib import Path

import pytest

from shokibo.files import save


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


def test_a_link_goes_on_pointing_to_the_file_it_names(tmp_path: Path) -> None:
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
