"""The catalogue of findings in the costs of a plan."""

from shokibo.ledger.findings import Entry, Severity
from shokibo.texts import Text

_SOURCE = "世田谷区児童養護施設小規模かつ地域分散化計画(案)の策定について 3 必要経費(概算)"
ENTRIES: list[Entry] = []


def _entry(code: str, severity: Severity, ja: str, en: str, remedy: str, remedy_en: str) -> Entry:
    entry = Entry(code, severity, Text(ja, en), Text(remedy, remedy_en), _SOURCE)
    ENTRIES.append(entry)
    return entry


COST_WITHOUT_SOURCE = _entry(
    "COST_WITHOUT_SOURCE",
    "warning",
    "経費「{item}」に出典がありません。",
    "The cost {item} has no source.",
    "見積や決算などの出典を記入してください。",
    "Name the estimate or account it is from.",
)
COST_SHARE_UNCLEAR = _entry(
    "COST_SHARE_UNCLEAR",
    "warning",
    "経費「{item}」に国の負担割合がありますが、国の制度か対象経費が空欄です。歳入に数えません。",
    "{item} has a national share but no programme or rule, so it brings no revenue.",
    "国の制度と対象経費を記入してください。",
    "Fill in “programme” and “eligible_rule”.",
)
RENT_ITEM_UNKNOWN = _entry(
    "RENT_ITEM_UNKNOWN",
    "error",
    "対象経費の家賃「{rent}」という年間の項目がありません。対象は0として計算します。",
    "There is no annual item {rent}; nothing counts as eligible.",
    "年間の項目の名を、そのまま書いてください。",
    "Write the annual item's exact name.",
)
RENT_MONTHS_DIFFER = {
    is_own: _entry(
        "RENT_MONTHS_DIFFER",
        "info",
        f"対象経費が家賃{{months}}か月分です。{ja}は{{inferred}}か月分です。",
        f"{{months}} {{months:month|months}} of rent; {en}.",
        "根拠を確かめてください。",
        "Check the ground for it.",
    )
    for is_own, ja, en in (
        (False, "令和4年度の金額からの推定", "the figures of 令和4年度 fit {inferred} (inferred)"),
        (True, "自治体の値", "the authority's own value is {inferred}"),
    )
}
"""Keyed by whether the authority has set the months itself."""
CONTRIBUTION_NOT_FULL = _entry(
    "CONTRIBUTION_NOT_FULL",
    "info",
    "{fiscal_year:year}の「{programme}」{amount:yen}円は、経費{costs:yen}円の{share}ではありません。"
    "対象は{eligible:yen}円で、{not_eligible:yen}円は対象外です。",
    "{fiscal_year:year}: {programme} pays {amount:yen} yen, not {share} of the {costs:yen} yen "
    "it is for; {eligible:yen} are eligible, {not_eligible:yen} are not.",
    "対象外の分は自治体の負担です。対象経費の範囲は推定を含みます。",
    "The authority bears the rest. What is eligible rests on an inference.",
)
