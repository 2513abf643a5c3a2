"""Dated parameters of the law: every number of a rule, its first day, and its source.

Those of the sources are in `parameters/`. An authority may override them with its own file in the
same form (`own_file.py`).
"""

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec.yaml

from shokibo.texts import Language, Text
from shokibo.yaml_files import FlawError, YamlFileError

ParameterValue = bool | int | str | list[int | str] | dict[int | str, int]
EMPTY: tuple[ParameterValue, ...] = ({}, [])
"""Values that decide nothing."""


class ParameterError(YamlFileError):
    """A parameter file that can't be used."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words in both languages."""

    ja: str
    en: str

    def say(self, language: Language) -> str:
        """Return the words in a language."""
        return self.ja if language == "ja" else self.en


class Citation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The source of a value: the document and its article."""

    document: str
    article: str

    def __str__(self) -> str:
        return f"{self.document} {self.article}".rstrip()


class Dated(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A value, its first and last day, its publication date, and its source.

    `unconfirmed` marks a value that no source states; `note` then says how it was found.
    """

    effective_from: dt.date
    effective_to: dt.date | None = None
    published_on: dt.date
    value: ParameterValue
    source: Citation
    unconfirmed: bool = False
    note: Words | None = None

    @property
    def listed(self) -> list[int | str]:
        """The value as a list; empty if it is not one."""
        return self.value if isinstance(self.value, list) else []

    @property
    def table(self) -> dict[int | str, int]:
        """The value as a table; empty if it is not one."""
        return self.value if isinstance(self.value, dict) else {}


class OwnDated(Dated, frozen=True, kw_only=True):
    """A value by which an authority overrides the law's."""


class Parameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A parameter: its meaning, unit, values over time, and what an authority may set.

    `settable` is `value`, or `unit_kind` for a value for each kind; None if it may set nothing.
    """

    meaning: Words
    values: list[Dated]
    unit: str = ""
    settable: Literal["value", "unit_kind"] | None = None

    def at(self, day: dt.date) -> Dated | None:
        """Return the value that holds on a day; None before the first."""
        for dated in reversed(self.values):
            if dated.effective_from <= day and (
                dated.effective_to is None or day <= dated.effective_to
            ):
                return dated
        return None


class LegalText(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A text of the Notification: the original, or as amended."""

    name: str
    effective_from: dt.date
    published_on: dt.date
    at_hand: bool


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    parameters: dict[str, Parameter]
    texts: list[LegalText] = []


class Law(msgspec.Struct, frozen=True):
    """All parameters by name, and the Notification's texts by publication date.

    `own` holds the parameters that authorities have changed, by name and authority_code.
    """

    parameters: Mapping[str, Parameter]
    texts: list[LegalText]
    own: Mapping[str, Mapping[str, Parameter]] = {}

    def at(self, name: str, day: dt.date, authority: str | None = None) -> Dated | None:
        """Return a parameter's value on a day, or an authority's own; None if none holds yet."""
        return self.of_authority(name, authority).at(day)

    def of_authority(self, name: str, authority: str | None) -> Parameter:
        """Return a parameter as an authority has it."""
        own = None if authority is None else self.own.get(name, {}).get(authority)
        return own or self.parameters[name]

    def integer(self, name: str, day: dt.date) -> int | None:
        """Return a parameter that is a number; before its first day, its first value."""
        value = self._first_or_at(name, day).value
        return value if type(value) is int else None

    def text(self, name: str, day: dt.date) -> str:
        """Return a parameter that is text; before its first day, its first value."""
        return str(self._first_or_at(name, day).value)

    def _first_or_at(self, name: str, day: dt.date) -> Dated:
        return self.at(name, day) or self.parameters[name].values[0]

    def listed(self, name: str, day: dt.date) -> list[int | str]:
        """Return a parameter that is a list; before its first day, its first value."""
        return self._first_or_at(name, day).listed

    def table(self, name: str, day: dt.date) -> dict[int | str, int]:
        """Return a parameter that is a table; before its first day, its first value."""
        return self._first_or_at(name, day).table

    def spans(
        self, name: str, authority: str | None = None
    ) -> list[tuple[dt.date, dt.date, Dated]]:
        """Return a parameter's values with the days on which they apply; the first has no start."""
        values = self.of_authority(name, authority).values
        begun = [dt.date.min, *(dated.effective_from for dated in values[1:])]
        ended = [dated.effective_to or dt.date.max for dated in values]
        return list(zip(begun, ended, values, strict=True))

    def authorities_alike(self, name: str) -> list[list[str]]:
        """Return the authorities with their own values, grouping those with the same ones."""
        alike: list[tuple[Parameter, list[str]]] = []
        for code, parameter in self.own.get(name, {}).items():
            same = [codes for other, codes in alike if other == parameter]
            if same:
                same[0].append(code)
            else:
                alike.append((parameter, [code]))
        return [codes for _, codes in alike]

    @property
    def judged_by(self) -> LegalText:
        """The text by which everything is judged: the latest available."""
        return [text for text in self.texts if text.at_hand][-1]

    @property
    def in_force_from(self) -> dt.date:
        """The first day on which the Notification applies."""
        return min(text.effective_from for text in self.texts)

    def text_of(self, day: dt.date) -> LegalText | None:
        """Return the text in force on a day; the first applied retroactively.

        None before the Notification applies.
        """
        begun = [text for text in self.texts if text.effective_from <= day]
        published = [text for text in begun if text.published_on <= day]
        return published[-1] if published else next(iter(begun), None)


@cache
def national_law() -> Law:
    """Load the parameters of the sources."""
    folder = files("shokibo.law") / "parameters"
    loaded = [
        _load(entry.read_text("utf-8"), entry.name)
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yaml")
    ]
    parameters: dict[str, Parameter] = {}
    for part in loaded:
        if doubled := parameters.keys() & part.parameters.keys():
            raise ValueError(f"twice: {', '.join(sorted(doubled))}")
        parameters |= part.parameters
    texts = [text for part in loaded for text in part.texts]
    return Law(parameters, sorted(texts, key=lambda text: text.published_on))


def _load(text: str, name: str) -> _File:
    loaded = msgspec.yaml.decode(text, type=_File)
    for parameter, values in loaded.parameters.items():
        for flaw in flaws(values):
            raise ParameterError(f"{name} {parameter}.{flaw.path}", flaw.text, **flaw.values)
    return loaded


def flaws(parameter: Parameter) -> Iterator[FlawError]:
    """Return the flaws of a parameter: values without a source, and wrong days."""
    if not parameter.values:
        yield FlawError("values", _NO_VALUE)
        return
    for number, dated in enumerate(parameter.values):
        path, first = f"values[{number}]", dated.effective_from
        if not dated.source.document.strip() or not dated.source.article.strip():
            yield FlawError(f"{path}.source", _NO_SOURCE, day=first)
        if dated.unconfirmed and dated.note is None:
            yield FlawError(f"{path}.unconfirmed", _NO_NOTE, day=first)
    yield from _flaws_of_days(parameter.values)


def _flaws_of_days(values: Sequence[Dated]) -> Iterator[FlawError]:
    """Return values that overlap in time, leave a gap, or end before they begin."""
    for number, dated in enumerate(values):
        first, last = dated.effective_from, dated.effective_to
        if last and last < first:
            yield FlawError(f"values[{number}].effective_to", _REVERSED, day=first, last=last)
    for number, (earlier, later) in enumerate(itertools.pairwise(values), 1):
        path, first = f"values[{number}].effective_from", later.effective_from
        before = first - dt.timedelta(days=1)
        if earlier.effective_to is None or earlier.effective_to >= first:
            yield FlawError(path, _OVERLAP, day=first, last=before)
        elif earlier.effective_to < before:
            missing = earlier.effective_to + dt.timedelta(days=1)
            yield FlawError(path, _GAP, missing=missing, day=first)
    if last := values[-1].effective_to:
        yield FlawError(f"values[{len(values) - 1}].effective_to", _NOTHING_AFTER, day=last)


_NO_VALUE = Text("values に値を一つ以上書いてください。", "Give at least one value.")
_NO_SOURCE = Text(
    "{day}からの値に出典がありません。document(文書)と article(条項)を書いてください。",
    "The value from {day} has no source; give its document and article.",
)
_NO_NOTE = Text(
    "{day}からの値は未確認なので、どう知られているかを note に書いてください。",
    "The value from {day} is 未確認 without a note; state how it was found.",
)
_REVERSED = Text(
    "{day}からの値の終わり({last})が、始まりより前です。どちらかを修正してください。",
    "{day} ends before it begins, on {last}; correct one of them.",
)
_OVERLAP = Text(
    "{day}に、前の値と重なります。前の値の effective_to を{last}にしてください。",
    "The values overlap at {day}; let the earlier one end on {last}.",
)
_GAP = Text(
    "{missing}から{day}の前の日まで、値がありません。始まりか終わりを修正してください。",
    "There is a gap from {missing} to {day}; correct a first or a last day.",
)
_NOTHING_AFTER = Text(
    "{day}の後の値がありません。最後の値には effective_to を書かないでください。",
    "There is nothing after {day}; the last value has no effective_to.",
)
