"""What is released: the same from the same sources, with all its parts named."""

import json
import os
import shutil
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LEFT_OUT = shutil.ignore_patterns(
    ".venv", ".git", "out", "var", "dist", "*_cache", ".hypothesis", "__pycache__", ".coverage*"
)


def _released(folder: Path, day: int, umask: int) -> Path:
    """Copy the project with all times set to a day, and release it there."""
    copy = folder / "project"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    for path in copy.rglob("*"):
        os.utime(path, (day * 86400, day * 86400))
    done = subprocess.run(
        ["scripts/release.sh", "made"],
        cwd=copy,
        env={**os.environ, "TZ": f"UTC{day % 10}"},
        umask=umask,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return copy / "made"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _released(tmp_path_factory.mktemp("first"), day=19_000, umask=0o022)


def test_a_wheel_is_the_same_byte_for_byte(released: Path, tmp_path: Path) -> None:
    again = _released(tmp_path, day=20_003, umask=0o077)
    (first,), (second,) = released.glob("*.whl"), again.glob("*.whl")
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()


def test_a_wheel_holds_the_package_and_nothing_else(released: Path) -> None:
    (wheel,) = released.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"shokibo"}
    assert not [name for name in names if "/.git" in name or name.endswith((".key", ".sqlite3"))]
    assert "shokibo/py.typed" in names
    assert [name for name in names if name.startswith("shokibo/law/parameters/")]


def test_every_library_of_the_lock_is_in_the_list_with_its_digest(released: Path) -> None:
    listed = json.loads((released / "sbom.cdx.json").read_text("utf-8"))
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.5")
    components = {one["name"]: one for one in listed["components"]}
    wanted = {
        line.split("==")[0]
        for line in subprocess.run(
            [_uv(), "export", "--frozen", "--no-dev", "--no-emit-project", "--no-hashes", "-q"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        if "==" in line
    }
    assert wanted
    assert wanted <= set(components)
    for name in wanted:
        digests = [d for r in components[name]["externalReferences"] for d in r["hashes"]]
        assert digests, name
        assert all(digest["alg"] == "SHA-256" for digest in digests)


def _uv() -> str:
    own = ROOT / ".tools" / "bin" / "uv"
    return str(own) if own.exists() else "uv"


def test_no_library_is_younger_than_seven_days() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    assert lock["options"]["exclude-newer-span"] == "P7D"
    checked = subprocess.run(
        [_uv(), "lock", "--check", "--offline"], cwd=ROOT, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr


def test_digests_are_those_of_the_files(released: Path) -> None:
    done = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=released)
    assert done.returncode == 0
    assert len((released / "SHA256SUMS").read_text().splitlines()) == 2
