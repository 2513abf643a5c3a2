"""Citations in a decision letter: the add-ons' official names, the articles applied."""

import datetime as dt
from collections.abc import Collection, Iterable

from shokibo.law.evaluate import HOME_RULES, UNIT_RULES
from shokibo.law.parameters import Law
from shokibo.law.reasons import NUMBERS, cited

OFFICIAL_NAMES = {
    "dispersal": "小規模かつ地域分散化加算",
    "backup": "地域小規模児童養護施設等バックアップ職員加算",
}
"""The add-ons' names as printed in 子発1004第5号 別紙3."""
_RULES = {"dispersal": UNIT_RULES, "backup": HOME_RULES}
_GRANTED = {"dispersal": "max_extra", "backup": "backup_staff"}


def certification_articles(addon: str, law: Law, day: dt.date) -> str:
    """Cite the articles by which an add-on is certified: its staff, and the governor's decision."""
    return _joined([_source(law, _GRANTED[addon], day), _of_decision(law, day)])


def refusal_articles(addon: str, unmet: Collection[str], law: Law, day: dt.date) -> str:
    """Cite the articles of the unmet rules, given by code, in the rules' order.

    If no rule refuses it, the article by which the governor decides.
    """
    sources = [cited(rule, law, day) for rule in _RULES[addon] if rule.code in unmet]
    return _joined(sources or [_of_decision(law, day)])


def _of_decision(law: Law, day: dt.date) -> str:
    """Cite the article that lists the requirements and says who decides, without item numbers."""
    return NUMBERS.sub("", _source(law, "requirements", day))


def _source(law: Law, name: str, day: dt.date) -> str:
    return str((law.at(name, day) or law.parameters[name].values[0]).source)


def _joined(sources: Iterable[str]) -> str:
    """Name each document once: 子発1004第5号 別紙2(2)、別紙4(1)."""
    documents: dict[str, list[str]] = {}
    for source in dict.fromkeys(sources):
        document, _, article = source.partition(" ")
        documents.setdefault(document, []).append(article)
    return "、".join(f"{name} {'、'.join(articles)}" for name, articles in documents.items())
