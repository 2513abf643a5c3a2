"""The program, run within the process."""

import pytest

from shokibo.cli.app import run
from tests.cli.running import Cli, Ran


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Return a function that runs the program with arguments and returns what it printed."""

    def ran(*arguments: object) -> Ran:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Ran(status, printed.out, printed.err)

    return ran
