"""Why a proposal can't be made, in words."""

from shokibo.texts import Language, Text
from shokibo.wording import fill

_WORDS = {
    "no_plan": Text(
        "計画の提案には、自治体一つの台帳と「計画」の表の行(基準日、計画の年度)が要ります。",
        "A proposal needs the ledger of one authority with a row in the plan: baseline and years.",
    ),
    "before_baseline": Text(
        "{year:year}は、基準日の年度より前です。最初の年度を{first:year}以後にしてください。",
        "{year:year} is before the baseline's year; let the first year be {first:year} or later.",
    ),
    "reversed": Text(
        "{year:year}は、最初の年度より前です。最後の年度を{first:year}以後にしてください。",
        "{year:year} is before the first year; let the last year be {first:year} or later.",
    ),
    "negative": Text(
        "条件 {limit} の数は0以上にしてください({number})。", "{limit} is 0 or more, not {number}."
    ),
    "no_prices": Text(
        "{years:years}に適用される経費単価(新設グループホーム)がないので、費用の上限を"
        "確かめられません。「経費単価」に加えるか、費用の上限を外してください。",
        "The costs have no price of an opened group home for {years:years}, so a limit in yen "
        "can't be checked: add one, or leave the limit out.",
    ),
    "pin_home": Text(
        "固定する取組の施設「{home_id}」は、基準日に開いている施設にありません。",
        "No home {home_id} is open at the baseline, so its action can't be pinned.",
    ),
    "pin_year": Text(
        "固定する取組の年度({year:year})が、提案の年度にありません。",
        "The pinned action's year, {year:year}, is not one of the proposal's.",
    ),
    "pin_unit": Text(
        "固定する取組の生活単位「{unit_id}」は、施設「{home_id}」で変えられる生活単位にありません。",
        "Unit {unit_id} is not a unit of home {home_id} that a proposal may change.",
    ),
    "pin_twice": Text(
        "生活単位「{unit_id}」の取組を二つ固定しています。一つにしてください。",
        "Two actions of unit {unit_id} are pinned; keep one.",
    ),
    "pin_capacity": Text(
        "固定する取組の定員({capacity})は使えません。新設は4人か5人、変更は今より少ない4人以上です。",
        "{capacity} {capacity:place|places} can't be pinned: openings have 4 or 5, changes fewer "
        "than now and not "
        "under 4.",
    ),
    "pin_count": Text(
        "固定する新設のか所数({count})は使えません。1から{most}までで書いてください。",
        "{count} {count:opening|openings} can't be pinned; write 1 to {most}.",
    ),
    "pin_close": Text(
        "生活単位「{unit_id}」は固定して廃止できません。提案が廃止するのは本体施設のユニットだけです。",
        "Closing {unit_id} can't be pinned: a proposal closes main units only.",
    ),
    "no_time": Text(
        "制限時間の内に計画が一つも見つかりませんでした。制限時間を延ばしてください。",
        "No plan was found within the time limit; give more time.",
    ),
    "stopped": Text(
        "計画が一つも見つからないうちに、計算が止められました。もう一度計算してください。",
        "It was stopped before any plan was found. Start it again.",
    ),
}


class CannotProposeError(Exception):
    """Why no proposal can be made: a key of the words, and their values."""

    def __init__(self, why: str, **values: object) -> None:
        self.why, self.values = why, values
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """Describe what is wrong, and how to correct it."""
        return fill(_WORDS[self.why], language, self.values)
