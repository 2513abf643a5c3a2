"""The settings of the tests, with one table more."""

from shokibo.ledger import tables
from shokibo.ledger.columns import Column, Kind, Table
from shokibo.texts import Text

VISITS = Table(
    "visits",
    "訪問",
    (
        Column("home_id", "施設ID", Kind.ID, required=True, refers="homes"),
        Column("visited_on", "訪問日", Kind.DATE, required=True),
        Column("people", "人数", Kind.INTEGER, required=True),
        Column("remarks", "所見", Kind.REMARKS),
    ),
    ("home_id", "visited_on"),
    Text("施設を訪問した日。", "The days on which a home was visited."),
    maintained_by_home=True,
)
tables.TABLES = (*tables.TABLES, VISITS)
tables.BY_NAME["visits"] = VISITS

from shokibo.web.store.mapping import declare  # noqa: E402

declare("visits", "one_table.Visit", form="visited_on people remarks", belongs="home_id")

from tests.web.settings import *  # noqa: E402
from tests.web.settings import INSTALLED_APPS  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "tests.web.one_table"]
