"""A citation of the law on a page, in brackets and in the page's language."""

import re

from shokibo.web.base.language import language

_ENGLISH = (
    (
        re.compile(r"世田谷区児童養護施設小規模かつ地域分散化計画\(案\)(の策定について)?"),
        "Setagaya’s draft plan,",
    ),
    (re.compile(r"第(\d+) (\d+)"), r"part \1, \2"),
    (re.compile(r"\(新しい社会的養育ビジョン\)"), " (New Vision for Social Care)"),
    (re.compile(r"\(定員を5～4人になるよう整備\)"), " (units of four to five places)"),
    (re.compile(r"必要経費\(概算\)"), "costs needed (estimate)"),
    (re.compile(r"本ソフトの選択 "), "chosen here: "),
    (re.compile(r"記入誤りを見つけるための範囲"), "a range that finds typing errors"),
    (re.compile(r"退所後の引継ぎの期間"), "time to hand over after a child leaves"),
    (re.compile(r"いつもと違う閲覧"), "unusual looks at records"),
    (re.compile(r"児童の記録の保存期間"), "how long children’s records are kept"),
    (re.compile(r"記録のもれを見つけるための期間"), "a time that finds missing records"),
    (
        re.compile(r"新しい社会的養育ビジョン 里親等委託率の目標"),
        "New Vision for Social Care, foster care target",
    ),
    (re.compile(r"\(必要量\)"), " (need)"),
    (re.compile(r"児童福祉法 (\d+)条"), r"Child Welfare Act, art. \1"),
    (
        re.compile(r"\(令和7年6月1日施行の改正\)"),
        " (as amended, in force from 1 June 2025)",
    ),
    (
        re.compile(r"こども家庭庁の発足による所管の移管 令和5年4月"),
        "transfer to the Children and Families Agency, April 2023",
    ),
    (re.compile(r"\((子発\d+第\d+号)による改正"), r" (as amended by \1"),
    (re.compile(r"(子発\d+第\d+号) (?=別紙)"), r"Notification \1, "),
    (re.compile(r"別紙様式(\d)・様式(\d)"), r"Forms \1 and \2"),
    (re.compile(r"様式(\d)・様式(\d)"), r"Forms \1 and \2"),
    (re.compile(r"別紙様式(\d)"), r"Form \1"),
    (re.compile(r"別紙(?=\d)"), "Annex "),
    (re.compile(r"注(\d)"), r"note \1"),
    (re.compile(r"\(例\)"), " (example)"),
    (re.compile(r"、"), ", "),
    (re.compile(r" +"), " "),
)


def cited(source: object) -> str:
    """Write the words of a citation in the page's language."""
    words = str(source)
    if language() == "en":
        for pattern, english in _ENGLISH:
            words = pattern.sub(english, words)
    return words


def article(source: object) -> str:
    """Write a citation in brackets."""
    return f"[{cited(source)}]" if language() == "en" else f"〔{cited(source)}〕"
