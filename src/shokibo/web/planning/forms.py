"""The form of the plan's head, made from the ledger's declaration."""

from typing import Any

from django.utils.translation import gettext as _

from shokibo.ledger.tables import PLAN
from shokibo.web.base.forms import LedgerField, ValuesForm
from shokibo.web.planning.models import Plan

NAMES = ["title", "baseline_on", "from_year", "to_year", "goal_year", "period_from", "adopted_on"]
MOST_YEARS = 30
"""Years of one plan; more are a slip of the hand, and no page could show them."""


class PlanForm(ValuesForm):
    """The head of a plan."""

    row_fields = NAMES

    def __init__(self, data: Any, plan: Plan | None) -> None:
        initial = {} if plan is None else {name: getattr(plan, name) for name in NAMES}
        super().__init__(data, initial={**initial, "version": plan.version if plan else None})
        self.fields.update({name: LedgerField(PLAN.column(name)) for name in NAMES})
        self.order_fields([*NAMES, "version"])

    def clean(self) -> dict[str, Any]:
        """Check the order of the years."""
        given = super().clean()
        first, last = (given["values"].get(name) for name in ("from_year", "to_year"))
        if first is not None and last is not None:
            most = {"most": MOST_YEARS}
            if last < first:
                words = _(
                    "計画終了年度が計画開始年度より前です。どちらかの年度を修正してください。"
                )
                self.add_error("to_year", words)
            elif last - first >= MOST_YEARS:
                self.add_error("to_year", _("計画の期間は%(most)s年以内にしてください。") % most)
        return given
