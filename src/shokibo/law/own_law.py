"""The law with what authorities override: in their ledger, or in a file for all of them."""

import datetime as dt
from collections.abc import Iterable

import msgspec

from shokibo.law.own_values import OwnValue, own_values
from shokibo.law.parameters import Citation, Dated, Law, OwnDated, Parameter
from shokibo.ledger.model import Ledger

_DAY = dt.timedelta(days=1)


def law_of(ledger: Ledger, law: Law) -> Law:
    """Override the law with the own values of a ledger's authorities.

    A parameter file takes precedence over both. If the ledger holds one authority, its values are
    those of the returned law; if several, each has its own.
    """
    codes = ledger["authorities"]["authority_code"].to_list()
    found: dict[str, dict[str, list[OwnValue]]] = {}
    for value in own_values(ledger):
        code = value.authority_code or (codes[0] if len(codes) == 1 else None)
        declared = law.parameters[value.parameter].values
        by_file = all(isinstance(dated, OwnDated) for dated in declared)
        if code is not None and not by_file:
            found.setdefault(value.parameter, {}).setdefault(code, []).append(value)
    own = {
        name: {code: _laid_over(law.parameters[name], values) for code, values in by_code.items()}
        for name, by_code in found.items()
    }
    if len(codes) != 1:
        return msgspec.structs.replace(law, own=own)
    only = {name: by_code[codes[0]] for name, by_code in own.items() if codes[0] in by_code}
    return Law({**law.parameters, **only}, law.texts)


def _laid_over(parameter: Parameter, values: list[OwnValue]) -> Parameter:
    """Split a parameter's days by own values; of two on one day the later one holds."""
    ordered = sorted(values, key=lambda value: value.effective_from)
    begins = {dated.effective_from for dated in parameter.values}
    begins |= {value.effective_from for value in values}
    begins |= {
        value.effective_to + _DAY
        for value in values
        if value.effective_to and value.effective_to < dt.date.max
    }
    days = sorted(begins)
    lasts = [*(day - _DAY for day in days[1:]), None]
    pieces = [
        _piece(parameter, ordered, first, last) for first, last in zip(days, lasts, strict=True)
    ]
    return msgspec.structs.replace(parameter, values=pieces)


def _piece(
    parameter: Parameter, ordered: Iterable[OwnValue], first: dt.date, last: dt.date | None
) -> Dated:
    """Return the value that holds from a day on; before the law's first day, its first value."""
    law = parameter.at(first) or parameter.values[0]
    holding = [
        value
        for value in ordered
        if value.effective_from <= first and (value.effective_to or dt.date.max) >= first
    ]
    if not holding:
        return msgspec.structs.replace(law, effective_from=first, effective_to=last)
    by_kind = {value.unit_kind: value for value in holding}
    table = dict(law.table)
    table |= {kind: int(value.value) for kind, value in by_kind.items() if kind}
    sources = dict.fromkeys(value.source for value in by_kind.values())
    return OwnDated(
        effective_from=first,
        effective_to=last,
        published_on=holding[-1].effective_from,
        value=table or holding[-1].value,
        source=Citation("、".join(sources), ""),
    )
