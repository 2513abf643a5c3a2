"""R8: months in which certified add-ons don't hold, each cause once, with its reason in words.

A cause is a rule that is not met, or can't be judged, for a unit or a home; a cause of the home (a
confirmation, its closing) affects the add-ons of all its units.
"""

from typing import Any

import polars as pl

from shokibo.law import register
from shokibo.law.counted_staff import CountedStaff, counted_staff
from shokibo.law.evaluate import HOME_RULES
from shokibo.law.outcomes import Hint, Rule
from shokibo.law.parameters import Law
from shokibo.law.reasons import cited, reasons
from shokibo.law.register import BEGINNING
from shokibo.law.requirements import DUTIES, REQUIREMENTS
from shokibo.ledger.checks.located import json_value
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.texts import LANGUAGES, Language, Text
from shokibo.wording import fill

GROUNDS = ("ground_ja", "ground_en", "detail_ja", "detail_en", "staff")
NOT_OPEN = "NOT_OPEN"
"""Used in place of a rule's code: the unit or home is not open."""
_STAFF_RULES = ("EXTRA_STAFF", "BACKUP_STAFF")
_CONFIRMED = REQUIREMENTS | DUTIES
_OF_HOMES = tuple(rule.code for rule in HOME_RULES)
_UNIT, _HOME = Text("生活単位「{name}」", "unit {name}"), Text("施設「{name}」", "home {name}")
_RULE = Text("{title}({article})", "{title} ({article})")
_CLOSED = Text("{what}の廃止({day:day})", "{what} closed on {day:day}")
_NOT_YET = Text("{what}の開設前", "{what} is not open yet")
_OPENS = Text("{what}の開設前({day:day}に開設)", "{what} opens only on {day:day}")


def first_months(rows: pl.LazyFrame, *keys: str, **more: pl.Expr) -> pl.LazyFrame:
    """Return the first of an application's rows for each key, with `first` and all its `months`.

    `end_on` is the last day on which it can end before the first month, or otherwise in it,
    `from_month` the day after, `at_start` whether the first month is the add-on's start month.
    """
    first = pl.col("first")
    end_on = pl.when("at_start").then(first.dt.month_end()).otherwise(first.dt.offset_by("-1d"))
    return (
        rows.group_by("application_id", *keys, maintain_order=True)
        .agg(
            pl.all().exclude("month").first(),
            pl.col("month").first().alias("first"),
            pl.col("month").dt.strftime("%Y-%m").alias("months"),
            **more,
        )
        .with_columns(at_start=first <= pl.col("start_month"))
        .with_columns(end_on=end_on)
        .with_columns(from_month=pl.col("end_on").dt.offset_by("1d"))
    )


def lapses(
    ledger: Ledger, law: Law, judged: pl.DataFrame, rules: list[Rule], key: str
) -> pl.DataFrame:
    """Return the rules by which each certified add-on fails to hold in some month.

    `judged` has `holds`, false or null in these months, and `whose`; `key` is unit_id or home_id.
    A row per application, cause and outcome: application_id, `_row`, whose, rule, cause (of the
    unit or of the home), lapsed (true if it does not hold, false if that can't be judged), the
    columns of `first_months`, as_of (the day judged in the first month), and those of `_grounds`
    (staff: codes of the people it names).
    """
    lapsed = pl.col("holds").is_not_null()
    wrong = pl.concat_list(
        pl.when(
            pl.when("lapsed")
            .then(pl.col(rule.code) == "not_met")
            .otherwise(pl.col(rule.code).is_in(["cannot_judge", "failed"]))
        ).then(pl.lit(rule.code))
        for rule in rules
    ).list.drop_nulls()
    rows = (
        _with_home_days(ledger, judged.lazy().filter(~pl.col("holds").fill_null(value=False)))
        .with_columns(lapsed=lapsed)
        .with_columns(
            rule=pl.when("is_open").then(wrong).otherwise(pl.concat_list(pl.lit(NOT_OPEN)))
        )
        .explode("rule")
    )
    firsts = first_months(rows, "rule", "lapsed").collect()
    of_home = pl.when(pl.col("rule") == NOT_OPEN).then("by_home").otherwise("is_of_home")
    return (
        firsts.with_columns(_grounds(ledger, law, firsts, rules, key))
        .with_columns(is_of_home=pl.col("rule").is_in(_OF_HOMES))
        .select(
            "application_id",
            ROW,
            "whose",
            "rule",
            "lapsed",
            *("first", "months", "at_start", "end_on", "from_month", "as_of"),
            *GROUNDS,
            cause=pl.when(of_home)
            .then(pl.format("home {}", "home_id"))
            .otherwise(pl.format("unit {}", key)),
        )
    )


def _with_home_days(ledger: Ledger, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add whether a unit or home is not open because of the home: `by_home`.

    Also add the days and name of the place that decides: first_day, last_day, place_name.
    """
    homes = register.homes(ledger).select(
        "home_id", home_opened="opened_on", home_closed="closed_on", name_of_home="name"
    )
    by_home = ~pl.col("as_of").is_between("home_opened", "home_closed")
    return (
        rows.join(homes, on="home_id", how="left", maintain_order="left")
        .with_columns(by_home=by_home)
        .with_columns(
            pl.when("by_home").then(of_home).otherwise(own).alias(name)
            for name, own, of_home in (
                ("place_name", "name", "name_of_home"),
                ("first_day", "opened_on", "home_opened"),
                ("last_day", "closed_on", "home_closed"),
            )
        )
    )


def _grounds(
    ledger: Ledger, law: Law, firsts: pl.DataFrame, rules: list[Rule], key: str
) -> list[pl.Series]:
    """Name what does not hold, and describe it as of the first month.

    Series: ground_ja, ground_en, detail_ja, detail_en (blank if the ground says it all), staff.
    """
    of_staff = firsts.with_row_index("case").filter(pl.col("rule").is_in(_STAFF_RULES))
    staff = dict(zip(of_staff["case"], counted_staff(ledger, law, of_staff, key), strict=True))
    by_code = {rule.code: rule for rule in rules}
    codes = [staff[case].codes if case in staff else [] for case in range(firsts.height)]
    series = [pl.Series("staff", codes, pl.List(pl.String))]
    for language in LANGUAGES:
        messages = {
            (case, reason.code): reason.message
            for case, found in enumerate(reasons(firsts, rules, law, language).by_case())
            for reason in found
        }
        grounds, details = [], []
        for case, row in enumerate(firsts.iter_rows(named=True)):
            rule = by_code.get(row["rule"])
            grounds.append(_ground(rule, row, law, language) if rule else _not_open(row, language))
            if rule is None:
                detail = ""
            elif case in staff:
                detail = explained(messages[case, rule.code], staff[case], language)
            elif rule.code in _CONFIRMED:
                detail = _other_days(rule.hint, row, language)
            else:
                detail = messages[case, rule.code]
            details.append(detail.strip())
        series.append(pl.Series(f"ground_{language}", grounds, pl.String))
        series.append(pl.Series(f"detail_{language}", details, pl.String))
    return series


def _ground(rule: Rule, row: dict[str, Any], law: Law, language: Language) -> str:
    """Name a rule with the article in force."""
    article = cited(rule, law, row["as_of"])
    return _RULE.say(language, title=rule.title.say(language), article=article)


def _other_days(hint: Hint | None, row: dict[str, Any], language: Language) -> str:
    """Name the days of earlier and later confirmations, if any."""
    known = hint and any(row[name] for name in hint.columns)
    return hint.words(row, language) if hint and known else ""


def _not_open(row: dict[str, Any], language: Language) -> str:
    """Name the unit or home that has closed, or has not opened yet."""
    what = (_HOME if row["by_home"] else _UNIT).say(language, name=row["place_name"])
    if row["last_day"] < row["as_of"]:
        return fill(_CLOSED, language, {"what": what, "day": json_value(row["last_day"])})
    text = _NOT_YET if row["first_day"] == BEGINNING else _OPENS
    return fill(text, language, {"what": what, "day": json_value(row["first_day"])})


def explained(message: str, people: CountedStaff, language: Language) -> str:
    """Combine the words of a reason with those about people."""
    space = "" if language == "ja" else " "
    return f"{message.strip()}{space}{people.words(language)}"
