"""Small YAML files written by people: reading them, and errors in words with their line."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from shokibo.texts import Language, Text
from shokibo.wording import file_fault_in_words, listed

LARGEST = 100_000
"""Bytes of a file."""
_NOT_READ = Text("ファイルを読めません:{why}", "The file can't be read: {why}")
_NOT_UTF_8 = Text("UTF-8で保存してください。", "It is not UTF-8 text; save it as UTF-8.")
_TOO_LARGE = Text("ファイルが大きすぎます。", "The file is too large.")
_NO_YAML = Text(
    "YAMLとして読めません。字下げ、コロンの後の空白、括弧と引用符の組を確かめてください。",
    "It is not YAML. Check the indents, the space after colons, brackets and quotes.",
)
_TWICE = Text("「{name}」が二度あります。一つにしてください。", "{name} occurs twice; keep one.")
_NO_DAY = Text(
    "「{value}」という日はありません。日付を確かめてください。", "There is no day {value}."
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
            "There is no field {field}; the fields are {known}.",
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
    (
        re.compile(r"Expected `date|Invalid .*(date|RFC)"),
        Text("日付を 2022-04-01 の形で書いてください。", "Write a day, as 2022-04-01."),
    ),
    (
        re.compile(r"Expected `bool`"),
        Text("true か false を書いてください。", "Write true or false."),
    ),
    (
        re.compile(r"Expected `bool \|"),
        Text(
            "この値は使えません。整数、文字、その並び、表のどれかを書いてください。",
            "This can't be used; write an integer, a text, a list or a table.",
        ),
    ),
    (re.compile(r""), Text("文字を一つだけ書いてください。", "Write one text.")),
)
"""The beginnings of msgspec's messages, and our words for them."""


class YamlFileError(Exception):
    """A file that can't be used: the place, what is wrong, what is right."""

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
    if isinstance(value, Text):
        return value.say(language)
    return listed(value, language) if isinstance(value, list | tuple) else value


class FlawError(Exception):
    """An error at a path in a document: `changes[0].flow`."""

    def __init__(self, path: str, text: Text, **values: object) -> None:
        self.path, self.text, self.values = path, text, values
        super().__init__(path)

    @classmethod
    def of(cls, error: str, known: Mapping[str, Sequence[str]], within: str = "") -> "FlawError":
        """Translate a msgspec message about a path `within` the document into our words.

        `known` holds the allowed values by field, and under "" the fields of the whole.
        """
        message, _, place = error.partition(" - at `$")
        path = f"{within}{place.removesuffix('`')}".removeprefix(".")
        found, text = next(
            (found, text) for begin, text in _OF_MSGSPEC if (found := begin.match(message))
        )
        values = found.groupdict()
        kind = re.sub(r"\[\d+\]", "", path).rpartition(".")[2]
        if "field" in values:
            path = f"{path}.{values['field']}".removeprefix(".")
        return cls(path, text, **values, known=known.get(kind, known.get("", ())))


class YamlFile:
    """A file as read; `error` is the exception raised for it."""

    def __init__(self, path: Path, error: type[YamlFileError]) -> None:
        """Read a file. Raises `error` if it is not YAML, or has a name twice."""
        self._name, self._error = path.name, error
        text = self._text(path)
        try:
            self.root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as flaw:
            line = flaw.problem_mark.line + 1 if flaw.problem_mark else 1
            raise error(f"{path.name}:{line}", _NO_YAML) from flaw
        except yaml.YAMLError as flaw:
            raise error(path.name, _NO_YAML) from flaw
        self._refuse_twice()

    def _text(self, path: Path) -> str:
        try:
            content = path.read_bytes()
            text = content.decode("utf-8-sig")
        except OSError as error:
            raise self._error(path.name, _NOT_READ, why=error) from error
        except UnicodeDecodeError as error:
            raise self._error(path.name, _NOT_UTF_8) from error
        if len(content) > LARGEST:
            raise self._error(path.name, _TOO_LARGE)
        return text

    def _refuse_twice(self) -> None:
        """Refuse a name that occurs twice, of which YAML would use the last."""
        nodes, seen = [self.root], set()
        while nodes:
            node = nodes.pop()
            if node is None or id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, yaml.SequenceNode):
                nodes += node.value
            elif isinstance(node, yaml.MappingNode):
                names: set[str] = set()
                for key, value in node.value:
                    if str(key.value) in names:
                        raise self._error(self._at(key), _TWICE, name=key.value)
                    names.add(str(key.value))
                    nodes.append(value)

    @property
    def texts(self) -> Any:  # noqa: ANN401 - whatever YAML can hold
        """The document with all scalars as text."""
        return self._constructed(yaml.BaseLoader(""))

    @property
    def values(self) -> Any:  # noqa: ANN401
        """The document with numbers and days. Raises `error` for a day that does not exist."""
        return self._constructed(_Days(""))

    def _constructed(self, loader: Any) -> Any:  # noqa: ANN401
        try:
            return self.root and loader.construct_document(self.root)
        except _NoDayError as error:
            (node,) = error.args
            raise self._error(self._at(node), _NO_DAY, value=node.value) from error
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise self._error(f"{self._name}:{line}", _NO_YAML) from error

    def refused(self, flaw: FlawError) -> YamlFileError:
        """Return a flaw as the error, at its line."""
        place = f"{self._name}:{_line(self.root, flaw.path)} {flaw.path}".rstrip()
        return self._error(place, flaw.text, **flaw.values)

    def _at(self, node: yaml.Node) -> str:
        return f"{self._name}:{node.start_mark.line + 1}"


class _NoDayError(Exception):
    """A scalar that looks like a day but is not one."""


class _Days(yaml.SafeLoader):
    """YAML's own values; a day that does not exist is reported."""


def _day(loader: _Days, node: yaml.ScalarNode) -> Any:  # noqa: ANN401
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        raise _NoDayError(node) from error


_Days.add_constructor("tag:yaml.org,2002:timestamp", _day)


def _line(root: yaml.Node | None, path: str) -> int:
    """Find the line of a path; for a missing field, the line of its parent."""
    node = root
    for name, number in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path):
        if isinstance(node, yaml.SequenceNode) and number:
            node = node.value[int(number)]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == name), node)
    return node.start_mark.line + 1 if node else 1
