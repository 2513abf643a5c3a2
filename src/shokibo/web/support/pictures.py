"""The pictures of the support pages: leads against openings, hiring, community."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.documents.charts import Chart, Series
from shokibo.ledger.support_tables import COMMUNITY_KINDS
from shokibo.web.accounts.access import Office
from shokibo.web.base.pictures import Picture
from shokibo.web.base.words import nendo, short_nendo
from shokibo.web.support.figures import (
    PIPELINE,
    community_years,
    hiring_years,
    housing_years,
    stage_label,
)

_MOST_YEARS = 10


def _picture(office: Office, name: str, caption: str, alt: str, chart: Chart) -> Picture:
    address = reverse("support:picture", args=[office.authority.code, name])
    return Picture(f"picture-{name}", caption, alt, chart, address)


def housing_picture(office: Office) -> Picture | None:
    """Draw the leads of each planned year by stage, and the openings planned; None without any."""
    years = housing_years(office)[-_MOST_YEARS:]
    if not years:
        return None
    labels = tuple(
        _("未定") if one.fiscal_year is None else short_nendo(one.fiscal_year) for one in years
    )
    bars = tuple(
        Series(stage_label(stage), tuple(one.stages[stage] for one in years)) for stage in PIPELINE
    )
    planned = tuple(one.openings for one in years)
    line = Series(_("新設の計画"), planned) if any(planned) else None
    caption = _("開設予定年度ごとの物件と新設の計画")
    alt = _("開設予定年度ごとに、物件の件数を状態別に積み上げた棒と、計画の新設か所数の線。")
    return _picture(office, "housing", caption, alt, Chart(labels, bars, line, _("件")))


def hiring_picture(office: Office) -> Picture | None:
    """Draw the staff hired and left by year, and the change that the plan needs; None without."""
    years = hiring_years(office)[-_MOST_YEARS:]
    if not years:
        return None
    bars = (
        Series(_("採用予定"), tuple(one.planned for one in years)),
        Series(_("採用"), tuple(one.hired for one in years)),
        Series(_("離職"), tuple(one.left for one in years)),
    )
    change = tuple(one.change for one in years)
    line = (
        Series(_("計画に必要な増減"), change)
        if any(value is not None for value in change)
        else None
    )
    caption = _("年度ごとの採用と離職")
    alt = _("年度ごとの採用予定、採用、離職の人数の棒と、計画に必要な職員数の増減の線。")
    labels = tuple(short_nendo(one.fiscal_year) for one in years)
    chart = Chart(labels, bars, line, _("人").strip(), grouped=True)
    return _picture(office, "hiring", caption, alt, chart)


def community_picture(office: Office) -> Picture | None:
    """Draw what was done with the community in the last year on record, by kind; None without."""
    years = community_years(office)
    if not years:
        return None
    year, counts = years[-1]
    labels = tuple(_(label) for label in COMMUNITY_KINDS.values())
    bars = (Series(_("回数"), tuple(counts.values())),)
    caption = _("%(year)sの地域との連携") % {"year": nendo(year)}
    alt = _("%(year)sの地域との連携%(n)s回を、区分ごとに数えた棒。") % {
        "year": nendo(year),
        "n": sum(counts.values()),
    }
    return _picture(office, "community", caption, alt, Chart(labels, bars, unit=_("回")))


PICTURES: dict[str, Callable[[Office], Picture | None]] = {
    "housing": housing_picture,
    "hiring": hiring_picture,
    "community": community_picture,
}
