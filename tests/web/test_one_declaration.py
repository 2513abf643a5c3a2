"""A new table takes one declaration, one model and one migration: it is then on everything."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_table_that_is_declared_is_on_every_page_file_and_operation() -> None:
    own = {name: value for name, value in os.environ.items() if name != "SHOKIBO_VAR"}
    command = [sys.executable, "-m", "tests.web.one_table.run"]
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr
