"""Commands of the web application while the database is away: words, and exit status 2."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

SHOKIBO = Path(sys.executable).with_name("shokibo")
EXAMPLE = Path(__file__).parents[2] / "examples" / "form1"


def _closed_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve", "--port", "0"],
        ["worker"],
        ["load", str(EXAMPLE)],
        ["migrate"],
        ["verify"],
        ["remind"],
        ["drill"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_an_unreachable_database_is_reported_in_words(tmp_path: Path, arguments: list[str]) -> None:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SHOKIBO_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"))
    }
    environment = {
        **inherited,
        "SHOKIBO_VAR": str(tmp_path / "var"),
        "DATABASE_URL": f"postgresql://shokibo@127.0.0.1:{_closed_port()}/shokibo",
    }
    done = subprocess.run(
        [SHOKIBO, *arguments], env=environment, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 2, done.stderr
    assert "データベースを使えません" in done.stderr
    assert "何も変えていません" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
