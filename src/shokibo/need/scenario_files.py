"""Reads a scenario from its YAML file and reports what is wrong in it, with the line."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import msgspec

from shokibo.calendar import parse_month
from shokibo.need.scenarios import Change, Flow, Group, Place, Scenario
from shokibo.texts import Text
from shokibo.yaml_files import FlawError, YamlFile, YamlFileError

_NO_MONTH = Text(
    "「{value}」は月として読めません。2025-04 か 令和7年4月 のように書いてください。",
    "“{value}” is not a month; write it as 2025-04.",
)
_NO_NAME = Text("name(場合分けの名前)を書いてください。", "Give the scenario a name.")
_NO_CHANGE = Text(
    "changes(何がどう変わるか)を一つ以上書いてください。", "List at least one change."
)
_TO_WITHOUT_MOVE = Text(
    "to は flow が moves のときだけ使えます。", "`to` can be used only with the flow `moves`."
)
_NO_FACTOR = Text(
    "{value}は使えません。0以上の数にしてください。", "{value} can't be used; write 0 or more."
)
_NO_NUMBER = Text(
    "{value}は使えません。数を書いてください。", "{value} can't be used; write a number."
)
_NOTHING = Text(
    "factor(何倍)か add(年に何人)を書いてください。", "Give `factor` or `add`: nothing changes."
)
_CODES = {
    "flow": get_args(Flow),
    "group": get_args(Group),
    "to": get_args(Place),
    "": [one.encode_name for one in msgspec.structs.fields(Scenario)],
    "changes": [one.encode_name for one in msgspec.structs.fields(Change)],
}
"""The values allowed in a field; for the whole and for a change, the names of their fields."""


class ScenarioError(YamlFileError):
    """A file that is not a scenario."""


def read_scenario(path: Path) -> Scenario:
    """Read a scenario. Raises ScenarioError for the first problem in the file."""
    file = YamlFile(path, ScenarioError)
    try:
        return _converted(file.texts)
    except FlawError as flaw:
        raise file.refused(flaw) from flaw


def _converted(document: object) -> Scenario:
    if isinstance(document, dict) and isinstance(document.get("from"), str):
        try:
            document["from"] = parse_month(document["from"])
        except ValueError as error:
            raise FlawError("from", _NO_MONTH, value=document["from"]) from error
    try:
        scenario = msgspec.convert(document, type=Scenario, strict=False)
    except msgspec.ValidationError as error:
        raise FlawError.of(str(error), _CODES) from error
    for flaw in _flaws(scenario):
        raise flaw
    return scenario


def _flaws(scenario: Scenario) -> Iterator[FlawError]:
    """Find values that fit the types but make no sense."""
    if not scenario.name.strip():
        yield FlawError("name", _NO_NAME)
    if not scenario.changes:
        yield FlawError("changes", _NO_CHANGE)
    for number, change in enumerate(scenario.changes):
        path = f"changes[{number}]"
        if change.to and change.flow != "moves":
            yield FlawError(f"{path}.to", _TO_WITHOUT_MOVE)
        if not change.factor >= 0 or math.isinf(change.factor):
            yield FlawError(f"{path}.factor", _NO_FACTOR, value=change.factor)
        if not math.isfinite(change.add):
            yield FlawError(f"{path}.add", _NO_NUMBER, value=change.add)
        if (change.factor, change.add) == (1, 0):
            yield FlawError(path, _NOTHING)
