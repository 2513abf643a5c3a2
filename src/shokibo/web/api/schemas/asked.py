"""What an address and its query ask for."""

import datetime as dt

from ninja import Schema
from pydantic import Field, field_validator

from shokibo import calendar
from shokibo.web.api.schemas.ledger import DAY, NO_NUL
from shokibo.web.base.clock import today

MOST_ROWS = 1000
USUAL_ROWS = 100
LAST_ID = 2**63 - 1
_CODE = Field(description="団体コード。トークンの自治体のもの", examples=["131121"])
_FORM = Field(description="様式1か様式2", examples=[1], ge=1, le=2)
_YEAR = Field(
    description="年度(4月からの西暦)",
    examples=[2022],
    ge=calendar.ERA_YEARS.start,
    le=calendar.ERA_YEARS.stop - 1,
)


class AtOffice(Schema):
    """The authority of the address."""

    code: str = _CODE


class AtRow(AtOffice):
    """A row."""

    id: int = Field(description="行の番号", ge=1, le=LAST_ID, examples=[1])


class AtYear(AtOffice):
    """A fiscal year."""

    year: int = _YEAR


class AtForm(AtYear):
    """A form of a fiscal year."""

    form: int = _FORM


class PageAsked(Schema):
    """Which rows."""

    limit: int = Field(
        USUAL_ROWS, ge=1, le=MOST_ROWS, description=f"一度に読む行の数。{MOST_ROWS}まで"
    )
    after: int = Field(
        0, ge=0, le=LAST_ID, description="この id より後の行。next をたどれば書かなくてよい"
    )


class PageOfHomesAsked(PageAsked):
    """Which rows, of which home."""

    home_id: str | None = Field(
        None, pattern=NO_NUL, max_length=100, description="施設IDで絞る", examples=["ikuseien"]
    )


class DayAsked(Schema):
    """As of which day."""

    as_of: str | None = Field(
        None,
        pattern=DAY,
        description="基準日。省けば今日",
        examples=["2022-04-01"],
        json_schema_extra={"format": "date"},
    )

    @property
    def day(self) -> dt.date:
        """The day, today where none was given."""
        return dt.date.fromisoformat(self.as_of) if self.as_of else today()

    @field_validator("as_of")
    @classmethod
    def _has_an_era(cls, value: str | None) -> str | None:
        day = dt.date.fromisoformat(value) if value else today()
        if calendar.fiscal_year_of(day) not in calendar.ERA_YEARS:
            raise ValueError(value)
        return value


class YearAsked(Schema):
    """Of which year; all of the plan's where none is given."""

    year: int | None = Field(
        None,
        ge=calendar.ERA_YEARS.start,
        le=calendar.ERA_YEARS.stop - 1,
        description="年度。省けば計画のすべての年度",
        examples=[2022],
    )


class ReturnsAsked(Schema):
    """Which form of which year."""

    form: int = _FORM
    year: int = _YEAR
