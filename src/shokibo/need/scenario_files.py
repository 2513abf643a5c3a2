"""A scenario read from its YAML file; what is wrong in it, in words and with its line."""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import yaml

from shokibo.calendar import parse_month
from shokibo.need.scenarios import Change, Flow, Group, Place, Scenario
from shokibo.texts import Language, Text
from shokibo.wording import file_fault_in_words, listed

LARGEST = 100_000
"""Bytes of a file."""
_NOT_READ = Text("ファイルを読めません:{why}", "The file can't be read: {why}")
_NOT_UTF_8 = Text("UTF-8で保存してください。", "It is no text in UTF-8; save it as UTF-8.")
_TOO_LARGE = Text("ファイルが大きすぎます。", "The file is too large.")
_NO_YAML = Text("YAMLとして読めません:{why}", "It is no YAML: {why}")
_NO_MONTH = Text(
    "「{value}」は月として読めません。2025-04 か 令和7年4月 のように書いてください。",
    "“{value}” is no month; write it as 2025-04.",
)
_NO_NAME = Text("name(場合分けの名前)を書いてください。", "Give the scenario a name.")
_NO_CHANGE = Text(
    "changes(何がどう変わるか)を一つ以上書いてください。", "List at least one change."
)
_TO_WITHOUT_MOVE = Text(
    "to は flow が moves のときだけ使えます。", "`to` goes with the flow moves only."
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
_OF_MSGSPEC = (
    (
        re.compile(r"Object missing required field `(?P<field>\w+)`"),
        Text("{field} がありません。書いてください。", "{field} is missing."),
    ),
    (
        re.compile(r"Object contains unknown field `(?P<field>.+)`"),
        Text(
            "「{field}」という項目はありません。使えるのは {known} です。",
            "There is no field {field}; there are {known}.",
        ),
    ),
    (
        re.compile(r"Invalid enum value '(?P<value>.*)'"),
        Text(
            "「{value}」は使えません。使えるのは {known} です。",
            "“{value}” can't be used; write one of {known}.",
        ),
    ),
    (re.compile(r"Expected `float`"), Text("数を書いてください。", "Write a number.")),
    (re.compile(r"Expected `array`"), Text("「- 」で始まる行を並べてください。", "Write a list.")),
    (
        re.compile(r"Expected `object`"),
        Text("「項目: 値」の形で書いてください。", "Write fields and values."),
    ),
    (re.compile(r""), Text("文字を一つだけ書いてください。", "Write one text.")),
)
"""What a message of msgspec begins with, and our words for it."""
_CODES = {
    "flow": get_args(Flow),
    "group": get_args(Group),
    "to": get_args(Place),
    "": [one.encode_name for one in msgspec.structs.fields(Scenario)],
    "changes": [one.encode_name for one in msgspec.structs.fields(Change)],
}
"""What may stand in a field; of the whole and of a change the names of their fields."""


class ScenarioError(Exception):
    """A file that is no scenario: where, what is wrong, what is right."""

    def __init__(self, place: str, text: Text, **values: Any) -> None:  # noqa: ANN401 - any value
        self.place, self.text, self.values = place, text, values
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """Name the place, what is wrong and what is right."""
        written = {name: _written(value, language) for name, value in self.values.items()}
        return f"{self.place}  {self.text.say(language, **written)}"


def _written(value: object, language: Language) -> object:
    if isinstance(value, OSError):
        return file_fault_in_words(value, language)
    return listed(value, language) if isinstance(value, list | tuple) else value


def read_scenario(path: Path) -> Scenario:
    """Read a scenario. Raises ScenarioError for the first thing that is wrong in the file."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise ScenarioError(path.name, _NOT_READ, why=error) from error
    except UnicodeDecodeError as error:
        raise ScenarioError(path.name, _NOT_UTF_8) from error
    if len(content) > LARGEST:
        raise ScenarioError(path.name, _TOO_LARGE)
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
        document = root and yaml.BaseLoader("").construct_document(root)  # texts, no objects
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ScenarioError(f"{path.name}:{line}", _NO_YAML, why=error.problem) from error
    except yaml.YAMLError as error:
        raise ScenarioError(path.name, _NO_YAML, why=error) from error
    try:
        scenario = _converted(document)
    except _FlawError as flaw:
        place = f"{path.name}:{_line(root, flaw.path)} {flaw.path}".rstrip()
        raise ScenarioError(place, flaw.text, **flaw.values) from flaw
    return scenario


class _FlawError(Exception):
    """What is wrong at a path of the document: `changes[0].flow`."""

    def __init__(self, path: str, text: Text, **values: object) -> None:
        self.path, self.text, self.values = path, text, values
        super().__init__(path)


def _converted(document: object) -> Scenario:
    if isinstance(document, dict) and isinstance(document.get("from"), str):
        try:
            document["from"] = parse_month(document["from"])
        except ValueError as error:
            raise _FlawError("from", _NO_MONTH, value=document["from"]) from error
    try:
        scenario = msgspec.convert(document, type=Scenario, strict=False)
    except msgspec.ValidationError as error:
        raise _in_words(str(error)) from error
    for flaw in _flaws(scenario):
        raise flaw
    return scenario


def _in_words(error: str) -> _FlawError:
    """Put a message of msgspec into our words."""
    message, _, path = error.partition(" - at `$")
    path = path.removesuffix("`").removeprefix(".")
    found, text = next(
        (found, text) for begin, text in _OF_MSGSPEC if (found := begin.match(message))
    )
    values = found.groupdict()
    kind = re.sub(r"\[\d+\]", "", path).rpartition(".")[2]
    if "field" in values:
        path = f"{path}.{values['field']}".removeprefix(".")
    return _FlawError(path, text, **values, known=_CODES.get(kind, ()))


def _flaws(scenario: Scenario) -> Iterator[_FlawError]:
    """Find what fits the types and makes no sense."""
    if not scenario.name.strip():
        yield _FlawError("name", _NO_NAME)
    if not scenario.changes:
        yield _FlawError("changes", _NO_CHANGE)
    for number, change in enumerate(scenario.changes):
        path = f"changes[{number}]"
        if change.to and change.flow != "moves":
            yield _FlawError(f"{path}.to", _TO_WITHOUT_MOVE)
        if not change.factor >= 0 or math.isinf(change.factor):
            yield _FlawError(f"{path}.factor", _NO_FACTOR, value=change.factor)
        if not math.isfinite(change.add):
            yield _FlawError(f"{path}.add", _NO_NUMBER, value=change.add)
        if (change.factor, change.add) == (1, 0):
            yield _FlawError(path, _NOTHING)


def _line(root: yaml.Node | None, path: str) -> int:
    """Find the line of a path; of a field that is not there, that of what should hold it."""
    node = root
    for name, number in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path):
        if isinstance(node, yaml.SequenceNode) and number:
            node = node.value[int(number)]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == name), node)
    return node.start_mark.line + 1 if node else 1
