"""What the address of the office's queue asks for, and what of it goes along to its rows."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from shokibo.ledger.tables import ADDONS
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import labels
from shokibo.web.base.parameters import choice_field, query_of, row_field, year_field
from shokibo.web.certification.models import STATES
from shokibo.web.pages.listing import SearchQuery
from shokibo.web.pages.templatetags.pages import ANSWERS
from shokibo.web.register.models import Home

OUTCOMES = {code: words for code, words in ANSWERS.items() if code != "not_applicable"}
OTHERS = "others"
"""What waits for another person, since one's own proposals are decided by somebody else."""
_TABS = {OTHERS: gettext_lazy("ほかの人の決裁待ち"), "any": gettext_lazy("すべて")}


class QueueQuery(SearchQuery):
    """Applications by state, outcome, home, add-on, year and words; `all` ticks every row."""

    state = choice_field(gettext_lazy("状態"), labels(STATES) | _TABS)
    outcome = choice_field(gettext_lazy("判定"), OUTCOMES)
    home = row_field(gettext_lazy("施設"))
    addon = choice_field(gettext_lazy("加算"), labels(ADDONS))
    year = year_field()
    all = choice_field(gettext_lazy("選ぶ"), {"1": gettext_lazy("すべて")})

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.offer("home", self.request.office.rows(Home, Permission.APPLICATION_READ))


CARRIED = frozenset(QueueQuery.base_fields) - {"page", "export", "all"}
"""The parameters that go along to an application, its steps and its bulk pages, and back."""


def at(request: HttpRequest) -> str:
    """Return the query of the list from which a page was opened."""
    return query_of(request, CARRIED)
