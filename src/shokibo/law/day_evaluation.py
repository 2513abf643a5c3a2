"""The evaluation of one day as an answer: units and homes with their figures and reasons."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any, TypeVar

import polars as pl

from shokibo.answers import Answer, about
from shokibo.law.backup import BACKUP_UNITS
from shokibo.law.evaluate import HOME_RULES, UNIT_RULES, Evaluation
from shokibo.law.extra_staff import EXTRA_STAFF, NEXT_EXTRA
from shokibo.law.outcomes import Outcome, Rule
from shokibo.law.parameters import Law
from shokibo.law.reasons import Reason, reasons
from shokibo.law.scope import SCOPE_KIND
from shokibo.rounding import tenths
from shokibo.texts import Language, Text


class UnitFigures(Answer, frozen=True):
    """What was counted for a unit on a day, and whether it may have the add-on."""

    title = "生活単位の数値"

    home_id: str
    unit_id: str
    kind: Annotated[
        str,
        about("種別", "`main_unit`, `community_home`, `branch_group_care` or `other_group_home`"),
    ]
    in_scope: Annotated[
        bool | None,
        about(
            "小規模かつ地域分散化加算の対象か。定員が不明で決められないときは null",
            "対象; null if a branch's capacity is not known",
        ),
    ]
    capacity: Annotated[
        int | None,
        about("基準日の定員。不明は null", "定員 on the day; null if the ledger has none"),
    ]
    staff_fte: Annotated[
        str | None,
        about(
            "職員の常勤換算。不明は null",
            "職員数, one decimal; null if hours are missing",
            "4.8",
        ),
    ]
    qualified_fte: Annotated[
        str | None,
        about(
            "専任の児童指導員・保育士の常勤換算",
            "of these, 専任の児童指導員・保育士 not in the main rota",
        ),
    ]
    max_extra: Annotated[
        int | None,
        about(
            "加配の上限。対象外と表にない定員は0、定員が不明なら null",
            "加配の上限; 0 out of scope and for a capacity outside the table; null where the "
            "capacity is not known",
        ),
    ]
    available_extra: Annotated[
        int | None,
        about("今の職員で取れる加配", "加配できる人数; null if it can't be judged"),
    ]
    eligible: Annotated[
        bool | None,
        about("要件を満たすか。判定保留(資料不足)は null", "可, 不可, 判定保留(資料不足)"),
    ]

    @property
    def answer(self) -> Outcome:
        """Whether it may have the add-on, or is out of scope."""
        if self.in_scope is False:
            return "not_applicable"
        return "cannot_judge" if self.eligible is None else "met" if self.eligible else "not_met"


class UnitEvaluation(UnitFigures, frozen=True):
    """A unit on a day."""

    title = "生活単位の判定"

    reasons: Annotated[list[Reason], about("理由", "every rule that was evaluated")]


class HomeFigures(Answer, frozen=True):
    """What was counted for a home on a day, and whether it may have the backup add-on."""

    title = "施設の数値"

    home_id: str
    backup_fte: Annotated[
        str | None,
        about("バックアップ職員の常勤換算", "バックアップ職員, one decimal"),
    ]
    backup_eligible: Annotated[
        bool | None,
        about("要件を満たすか。判定保留(資料不足)は null", "可, 不可, 判定保留(資料不足)"),
    ]


class HomeEvaluation(HomeFigures, frozen=True):
    """A home on a day."""

    title = "施設の判定"

    reasons: Annotated[list[Reason], about("理由", "every rule that was evaluated")]


Figures = TypeVar("Figures", UnitFigures, HomeFigures)


class TextUsed(Answer, frozen=True):
    """The text of the Notification by which a day was judged."""

    title = "判定に使った条文"

    in_force: Annotated[
        str | None,
        about(
            "その日の条文。適用前は null",
            "the text in force on the day; null before the Notification applies",
        ),
    ]
    judged_by: Annotated[str, about("使った条文", "the text used: the latest available")]
    published_on: Annotated[dt.date, about("その発出日", "its publication date")]
    wording_of_the_day_at_hand: Annotated[
        bool,
        about(
            "その日の条文が手元にあるか",
            "false if a later text was used in place of the day's own",
        ),
    ]


class DayEvaluation(Answer, frozen=True):
    """The evaluation of every unit and home that is open on a day, in the ledger's order."""

    title = "加算の要件の判定"

    as_of: Annotated[dt.date, about("基準日", "the day")]
    text: TextUsed
    units: list[UnitEvaluation]
    homes: list[HomeEvaluation]


def day_evaluation(
    evaluation: Evaluation, law: Law, as_of: dt.date, language: Language
) -> DayEvaluation:
    """Turn an evaluation of one day into an answer, with every reason in words."""
    units, homes = evaluation.units, evaluation.homes
    unit_reasons = reasons(units, UNIT_RULES, law, language).by_case()
    home_reasons = reasons(homes, HOME_RULES, law, language).by_case()
    text, judged_by = law.text_of(as_of), law.judged_by
    return DayEvaluation(
        as_of,
        TextUsed(
            text.name if text else None, judged_by.name, judged_by.published_on, text == judged_by
        ),
        [
            UnitEvaluation(**row, reasons=reasons)
            for row, reasons in zip(_rows(units, UnitFigures), unit_reasons, strict=True)
        ],
        [
            HomeEvaluation(**row, reasons=reasons)
            for row, reasons in zip(_rows(homes, HomeFigures), home_reasons, strict=True)
        ],
    )


def figures_of(judged: pl.DataFrame, figures: type[Figures]) -> list[Figures]:
    """Return the figures of judged units or homes, without the reasons."""
    return [figures(**row) for row in _rows(judged, figures)]


BLOCKING: tuple[Outcome, ...] = ("not_met", "failed", "cannot_judge")
"""The outcomes that prevent eligibility, most serious first."""


def refusing_rules(
    figures: UnitFigures | HomeFigures | None,
    outcomes: Collection[tuple[str, Outcome]],
    extra: int | None,
) -> tuple[str, ...]:
    """Return the codes of the rules that refuse an add-on; of those open where none is not met.

    `outcomes` are the rules' by their codes. What is not open (no figures) is out of scope; more
    `extra` than there are available lacks staff.
    """
    if figures is None:
        return (SCOPE_KIND.code, BACKUP_UNITS.code)
    refusing = [code for code, outcome in outcomes if outcome == "not_met"]
    if is_exceeded(figures, extra) and not refusing:
        refusing.append(EXTRA_STAFF.code)
    return tuple(refusing or [code for code, outcome in outcomes if outcome in BLOCKING])


def is_exceeded(figures: UnitFigures | HomeFigures | None, extra: int | None) -> bool:
    """Whether more extra staff are asked for than there are, as far as that is known."""
    available = figures.available_extra if isinstance(figures, UnitFigures) else None
    return extra is not None and available is not None and extra > available


def lacking_of(units: pl.DataFrame, language: Language) -> dict[str, list[str]]:
    """Name the rules that prevent eligibility, by unit, and what is lacking for the first extra."""
    found: dict[str, list[str]] = {}
    codes = [rule.code for rule in UNIT_RULES]
    for row in units.select("unit_id", "available_extra", "shortage", *codes).iter_rows(named=True):
        found[row["unit_id"]] = [
            _lacking(rule, row, language) for rule in UNIT_RULES if row[rule.code] in BLOCKING
        ]
    return found


def _lacking(rule: Rule, row: Mapping[str, Any], language: Language) -> str:
    title = rule.title.say(language)
    if rule is not EXTRA_STAFF or not row["shortage"]:
        return title
    number, shortage = row["available_extra"] + 1, tenths(row["shortage"])
    further = NEXT_EXTRA.say(language, number=number, shortage=shortage).rstrip("。.")
    return _FURTHER.say(language, title=title, further=further)


_FURTHER = Text("{title}({further})", "{title} ({further})")
_FTE = ("staff_fte", "qualified_fte", "backup_fte")


def _rows(judged: pl.DataFrame, figures: type[Answer]) -> Iterator[dict[str, Any]]:
    """Read the fields of figures by row; FTE with one decimal, null if hours are missing."""
    for row in judged.select(figures.__struct_fields__).iter_rows(named=True):
        fte = {name: tenths(row[name]) for name in _FTE if row.get(name) is not None}
        yield row | fte
