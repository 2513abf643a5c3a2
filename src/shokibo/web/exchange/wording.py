"""A run in words, for its page."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shokibo.ledger.tables import BY_NAME, CAPACITIES
from shokibo.web.base.language import language
from shokibo.web.exchange.models import Run, RunChange, RunProgress
from shokibo.web.exchange.naming import value_in_words
from shokibo.web.store.wording import CHANGE_KINDS

_STAGES = {
    "queued": gettext_noop("順番を待っています。"),
    "reading": gettext_noop("ブックを読んでいます。"),
    "comparing": gettext_noop("登録と比べています。"),
    "writing": gettext_noop(
        "一つのまとまりとして書き込んでいます。途中の状態は、だれにも見えません。"
    ),
}
_MESSAGES = {
    "role_ended": gettext_noop("読み込んだ人の役割が終わったため、続けられません。"),
    "broke_off": gettext_noop(
        "処理が途中で止まりました。登録は元のままです。「もう一度確かめる」で、やり直せます。"
    ),
    "died_twice": gettext_noop(
        "この取込みの処理は2回続けて途中で終了しました。登録は元のままです。メモリーが足りなかった"
        "可能性があります。ファイルを施設や表ごとに分けて、読み込み直してください。"
    ),
    "refused": gettext_noop(
        "データベースが受け付けなかったため、何も取り込んでいません。もう一度確かめてください。"
    ),
    "child_forgotten": gettext_noop(
        "保存期間を過ぎて削除した児童の行があったため、このブックを消しました。登録は変わっていません。"
        "ほかの行は、その児童の行を消してから、読み込み直してください。"
    ),
    "moved_on": gettext_noop(
        "確かめたあとに登録が変わったため、何も取り込んでいません。"
        "下は、今の登録と比べ直した内容です。確かめて、もう一度取り込んでください。"
    ),
}


@dataclass(frozen=True)
class Line:
    """A table in the summary, with its counts in the order of CHANGE_KINDS."""

    name: str
    sheet: str
    counts: list[int]


def summary_of(run: Run) -> dict[str, Any]:
    """Return a run's counts: by table, together, and in one sentence."""
    lines = [
        Line(name, _(table.sheet), [run.counts[name].get(kind, 0) for kind in CHANGE_KINDS])
        for name, table in BY_NAME.items()
        if name in run.counts
    ]
    totals = [sum(line.counts[i] for line in lines) for i in range(len(CHANGE_KINDS))]
    used = [i for i, total in enumerate(totals) if total or i < _ALWAYS]
    labels = [_(label) for label in CHANGE_KINDS.values()]
    return {
        "lines": [Line(one.name, one.sheet, [one.counts[i] for i in used]) for one in lines],
        "labels": [labels[i] for i in used],
        "totals": [totals[i] for i in used],
        "words": _joined(
            _("%(kind)s%(count)d行") % {"kind": labels[i], "count": totals[i]} for i in used
        ),
        "count": sum(totals),
    }


_ALWAYS = 3
"""Kinds that are shown even without rows."""


def _joined(parts: Any) -> str:
    return ("、" if language() == "ja" else ", ").join(parts)


def columns_of(row: RunChange) -> list[tuple[str, str, str]]:
    """Return a row's differences: header, before, after."""
    table = BY_NAME[row.table]
    columns = {**{c.name: c for c in CAPACITIES.columns}, **{c.name: c for c in table.columns}}
    names = list(dict.fromkeys([*row.before, *row.after]))
    return [
        (
            _(columns[name].header),
            value_in_words(columns[name], row.before.get(name)),
            value_in_words(columns[name], row.after.get(name)),
        )
        for name in names
        if row.before.get(name) is not None or row.after.get(name) is not None
    ]


def touched_of(run: Run) -> list[dict[str, Any]]:
    """Return the certifications that a run affects, with their months as dates."""
    days = ("first", "last")
    return [{**one, **{d: dt.date.fromisoformat(one[d]) for d in days}} for one in run.touched]


def message_of(run: Run) -> dict[str, Any] | None:
    """Return the message of the last step; None if there is none."""
    if not run.message:
        return None
    if run.message["code"] == "said":
        return {"words": run.message[language()], "rows": []}
    rows = [one[language()] for one in run.message.get("names", [])]
    return {"words": _(_MESSAGES[run.message["code"]]), "rows": rows}


def progress_of(run: Run) -> dict[str, Any]:
    """Describe a run's progress."""
    found = RunProgress.objects.filter(run=run).first() or RunProgress(run=run)
    table = BY_NAME.get(found.table)
    return {
        "words": _(_STAGES[found.stage]),
        "sheet": _(table.sheet) if table else "",
        "done": found.done,
        "total": found.total,
    }
