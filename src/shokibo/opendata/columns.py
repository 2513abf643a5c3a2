"""Columns shared by several tables."""

from shokibo.opendata.table import Column
from shokibo.texts import Text

FISCAL_YEAR = Column(
    "fiscal_year",
    "integer",
    Text("年度", "fiscal year"),
    Text("年度の始まる年(2022は令和4年度)。", "The year in which it begins, on 1 April."),
)


def code_column(name: str, ja: str, en: str) -> tuple[Column, Column]:
    """Return a column of codes with that of their Japanese labels."""
    return (
        Column(name, "string", Text(f"{ja}(コード)", f"{en} (code)")),
        Column(
            f"{name}_name", "string", Text(ja, en), Text("", "Its Japanese label in the files.")
        ),
    )
