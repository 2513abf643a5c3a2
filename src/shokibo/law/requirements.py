"""R7, and the duties of R6: what an officer confirms about a home (子発1004第5号 別紙4, 3(2))."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from shokibo.engines import collected
from shokibo.law.outcomes import NOT_APPLICABLE, Hint, Rule, met_if
from shokibo.law.parameters import Dated, Law
from shokibo.law.presence import on_day
from shokibo.ledger.model import Ledger
from shokibo.texts import Language, Text
from shokibo.wording import day_in_words

REQUIREMENTS = {
    "REQ_EARLY_RETURN": "early_return",
    "REQ_TRAINING": "training",
    "REQ_LONG_TERM_PLAN": "long_term_plan",
}
DUTIES = {
    "DUTY_INFORMATION": "duty_information",
    "DUTY_MANAGEMENT": "duty_management",
    "DUTY_SUPERVISION": "duty_supervision",
    "DUTY_MENTAL_HEALTH": "duty_mental_health",
    "DUTY_RELIEF": "duty_relief",
    "DUTY_COMMUNITY": "duty_community",
}
RECORDED = ("duty_other", "coordination")
"""Items that are recorded but decide nothing."""
_ITEMS = [*REQUIREMENTS.values(), *DUTIES.values()]
_NUMBERS = {"early_return": "(1)", "training": "(2)", "long_term_plan": "(3)"}
"""The item number of each requirement in 別紙4."""
_TITLES = {
    "early_return": Text(
        "早期の家庭復帰や里親委託等に向けた専門的な支援", "Support towards return or fostering"
    ),
    "training": Text("人材育成", "Training of staff"),
    "long_term_plan": Text("概ね10年程度の計画の策定", "A plan for about ten years"),
    "duty_information": Text("情報共有", "Sharing of information"),
    "duty_management": Text("マネジメント", "Management"),
    "duty_supervision": Text("スーパーバイズ", "Supervision"),
    "duty_mental_health": Text("メンタルヘルス", "Mental health of staff"),
    "duty_relief": Text("応援支援", "Relief"),
    "duty_community": Text("地域社会との関係性の構築", "Relations with the community"),
}


def clause_of(item: str, law: Law, day: dt.date) -> Dated:
    """Return the wording of the clause that an item confirms, as of a day."""
    clause = law.parameters[f"clause_{item}"]
    return clause.at(day) or clause.values[0]


HOME_ON_DAY = on_day("home_row").meta.output_name()


def columns_of(items: Iterable[str]) -> list[str]:
    """Name the columns of `confirmations_on` for some items."""
    return [f"{item}{suffix}" for item in items for suffix in ("", "_from", "_until")]


_BEGUN = pl.col("holds_from") <= pl.col("as_of")
_EXPIRED = (pl.col("expires_on") < pl.col("as_of")).fill_null(value=False)
_OF_ROW = {
    # the greatest of these numbers is that of the row confirmed last, odd if its result is true
    "ranked": pl.when(_BEGUN & ~_EXPIRED).then(
        pl.col("confirmed_on").to_physical() * 2 + pl.col("result").cast(pl.Int32)
    ),
    "begins": pl.when(~_BEGUN).then("holds_from"),
    "ended": pl.when(_BEGUN & _EXPIRED).then("expires_on"),
}
_OF_ITEMS = [
    pl.when(pl.col("item") == item).then(value).alias(column)
    for item in _ITEMS
    for column, value in zip(columns_of([item]), _OF_ROW, strict=True)
]
_UNLESS_CONFIRMED = [
    pl.when(pl.col(item).is_null()).then(column).alias(column)
    for item in _ITEMS
    for column in (f"{item}_from", f"{item}_until")
]


def confirmations_on(ledger: Ledger, cases: pl.DataFrame) -> pl.DataFrame:
    """Return what is confirmed for homes and days: a column per item, true, false or null.

    Of the rows in force on the day, the one confirmed last decides. `cases` has home_row and as_of
    (each case once). The result identifies them by HOME_ON_DAY, and has for each item its name and,
    if no row is in force, `_from`, the day from which the next one is, and `_until`, the last day
    of the previous one. A case of a home without any row is left out.
    """
    rows = ledger["confirmations"].with_columns(ledger.rows_of("confirmations", "home_id"))
    confirmed = (
        rows.lazy()
        .select(
            "home_row",
            "item",
            "confirmed_on",
            "expires_on",
            result=pl.col("result").fill_null(value=True),
            holds_from=pl.coalesce("holds_from", "confirmed_on"),
        )
        .join(cases.lazy().select("home_row", "as_of"), on="home_row")
        .select(on_day("home_row"), "item", **_OF_ROW)
        .select(HOME_ON_DAY, *_OF_ITEMS)
        .group_by(HOME_ON_DAY)
        .agg(pl.col(*_ITEMS).max(), pl.col(r"^.*_from$").min(), pl.col(r"^.*_until$").max())
        .with_columns(_UNLESS_CONFIRMED)
        .with_columns((pl.col(*_ITEMS) & 1).cast(pl.Boolean))
    )
    return collected(confirmed, rows.height)


UNCONFIRMED_WHEN = {
    (False, False): Text("「要件確認」に記入してください。", "Enter one in confirmations."),
    (False, True): Text(
        "{later}からの確認があります。効力開始日を確かめてください。",
        "There is one from {later} on; check the day from which it holds.",
    ),
    (True, False): Text(
        "{earlier}までの確認があり、期限が過ぎています。改めて確認し、「要件確認」に記入してください。",
        "One expired on {earlier}; confirm it again in confirmations.",
    ),
    (True, True): Text(
        "{earlier}までの確認と、{later}からの確認があります。効力開始日を確かめてください。",
        "One expired on {earlier}, and there is one from {later} on; check the day from which it "
        "holds.",
    ),
}
"""If no confirmation holds on a day: keyed by whether one held earlier, and one holds later."""


def _rule(code: str, item: str, cites: str, judge: pl.Expr) -> Rule:
    title = _TITLES[item]
    until, begins = names = (f"{item}_until", f"{item}_from")

    def when_confirmed(row: Mapping[str, Any], language: Language) -> str:
        days = {"earlier": row[until], "later": row[begins]}
        text = UNCONFIRMED_WHEN[row[until] is not None, row[begins] is not None]
        return text.say(
            language, **{name: day and day_in_words(day, language) for name, day in days.items()}
        )

    return Rule(
        code,
        cites,
        judge,
        {
            "met": Text(f"{title.ja}:確認済み。", f"{title.en}: confirmed."),
            "not_met": Text(
                f"{title.ja}:満たさないと確認されています。", f"{title.en}: confirmed as not met."
            ),
            "cannot_judge": Text(
                f"{title.ja}:この日に効力のある確認がありません。{{hint}}",
                f"{title.en}: no confirmation holds on this day. {{hint}}",
            ),
            "not_applicable": Text(
                f"{title.ja}:対象外の生活単位なので、判定の対象外です。",
                f"{title.en}: out of scope.",
            ),
        },
        title=title,
        number=_NUMBERS.get(item, ""),
        hint=Hint(names, when_confirmed),
    )


HOME_REQUIREMENTS = [
    _rule(code, item, "requirements", met_if(pl.col(item))) for code, item in REQUIREMENTS.items()
]
_OUT_OF_SCOPE = pl.when(pl.col("in_scope").eq_missing(False)).then(NOT_APPLICABLE)
UNIT_REQUIREMENTS = [
    _rule(code, item, "requirements", _OUT_OF_SCOPE.otherwise(met_if(pl.col(item))))
    for code, item in REQUIREMENTS.items()
]
HOME_DUTIES = [
    _rule(code, item, "backup_duties", met_if(pl.col(item))) for code, item in DUTIES.items()
]
