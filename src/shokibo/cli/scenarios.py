"""A forecast's scenarios, given to a command as files."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shokibo.cli.options import ArgumentError
from shokibo.texts import Language, Text

if TYPE_CHECKING:
    from shokibo.need.scenarios import Scenario

_SCENARIO = Text(
    "場合分けのファイルを修正してください。\n  {why}", "Correct the scenario.\n  {why}"
)
_SAME_NAME = Text(
    "「{name}」という場合分けが二つあります。違う名前を付けてください。",
    "Two scenarios are called {name}; give them different names.",
)


def read_scenarios(files: Sequence[Path], language: Language) -> list["Scenario"]:
    """Read scenarios with different names. Raises ArgumentError."""
    from shokibo.need.scenario_files import ScenarioError, read_scenario

    try:
        read = [read_scenario(path) for path in files]
    except ScenarioError as error:
        raise ArgumentError(_SCENARIO.say(language, why=error.message(language))) from error
    names = [one.name for one in read]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise ArgumentError(_SAME_NAME.say(language, name=name))
    return read
