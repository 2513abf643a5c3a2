"""The ledger's tables: the only declaration of each column's name, kind and allowed values.

Reading, writing, the template, the data dictionary and every schema are based on it.
"""

from shokibo.ledger.columns import (
    BLANK_UNKNOWN,
    Column,
    Kind,
    Table,
    authority_of_table,
    home_id,
    unit_id,
)
from shokibo.ledger.support_tables import SUPPORT_TABLES
from shokibo.texts import Text


def _estimated_band() -> Column:
    return Column(
        "age_band",
        "年齢区分",
        Kind.CODE,
        required=True,
        codes=AGE_BANDS,
        note=Text("推計は「3歳以上」の行を使わない。", "The estimate ignores three_and_over."),
    )


_OPENED = Column(
    "opened_on",
    "開設日",
    Kind.DATE,
    on_blank=Text("空欄は、台帳より前から開設。", "Blank: open since before the ledger."),
)
_CLOSED = Column(
    "closed_on",
    "廃止日",
    Kind.DATE,
    is_last_day=True,
    note=Text("開設している最後の日。", "The last day it is open."),
    on_blank=Text("空欄は、開設中。", "Blank: still open."),
)
AUTHORITY_KINDS = {
    "prefecture": "都道府県",
    "designated_city": "指定都市",
    "center_city": "児童相談所設置市",
}
UNIT_KINDS = {
    "main_unit": "本体施設ユニット",
    "community_home": "地域小規模児童養護施設",
    "branch_group_care": "分園型小規模グループケア",
    "other_group_home": "その他のグループホーム",
}
JOBS = {"child_instructor": "児童指導員", "childcare_worker": "保育士", "other": "その他"}
EMPLOYMENTS = {"full_time": "常勤", "part_time": "非常勤"}
ROLES = {"care": "直接養育", "backup": "バックアップ", "support": "本体からの応援"}
ABSENCE_KINDS = {
    "maternity": "産前産後休業",
    "childcare": "育児休業",
    "sick": "病気休職",
    "other": "その他",
}
CONFIRMATION_ITEMS = {
    "early_return": "早期の家庭復帰や里親委託等に向けた専門的な支援",
    "training": "人材育成",
    "long_term_plan": "概ね10年程度の計画の策定",
    "duty_information": "情報共有",
    "duty_management": "マネジメント",
    "duty_supervision": "スーパーバイズ",
    "duty_mental_health": "メンタルヘルス",
    "duty_relief": "応援支援",
    "duty_community": "地域社会との関係性の構築",
    "duty_other": "その他必要な支援",
    "coordination": "他の職員との連携",
}
ADDONS = {"dispersal": "小規模かつ地域分散化加算", "backup": "バックアップ職員加算"}
DECISIONS = {
    "draft": "作成中",
    "pending": "審査中",
    "returned": "差戻し",
    "certified": "認定",
    "rejected": "不認定",
    "withdrawn": "取下げ",
}
ACTION_CODES = {
    "change_capacity": "定員変更",
    "open": "新設",
    "close": "廃止",
    "convert": "転用",
}
NEW_FUNCTIONS = {
    "high_care": "ケアニーズの高い児童",
    "temporary_protection": "一時保護",
    "family_support": "子育て支援",
    "foster_support": "里親支援",
    "other": "その他",
}
AGE_BANDS = {
    "under_3": "3歳未満",
    "preschool": "3歳以上就学前",
    "school_age": "学童期以降",
    "three_and_over": "3歳以上",
}
CARE_PLACES = {
    "children_home": "児童養護施設",
    "infant_home": "乳児院",
    "foster": "里親",
    "family_home": "ファミリーホーム",
    "temporary_protection": "一時保護",
    "other": "その他",
}
END_REASONS = {
    "return_home": "家庭復帰",
    "foster": "里親等委託",
    "adoption": "養子縁組",
    "independence": "自立",
    "transfer": "移動",
    "other": "その他",
}
MOVE_REASONS = {
    "planned": "計画的な移動",
    "breakdown": "不調",
    "home_closed": "施設の都合",
    "other": "その他",
}
NEED_BASES = {"forecast": "推計", "actual": "実績"}
TARGET_ITEMS = {
    "main_six_or_more": "本体6人以上",
    "main_five_to_four": "本体5～4人",
    "main_capacity": "本体定員",
    "group_six_or_more": "グループホーム6人以上",
    "group_five_to_four": "グループホーム5～4人",
    "group_count": "グループホームのか所数",
    "group_capacity": "グループホームの定員",
    "total": "合計定員",
}
FORMER_WORDS = {
    "early_return": "早期家庭復帰等の支援",
    "long_term_plan": "計画策定",
    "duty_community": "地域関係",
    "group_six_or_more": "GH6人以上",
    "group_five_to_four": "GH5~4人",
    "group_count": "GHか所数",
    "group_capacity": "GH定員",
}
"""Earlier labels of codes, found in older workbooks and accepted in reading."""
POPULATIONS = {
    "residents": "区域内施設の全入所児童",
    "placed": "当該自治体が措置した児童",
}
PLACES = {
    "all": "合計",
    "main": "本体施設",
    "group_home": "グループホーム",
    "infant_home": "乳児院",
    "foster": "里親",
    "family_home": "ファミリーホーム",
}
PLACES_OUTSIDE = ("infant_home", "foster", "family_home")
"""Where children live who are not in any of the homes."""
TIMINGS = {"initial": "初期", "annual": "年間"}
COST_BASES = {
    "opened_home": "新設グループホーム",
    "converted_unit": "転用ユニット",
    "year": "年度",
    "extra_staff_month": "加配職員1人1か月",
    "backup_month": "バックアップ職員1人1か月",
    "reduced_unit": "定員引下げ",
}

AUTHORITIES = Table(
    "authorities",
    "自治体",
    (
        Column(
            "authority_code",
            "団体コード",
            Kind.AUTHORITY_CODE,
            required=True,
            note=Text(
                "全国地方公共団体コード6桁(検査数字を含む)。",
                "Six digits, the last one the check digit.",
            ),
        ),
        Column("name", "自治体名", required=True),
        Column("kind", "自治体区分", Kind.CODE, required=True, codes=AUTHORITY_KINDS),
        Column(
            "reporting_officer",
            "報告者職名",
            note=Text("様式に記す報告者。例:民生主管部(局)長。", "Who signs the forms."),
            on_blank=Text("空欄は様式の原文のまま。", "Blank keeps the form's own words."),
        ),
        Column(
            "reports_from",
            "報告開始年度",
            Kind.FISCAL_YEAR,
            note=Text(
                "本ソフトから国へ報告する最初の年度。",
                "The first fiscal year that is reported from here.",
            ),
            on_blank=Text("空欄は決めていない。", "Blank: not set."),
        ),
    ),
    ("authority_code",),
    Text("施設を所管する自治体。", "The authorities that oversee the homes."),
    for_form1=True,
)
HOMES = Table(
    "homes",
    "施設",
    (
        Column("home_id", "施設ID", Kind.ID, required=True),
        Column("name", "施設名", required=True),
        Column("operator", "法人名", required=True),
        Column(
            "operator_number",
            "法人番号",
            Kind.ID,
            note=Text("13桁。", "Thirteen digits."),
            on_blank=Text("空欄は不明。", "Blank: not known."),
            length=20,
        ),
        Column(
            "authority_code",
            "団体コード",
            Kind.AUTHORITY_CODE,
            required=True,
            refers="authorities",
        ),
        _OPENED,
        _CLOSED,
    ),
    ("home_id",),
    Text("児童養護施設。1行が1施設。", "Children's homes, one per row."),
    for_form1=True,
)
UNITS = Table(
    "units",
    "生活単位",
    (
        Column("unit_id", "生活単位ID", Kind.ID, required=True),
        home_id(),
        Column(
            "name",
            "生活単位名",
            required=True,
            note=Text("同じ施設の中で重ならない名。", "Unique within the home."),
        ),
        Column("kind", "種別", Kind.CODE, required=True, codes=UNIT_KINDS),
        _OPENED,
        _CLOSED,
        Column(
            "continues",
            "前の生活単位ID",
            Kind.ID,
            refers="units",
            note=Text(
                "同じ生活単位が種別、施設又は所在地を変えて続くとき、その前の生活単位。"
                "前の生活単位は、開設日の前日に廃止する。",
                "The unit that this one continues: the same household under another kind, home or "
                "address. That unit closes on the day before this one opens.",
            ),
        ),
        Column(
            "area",
            "所在地",
            note=Text("町名まで。番地は書かない。", "The town, without a house number."),
        ),
    ),
    ("unit_id",),
    Text(
        "本体施設のユニットとグループホーム。施設が開設している間だけ開設とみなす。",
        "Households; a unit is open only while its home is.",
    ),
    maintained_by_home=True,
    for_form1=True,
)
CAPACITIES = Table(
    "capacities",
    "定員",
    (
        unit_id(required=True),
        Column(
            "effective_from",
            "適用開始日",
            Kind.DATE,
            required=True,
            note=Text(
                "開設のときからの定員は、生活単位の開設日。",
                "For the capacity from the start, the day the unit opened.",
            ),
            blank_code="CAPACITY_START_BLANK",
        ),
        Column("capacity", "定員", Kind.INTEGER, required=True, note=Text("1以上。", "1 or more.")),
    ),
    ("unit_id", "effective_from"),
    Text(
        "定員の履歴。ある日の定員は、その日以前で最も新しい行。",
        "Capacities over time: the latest row not after a day holds on it.",
    ),
    maintained_by_home=True,
    for_form1=True,
)
STAFF = Table(
    "staff",
    "職員",
    (
        Column(
            "staff_id",
            "職員ID",
            Kind.ID,
            required=True,
            note=Text(
                "氏名ではなく符号。同じ人は同じ符号。", "A code, not a name; one per person."
            ),
        ),
        home_id(),
        unit_id(on_blank=Text("空欄は本体施設。", "Blank: at the main building.")),
        Column("job", "職種", Kind.CODE, required=True, codes=JOBS),
        Column("employment", "雇用形態", Kind.CODE, required=True, codes=EMPLOYMENTS),
        Column(
            "weekly_hours",
            "週勤務時間",
            Kind.HOURS,
            note=Text(
                "38.75 又は 38:45。非常勤の人と、同時に二つの配置がある人に必要。",
                "38.75 or 38:45; needed for part-timers and for two postings at once.",
            ),
            depends=True,
        ),
        Column(
            "full_time_weekly_hours",
            "常勤の週勤務時間",
            Kind.HOURS,
            note=Text(
                "週勤務時間を書く行に必要。既定値はない。",
                "Needed wherever weekly hours are; there is no default.",
            ),
            depends=True,
        ),
        Column("role", "役割", Kind.CODE, required=True, codes=ROLES),
        Column("dedicated", "専任", Kind.YES_NO, required=True),
        Column("main_rota", "本体勤務ローテーション", Kind.YES_NO, required=True),
        Column(
            "started_on",
            "配置開始日",
            Kind.DATE,
            on_blank=Text("空欄は、台帳より前から。", "Blank: since before the ledger."),
        ),
        Column(
            "ended_on",
            "配置終了日",
            Kind.DATE,
            is_last_day=True,
            note=Text("最後の日。", "The last day."),
            on_blank=Text("空欄は配置中。", "Blank: still posted."),
        ),
    ),
    ("staff_id", "home_id", "unit_id", "role", "started_on"),
    Text("職員の配置。1行が一つの配置。", "Postings of staff, one per row."),
    maintained_by_home=True,
    for_form1=True,
)
ABSENCES = Table(
    "absences",
    "休業",
    (
        Column(
            "staff_id",
            "職員ID",
            Kind.ID,
            required=True,
            note=Text("「職員」と同じ符号。", "The same code as in staff."),
        ),
        Column("started_on", "開始日", Kind.DATE, required=True),
        Column(
            "ended_on",
            "終了日",
            Kind.DATE,
            is_last_day=True,
            note=Text("最後の日。", "The last day."),
            on_blank=Text("空欄は休業中。", "Blank: still on leave."),
        ),
        Column("kind", "区分", Kind.CODE, required=True, codes=ABSENCE_KINDS),
        Column(
            "counted",
            "職員数に算入",
            Kind.YES_NO,
            note=Text(
                "×の人は、休業の間は職員数に数えない。",
                "With no the person does not count while on leave.",
            ),
            on_blank=Text(
                "空欄は、既定の取扱い(未確認)による。",
                "Blank: as by default, which no source states.",
            ),
        ),
    ),
    ("staff_id", "started_on"),
    Text("職員の休業。1行が一つの期間。", "Leave of staff, one period per row."),
    maintained_by_home=True,
    for_form1=True,
)
CONFIRMATIONS = Table(
    "confirmations",
    "要件確認",
    (
        home_id(),
        Column(
            "item",
            "確認事項",
            Kind.CODE,
            required=True,
            codes=CONFIRMATION_ITEMS,
            note=Text("確認する要件。", "The requirement that is checked."),
        ),
        Column("result", "結果", Kind.YES_NO, on_blank=Text("空欄は○。", "Blank: yes.")),
        Column("confirmed_on", "確認日", Kind.DATE, required=True),
        Column(
            "holds_from",
            "効力開始日",
            Kind.DATE,
            on_blank=Text("空欄は確認日。", "Blank: the day of the confirmation."),
        ),
        Column(
            "expires_on",
            "有効期限",
            Kind.DATE,
            is_last_day=True,
            note=Text("効力のある最後の日。", "The last day."),
            on_blank=Text("空欄は期限なし。", "Blank: no end."),
        ),
        Column("evidence", "根拠資料", Kind.REMARKS),
    ),
    ("home_id", "item", "confirmed_on"),
    Text(
        "要件とバックアップ業務の確認。ある日に効力のある行のうち、確認日の最も新しいもので決まる。",
        "What the officer confirmed; of the rows in force, the latest decides.",
    ),
    for_form1=True,
)
APPLICATIONS = Table(
    "applications",
    "申請認定",
    (
        Column("application_id", "申請ID", Kind.ID, required=True),
        Column("addon", "加算区分", Kind.CODE, required=True, codes=ADDONS),
        home_id(),
        unit_id(
            note=Text("小規模かつ地域分散化加算では必須。", "Required for dispersal."),
            on_blank=Text("空欄は、バックアップ職員加算。", "Blank: backup."),
        ),
        Column("fiscal_year", "年度", Kind.FISCAL_YEAR, required=True),
        Column("start_month", "適用開始月", Kind.MONTH, required=True),
        Column(
            "requested_extra",
            "申請加配数",
            Kind.INTEGER,
            note=Text("小規模かつ地域分散化加算:1から3。", "Dispersal: 1 to 3."),
            depends=True,
        ),
        Column(
            "applied_on",
            "申請日",
            Kind.DATE,
            note=Text("作成中のほかは必須。", "Required unless draft."),
        ),
        Column("decision", "認定結果", Kind.CODE, required=True, codes=DECISIONS),
        Column(
            "certified_extra",
            "認定加配数",
            Kind.INTEGER,
            note=Text("認定した小規模かつ地域分散化加算に必要。", "If certified and dispersal."),
        ),
        Column(
            "decided_on",
            "決定日",
            Kind.DATE,
            note=Text(
                "認定、不認定、取下げに必要(取下げはその日)。",
                "Required if certified, rejected or withdrawn (then the day of withdrawal).",
            ),
        ),
        Column(
            "ended_on",
            "終了日",
            Kind.DATE,
            is_last_day=True,
            note=Text(
                "効力のある最後の日。月末。", "The last day it is in effect, the end of a month."
            ),
        ),
        Column("end_reason", "終了理由", Kind.REMARKS),
        Column("reason", "理由", Kind.REMARKS),
        Column(
            "replaces",
            "変更前の申請ID",
            Kind.ID,
            refers="applications",
            note=Text(
                "認定を年度の途中で変更するとき、その前の申請。前の申請は、適用開始月の前月末に終了する。",
                "The application that this one takes the place of within a year; that one ends on "
                "the last day of the month before this one starts.",
            ),
        ),
    ),
    ("application_id",),
    Text("加算の申請と認定。1件が一つの年度。", "Applications and their outcome, one per year."),
    maintained_by_home=True,
    for_form1=True,
)
PLAN = Table(
    "plan",
    "計画",
    (
        authority_of_table(),
        Column("title", "計画名", required=True),
        Column("baseline_on", "基準日", Kind.DATE, required=True),
        Column("from_year", "計画開始年度", Kind.FISCAL_YEAR, required=True),
        Column("to_year", "計画終了年度", Kind.FISCAL_YEAR, required=True),
        Column("goal_year", "長期目標年度", Kind.FISCAL_YEAR, on_blank=BLANK_UNKNOWN),
        Column(
            "period_from",
            "計画期間開始日",
            Kind.DATE_OR_MONTH,
            note=Text("年月だけでもよい。", "A month will do."),
        ),
        Column(
            "adopted_on",
            "策定日",
            Kind.DATE_OR_MONTH,
            note=Text("年月だけでもよい。", "A month will do."),
        ),
    ),
    ("authority_code",),
    Text("自治体の計画。1行が一つの自治体。", "An authority's plan, one per row."),
)
ACTIONS = Table(
    "actions",
    "取組",
    (
        authority_of_table(),
        home_id(),
        Column(
            "fiscal_year",
            "年度",
            Kind.FISCAL_YEAR,
            required=True,
            note=Text("その年度末までに行う。", "Done by that year's end."),
        ),
        Column("action", "取組", Kind.CODE, required=True, codes=ACTION_CODES),
        unit_id(
            note=Text(
                "定員変更、廃止、転用に必要。新設では、後の取組で名指すときに新しいIDを書く。",
                "For a change of places, a closing, a conversion; at an opening, an ID for later "
                "actions to name.",
            )
        ),
        Column(
            "unit_kind",
            "種別",
            Kind.CODE,
            codes=UNIT_KINDS,
            note=Text("新設に必要。", "For an opening."),
        ),
        Column(
            "new_function",
            "転用後の機能",
            Kind.CODE,
            codes=NEW_FUNCTIONS,
            note=Text("転用に必要。", "For a conversion."),
        ),
        Column("count", "か所数", Kind.INTEGER, on_blank=Text("空欄は1。", "Blank: 1.")),
        Column(
            "capacity",
            "定員",
            Kind.INTEGER,
            note=Text(
                "新設と定員変更に必要。1か所あたり。転用では、転用後も残る定員。",
                "For an opening and a change of places, of each home. For a conversion: the "
                "places that are left.",
            ),
            on_blank=Text("転用の空欄は、残らない。", "Blank: none."),
        ),
        Column(
            "announced",
            "主な取組みに記載",
            Kind.YES_NO,
            on_blank=Text("空欄は○。", "Blank: yes."),
        ),
        Column("note", "備考", Kind.REMARKS),
    ),
    (),
    Text(
        "年度ごとの取組。行の順に行う。取込みでは施設と年度のまとまりごとに置き換える。",
        "Actions by year, in the order of the rows; no key, every row counts.",
    ),
    maintained_by_home=True,
)
NEED = Table(
    "need",
    "必要量",
    (
        authority_of_table(),
        Column("fiscal_year", "年度", Kind.FISCAL_YEAR, required=True),
        Column(
            "age_band",
            "年齢区分",
            Kind.CODE,
            required=True,
            codes=AGE_BANDS,
            note=Text(
                "「3歳以上」は区分ごとの人数が分からないときだけ。",
                "three_and_over only where the bands are not known.",
            ),
        ),
        Column("children", "人数", Kind.INTEGER, required=True),
        Column(
            "basis",
            "区分",
            Kind.CODE,
            codes=NEED_BASES,
            on_blank=Text("空欄は推計。", "Blank: forecast."),
        ),
        Column(
            "note",
            "備考",
            note=Text(
                "計画書の表で年度の下に印刷する。例：10月1日現在 区内施設定員数。",
                "Printed below the year in the plan's table.",
            ),
        ),
    ),
    ("authority_code", "fiscal_year", "age_band"),
    Text("施設養育の必要量。", "Children who need a place in a home."),
)
TARGETS = Table(
    "targets",
    "目標",
    (
        authority_of_table(),
        Column("fiscal_year", "年度", Kind.FISCAL_YEAR, required=True),
        Column("item", "項目", Kind.CODE, required=True, codes=TARGET_ITEMS),
        Column(
            "value",
            "値",
            Kind.INTEGER,
            on_blank=Text("空欄は施設の計画の合計。", "Blank: the sum of the homes' plans."),
        ),
        Column(
            "approximate",
            "程度",
            Kind.YES_NO,
            on_blank=Text("空欄は×。", "Blank: no."),
        ),
        Column("reason", "理由", Kind.REMARKS),
    ),
    ("authority_code", "fiscal_year", "item"),
    Text("年度末の目標。", "The authority's targets at a year's end."),
)
OCCUPANCY = Table(
    "occupancy",
    "入所状況",
    (
        authority_of_table(),
        Column("as_of", "基準日", Kind.DATE, required=True),
        Column(
            "population",
            "対象",
            Kind.CODE,
            required=True,
            codes=POPULATIONS,
            note=Text("二つの対象は足し合わせない。", "Two populations, never added."),
        ),
        home_id(
            required=False, on_blank=Text("空欄は区域内施設合計の数。", "Blank: not split by home.")
        ),
        Column("place", "区分", Kind.CODE, required=True, codes=PLACES),
        Column("children", "入所児童数", Kind.INTEGER, required=True),
        Column(
            "individual_care",
            "個別的ケアが必要な児童数",
            Kind.INTEGER,
            on_blank=BLANK_UNKNOWN,
        ),
    ),
    ("authority_code", "as_of", "population", "home_id", "place"),
    Text("入所している児童の数。", "Children in the homes."),
    maintained_by_home=True,
)
COSTS = Table(
    "costs",
    "経費単価",
    (
        authority_of_table(),
        Column(
            "fiscal_year",
            "年度",
            Kind.FISCAL_YEAR,
            required=True,
            note=Text("この年度から効く。", "From which it holds."),
        ),
        Column("item", "項目", required=True),
        Column("account", "科目", required=True),
        Column("timing", "区分", Kind.CODE, required=True, codes=TIMINGS),
        Column(
            "basis",
            "単位",
            Kind.CODE,
            codes=COST_BASES,
            on_blank=Text("空欄は新設グループホーム。", "Blank: a new group home."),
        ),
        Column(
            "amount", "金額(円)", Kind.YEN, required=True, note=Text("1単位あたり。", "Per basis.")
        ),
        Column("programme", "国の制度"),
        Column("revenue_account", "歳入科目"),
        Column(
            "national_share",
            "国の負担割合",
            Kind.SHARE,
            note=Text("例:1/2。", "For example 1/2."),
        ),
        Column("prefecture_programme", "都道府県の制度"),
        Column(
            "prefecture_share",
            "都道府県の負担割合",
            Kind.SHARE,
            note=Text("例:1/4。", "For example 1/4."),
        ),
        Column(
            "eligible_rule",
            "対象経費",
            Kind.ELIGIBLE_RULE,
            note=Text(
                "全額、対象外、又は「家賃Nか月分まで:項目」。",
                "full, none, or N months of rent: ITEM.",
            ),
        ),
        Column(
            "months",
            "初年度の月数",
            Kind.INTEGER,
            note=Text(
                "年間の経費を、開設した年度に何か月分払うか。",
                "For an annual item, the months paid for in the opening year.",
            ),
            on_blank=Text("空欄は12。", "Blank: 12."),
        ),
        Column("source", "出典", Kind.REMARKS),
    ),
    ("authority_code", "fiscal_year", "item", "account", "timing", "basis"),
    Text("経費の単価。", "Costs per basis."),
)
POPULATION = Table(
    "population",
    "児童人口",
    (
        authority_of_table(),
        Column("fiscal_year", "年度", Kind.FISCAL_YEAR, required=True),
        _estimated_band(),
        Column("children", "児童人口", Kind.INTEGER, required=True),
    ),
    ("authority_code", "fiscal_year", "age_band"),
    Text("区域の児童の人口。1行が一つの年度と年齢区分。", "The area's children, by year and band."),
)
CARE_RATES = Table(
    "care_rates",
    "代替養育の率",
    (
        authority_of_table(),
        Column(
            "fiscal_year",
            "年度",
            Kind.FISCAL_YEAR,
            required=True,
            note=Text(
                "この年度から、同じ年齢区分の次の行の前の年度まで効く。",
                "From which it holds, until the band's next row.",
            ),
        ),
        _estimated_band(),
        Column(
            "in_care_per_10000",
            "代替養育率(1万人あたり)",
            Kind.DECIMAL,
            required=True,
            note=Text("小数4桁まで。", "At most four decimals."),
            decimals=4,
        ),
        Column(
            "foster_rate",
            "里親等委託率(%)",
            Kind.DECIMAL,
            required=True,
            note=Text("0から100まで。小数2桁まで。", "0 to 100, with at most two decimals."),
            decimals=2,
        ),
        Column("source", "出典", Kind.REMARKS),
    ),
    ("authority_code", "fiscal_year", "age_band"),
    Text(
        "人口のうち代替養育が必要な児童の率と、里親等に委託する率。",
        "How many children in 10,000 are in care, and how many per cent of them in foster care.",
    ),
)
EPISODES = Table(
    "episodes",
    "養育の経過",
    (
        authority_of_table(),
        Column(
            "child_code",
            "児童コード",
            Kind.CHILD_CODE,
            required=True,
            note=Text(
                "氏名ではなく符号。同じ児童は同じ符号。", "A code, not a name; one per child."
            ),
        ),
        Column("birth_month", "生年月", Kind.MONTH, required=True),
        Column("place", "養育の場", Kind.CODE, required=True, codes=CARE_PLACES),
        Column("started_on", "開始日", Kind.DATE, required=True),
        Column(
            "ended_on",
            "終了日",
            Kind.DATE,
            is_last_day=True,
            note=Text("最後の日。", "The last day."),
            on_blank=Text("空欄は継続中。", "Blank: still there."),
        ),
        Column("end_reason", "終了理由", Kind.CODE, codes=END_REASONS),
        Column("move_reason", "移動の理由", Kind.CODE, codes=MOVE_REASONS),
        home_id(
            required=False, on_blank=Text("空欄は区域の施設以外。", "Blank: in none of the homes.")
        ),
        unit_id(on_blank=BLANK_UNKNOWN),
        Column("center_code", "児童相談所コード", Kind.ID, on_blank=BLANK_UNKNOWN),
    ),
    ("authority_code", "child_code", "started_on"),
    Text(
        "代替養育の児童が、いつからいつまでどこにいたか。移動した児童は、前の行が終わり次の行が始まる。",
        "Where each child in care was, and when; a move ends a row and starts a new one.",
    ),
    is_of_children=True,
)
PARAMETERS = Table(
    "parameters",
    "自治体の値",
    (
        authority_of_table(),
        Column(
            "name",
            "項目",
            Kind.ID,
            required=True,
            note=Text(
                "規則の値の名。種別か定員ごとの値は base_qualified.community_home のように書く。",
                "The parameter's name; for a kind or a capacity as in "
                "base_qualified.community_home.",
            ),
        ),
        Column("effective_from", "適用開始日", Kind.DATE, required=True),
        Column(
            "effective_to",
            "適用終了日",
            Kind.DATE,
            is_last_day=True,
            note=Text("最後の日。", "The last day."),
            on_blank=Text("空欄は期限なし。", "Blank: no end."),
        ),
        Column("value", "値", required=True),
        Column("source", "根拠", Kind.REMARKS, required=True),
    ),
    ("authority_code", "name", "effective_from"),
    Text(
        "規則の値のうち、自治体が根拠を示して定めたもの。",
        "Values of rules set by the authority, each with its ground.",
    ),
)

TABLES: tuple[Table, ...] = (
    AUTHORITIES,
    HOMES,
    UNITS,
    CAPACITIES,
    STAFF,
    ABSENCES,
    CONFIRMATIONS,
    APPLICATIONS,
    PLAN,
    ACTIONS,
    NEED,
    TARGETS,
    OCCUPANCY,
    COSTS,
    POPULATION,
    CARE_RATES,
    EPISODES,
    PARAMETERS,
    *SUPPORT_TABLES,
)
BY_NAME = {table.name: table for table in TABLES}
