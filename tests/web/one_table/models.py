"""The model of the one table more."""

from typing import Any, ClassVar

from django.db import models

from shokibo.web.base.owned import OwnedByHome
from shokibo.web.register.columns import day, number, text


class Visit(OwnedByHome):
    """訪問."""

    visited_on = day("訪問日")
    people = number("人数")
    remarks = text("所見", blank=True, length=1000)

    class Meta:
        """Its rules."""

        app_label = "one_table"
        ordering: ClassVar[list[str]] = ["home", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["home", "visited_on"], name="visit_once_a_day")
        ]

    def __str__(self) -> str:
        return str(self.visited_on)
