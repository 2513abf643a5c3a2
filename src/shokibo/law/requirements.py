"""R7 and R6's duties: what an officer confirms of a home (子発1004第5号 別紙4, 3(2))."""

import polars as pl

from shokibo.law.outcomes import NOT_APPLICABLE, Rule, met_if
from shokibo.texts import Text

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
_ITEMS = [*REQUIREMENTS.values(), *DUTIES.values()]
_NUMBERS = {"early_return": "(1)", "training": "(2)", "long_term_plan": "(3)"}
"""Which number of 別紙4 a requirement is."""
_TITLES = {
    "early_return": Text(
        "早期の家庭復帰や里親委託等への支援", "Support towards return or fostering"
    ),
    "training": Text("職員の人材育成", "Training of staff"),
    "long_term_plan": Text("概ね10年程度の計画", "A plan for about ten years"),
    "duty_information": Text("情報共有", "Sharing of information"),
    "duty_management": Text("マネジメント", "Management"),
    "duty_supervision": Text("スーパーバイズ", "Supervision"),
    "duty_mental_health": Text("メンタルヘルス", "Mental health of staff"),
    "duty_relief": Text("応援支援", "Relief"),
    "duty_community": Text("地域社会との関係", "Relations with the community"),
}


def confirmed(confirmations: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    """Say for each home and day what is confirmed: a column an item, true, false or null.

    Of the rows that hold on the day, the one confirmed last decides. Columns of `cases`, each
    case once, and of the result: home_id, as_of; the result has one more for each item, and no
    row for a case of which nothing is confirmed.
    """
    asked = cases.lazy().select("home_id", "as_of").with_row_index("case")
    rows = confirmations.lazy().select(
        "home_id",
        "item",
        "confirmed_on",
        "expires_on",
        result=pl.col("result").fill_null(value=True),
        holds_from=pl.coalesce("holds_from", "confirmed_on"),
    )
    latest = (
        rows.join(asked, on="home_id")
        .filter(
            (pl.col("holds_from") <= pl.col("as_of"))
            & (pl.col("expires_on").is_null() | (pl.col("expires_on") >= pl.col("as_of")))
        )
        .group_by("case", "item")
        .agg(pl.col("result").max_by("confirmed_on"))
        .pivot("item", _ITEMS, index="case", values="result")
    )
    return asked.join(latest, on="case").drop("case").collect()


def _rule(code: str, item: str, cites: str, judge: pl.Expr) -> Rule:
    title = _TITLES[item]
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
                f"{title.ja}:この日に効力のある確認がありません。「要件確認」に記入してください。",
                f"{title.en}: no confirmation holds on this day; enter one in confirmations.",
            ),
            "not_applicable": Text(
                f"{title.ja}:対象外の生活単位なので、見ません。", f"{title.en}: out of scope."
            ),
        },
        title=title,
        number=_NUMBERS.get(item, ""),
    )


def _of_unit(item: str) -> pl.Expr:
    out = pl.col("in_scope").eq_missing(False)
    return pl.when(out).then(NOT_APPLICABLE).otherwise(met_if(pl.col(item)))


HOME_REQUIREMENTS = [
    _rule(code, item, "requirements", met_if(pl.col(item))) for code, item in REQUIREMENTS.items()
]
UNIT_REQUIREMENTS = [
    _rule(code, item, "requirements", _of_unit(item)) for code, item in REQUIREMENTS.items()
]
HOME_DUTIES = [
    _rule(code, item, "backup_duties", met_if(pl.col(item))) for code, item in DUTIES.items()
]
