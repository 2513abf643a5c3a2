"""The lists of what a lead costs in the budget, and of what subsidises it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.ledger.tables import TIMINGS
from shokibo.planning.budget import Expenditure, Revenue
from shokibo.web.base.words import comma
from shokibo.web.pages.listing import Column, Listing

_FUNDERS = {"state": gettext_lazy("国"), "prefecture": gettext_lazy("都道府県")}


def _amount(row: Expenditure | Revenue) -> str:
    return comma(row.amount)


def _grounds(row: Expenditure) -> str:
    """Say whether an amount is the lead's own, or a cost per home."""
    if row.contracted:
        return _("物件の額")
    return _("1か所あたりの経費単価(概算)") if row.estimated else _("1か所あたりの経費単価")


SPENT = Listing(
    "物件の経費",
    [
        Column("item", gettext_lazy("項目"), names_row=True),
        Column("account", gettext_lazy("科目")),
        Column("timing", gettext_lazy("区分"), lambda row: _(TIMINGS[row.timing])),
        Column("amount", gettext_lazy("金額(円)"), cell=_amount, look="number"),
        Column("grounds", gettext_lazy("もと"), _grounds),
    ],
    empty=gettext_lazy("経費がありません"),
)
SUBSIDIES = Listing(
    "物件の補助",
    [
        Column("programme", gettext_lazy("制度"), names_row=True),
        Column("funder", gettext_lazy("負担する者"), lambda row: str(_FUNDERS[row.funder])),
        Column("account", gettext_lazy("歳入科目")),
        Column(
            "eligible_base",
            gettext_lazy("対象経費(円)"),
            cell=lambda row: comma(row.eligible_base),
            look="number",
        ),
        Column("share", gettext_lazy("負担割合")),
        Column("amount", gettext_lazy("金額(円)"), cell=_amount, look="number"),
    ],
    empty=gettext_lazy("補助する制度がありません"),
)
