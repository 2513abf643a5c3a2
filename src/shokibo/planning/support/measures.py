"""The measures of support (the Plan's 第3の4), under its four heads."""

from dataclasses import dataclass
from typing import Literal

from shokibo.ledger.support_tables import COMMUNITY_KINDS
from shokibo.texts import Text

HeadName = Literal["housing", "staff", "center", "community"]
Unit = Literal["count", "times", "homes", "people", "minutes", "yen"]

HEADS: dict[HeadName, Text] = {
    "housing": Text("住宅の確保等", "Housing"),
    "staff": Text("職員の確保及び人材育成", "Staff"),
    "center": Text("児童相談所との連携", "Child guidance center"),
    "community": Text("地域との連携", "Community"),
}
UNITS: dict[Unit, Text] = {
    "count": Text("件", ""),
    "times": Text("回", ""),
    "homes": Text("か所", ""),
    "people": Text("人", ""),
    "minutes": Text("分", "min"),
    "yen": Text("円", "yen"),
}


@dataclass(frozen=True)
class Measure:
    """A figure by home and year. `word` is its name in the texts of the plan.

    If nothing is recorded, a measure that `is_counted` is 0 and any other is unknown.
    """

    head: HeadName
    name: str
    word: str
    title: Text
    unit: Unit = "count"
    is_counted: bool = True


def _counted(head: HeadName, name: str, word: str, en: str, unit: Unit = "count") -> Measure:
    return Measure(head, name, word, Text(word, en), unit)


def _known(head: HeadName, name: str, word: str, en: str, unit: Unit = "people") -> Measure:
    return Measure(head, name, word, Text(word, en), unit, is_counted=False)


_COMMUNITY_EN = {
    "neighbourhood": "Work with neighbours",
    "school": "Work with schools",
    "event": "Events",
    "volunteer": "Volunteering",
    "offices": "Work with other departments",
    "publicity": "Publicity",
    "other": "Other work with the community",
}
MEASURES = (
    _known("housing", "openings", "新設予定", "Group homes due to open", "homes"),
    _counted("housing", "leads_found", "把握した物件", "Leads found"),
    _counted(
        "housing", "leads_in_hand", "検討中の物件", "Leads being considered at the year’s end"
    ),
    _counted("housing", "leads_contracted", "契約した物件", "Leads contracted"),
    _counted("housing", "leads_opened", "開設した物件", "Leads opened"),
    _counted("housing", "leads_dropped", "見送った物件", "Leads dropped"),
    _known("housing", "lead_costs", "物件の初期費用", "Initial costs of the homes opened", "yen"),
    _counted("staff", "trainings", "研修", "Trainings", "times"),
    _counted("staff", "external_trainings", "外部研修", "External trainings", "times"),
    _counted("staff", "participants", "研修参加者", "Training attendances", "people"),
    _known("staff", "training_cost", "研修費", "Training costs", "yen"),
    _counted("staff", "subsidised_trainings", "補助対象の研修", "Subsidised trainings", "times"),
    _known("staff", "subsidised_cost", "補助対象の研修費", "Costs of subsidised trainings", "yen"),
    _counted("staff", "supervisions", "スーパーバイズ", "Supervisions", "times"),
    _counted("staff", "support_records", "支援記録", "Support sessions for units", "times"),
    _known("staff", "support_minutes", "支援時間", "Time spent on support", "minutes"),
    _known("staff", "staff_needed", "必要職員", "Staff needed at the year’s end"),
    _known("staff", "planned_hires", "採用予定", "Planned hires"),
    _known("staff", "hired", "採用", "Hired"),
    _known("staff", "left", "離職", "Left"),
    _counted("staff", "third_party", "第三者評価", "Third-party evaluations"),
    _counted("staff", "self_evaluations", "自己評価", "Self-evaluations"),
    _counted("staff", "complaints", "苦情解決", "Complaints resolved"),
    _counted("staff", "childrens_voice", "意見表明等支援", "Support for children’s views", "times"),
    _counted("staff", "published", "公表した評価等", "Published evaluations and results"),
    _known("center", "supported", "支援した児童", "Children supported"),
    _known("center", "returned_home", "家庭復帰", "Children who returned home"),
    _known("center", "to_foster", "里親等委託", "Children who went to foster care"),
    _known("center", "to_adoption", "養子縁組", "Children who were adopted"),
    _counted("community", "community", "地域との連携", "Work with the community", "times"),
    *(
        _counted(
            "community", f"community_{kind}", f"地域との連携・{word}", _COMMUNITY_EN[kind], "times"
        )
        for kind, word in COMMUNITY_KINDS.items()
    ),
    _known(
        "community",
        "community_participants",
        "地域との連携の参加者",
        "Participants in community work",
    ),
)
BY_NAME = {measure.name: measure for measure in MEASURES}
