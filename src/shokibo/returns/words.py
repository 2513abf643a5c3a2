"""The words of the forms' tables, in Japanese as 子発1004第5号 別紙様式1・様式2 print them."""

from shokibo.texts import Text

KINDS = {
    "community_home": Text("地域小規模児童養護施設", "community homes"),
    "branch_group_care": Text("分園型小規模グループケア", "branches"),
    "total": Text("合計", "all"),
}
COUNTS = {
    "units": Text("小規模かつ地域分散化された生活単位か所数", "Units in scope"),
    "applied": Text("加算申請か所数", "Units applied for"),
    "certified": Text("加算認定か所数", "Units certified"),
}
OF_CAPACITY = Text("定員{capacity}名", "{capacity} places")
BACKUP = {
    "homes": Text("児童養護施設数", "Homes"),
    "homes_with_units": Text(
        "うち小規模かつ地域分散化された生活単位保有施設数", "Homes with units in scope"
    ),
    "applied": Text("加算申請施設数", "Homes applied for backup"),
    "certified": Text("加算認定施設数", "Homes certified for backup"),
}
LIST = {
    "number": Text("番号", "No."),
    "unit_name": Text("小規模かつ地域分散化された生活単位の施設名", "Unit"),
    "capacity": Text("定員数", "Places"),
    "dispersal": Text("小規模かつ地域分散化加算の適用の有無", "Dispersal add-on"),
    "staff": Text("職員数", "Staff"),
    "home_name": Text("本体施設名", "Home"),
    "backup": Text("地域小規模児童養護施設等バックアップ職員加算の適用の有無", "Backup add-on"),
}
LINE = Text("一覧{number}番 {label}", "List, line {number}, {label}")
LIST_TITLE = Text("3. 認定施設一覧", "3. list of certified units")
TITLE = Text("標題", "Title")
YES, NO = "○", "×"
PLACES, PERSONS = Text("か所", ""), Text("名", "")
"""Units of the figures."""

_OF = Text("{label}({of})", "{label} ({of})")
_KIND_AND_CAPACITY = Text("{kind}、{capacity}", "{kind}, {capacity}")


def count_label(table: str, name: str, part: str) -> Text:
    """Name a count of table 1 by its kind, name and part, or of table 2, which is `backup`."""
    if table == "backup":
        return BACKUP[name]
    of = KINDS[table]
    if part not in ("", "total"):
        of = say(_KIND_AND_CAPACITY, kind=of, capacity=say(OF_CAPACITY, capacity=part))
    return say(_OF, label=COUNTS[name], of=of)


def say(text: Text, **values: Text | str | int) -> Text:
    """Fill in values, each in the language of its text."""
    ja = {name: value.ja if isinstance(value, Text) else value for name, value in values.items()}
    en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
    return Text(text.say("ja", **ja), text.say("en", **en))
