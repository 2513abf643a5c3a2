"""An authority's own file of parameters, overriding the law's; problems come with their line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from shokibo.law.parameters import (
    EMPTY,
    Citation,
    Dated,
    Law,
    OwnDated,
    Parameter,
    ParameterError,
    Words,
    flaws,
    national_law,
)
from shokibo.ledger.tables import CONFIRMATION_ITEMS, JOBS, UNIT_KINDS
from shokibo.texts import Text
from shokibo.yaml_files import FlawError, YamlFile


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    parameters: dict[str, Any]


def law_with(own: Path | None) -> Law:
    """Load the parameters of the sources, overridden by an authority's own file.

    Raises ParameterError if the file can't be used.
    """
    law = national_law()
    if own is None:
        return law
    file = YamlFile(own, ParameterError)
    try:
        over = {name: _own(name, raw, law) for name, raw in _raw(file.values).items()}
    except FlawError as flaw:
        raise file.refused(flaw) from flaw
    return Law({**law.parameters, **over}, law.texts)


def _raw(document: object) -> dict[str, Any]:
    """Return the parameters by name, as written. Raises FlawError."""
    try:
        return msgspec.convert(document, _File).parameters
    except msgspec.ValidationError as error:
        raise FlawError.of(str(error), {"": ("parameters",)}) from error


def _own(name: str, raw: object, law: Law) -> Parameter:
    """Read a parameter. Raises FlawError."""
    path = f"parameters.{name}"
    if name not in law.parameters:
        raise FlawError(path, _NO_SUCH, name=name)
    try:
        parameter = msgspec.convert(raw, Parameter)
    except msgspec.ValidationError as error:
        raise FlawError.of(str(error), _KNOWN, path) from error
    for flaw in [*flaws(parameter), *_of_values(parameter, law.parameters[name])]:
        raise FlawError(f"{path}.{flaw.path}", flaw.text, **flaw.values)
    values = [OwnDated(**msgspec.structs.asdict(dated)) for dated in parameter.values]
    return msgspec.structs.replace(parameter, values=values)


_PARTS: dict[str, type[msgspec.Struct]] = {
    "": Parameter,
    "values": Dated,
    "source": Citation,
    "note": Words,
    "meaning": Words,
}
_KNOWN = {
    **{
        part: tuple(field.name for field in msgspec.structs.fields(kind))
        for part, kind in _PARTS.items()
    },
    "settable": ("value", "unit_kind"),
}
"""The values allowed in each part of a parameter; under "" the parameter's own."""
_CODES = {*UNIT_KINDS, *JOBS, *CONFIRMATION_ITEMS}


def _of_values(own: Parameter, national: Parameter) -> Iterator[FlawError]:
    """Return values of another type than the national ones, unknown codes, and negatives."""
    blank = national.settable == "value" and national.values[0].value in EMPTY
    sort = (int, set()) if blank else _sort(national.values[0])
    for number, dated in enumerate(own.values):
        path, found = f"values[{number}].value", _sort(dated)
        if found[0] is not sort[0] or (sort[1] and found[1] - sort[1]):
            yield FlawError(path, _OTHER_SORT, value=dated.value, sort=_SORTS[sort[0]])
        parts = [*dated.listed, *dated.table, *dated.table.values(), dated.value]
        wrong: list[object] = [part for part in parts if isinstance(part, int) and part < 0]
        if sort[0] is not str:
            wrong += [part for part in parts if isinstance(part, str) and part not in _CODES]
        if wrong:
            yield FlawError(path, _NOT_USED, value=wrong[0])


def _sort(dated: Dated) -> tuple[type, set[type]]:
    """Return the type of a value, and the types of a list's elements."""
    return type(dated.value), {type(part) for part in dated.listed}


_SORTS = {
    int: Text("整数", "an integer"),
    str: Text("文字", "a text"),
    list: Text(
        "並び([4, 5] など。中は今の値と同じ種類)", "a list, with elements like the present ones"
    ),
    dict: Text("表({4: 1, 5: 2} など)", "a table"),
}
_NO_SUCH = Text(
    "「{name}」という名の値はありません。名前を確かめてください。",
    "There is no parameter {name}; check the name.",
)
_OTHER_SORT = Text(
    "「{value}」は使えません。{sort}を書いてください。", "{value} can't be used; write {sort}."
)
_NOT_USED = Text(
    "「{value}」は使えません。数は0以上の整数、文字は種別や職種などの符号です。",
    "{value} can't be used; numbers are integers of 0 or more, texts are codes.",
)
