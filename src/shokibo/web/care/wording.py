"""Records in words: their items, days and steps."""

import datetime as dt
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from shokibo.care import clocks
from shokibo.care.kinds import BY_CODE, Item
from shokibo.ledger.columns import Kind
from shokibo.texts import Text
from shokibo.web.base.words import as_text, circle, month, or_dash, wareki

CLOCKS = {
    clocks.WARRANT: Text(
        "一時保護状を請求する(同意があれば記録する)", "Ask for the warrant, or record the consent"
    ),
    clocks.PROLONGATION: Text(
        "一時保護を終える、又は延長の手続をする", "End the temporary protection, or prolong it"
    ),
    clocks.POLICY_REVIEW: Text("援助方針を見直す", "Review the policy"),
    clocks.BACKING_REVIEW: Text("復帰後の支援を見直す", "Review the support after the return"),
}
WHO = {
    clocks.WARRANT: Text("児童相談所", "Center"),
    clocks.PROLONGATION: Text("児童相談所", "Center"),
    clocks.POLICY_REVIEW: Text("児童相談所と施設", "Center and home"),
    clocks.BACKING_REVIEW: Text("支援チーム", "Team"),
}
STEPS = {
    "breakdown": Text("不調を記録する", "Record the breakdown"),
    "protection": Text("一時保護を始める", "Begin temporary protection"),
    "assessment": Text("アセスメントをする", "Assess"),
    "placement": Text("措置を始める", "Begin a placement"),
    "situation": Text("状況と援助方針を決める", "Agree on situation and policy"),
    "backing": Text("復帰後の支援を決める", "Arrange the backing after the return"),
}


def name_of(kind: str) -> str:
    """Name a kind of record."""
    return as_text(BY_CODE[kind].name)


def cell(row: Model, item: Item) -> str:
    """Write an item of a record."""
    value: Any = getattr(row, item.name)
    if item.several:
        codes = item.column.codes or {}
        return _("、").join(_(codes.get(one, one)) for one in value) or "—"
    if item.column.codes and value:
        return _(item.column.codes.get(value, value))
    if isinstance(value, bool):
        return circle(value)
    if isinstance(value, dt.date):
        return month(value) if item.column.kind is Kind.MONTH else wareki(value)
    return str(or_dash(value))
