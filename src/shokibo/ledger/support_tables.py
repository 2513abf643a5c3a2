"""The tables of the authority's support: housing, staff, families, quality and community.

Codes are those of the Plan's 第3の4; the duties are the six of the backup add-on.
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
from shokibo.texts import Text

HOUSING_SOURCES = {
    "vacant_house": "空き家等の情報",
    "agent": "不動産業者",
    "public_property": "公有財産",
    "operator": "法人・施設",
    "other": "その他",
}
HOUSING_STATES = {
    "offered": "情報提供",
    "visited": "内見",
    "negotiating": "交渉中",
    "contracted": "契約",
    "opened": "開設",
    "dropped": "見送り",
}
"""In the order that a lead goes through; it may be dropped from any of them."""
TRAINING_PURPOSES = {
    "high_function": "高機能化",
    "multi_function": "多機能化・機能転換",
    "small_dispersed": "小規模かつ地域分散化",
    "leader": "リーダー育成",
    "supervision": "スーパーバイズ",
    "other": "その他",
}
SUPPORT_DUTIES = {
    "duty_information": "情報共有",
    "duty_management": "マネジメント",
    "duty_supervision": "スーパーバイズ",
    "duty_mental_health": "メンタルヘルス",
    "duty_relief": "応援支援",
    "duty_community": "地域社会との関係性の構築",
    "other": "その他",
}
SIX_DUTIES = tuple(duty for duty in SUPPORT_DUTIES if duty != "other")
"""The six that the backup add-on requires."""
SUPPORTERS = {
    "head": "施設長",
    "senior_worker": "基幹的職員",
    "backup_worker": "バックアップ職員",
    "other": "その他",
}
QUALITY_KINDS = {
    "third_party": "第三者評価",
    "self": "自己評価",
    "complaints": "苦情解決",
    "childrens_voice": "意見表明等支援",
    "other": "その他",
}
COMMUNITY_KINDS = {
    "neighbourhood": "町会・自治会",
    "school": "学校",
    "event": "行事",
    "volunteer": "ボランティア",
    "offices": "庁内連携",
    "publicity": "広報",
    "other": "その他",
}

_WHOLE_HOME = Text("空欄は施設全体。", "Blank: the home as a whole.")
_NO_NAMES = Text("氏名は書かない。", "No names of people.")


def _fiscal_year() -> Column:
    return Column("fiscal_year", "年度", Kind.FISCAL_YEAR, required=True)


def _count(name: str, header: str) -> Column:
    return Column(name, header, Kind.INTEGER, on_blank=BLANK_UNKNOWN)


def _cost(name: str, header: str) -> Column:
    return Column(name, header, Kind.YEN, note=Text("円。", "In yen."), on_blank=BLANK_UNKNOWN)


HOUSING = Table(
    "housing",
    "物件",
    (
        authority_of_table(),
        Column("lead_id", "物件ID", Kind.ID, required=True),
        Column("found_on", "把握日", Kind.DATE, required=True),
        Column("source", "情報源", Kind.CODE, required=True, codes=HOUSING_SOURCES),
        Column(
            "area",
            "所在地",
            required=True,
            note=Text("町名まで。番地は書かない。", "The town, without a house number."),
        ),
        home_id(
            required=False,
            on_blank=Text("空欄は、施設が決まっていない。", "Blank: no home chosen yet."),
        ),
        Column("state", "状態", Kind.CODE, required=True, codes=HOUSING_STATES),
        Column(
            "state_on",
            "状態の日",
            Kind.DATE,
            required=True,
            note=Text("今の状態になった日。", "The day of the current state."),
        ),
        Column(
            "planned_year",
            "開設予定年度",
            Kind.FISCAL_YEAR,
            on_blank=Text("空欄は未定。", "Blank: not set."),
        ),
        _count("capacity", "見込定員"),
        _cost("monthly_rent", "月額家賃"),
        _cost("initial_cost", "礼金・仲介手数料等"),
        _cost("equipment_cost", "備品購入費"),
        _cost("conversion_cost", "改築費"),
        unit_id(
            note=Text("開設した生活単位。開設に必要。", "The unit opened; needed once opened.")
        ),
        Column(
            "reason",
            "理由",
            Kind.REMARKS,
            note=Text("見送りの理由。", "Why it was dropped."),
        ),
    ),
    ("lead_id",),
    Text(
        "グループホームに使える物件の情報。1行が一つの物件。",
        "Housing leads, one property per row.",
    ),
)
TRAININGS = Table(
    "trainings",
    "研修",
    (
        authority_of_table(),
        Column("training_id", "研修ID", Kind.ID, required=True),
        home_id(),
        unit_id(on_blank=_WHOLE_HOME),
        Column("held_on", "実施日", Kind.DATE, required=True),
        Column("title", "研修名", required=True),
        Column("purpose", "目的", Kind.CODE, required=True, codes=TRAINING_PURPOSES),
        Column("external", "外部研修", Kind.YES_NO, on_blank=Text("空欄は×。", "Blank: no.")),
        Column("participants", "参加人数", Kind.INTEGER, required=True),
        Column(
            "hours",
            "時間",
            Kind.HOURS,
            note=Text("1.5 又は 1:30。", "1.5 or 1:30."),
            on_blank=BLANK_UNKNOWN,
        ),
        _cost("cost", "費用"),
        Column(
            "subsidised",
            "補助対象",
            Kind.YES_NO,
            on_blank=Text("空欄は×。", "Blank: no."),
        ),
    ),
    ("training_id",),
    Text("職員の研修。1行が1回の研修。", "Staff trainings, one per row."),
    maintained_by_home=True,
)
SUPPORT_LOG = Table(
    "support_log",
    "支援記録",
    (
        authority_of_table(),
        home_id(),
        unit_id(on_blank=_WHOLE_HOME),
        Column("done_on", "実施日", Kind.DATE, required=True),
        Column("duty", "支援", Kind.CODE, required=True, codes=SUPPORT_DUTIES),
        Column("by", "支援した人", Kind.CODE, required=True, codes=SUPPORTERS),
        Column("minutes", "分", Kind.INTEGER, on_blank=BLANK_UNKNOWN),
        Column("note", "内容", Kind.REMARKS, note=_NO_NAMES),
    ),
    ("home_id", "unit_id", "done_on", "duty", "by"),
    Text(
        "生活単位を支援した記録。1行が、一日に一人の役割の人がした一つの支援。",
        "Support given to a unit: one duty done on one day by one role per row.",
    ),
    maintained_by_home=True,
)
HIRING = Table(
    "hiring",
    "採用と離職",
    (
        authority_of_table(),
        home_id(),
        _fiscal_year(),
        _count("planned", "採用予定"),
        _count("hired", "採用"),
        _count("left", "離職"),
        Column("measures", "確保の取組", Kind.REMARKS),
    ),
    ("home_id", "fiscal_year"),
    Text("年度ごとの職員の採用と離職。", "Staff hired and left, by home and year."),
    maintained_by_home=True,
)
FAMILY_SUPPORT = Table(
    "family_support",
    "家庭復帰等の支援",
    (
        authority_of_table(),
        home_id(),
        _fiscal_year(),
        _count("supported", "支援した児童数"),
        _count("returned_home", "家庭復帰"),
        _count("to_foster", "里親等委託"),
        _count("to_adoption", "養子縁組"),
        Column("activities", "専門的な支援の内容", Kind.REMARKS, note=_NO_NAMES),
    ),
    ("home_id", "fiscal_year"),
    Text(
        "早期の家庭復帰や里親委託等に向けた支援。1行が一つの施設と年度。",
        "Support towards a return home or foster care, by home and year.",
    ),
    maintained_by_home=True,
)
QUALITY = Table(
    "quality",
    "運営の透明性と質",
    (
        authority_of_table(),
        home_id(),
        Column("done_on", "実施日", Kind.DATE, required=True),
        Column("kind", "区分", Kind.CODE, required=True, codes=QUALITY_KINDS),
        Column(
            "published_on", "公表日", Kind.DATE, on_blank=Text("空欄は未公表。", "Blank: not yet.")
        ),
        Column("result", "結果", Kind.REMARKS),
    ),
    ("home_id", "done_on", "kind"),
    Text(
        "第三者評価、苦情解決等。1行が1回。", "Evaluations, complaints and the like, one per row."
    ),
    maintained_by_home=True,
)
COMMUNITY = Table(
    "community",
    "地域との連携",
    (
        authority_of_table(),
        Column("held_on", "実施日", Kind.DATE, required=True),
        home_id(
            required=False,
            on_blank=Text("空欄は、自治体が行ったもの。", "Blank: the authority's own."),
        ),
        unit_id(on_blank=_WHOLE_HOME),
        Column("kind", "区分", Kind.CODE, required=True, codes=COMMUNITY_KINDS),
        Column("what", "内容", required=True, note=_NO_NAMES),
        _count("participants", "人数"),
    ),
    ("authority_code", "held_on", "home_id", "unit_id", "kind", "what"),
    Text("地域との連携。1行が1回の取組。", "Work with the community, one event per row."),
    maintained_by_home=True,
)

SUPPORT_TABLES: tuple[Table, ...] = (
    *(HOUSING, TRAININGS, SUPPORT_LOG, HIRING),
    *(FAMILY_SUPPORT, QUALITY, COMMUNITY),
)
