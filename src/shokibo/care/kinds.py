"""The kinds of a child's records: the one declaration of every item, its purpose and its codes.

Forms, pages and the page for privacy officers are made from it. No item asks for a name, a
diagnosis or an address; free text is short, comes after the coded items, and warns of that.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shokibo.care.fit import GENDERS
from shokibo.care.stays import FUTURE
from shokibo.ledger.columns import Column, Kind
from shokibo.ledger.tables import CARE_PLACES, END_REASONS, EPISODES, MOVE_REASONS
from shokibo.texts import Text

TEXT_LENGTH = 200
_NO_NAMES = Text(
    "200字まで。氏名、学校名、病名、住所は書きません。",
    "Up to 200 letters. No names, schools, diagnoses or addresses.",
)
GOALS = {
    "return_home": "家庭復帰",
    "foster": "里親等委託",
    "adoption": "養子縁組",
    "independence": "自立",
    "stay": "今の場での養育",
}
NEEDS = {
    "medical": "医療的な対応",
    "developmental": "発達の特性への対応",
    "trauma": "心の傷への対応",
    "siblings": "きょうだいと一緒",
    "school": "通学先を変えない",
    "culture": "言葉・文化への対応",
}
HEARD = {
    "talk": "面接で",
    "writing": "書面で",
    "advocate": "意見表明等支援員を通して",
    "other": "その他",
}
TEAM = {
    "center": "児童相談所の担当",
    "head": "施設長",
    "senior_worker": "基幹的職員",
    "family_worker": "家庭支援専門相談員",
    "individual_worker": "個別対応職員",
    "psychologist": "心理療法担当職員",
    "backup_worker": "バックアップ職員",
    "foster_worker": "里親支援専門相談員",
    "foster_parent": "里親",
    "school": "学校",
    "other": "その他",
}
OUTCOMES = {"home": "施設", "foster": "里親等"}
BREAKDOWNS = {
    "children": "児童の間の関係",
    "adults": "養育者との関係",
    "absence": "無断外出",
    "violence": "暴力",
    "wish": "児童の希望",
    "home": "施設の事情",
    "other": "その他",
}
TRIED = {
    "talk": "話合い",
    "staff": "職員の加配・担当の変更",
    "room": "居室・ユニット内の調整",
    "respite": "一時的に離れる",
    "outside": "外部の専門家",
    "none": "していない",
}
NEXT_STEPS = {
    "protection": "一時保護",
    "reassessment": "一時保護をせずに再アセスメント",
    "support": "今の場での支援を続ける",
}
PROTECTED_AT = {
    "center": "一時保護所",
    "home": "施設に委託",
    "foster": "里親等に委託",
    "hospital": "病院に委託",
    "other": "その他",
}
PLACED_AT = {code: label for code, label in CARE_PLACES.items() if code != "temporary_protection"}


@dataclass(frozen=True)
class Item:
    """An item of a record. With `several`, any number of its codes can apply."""

    column: Column
    several: bool = False

    @property
    def name(self) -> str:
        """Its name."""
        return self.column.name


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: name, purpose, the item that dates it, and all items."""

    code: str
    name: Text
    why: Text
    dated_by: str
    items: tuple[Item, ...]


def _day(name: str, header: str, *, required: bool = False) -> Item:
    last = name == "ended_on"
    return Item(Column(name, header, Kind.DATE, required=required, is_last_day=last))


def _yes_no(name: str, header: str, *, required: bool = False) -> Item:
    return Item(Column(name, header, Kind.YES_NO, required=required))


def _code(name: str, header: str, codes: dict[str, str], *, required: bool = True) -> Item:
    return Item(Column(name, header, Kind.CODE, required=required, codes=codes))


def _codes(name: str, header: str, codes: dict[str, str]) -> Item:
    return Item(Column(name, header, Kind.CODE, codes=codes), several=True)


def _text(name: str, header: str) -> Item:
    return Item(Column(name, header, Kind.REMARKS, note=_NO_NAMES, length=TEXT_LENGTH))


HAPPENED = frozenset(
    {
        *("birth_month", "recorded_on", "assessed_on", "noticed_on", "consent_on"),
        *("warrant_asked_on", "warrant_given_on", "warrant_refused_on", "prolonged_on"),
    }
)
"""Days of past events, which can't be in the future."""
REVIEW_BEFORE = Text(
    "記録の日より前です。これから見直す日にしてください。",
    "It is before the record's own day. Enter the day of the next review.",
)
_HOME = Item(Column("home", "施設", Kind.ID, refers="homes"))
_UNIT = Item(Column("unit", "生活単位", Kind.ID, refers="units"))
CHILD = RecordKind(
    "child",
    Text("児童", "child"),
    Text(
        "一人の児童の記録を、氏名を使わずにつなぐ。",
        "Joins the records of one child without a name.",
    ),
    "",
    (
        Item(EPISODES.column("birth_month")),
        Item(EPISODES.column("center_code")),
        Item(
            Column(
                "gender",
                "性別",
                Kind.CODE,
                codes=GENDERS,
                note=Text(
                    "女子だけ、男子だけの生活単位に合うかを確かめるため。空欄のままでもよい。",
                    "To check units that take girls or boys only. May stay blank.",
                ),
            )
        ),
    ),
)
SITUATION = RecordKind(
    "situation",
    Text("子どもの状況と援助方針", "situation and policy"),
    Text(
        "児童相談所と施設が同じ方針で支援し、見直しの日を忘れない。",
        "Center and home follow one policy, and its review is not forgotten.",
    ),
    "recorded_on",
    (
        _day("recorded_on", "記録日", required=True),
        _HOME,
        _code("goal", "目標", GOALS),
        _day("review_on", "次の見直し日", required=True),
        _text("situation", "子どもの状況"),
        _text("policy", "援助方針"),
    ),
)
ASSESSMENT = RecordKind(
    "assessment",
    Text("アセスメント", "assessment"),
    Text(
        "児童の必要と希望に合う場を、措置の前と不調の後に選ぶ。",
        "A place that fits the child's needs and wishes is chosen before each placement.",
    ),
    "assessed_on",
    (
        _day("assessed_on", "実施日", required=True),
        _yes_no("individual_care", "個別的ケアが必要", required=True),
        _yes_no("at_most_four", "4人以下の生活単位が必要", required=True),
        _codes("needs", "そのほかの必要", NEEDS),
        _yes_no("heard", "児童の希望を聴いた", required=True),
        _code("heard_how", "聴き方", HEARD, required=False),
        _day("coordinated_on", "施設との調整日"),
        _codes("coordinated_with", "調整の相手", TEAM),
        _code("outcome", "結果", OUTCOMES),
        _HOME,
        _UNIT,
    ),
)
PLACEMENT = RecordKind(
    "placement",
    Text("措置", "placement"),
    Text(
        "児童がいつからいつまでどこで養育されたか。養育の経過と見通しはここから作る。",
        "Where the child lives, from when until when; the episodes are derived from it.",
    ),
    "started_on",
    (
        _code("place", "養育の場", PLACED_AT),
        _HOME,
        _UNIT,
        _day("started_on", "開始日", required=True),
        _day("ended_on", "終了日"),
        _code("end_reason", "終了理由", END_REASONS, required=False),
        _code("move_reason", "移動の理由", MOVE_REASONS, required=False),
    ),
)
BREAKDOWN = RecordKind(
    "breakdown",
    Text("不調", "breakdown"),
    Text(
        "何が起き、何を試み、誰が関わったかを次の場の選択に生かす。",
        "What happened and what was tried informs the choice of the next place.",
    ),
    "noticed_on",
    (
        _day("noticed_on", "気付いた日", required=True),
        _code("breakdown", "不調の内容", BREAKDOWNS),
        _codes("tried", "試みたこと", TRIED),
        _codes("took_part", "関わった人", TEAM),
        _code("next_step", "次の段階", NEXT_STEPS),
    ),
)
PROTECTION = RecordKind(
    "protection",
    Text("一時保護", "temporary protection"),
    Text("法の定める期限を守る。", "To keep the deadlines that the law sets."),
    "started_on",
    (
        _day("started_on", "開始日", required=True),
        _code("protected_at", "保護の場所", PROTECTED_AT),
        _yes_no("consent", "親権者等の同意"),
        _day("consent_on", "同意の日"),
        _day("warrant_asked_on", "一時保護状を請求した日"),
        _day("warrant_given_on", "一時保護状が出た日"),
        _day("warrant_refused_on", "請求が却下された日"),
        _day("prolonged_on", "延長の手続をした日"),
    ),
)
BACKING = RecordKind(
    "backing",
    Text("復帰後の支援", "backing after a return"),
    Text(
        "復帰した児童を誰がいつまで支えるかを決め、見直す。",
        "Who supports the child after its return, until when, and when that is reviewed.",
    ),
    "started_on",
    (
        _HOME,
        _UNIT,
        _day("started_on", "開始日", required=True),
        _codes("team", "支援チーム", TEAM),
        _day("review_on", "次の見直し日", required=True),
        _day("ended_on", "終了日"),
    ),
)
RECORDS = (SITUATION, ASSESSMENT, PLACEMENT, BREAKDOWN, PROTECTION, BACKING)
BY_CODE = {kind.code: kind for kind in (CHILD, *RECORDS)}


def day_errors(
    dated_by: str, values: Mapping[str, Any], today: dt.date
) -> Iterator[tuple[str, Text]]:
    """Find a record's impossible days: item and message. `dated_by` is the item that dates it."""
    for name in HAPPENED & values.keys():
        if values[name] is not None and values[name] > today:
            yield name, FUTURE
    of_record, review = values.get(dated_by), values.get("review_on")
    if of_record is not None and review is not None and review < of_record:
        yield "review_on", REVIEW_BEFORE
