"""Every name that the plan's texts may use, in the Word document of the example of Setagaya."""

from io import BytesIO

import docx
import pytest

from shokibo.documents.plan.chapters import plan_document
from shokibo.documents.plan.docx import plan_docx
from shokibo.documents.plan.figures import KNOWN, figures
from shokibo.documents.plan.texts import PlanTextError, texts_of
from shokibo.ledger.reading import read_ledger
from tests.builders import EXAMPLES
from tests.documents.test_plan_cases import results_of

SECTION = "経緯"
VALUES = {
    "自治体名": "世田谷区",
    "自治体の呼称": "区",
    "計画名": "世田谷区児童養護施設小規模かつ地域分散化計画（案）",
    "策定": "令和3年12月",
    "計画期間": "令和3年12月から令和6年度まで",
    "計画期間開始": "令和3年12月",
    "計画開始年度": "令和3年度",
    "計画終了年度": "令和6年度",
    "長期目標年度": "令和11年度",
    "基準日": "令和3年9月末",
    "基準日.年月日": "令和3年9月30日",
    "施設数": "2",
    "現在定員": "110",
    "現在定員.福音寮": "57",
    "現在本体定員": "50",
    "現在本体定員.福音寮": "21",
    "現在グループホーム定員": "60",
    "現在グループホーム定員.福音寮": "36",
    "入所基準日": "令和3年9月末",
    "入所基準日.年月日": "令和3年9月30日",
    "入所児童数": "95",
    "措置基準日": "令和3年3月末",
    "措置基準日.年月日": "令和3年3月31日",
    "措置児童数": "85",
    "措置児童数.グループホーム": "40",
    "個別的ケア児童数": "49",
    "個別的ケア割合": "57.6",
    "定員合計.令和4年度末": "112",
    "定員合計.令和6年度末.福音寮": "57",
    "本体定員.令和4年度末": "52",
    "本体定員.令和6年度末.福音寮": "18",
    "本体ユニット数.令和4年度末": "8",
    "本体ユニット数.令和6年度末.福音寮": "3",
    "本体6人以上.令和4年度末": "8",
    "本体6人以上.令和6年度末.福音寮": "3",
    "本体5～4人.令和4年度末": "0",
    "本体5～4人.令和6年度末.福音寮": "0",
    "本体3人以下.令和4年度末": "0",
    "本体3人以下.令和6年度末.福音寮": "0",
    "グループホーム定員.令和4年度末": "60",
    "グループホーム定員.令和6年度末.福音寮": "39",
    "グループホームか所数.令和4年度末": "12",
    "グループホームか所数.令和6年度末.福音寮": "7",
    "グループホーム6人以上.令和4年度末": "6",
    "グループホーム6人以上.令和6年度末.福音寮": "5",
    "グループホーム5～4人.令和4年度末": "6",
    "グループホーム5～4人.令和6年度末.福音寮": "2",
    "グループホーム3人以下.令和4年度末": "0",
    "グループホーム3人以下.令和6年度末.福音寮": "0",
    "グループホーム割合.令和4年度末": "53.6",
    "グループホーム割合.令和6年度末.福音寮": "68.4",
    "目標合計.令和4年度末": "112",
    "目標本体定員.令和4年度末": "52",
    "目標グループホーム定員.令和4年度末": "60",
    "目標グループホームか所数.令和4年度末": "12",
    "目標グループホーム割合.令和4年度末": "53.6",
    "目標との差.令和4年度末": "0",
    "必要量.令和4年度": "111",
    "必要量.令和6年度.学童期以降": "106",
    "新設か所数.令和4年度": "2",
    "経費合計.令和4年度": "34,098",
    "歳出.令和4年度.扶助費": "18,098",
    "歳入合計.令和4年度": "16,239",
    "国庫負担.令和4年度": "8,239",
    "国庫補助.令和4年度": "8,000",
    "差引.令和4年度": "17,859",
    "新設予定.令和4年度": "2",
    "把握した物件.令和4年度": "5",
    "検討中の物件.令和4年度": "4",
    "契約した物件.令和4年度": "0",
    "開設した物件.令和4年度": "2",
    "見送った物件.令和4年度": "1",
    "物件の初期費用.令和4年度": "19,974",
    "研修.令和4年度": "16",
    "外部研修.令和4年度": "8",
    "研修参加者.令和4年度": "80",
    "研修費.令和4年度": "323",
    "補助対象の研修.令和4年度": "8",
    "補助対象の研修費.令和4年度": "293",
    "スーパーバイズ.令和4年度": "130",
    "支援記録.令和4年度": "179",
    "支援時間.令和4年度": "12,185",
    "必要職員.令和4年度": "56",
    "採用予定.令和4年度": "14",
    "採用.令和4年度": "11",
    "離職.令和4年度": "7",
    "第三者評価.令和4年度": "1",
    "自己評価.令和4年度": "2",
    "苦情解決.令和4年度": "2",
    "意見表明等支援.令和4年度": "3",
    "公表した評価等.令和4年度": "3",
    "支援した児童.令和4年度": "25",
    "家庭復帰.令和4年度": "6",
    "里親等委託.令和4年度": "3",
    "養子縁組.令和4年度": "0",
    "地域との連携.令和4年度": "16",
    "地域との連携・町会・自治会.令和4年度": "4",
    "地域との連携・学校.令和4年度": "3",
    "地域との連携・行事.令和4年度": "3",
    "地域との連携・ボランティア.令和4年度": "2",
    "地域との連携・庁内連携.令和4年度": "2",
    "地域との連携・広報.令和4年度": "2",
    "地域との連携・その他.令和4年度": "0",
    "地域との連携の参加者.令和4年度": "312",
}
"""A value for each name of the declaration, and for its part that may be left out."""


@pytest.fixture(scope="module")
def named() -> dict[str, str]:
    """Return the figures of the example."""
    return figures(results_of(read_ledger(EXAMPLES / "setagaya")))


@pytest.fixture(scope="module")
def lines(named: dict[str, str]) -> dict[str, str]:
    """Return what Word shows after each name."""
    source = "\n".join(f"- 【{name}】{{{{ {name} }}}}" for name in VALUES)
    plan = results_of(read_ledger(EXAMPLES / "setagaya"))
    drawn = plan_docx(plan_document(plan, texts_of({SECTION: source}, named)))
    paragraphs = docx.Document(BytesIO(drawn)).paragraphs
    found = (one.text.removeprefix("【").partition("】") for one in paragraphs)
    return {name: value for name, _, value in found}


@pytest.mark.parametrize("name", VALUES)
def test_every_name_has_its_value_in_word(lines: dict[str, str], name: str) -> None:
    assert lines[name] == VALUES[name]


def test_every_name_of_the_declaration_is_in_the_test() -> None:
    assert {name.split(".")[0] for name in VALUES} == {known.name for known in KNOWN}


@pytest.mark.parametrize("name", sorted({known.name for known in KNOWN}))
def test_a_wrong_one_is_named_with_its_line_and_the_nearest(
    named: dict[str, str], name: str
) -> None:
    right = next(one for one in VALUES if one.split(".")[0] == name)
    with pytest.raises(PlanTextError) as caught:
        texts_of({SECTION: f"一行目\n\n三行目の{{{{ {right}々 }}}}"}, named)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("02-経緯.md", 3)
    assert f"「{right}々」という値はありません" in problem.message("ja")
    assert right in problem.message("ja").partition("近い名前:")[2]
