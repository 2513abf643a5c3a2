"""Run the checks. The process that reads an upload starts with this module, and has the table."""

import sys
from pathlib import Path

import pytest

from tests.web.one_table import settings

if __name__ == "__main__":
    checks = str(Path(__file__).with_name("checks.py"))
    options = ["-p", "no:cacheprovider", "-p", "no:xdist", "--ds", settings.__name__]
    sys.exit(pytest.main([*options, checks]))
