"""Labels of places, flows, objectives and limits."""

from django.utils.translation import gettext_noop

PLACES = {
    "children_home": gettext_noop("児童養護施設"),
    "infant_home": gettext_noop("乳児院"),
    "foster": gettext_noop("里親"),
    "family_home": gettext_noop("ファミリーホーム"),
    "temporary_protection": gettext_noop("一時保護"),
    "other": gettext_noop("その他"),
}
FLOWS = {
    "entries": gettext_noop("新たに入る"),
    "exits": gettext_noop("代替養育を終える"),
    "moves": gettext_noop("ほかの場に移る"),
}
OBJECTIVES = {
    "shortage": gettext_noop("必要量に足りない人数(年度末の合計)"),
    "group_homes_over_five": gettext_noop("最後の年度末の、6人以上のグループホーム"),
    "places_outside_small_group_homes": gettext_noop(
        "最後の年度末の、5～4人のグループホームの外の定員"
    ),
    "net_cost": gettext_noop("自治体の負担(円、全年度の合計)"),
    "changes": gettext_noop("取組の数"),
}
LIMITS = {
    "openings_per_year": gettext_noop("1年度に新設するグループホームの数"),
    "budget": gettext_noop("1年度の自治体の負担の上限"),
    "new_staff_per_year": gettext_noop("1年度に増やせる職員の数"),
    "shortage": gettext_noop("必要量に足りない年度を認めない"),
    "residents": gettext_noop("入所している児童の数だけ定員を保つ"),
    "keep_main": gettext_noop("本体施設に残す定員"),
    "group_limit": gettext_noop("グループホームは5人以下"),
    "main_limit": gettext_noop("本体施設のユニットは6人以下"),
    "pin": gettext_noop("残すと決めた取組"),
}
COMPARED = {
    "budget": gettext_noop("自治体の負担 1年度%(n)s円まで"),
    "openings_per_year": gettext_noop("新設 1年度%(n)sか所まで"),
}
STATUSES = {
    "optimal": gettext_noop("最もよい計画です(証明済み)"),
    "feasible": gettext_noop("条件を守る計画ですが、最もよいとは証明できていません"),
    "infeasible": gettext_noop("条件が両立しないため、計画を作れません"),
}
STAGES = {
    "": gettext_noop("順番を待っています。"),
    "forecasting": gettext_noop("経過を試しています。"),
    "looking_back": gettext_noop("過去にさかのぼって予測し、成績を調べています。"),
    "solving": gettext_noop("計画を探しています。"),
    "making": gettext_noop("ファイルを作っています。"),
    "comparing": gettext_noop("条件や必要量を変えた計画と比べています。"),
}
