"""Dated parameters of law: every number of a rule, its first day, and its source.

Those of the sources are in `parameters/`. An authority may override them with a file of its own,
of the same form.
"""

import datetime as dt
import itertools
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec.yaml

from shokibo.ledger.tables import CONFIRMATION_ITEMS, JOBS, UNIT_KINDS
from shokibo.texts import Language

ParameterValue = bool | int | str | list[int | str] | dict[int | str, int]
EMPTY: tuple[ParameterValue, ...] = ({}, [])
"""Values that decide nothing."""


class ParameterError(Exception):
    """A file of parameters that can't be used: the place, and what is wrong."""


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
    """A value, the days from and to which it holds, the day it was published, its source.

    `unconfirmed` marks a value that no source states; `note` then says how it is known.
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
        """The value as a list; empty where it is none."""
        return self.value if isinstance(self.value, list) else []

    @property
    def table(self) -> dict[int | str, int]:
        """The value as a table; empty where it is none."""
        return self.value if isinstance(self.value, dict) else {}


class OwnDated(Dated, frozen=True, kw_only=True):
    """A value that an authority set over the law's."""


class Parameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A parameter: what it means, its unit, its values over time, and what an authority may set.

    `settable` is `value`, or `unit_kind` for a value for each kind; None where it may set nothing.
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
    """One text of the Notification: the first, or as amended."""

    name: str
    effective_from: dt.date
    published_on: dt.date
    at_hand: bool


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    parameters: dict[str, Parameter]
    texts: list[LegalText] = []


class Law(msgspec.Struct, frozen=True):
    """All parameters by name, and the Notification's texts by the day of publication.

    `own` holds by name and authority_code the parameters that are another authority's own.
    """

    parameters: Mapping[str, Parameter]
    texts: list[LegalText]
    own: Mapping[str, Mapping[str, Parameter]] = {}

    def at(self, name: str, day: dt.date, authority: str | None = None) -> Dated | None:
        """Return a parameter's value on a day, or an authority's own; None where none holds yet."""
        return self.of_authority(name, authority).at(day)

    def of_authority(self, name: str, authority: str | None) -> Parameter:
        """Return a parameter as an authority has it."""
        own = None if authority is None else self.own.get(name, {}).get(authority)
        return own or self.parameters[name]

    def integer(self, name: str, day: dt.date) -> int | None:
        """Return a parameter that is one number; before its first day, that of its first day."""
        value = self._first_or_at(name, day).value
        return value if type(value) is int else None

    def text(self, name: str, day: dt.date) -> str:
        """Return a parameter that is words; before its first day, those of its first day."""
        return str(self._first_or_at(name, day).value)

    def _first_or_at(self, name: str, day: dt.date) -> Dated:
        return self.at(name, day) or self.parameters[name].values[0]

    def listed(self, name: str, day: dt.date) -> list[int | str]:
        """Return a parameter that is a list; before its first day, that of its first day."""
        return self._first_or_at(name, day).listed

    def table(self, name: str, day: dt.date) -> dict[int | str, int]:
        """Return a parameter that is a table; before its first day, that of its first day."""
        return self._first_or_at(name, day).table

    def spans(
        self, name: str, authority: str | None = None
    ) -> list[tuple[dt.date, dt.date, Dated]]:
        """Return a parameter's values with the days on which they are used, the first from ever."""
        values = self.of_authority(name, authority).values
        begun = [dt.date.min, *(dated.effective_from for dated in values[1:])]
        ended = [dated.effective_to or dt.date.max for dated in values]
        return list(zip(begun, ended, values, strict=True))

    def authorities_alike(self, name: str) -> list[list[str]]:
        """Return the authorities with values of their own, those with the same ones together."""
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
        """The text by which everything is judged: the latest at hand."""
        return [text for text in self.texts if text.at_hand][-1]

    @property
    def in_force_from(self) -> dt.date:
        """The first day on which the Notification applies."""
        return min(text.effective_from for text in self.texts)

    def text_of(self, day: dt.date) -> LegalText | None:
        """Return the text in force on a day; the first applied from before it was published.

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
            raise ParameterError(f"twice: {', '.join(sorted(doubled))}")
        parameters |= part.parameters
    texts = [text for part in loaded for text in part.texts]
    return Law(parameters, sorted(texts, key=lambda text: text.published_on))


def law_with(own: Path | None) -> Law:
    """Load the parameters of the sources, with an authority's own file laid over them.

    Raises ParameterError where the file can't be used.
    """
    law = national_law()
    if own is None:
        return law
    try:
        text = own.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ParameterError(f"{own.name}: {error}") from error
    over = _load(text, own.name).parameters
    _refuse_twice(text, own.name)
    for name, parameter in over.items():
        if name not in law.parameters:
            raise ParameterError(f"{own.name}: {name}: no such parameter")
        _check_values(f"{own.name}: {name}", parameter, law.parameters[name])
    by_file = {
        name: msgspec.structs.replace(parameter, values=[_own(dated) for dated in parameter.values])
        for name, parameter in over.items()
    }
    return Law({**law.parameters, **by_file}, law.texts)


def _own(dated: Dated) -> OwnDated:
    return OwnDated(**msgspec.structs.asdict(dated))


def _load(text: str, name: str) -> _File:
    try:
        loaded = msgspec.yaml.decode(text, type=_File)
    except (msgspec.MsgspecError, ValueError) as error:
        raise ParameterError(f"{name}: {error}") from error
    for parameter, values in loaded.parameters.items():
        _check_dates(f"{name}: {parameter}", values.values)
        for dated in values.values:
            if not dated.source.document.strip() or not dated.source.article.strip():
                raise ParameterError(f"{name}: {parameter}: {dated.effective_from} has no source")
            if dated.unconfirmed and dated.note is None:
                raise ParameterError(
                    f"{name}: {parameter}: {dated.effective_from} is 未確認 without a note"
                )
    return loaded


_CODES = {*UNIT_KINDS, *JOBS, *CONFIRMATION_ITEMS}


def _check_values(name: str, own: Parameter, national: Parameter) -> None:
    """Refuse values of another sort than the national ones, codes there are not, negatives."""
    blank = national.settable == "value" and national.values[0].value in EMPTY
    sort = (int, set()) if blank else _sort(national.values[0])
    for dated in own.values:
        found = _sort(dated)
        if found[0] is not sort[0] or (sort[1] and found[1] - sort[1]):
            raise ParameterError(f"{name}: {dated.value!r} is not of the right type")
        parts = [*dated.listed, *dated.table, *dated.table.values(), dated.value]
        wrong: list[object] = [part for part in parts if isinstance(part, int) and part < 0]
        if sort[0] is not str:
            wrong += [part for part in parts if isinstance(part, str) and part not in _CODES]
        if wrong:
            raise ParameterError(f"{name}: {wrong[0]!r} can't be used")


def _sort(dated: Dated) -> tuple[type, set[type]]:
    """Return the type of a value, and the types of a list's parts."""
    return type(dated.value), {type(part) for part in dated.listed}


def _refuse_twice(text: str, name: str) -> None:
    """Refuse a file with a duplicate name, of which YAML would use the last."""
    import yaml

    nodes = [yaml.compose(text, yaml.SafeLoader)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            if doubled := {key for key in keys if keys.count(key) > 1}:
                raise ParameterError(f"{name}: twice: {', '.join(sorted(doubled))}")
            nodes += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value


def _check_dates(name: str, values: list[Dated]) -> None:
    """Refuse values that overlap in time, leave a gap, or end before they begin."""
    if not values:
        raise ParameterError(f"{name}: no value")
    for dated in values:
        if dated.effective_to and dated.effective_to < dated.effective_from:
            raise ParameterError(f"{name}: {dated.effective_from} ends before it begins")
    for earlier, later in itertools.pairwise(values):
        if earlier.effective_to is None or earlier.effective_to >= later.effective_from:
            raise ParameterError(f"{name}: overlap at {later.effective_from}")
        if earlier.effective_to < later.effective_from - dt.timedelta(days=1):
            missing = earlier.effective_to + dt.timedelta(days=1)
            raise ParameterError(f"{name}: gap from {missing} to {later.effective_from}")
    if values[-1].effective_to is not None:
        raise ParameterError(f"{name}: nothing holds after {values[-1].effective_to}")
