"""Folders of installations that tests start from: made once in a worker, then copied."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests.web.test_running import _environment, _python

EMPTY = "migrate()"
DEMONSTRATION = (
    "migrate(practice=True)\nfrom shokibo.web.running.demo import prepare_demo; prepare_demo()\n"
)


def installed(var: Path, made: str, **more: str) -> dict[str, str]:
    """Return the environment of an installation in which some code was run."""
    shutil.copytree(_made(made), var)
    return _environment(var, **more)


@cache
def _made(code: str) -> Path:
    var = Path(tempfile.mkdtemp(prefix="shokibo-installation-"), "var")
    _python(_environment(var), code)
    return var
