"""The plan's grids: which columns of which table each shows."""

from shokibo.web.pages.grid.rows import Kind
from shokibo.web.planning.models import Action, CareRate, Cost, Need, Population, Target

MOST_AT_ONCE = {"count": 100}
"""Group homes that one action opens."""
ACTIONS = Kind(
    Action,
    (
        "home_id",
        "fiscal_year",
        "action",
        "unit_id",
        "unit_kind",
        "new_function",
        "count",
        "capacity",
        "announced",
        "note",
    ),
    most=MOST_AT_ONCE,
)
ACTIONS_OF_A_HOME = Kind(Action, ACTIONS.typed[1:], most=MOST_AT_ONCE)
NEED = Kind(Need, ("children", "basis", "note"), named=("fiscal_year", "age_band"))
POPULATION = Kind(Population, ("children",), named=("fiscal_year", "age_band"))
CARE_RATES = Kind(
    CareRate, ("fiscal_year", "age_band", "in_care_per_10000", "foster_rate", "source")
)
TARGETS = Kind(Target, ("value", "approximate", "reason"), named=("fiscal_year", "item"))
COSTS = Kind(
    Cost,
    (
        "fiscal_year",
        "item",
        "account",
        "timing",
        "basis",
        "amount",
        "programme",
        "revenue_account",
        "national_share",
        "prefecture_programme",
        "prefecture_share",
        "eligible_rule",
        "months",
        "source",
    ),
)
