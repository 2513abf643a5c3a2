"""What a letter cites: the article of each refusal, as the rule itself has it."""

import datetime as dt

import pytest

from shokibo.law.articles import OFFICIAL_NAMES, certification_articles, refusal_articles
from shokibo.law.evaluate import HOME_RULES, UNIT_RULES
from shokibo.law.outcomes import Rule
from shokibo.law.parameters import national_law

DAY = dt.date(2022, 4, 1)
LAW = national_law()


@pytest.mark.parametrize(
    ("addon", "unmet", "cited"),
    [
        ("dispersal", ["SCOPE_KIND"], "別紙2(1)(2)"),
        ("dispersal", ["SCOPE_CAPACITY"], "別紙2(2)"),
        ("dispersal", ["EXTRA_STAFF"], "別紙3(1)"),
        ("dispersal", ["REQ_EARLY_RETURN"], "別紙4(1)"),
        ("dispersal", ["REQ_TRAINING"], "別紙4(2)"),
        ("dispersal", ["REQ_LONG_TERM_PLAN"], "別紙4(3)"),
        ("dispersal", ["REQ_LONG_TERM_PLAN", "SCOPE_CAPACITY"], "別紙2(2)、別紙4(3)"),
        ("backup", ["BACKUP_UNITS"], "別紙2(1)(2)"),
        ("backup", ["BACKUP_STAFF"], "別紙3(2)"),
        ("backup", ["DUTY_RELIEF", "DUTY_MANAGEMENT"], "別紙3(2)"),
        ("backup", ["BACKUP_STAFF", "REQ_TRAINING"], "別紙3(2)、別紙4(2)"),
        ("dispersal", [], "別紙4"),
        ("backup", [], "別紙4"),
    ],
)
def test_a_refusal_cites_the_articles_of_what_is_not_met(
    addon: str, unmet: list[str], cited: str
) -> None:
    assert refusal_articles(addon, unmet, LAW, DAY) == f"子発1004第5号 {cited}"


@pytest.mark.parametrize("rule", [*UNIT_RULES, *HOME_RULES], ids=lambda rule: rule.code)
def test_every_rule_has_an_article_of_its_own_to_cite(rule: Rule) -> None:
    addon = "dispersal" if rule in UNIT_RULES else "backup"
    assert refusal_articles(addon, [rule.code], LAW, DAY) != refusal_articles(addon, [], LAW, DAY)


@pytest.mark.parametrize(
    ("addon", "cited"), [("dispersal", "別紙3(1)、別紙4"), ("backup", "別紙3(2)、別紙4")]
)
def test_a_certification_cites_its_staff_and_who_decides(addon: str, cited: str) -> None:
    for day in (DAY, dt.date(2018, 4, 1)):
        assert certification_articles(addon, LAW, day) == f"子発1004第5号 {cited}"


def test_the_names_are_those_of_the_notification() -> None:
    assert OFFICIAL_NAMES == {
        "dispersal": "小規模かつ地域分散化加算",
        "backup": "地域小規模児童養護施設等バックアップ職員加算",
    }
