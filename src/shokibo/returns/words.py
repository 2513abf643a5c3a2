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
YES, NO = "○", "×"
PLACES, PERSONS = Text("か所", ""), Text("名", "")
"""Units of the figures."""
