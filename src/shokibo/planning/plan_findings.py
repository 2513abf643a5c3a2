"""The catalogue of findings in a plan: codes, words, what to do, and the source."""

from shokibo.ledger.findings import Entry, Severity
from shokibo.planning import cost_findings
from shokibo.texts import Text

_PLAN = "世田谷区児童養護施設小規模かつ地域分散化計画(案)"
_ACTIONS = f"{_PLAN} 第3 2"
_TARGETS = f"{_PLAN} 第3 3"
_NEED = f"{_PLAN} 第3 1"
_SIZES = f"{_PLAN} 第1 2(新しい社会的養育ビジョン)"


ENTRIES: list[Entry] = []


def _entry(
    code: str, severity: Severity, source: str, ja: str, en: str, remedy: str, remedy_en: str
) -> Entry:
    entry = Entry(code, severity, Text(ja, en), Text(remedy, remedy_en), source)
    ENTRIES.append(entry)
    return entry


def _void(code: str, ja: str, en: str, remedy: str, remedy_en: str) -> Entry:
    return _entry(code, "error", _ACTIONS, ja, en, remedy, remedy_en)


HOUSING_SHORT = _entry(
    "HOUSING_SHORT",
    "warning",
    f"{_PLAN} 第3 4",
    "{fiscal_year:year}にグループホームを{openings}か所新設する計画ですが、交渉中又は契約した物件は"
    "{leads}件です({as_of:day}現在)。",
    "{openings} {openings:group home is|group homes are} to open in {fiscal_year:year}; {leads} "
    "{leads:lead is|leads are} negotiated or "
    "contracted (as of {as_of:day}).",
    "「物件」の状態と開設予定年度を確かめるか、取組の年度を見直してください。",
    "Check the leads' states and planned years, or the years of the openings.",
)
PLAN_MISSING = _entry(
    "PLAN_MISSING",
    "warning",
    _ACTIONS,
    "取組がありますが、「計画」の表に行がありません。",
    "There are actions and no plan.",
    "基準日と計画の年度を「計画」に記入してください。",
    "Add a row to plan.",
)
ACTION_ON_CLOSED = _void(
    "ACTION_ON_CLOSED",
    "生活単位「{unit_name}」は、先の年度の取組で廃止又は転用され、定員が残っていません。"
    "この取組は数えません。",
    "Unit {unit_name} was closed or converted in an earlier year and has no places left; this "
    "has no effect.",
    "年度か生活単位を修正してください。転用後も定員を残すときは、転用の行に定員を記入してください。",
    "Correct the year or the unit; if the conversion leaves places, give them in its row.",
)
ACTION_TWICE_IN_YEAR = _void(
    "ACTION_TWICE_IN_YEAR",
    "生活単位「{unit_name}」に、{fiscal_year:year}の取組が二つ以上あります。後の行が効きます。",
    "Unit {unit_name} has several actions in {fiscal_year:year}; the last one counts.",
    "一つにまとめてください。",
    "Combine them into one.",
)
ACTION_UNIT_NOT_OPEN = _void(
    "ACTION_UNIT_NOT_OPEN",
    "生活単位「{unit_name}」は、この年度には開設していません。この取組は数えません。",
    "Unit {unit_name} is not open in that year; this has no effect.",
    "基準日に開設しているか、先の年度に新設する生活単位を書いてください。",
    "Name a unit open on the baseline, or opened by an earlier action.",
)
ACTION_INCOMPLETE = _void(
    "ACTION_INCOMPLETE",
    "取組に必要な欄が空欄です。この取組は数えません。",
    "The action lacks required values.",
    "新設には種別と定員、定員変更には生活単位IDと定員、廃止と転用には生活単位IDが要ります。",
    "Opening needs kind and capacity; a change “unit_id” and capacity; closing “unit_id”.",
)
ACTION_NOT_POSITIVE = _void(
    "ACTION_NOT_POSITIVE",
    "定員か か所数が1に満たない数です。",
    "Capacity or count is less than 1.",
    "1以上の数を書いてください。転用で定員を残さないときは、定員を空欄にします。",
    "Write 1 or more; leave the capacity of a conversion blank if it leaves no places.",
)
ACTION_OTHER_HOME = _void(
    "ACTION_OTHER_HOME",
    "生活単位「{unit_name}」は、施設「{home_name}」のものではありません。",
    "Unit {unit_name} does not belong to home {home_name}.",
    "施設ID又は生活単位IDを修正してください。",
    "Correct the home or the unit.",
)
ACTION_OPEN_ALREADY = _void(
    "ACTION_OPEN_ALREADY",
    "新設する生活単位「{unit_name}」は、既に開設しています。この取組は数えません。",
    "Unit {unit_name} is open already; this has no effect.",
    "新しいIDを書くか、定員変更にしてください。",
    "Give a new id, or make it a change.",
)
ACTION_HOME_NOT_OPEN = _void(
    "ACTION_HOME_NOT_OPEN",
    "施設「{home_name}」は、計画の基準日に開設していないか、計画がありません。",
    "Home {home_name} is not open on the baseline, or its authority has no plan.",
    "施設の開設日か基準日を確かめてください。",
    "Check its day of opening or the baseline.",
)
ACTION_BEFORE_BASELINE = _void(
    "ACTION_BEFORE_BASELINE",
    "{fiscal_year:year}は、計画の基準日の年度より前です。この取組は数えません。",
    "{fiscal_year:year} is before the year of the baseline; this has no effect.",
    "基準日より前のことは「定員」などの台帳に記入します。",
    "Put what is past into the register.",
)
ACTION_OUTSIDE_PLAN = _entry(
    "ACTION_OUTSIDE_PLAN",
    "warning",
    _ACTIONS,
    "{fiscal_year:year}は計画の期間({to_year:year}まで)の外です。年度末の表には出ません。",
    "{fiscal_year:year} is after the plan's last year ({to_year:year}); no table shows it.",
    "年度か計画終了年度を確かめてください。",
    "Check the year or the plan's end.",
)
ACTION_COUNT_WITH_UNIT = _void(
    "ACTION_COUNT_WITH_UNIT",
    "生活単位「{unit_name}」を名指しながら、か所数が{count}です。1として数えます。",
    "One unit ({unit_name}) is named and count is {count}; it counts as 1.",
    "か所数を1にするか、1か所ごとに行を分けてください。",
    "Make the count 1, or one row for each.",
)
ACTION_NO_CHANGE = _entry(
    "ACTION_NO_CHANGE",
    "info",
    _ACTIONS,
    "生活単位「{unit_name}」の定員は、前から{capacity}人です。",
    "Unit {unit_name} has {capacity} {capacity:place|places} already.",
    "要らなければ消してください。",
    "Delete it if it is not needed.",
)
VOID = {
    "closed": (ACTION_ON_CLOSED, "unit_id"),
    "replaced": (ACTION_TWICE_IN_YEAR, "unit_id"),
    "not_open": (ACTION_UNIT_NOT_OPEN, "unit_id"),
    "incomplete": (ACTION_INCOMPLETE, "action"),
    "not_positive": (ACTION_NOT_POSITIVE, "capacity"),
    "no_units": (ACTION_NOT_POSITIVE, "count"),
    "other_home": (ACTION_OTHER_HOME, "home_id"),
    "open_already": (ACTION_OPEN_ALREADY, "unit_id"),
    "home": (ACTION_HOME_NOT_OPEN, "home_id"),
    "early": (ACTION_BEFORE_BASELINE, "fiscal_year"),
}
"""Why an action has no effect (see `events`), and the column at which it is reported."""
HIGH_CARE_OVER_FOUR = _entry(
    "HIGH_CARE_OVER_FOUR",
    "warning",
    _SIZES,
    "ケアニーズの高い児童のための生活単位の定員が{capacity}人です({most}人以下が望ましい)。",
    "A unit for high care needs has {capacity} {capacity:place|places}; {most} or fewer are "
    "advised.",
    "定員を確かめてください。",
    "Check the capacity.",
)


_NOT_NOTED = "主な取組みに書くか、書かない理由を備考に記入してください。"
_PARTS = (("main", "本体施設", "main building"), ("group_home", "グループホーム", "group homes"))
PLAN_CHANGE_NOT_ANNOUNCED = {
    (place, noted): _entry(
        "PLAN_CHANGE_NOT_ANNOUNCED",
        "info" if noted else "warning",
        _ACTIONS,
        f"「{{name}}」の{ja}は{{fiscal_year:year}}に{{units_from}}か所{{places_from}}人から"
        f"{{units_to}}か所{{places_to}}人になりますが、主な取組みに書かれていない変更があります。",
        f"{{name}}: the number of units ({en}) changes from {{units_from}} with {{places_from}} "
        f"places to {{units_to}} with {{places_to}} places in {{fiscal_year:year}}; no initiative "
        f"announces all of it.",
        "理由:{note}" if noted else _NOT_NOTED,
        "Reason: {note}" if noted else "Announce it, or note why not.",
    )
    for place, ja, en in _PARTS
    for noted in (False, True)
}
"""Keyed by place, and by whether a note gives the reason."""


_OVER_SIX: tuple[tuple[str, Severity, str, str], ...] = (
    ("main", "info", "本体施設のユニット", "main unit{units:|s}"),
    ("group_home", "warning", "グループホーム", "group home{units:|s}"),
)
UNIT_OVER_SIX = {
    place: _entry(
        "UNIT_OVER_SIX",
        severity,
        _SIZES,
        f"「{{name}}」の{ja}に、定員{{capacity}}人が{{units}}か所あります"
        f"({{years:years}}の年度末。最大でも{{most}}人)。",
        f"{{name}}: {{units}} {en} of {{capacity}} {{capacity:place|places}} at the end of "
        f"{{years:years}} (at most {{most}}).",
        "小規模化の取組を考えてください。",
        "Consider making it smaller.",
    )
    for place, severity, ja, en in _OVER_SIX
}
GOAL_NOT_REACHED = _entry(
    "GOAL_NOT_REACHED",
    "info",
    _TARGETS,
    "「{name}」の{units}か所のグループホームは、{to_year:year}末にも定員が{goal}人を超えます"
    "(長期目標は{goal_year:year})。",
    "{name}: {units} {units:group home still has|group homes still have} more than {goal} "
    "{goal:place|places} at the end of "
    "{to_year:year} (long goal: {goal_year:year}).",
    "長期目標の年度までの取組を考えてください。",
    "Plan for them by the goal year.",
)
HOME_WITHOUT_ACTIONS = _entry(
    "HOME_WITHOUT_ACTIONS",
    "info",
    _ACTIONS,
    "「{name}」には、計画を通して取組がありません。",
    "The plan contains no action for {name}.",
    "これでよいか、施設に確かめてください。",
    "Ask the home whether that is so.",
)
PLAN_BELOW_CHILDREN = _entry(
    "PLAN_BELOW_CHILDREN",
    "warning",
    _NEED,
    "{fiscal_year:year}末の定員{places}人が、{as_of:day}の入所児童{children}人に足りません。",
    "{places} {places:place|places} at the end of {fiscal_year:year}; {children} "
    "{children:child lives|children live} there "
    "({as_of:day}).",
    "取組の時期と行き先を確かめてください。",
    "Check when, and where the children go.",
)
_TARGET_DIFFERS = (
    "{fiscal_year:year}末の「{item_name}」は、目標が{value}、施設の計画の合計が{homes}で、"
    "{difference}の差があります。",
    "End of {fiscal_year:year}, {item_name_en}: target {value}, the homes' plans {homes}, "
    "a difference of {difference}.",
)
PLAN_TARGET_DIFFERS = {
    False: _entry(
        "PLAN_TARGET_DIFFERS",
        "warning",
        _TARGETS,
        *_TARGET_DIFFERS,
        "目標の理由を記入し、施設と調整してください。",
        "Give the reason in targets, and settle it with the homes.",
    ),
    True: _entry(
        "PLAN_TARGET_DIFFERS",
        "info",
        _TARGETS,
        *_TARGET_DIFFERS,
        "理由:{reason}",
        "Reason: {reason}",
    ),
}
"""Keyed by whether the target's reason is given."""
TARGET_PARTS_DIFFER = _entry(
    "TARGET_PARTS_DIFFER",
    "warning",
    _TARGETS,
    "{fiscal_year:year}末の目標「{item_name}」{whole}と、内訳の合計{parts}が違います。",
    "End of {fiscal_year:year}, {item_name_en}: the target is {whole}, its parts come to {parts}.",
    "目標の値を修正してください。空欄の目標は、施設の計画の合計です。",
    "Correct the targets; a blank one is the sum of the homes' plans.",
)
TARGET_OUTSIDE_PLAN = _entry(
    "TARGET_OUTSIDE_PLAN",
    "warning",
    _TARGETS,
    "{fiscal_year:year}の目標は、計画の期間の外です。",
    "A target of {fiscal_year:year}, outside the plan.",
    "年度か計画の期間を確かめてください。",
    "Check the year or the plan's years.",
)
PLAN_BELOW_NEED = _entry(
    "PLAN_BELOW_NEED",
    "warning",
    _NEED,
    "{fiscal_year:year}末の施設の計画の合計{homes}人が、3歳以上の必要量{need}人に"
    "{difference}人足りません。",
    "End of {fiscal_year:year}: the homes' plans hold {homes} {homes:place|places}, {difference} "
    "below the need of {need}.",
    "取組を加えるか、施設と調整してください。",
    "Add actions, or settle it with the homes.",
)
TARGET_BELOW_NEED = _entry(
    "TARGET_BELOW_NEED",
    "warning",
    _NEED,
    "{fiscal_year:year}末の目標{value}人が、3歳以上の必要量{need}人に{difference}人足りません。",
    "End of {fiscal_year:year}: the target of {value} is {difference} below the need of {need}.",
    "目標を確かめてください。",
    "Check the target.",
)
TARGET_ABOVE_NEED = _entry(
    "TARGET_ABOVE_NEED",
    "info",
    _NEED,
    "{fiscal_year:year}末の目標{value}人は、3歳以上の必要量{need}人を{difference}人上回ります。",
    "End of {fiscal_year:year}: the target of {value} is {difference} above the need of {need}.",
    "余裕として見込むものか確かめてください。",
    "Check that it is meant as a reserve.",
)
NEED_UNKNOWN = _entry(
    "NEED_UNKNOWN",
    "info",
    _NEED,
    "{years:years}の3歳以上の必要量が分かりません。",
    "The need of three and over is not known: {years:years}.",
    "「必要量」に記入してください。",
    "Fill in need.",
)
CATALOGUE = {entry.code: entry for entry in (*ENTRIES, *cost_findings.ENTRIES)}
