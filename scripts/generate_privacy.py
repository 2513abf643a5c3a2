"""The page for privacy officers: what is recorded about a child, why, and who sees it."""

from collections.abc import Iterator

from shokibo.care.access import CENTER, HOME, OPENED_FOR, Relation, sight
from shokibo.care.kinds import BY_CODE, CHILD, RECORDS, TEXT_LENGTH, Item, RecordKind
from shokibo.care.retention import RULES, STAYS
from shokibo.law.parameters import national_law
from shokibo.ledger.columns import Kind

Lines = Iterator[str]
_READERS = (
    (CENTER, Relation.OWN_CENTER),
    (CENTER, Relation.OPENED),
    (HOME, Relation.HOME),
    (HOME, Relation.FORMER_HOME),
)
_KINDS = {Kind.DATE: "日", Kind.MONTH: "年月", Kind.YES_NO: "○×", Kind.ID: "符号"}


def privacy_lines() -> Lines:
    """Return the page."""
    yield "# 児童の記録と個人情報"
    yield ""
    yield (
        "児童相談所のアプリが、児童について何を、なぜ記録し、だれが見るかを示します。個人情報保護の"
        "担当者に、そのまま渡せます。項目と見る人の表は、プログラムの宣言から作っています。"
    )
    yield from ("", "## 記録しないもの", "")
    yield (
        "氏名、病名、学校名、住所を書く欄はありません。児童は、プログラムが付ける児童コードで表します。"
        "コードは無作為で、一度使ったものを別の児童に使いません。氏名との対応は、このプログラムの外で"
        "児童相談所が管理します。自由記述は"
        f"{TEXT_LENGTH}字までの三つの欄(子どもの状況、援助方針、ほかの児童相談所の児童を開く理由)だけで、氏名などを書かないと"
        "示しています。"
    )
    yield from ("", "## 記録するもの", "")
    for kind in (CHILD, *RECORDS):
        yield from _kind_lines(kind)
    yield from _reader_lines()
    yield from _log_lines()


def _kind_lines(kind: RecordKind) -> Lines:
    yield from (
        f"### {kind.name.ja}",
        "",
        f"理由:{kind.why.ja}",
        "",
        "| 項目 | 書き方 |",
        "|---|---|",
    )
    for item in kind.items:
        yield f"| {item.column.header} | {_way(item)} |"
    yield ""


def _way(item: Item) -> str:
    column = item.column
    if column.codes:
        several = "(いくつでも)" if item.several else ""
        why = f"。{column.note.ja}" if column.note.ja else ""
        return f"次から選ぶ{several}:{'、'.join(column.codes.values())}{why}"
    return _KINDS.get(column.kind, f"{column.longest}字までの文")


def _reader_lines() -> Lines:
    days = national_law().parameters["home_sees_child_days"].values[-1].value
    minutes = OPENED_FOR.seconds // 60
    yield from ("## 見る人", "", "○は見る、◎は見て書く、△は自分の施設に関わるものだけを見る。", "")
    yield "| 記録 | " + " | ".join(relation.words.ja for _role, relation in _READERS) + " |"
    yield "|---|" + "---|" * len(_READERS)
    for kind in (CHILD, *RECORDS):
        yield f"| {kind.name.ja} | " + " | ".join(_mark(kind.code, *one) for one in _READERS) + " |"
    yield ""
    yield (
        f"施設は、児童がいる間と退所後{days}日までです(日数は自治体が定められます)。ほかの児童相談所の"
        f"職員は、理由を書いて{minutes}分間だけ見られ、児童の児童相談所に画面とメールで知らせます。"
        "自治体の担当者、決裁者、国、監査、システム管理は、児童の記録を開けません。どの人も二段階認証の"
        "後に見ます。自治体の担当者、決裁者、監査、国は、児童の数だけを、少ない数を空欄にして見ます。"
    )


def _mark(kind: str, role: str, relation: Relation) -> str:
    found = sight(role, relation, kind)
    if found.write:
        return "◎"
    return "△" if found.own_home else "○" if found.read else ""


def _log_lines() -> Lines:
    yield from ("", "## 閲覧と変更の記録", "")
    yield (
        "児童の記録を開いたことは、だれが、いつ、どの関係で見たかを一件ずつ残し、児童相談所が児童ごとに"
        "確かめられます。いつもと違う閲覧(多くの児童、早朝・夜間、退所した児童、理由を書いて開いた"
        "もの)は、週ごとに一覧に出します。変更の記録には、変わった項目の名前だけを残し、内容は残しません。"
        "内容の以前の版は、記録とともにあり、誤って登録した記録を削除すると、その版も消えます。"
    )
    yield from _end_lines()


def _end_lines() -> Lines:
    yield from ("", "## 消えるとき", "")
    yield (
        "記録の種類ごとに、自治体が根拠とともに「自治体の値」で定める年数だけ残します。年数は、養育"
        "(復帰後の支援があればその支援)が終わった年度の翌年度の4月1日から数え、養育や支援が続く"
        "間は何も消えません。児童の登録は、その児童の最後の記録とともに消えます。記録のない児童は、登録した"
        "日から数えるか、児童相談所がすぐに登録を取り消します。"
    )
    yield from ("", "| 記録 | 項目の名 | 国の定め |", "|---|---|---|")
    parameters = national_law().parameters
    for kind, name in RULES.items():
        years = parameters[name].values[-1].value
        words = f"{years}年" if isinstance(years, int) else "定めなし(未確認。定めるまで消えない)"
        stays = f"・{BY_CODE[STAYS].name.ja}" if kind == CHILD.code else ""
        yield f"| {BY_CODE[kind].name.ja}{stays} | `{name}` | {words} |"
    yield ""
    yield (
        "期間を過ぎた記録は、児童相談所が「保存期間を過ぎた記録」の画面か、管理する人が命令 "
        "`shokibo retention` で、一覧を確かめてから削除します。以前の版、理由を書いて開いた記録、"
        "取込みの行・誤りの一覧・読み込んだブック、記入の途中の下書きも消え、古いブックを取り込んでも戻りません。"
        "操作の記録には、削除したことだけが残ります。数と見通しの検証のために、"
        "だれのものか分からない行だけを残します:養育の場ごとの期間は、無作為な符号のもとで、年度、場、"
        "施設、生まれた年度、終了と移動の理由(月日は年度のほかを示さない日に置き換える)。不調は、年度、"
        "場、年齢区分、不調の内容。"
    )
    yield ""
    yield (
        "誤って登録した記録は、児童相談所が一件ずつ削除します。データベースの控え(backup)には控えた"
        "時の記録が残りますが、控えの隣とプログラムのフォルダにある削除の一覧(`deletions.jsonl`。児童"
        "コードの要約値と日時だけ)により、戻すときにもう一度削除します。"
    )
