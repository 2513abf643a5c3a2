"""The authority's own texts, and the defaults used if it has none."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A text of the plan, or of the report on it, which is the plan's text in brief.

    `title` is its heading, in which `{body}` stands for what the authority calls itself. A default
    is written like the files; one that `leads` to tables is omitted if the ledger has none.
    `short_of` is the key of the plan's text used if the report has none of its own.
    """

    number: int
    key: str
    title: str
    default: str = ""
    leads: bool = False
    short_of: str = ""

    @property
    def file(self) -> str:
        """Its file in a folder of texts: 02-経緯.md."""
        return f"{self.number:02}-{self.key}.md"


OUTLINE = "構成"
"""The key of the text that lists chapters and, below each, the keys of its sections."""
SUPPORT = "支援"
"""The name, in an outline, of the section with all texts on support."""
SUPPORT_TITLE = "計画の推進に向けた{body}の支援（取組み）"

_OF_PLAN = (
    Section(
        1,
        "趣旨",
        "計画策定の趣旨",
        "- 本計画は、{{ 自治体名 }}の児童養護施設の小規模かつ地域分散化を着実に進めるため、"
        "年次ごとの計画と支援の方策を明らかにするものである。",
    ),
    Section(2, "経緯", "児童養護施設の小規模かつ地域分散化に係るこれまでの経緯"),
    Section(3, "考え方", "計画の基本的な考え方"),
    Section(4, "目指すもの", "小規模かつ地域分散化により目指すもの"),
    Section(
        5,
        "計画期間",
        "計画期間",
        "- 本計画の期間は、{{ 計画期間 }}とする。",
    ),
    Section(
        6,
        "状況-定員",
        "児童養護施設の定員数と小規模化の状況",
        "- {{ 基準日 }}現在の児童養護施設の定員数と小規模化の状況は、次のとおりである。",
    ),
    Section(
        7,
        "状況-入所",
        "児童養護施設の入所状況",
        "- 児童養護施設の入所児童数は、次のとおりである。",
        leads=True,
    ),
    Section(
        8,
        "状況-個別的ケア",
        "個別的ケアが必要な児童の入所状況",
        "- 個別的ケアが必要な児童の入所状況は、次のとおりである。",
        leads=True,
    ),
    Section(
        9, "必要量", "施設養育の必要量", "- 施設養育の必要量は、次のとおりである。", leads=True
    ),
    Section(
        10,
        "各施設の取組",
        "各児童養護施設における小規模かつ地域分散化に向けた今後の取組み",
        "- 各児童養護施設は、次のとおり計画している。",
    ),
    Section(
        11,
        "目標",
        "{body}における小規模かつ地域分散化の目標",
        "- 各施設の計画を踏まえ、グループホームの定員を5～4人とするよう、次のとおり目標を定める。",
    ),
    Section(12, "支援-住宅", "グループホーム設置にかかる民間住宅の確保等にかかる支援"),
    Section(13, "支援-人材", "職員の確保及び人材育成にかかる支援"),
    Section(14, "支援-児童相談所", "児童相談所との緊密な連携による養育支援の実施"),
    Section(15, "支援-地域", "地域との連携にかかる支援"),
    Section(
        16,
        "経費",
        "必要経費（概算）",
        "- 計画に必要な経費（概算）は、次のとおりである。",
        leads=True,
    ),
    Section(
        17,
        "スケジュール",
        "今後のスケジュール（予定）",
        "- 今後のスケジュールは、次のとおり予定する。",
    ),
)
_IN_SHORT = ("趣旨", "経緯", "考え方", "目指すもの", "計画期間", "目標", SUPPORT, "経費")
_TITLES = {section.key: section.title for section in _OF_PLAN} | {
    SUPPORT: "計画の推進に向けた{body}の支援（主な取組み）"
}
OF_REPORT = (
    Section(
        19,
        "報告-主旨",
        "主旨",
        "- 児童養護施設の小規模かつ地域分散化に向けた施設整備を着実に進めるため、"
        "年次ごとの計画及び{{ 自治体の呼称 }}における支援の方策を明らかにした"
        "「{{ 計画名 }}」を策定したため報告する。",
    ),
    *(
        Section(number, f"報告-{key}", _TITLES[key], short_of=key)
        for number, key in enumerate(_IN_SHORT, start=20)
    ),
)
SECTIONS = (
    *_OF_PLAN,
    Section(
        18,
        OUTLINE,
        "計画書の構成",
        """\
- 計画の概要
  - 趣旨
  - 経緯
  - 考え方
  - 目指すもの
  - 計画期間
- {{ 自治体の呼称 }}における児童養護施設の状況
  - 状況-定員
  - 状況-入所
  - 状況-個別的ケア
- 小規模かつ地域分散化計画と推進の方策
  - 必要量
  - 各施設の取組
  - 目標
  - 支援
  - 経費
  - スケジュール""",
    ),
    *OF_REPORT,
)
BY_KEY = {section.key: section for section in SECTIONS}
BY_FILE = {section.file: section for section in SECTIONS}
OF_SUPPORT = tuple(section for section in _OF_PLAN if section.key.startswith(f"{SUPPORT}-"))
IN_OUTLINE = tuple(
    dict.fromkeys(SUPPORT if section in OF_SUPPORT else section.key for section in _OF_PLAN)
)
"""The sections that an outline may list."""
