"""An evaluation as the command line prints it."""

import datetime as dt

import polars as pl

from shokibo.law.evaluate import HOME_RULES, UNIT_RULES, Evaluation
from shokibo.law.outcomes import Rule
from shokibo.law.parameters import Law
from shokibo.law.reasons import reasons
from shokibo.rounding import tenths
from shokibo.texts import Language


def as_json(
    evaluation: Evaluation, law: Law, as_of: dt.date, language: Language
) -> dict[str, object]:
    """Give an evaluation of one day with every reason, in the ledger's order."""
    units, homes = evaluation.units, evaluation.homes
    of_unit = _reasons_by_case(units, UNIT_RULES, law, language)
    of_home = _reasons_by_case(homes, HOME_RULES, law, language)
    return {
        "as_of": as_of.isoformat(),
        "text": _text_json(law, as_of),
        "units": [
            {**figures, "reasons": of_unit[case]}
            for case, figures in enumerate(figures_of_units(units))
        ],
        "homes": [
            {**figures, "reasons": of_home[case]}
            for case, figures in enumerate(figures_of_homes(homes))
        ],
    }


def figures_of_units(units: pl.DataFrame) -> list[dict[str, object]]:
    """Give the figures of judged units, without the reasons."""
    return [
        {
            "home_id": row["home_id"],
            "unit_id": row["unit_id"],
            "kind": row["kind"],
            "in_scope": row["in_scope"],
            "capacity": row["capacity"],
            "staff_fte": fte(row["staff_fte"]),
            "qualified_fte": fte(row["qualified_fte"]),
            "max_extra": row["max_extra"],
            "available_extra": row["available_extra"],
            "eligible": row["eligible"],
        }
        for row in units.iter_rows(named=True)
    ]


def figures_of_homes(homes: pl.DataFrame) -> list[dict[str, object]]:
    """Give the figures of judged homes, without the reasons."""
    return [
        {
            "home_id": row["home_id"],
            "backup_fte": fte(row["backup_fte"]),
            "backup_eligible": row["backup_eligible"],
        }
        for row in homes.iter_rows(named=True)
    ]


def fte(value: int | None) -> str | None:
    """Print FTE with its one decimal; None where hours are missing."""
    return None if value is None else tenths(value)


def _reasons_by_case(
    judged: pl.DataFrame, rules: list[Rule], law: Law, language: Language
) -> list[list[dict[str, object]]]:
    by_case: list[list[dict[str, object]]] = [[] for _ in range(judged.height)]
    if judged.is_empty():
        return by_case
    for row in reasons(judged, rules, law, language).iter_rows(named=True):
        reason = {name: row[name] for name in ("code", "outcome", "message", "source")}
        if row["unconfirmed"]:
            reason["unconfirmed"] = row["unconfirmed"]
        by_case[row["case"]].append(reason)
    return by_case


def _text_json(law: Law, as_of: dt.date) -> dict[str, object]:
    """Say which text stood on the day, and by which text it was judged."""
    of_the_day = law.text_of(as_of)
    return {
        "in_force": of_the_day.name if of_the_day else None,
        "judged_by": law.judged_by.name,
        "published_on": law.judged_by.published_on.isoformat(),
        "wording_of_the_day_at_hand": of_the_day == law.judged_by,
    }
