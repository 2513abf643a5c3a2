"""The steps in which a plan is made, and how far it is."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.planning.plan_page import PlanPage


@dataclass(frozen=True)
class Step:
    """One step: what is there of it, where it is done, and whether it is the next."""

    label: str
    amount: str
    url: str
    is_next: bool


def steps(office: Office, plan_page: PlanPage) -> list[Step]:
    """Return the steps in their order; the first that is empty is the next.

    Targets may stay empty, for the homes' sums: who went on to the costs is not led back.
    """
    ledger = plan_page.ledger
    passed = ("planning:targets",) if ledger["costs"].height else ()
    named = (
        ("planning:head", _("計画の基本事項"), ledger["plan"].height),
        ("planning:need", _("必要量"), ledger["need"].height),
        ("planning:actions", _("取組"), ledger["actions"].height),
        ("planning:targets", _("目標"), ledger["targets"].height),
        ("costs:costs", _("経費"), ledger["costs"].height),
    )
    empty = (page for page, _label, count in named if not count and page not in passed)
    first = next(empty, "")
    found = []
    for number, (page, label, count) in enumerate(named, 1):
        amount = _("なし") if page in passed else _("まだありません")
        if count:
            amount = _("%(n)s行") % {"n": count}
        url = reverse(page, args=[office.authority.code])
        found.append(Step(f"{number} {label}", amount, url, page == first))
    return found
