"""Which texts of the plan are the authority's own, and what stands there where it has none."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A text of the plan: its file and, where one can be given for any authority, its default.

    A default is written as the files are; without one the section is left open.
    """

    number: int
    key: str
    default: str = ""

    @property
    def file(self) -> str:
        """Its file in a folder of texts: 02-経緯.md."""
        return f"{self.number:02}-{self.key}.md"


SECTIONS = (
    Section(
        1,
        "趣旨",
        "- 本計画は、{{ 自治体名 }}の児童養護施設の小規模かつ地域分散化を着実に進めるため、"
        "年次ごとの計画と支援の方策を明らかにするものである。",
    ),
    Section(2, "経緯"),
    Section(3, "考え方"),
    Section(4, "目指すもの"),
    Section(
        5,
        "計画期間",
        "- 本計画の期間は、{{ 計画期間開始 }}から{{ 計画終了年度 }}までとする。",
    ),
    Section(
        6,
        "状況-定員",
        "- {{ 基準日 }}現在の児童養護施設の定員数と小規模化の状況は、次のとおりである。",
    ),
    Section(7, "状況-入所", "- 児童養護施設の入所児童数は、次のとおりである。"),
    Section(8, "状況-個別的ケア", "- 個別的ケアが必要な児童の入所状況は、次のとおりである。"),
    Section(9, "必要量", "- 施設養育の必要量は、次のとおりである。"),
    Section(10, "各施設の取組", "- 各児童養護施設は、次のとおり計画している。"),
    Section(
        11,
        "目標",
        "- 各施設の計画を踏まえ、グループホームの定員を5～4人とするよう、次のとおり目標を定める。",
    ),
    Section(12, "支援-住宅"),
    Section(13, "支援-人材"),
    Section(14, "支援-児童相談所"),
    Section(15, "支援-地域"),
    Section(16, "経費", "- 計画に必要な経費（概算）は、次のとおりである。"),
    Section(17, "スケジュール", "- 今後のスケジュールは、次のとおり予定する。"),
)
