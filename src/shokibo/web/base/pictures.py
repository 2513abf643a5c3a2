"""Charts of a page: drawn by the server, interactive where scripts run, each with its table."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from shokibo.documents.charts import Chart, Series, spec
from shokibo.documents.drawn_charts import coloured_svg
from shokibo.web.base.words import comma


@dataclass(frozen=True)
class Picture:
    """A chart with its caption and a description in words.

    `name` is that of its elements in the page. `address` serves it as SVG for a page without
    scripts; it is blank for a chart that updates while somebody types, which needs scripts anyway.
    """

    name: str
    caption: str
    alt: str
    chart: Chart
    address: str = ""

    @property
    def spec(self) -> dict[str, Any]:
        """The chart in Vega-Lite."""
        return spec(self.chart, coloured=True)

    @property
    def series(self) -> list[Series]:
        """Every row of figures: bars, total, line."""
        chart = self.chart
        return [*chart.bars, *(part for part in (chart.total, chart.line) if part)]

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The chart as a table: a row per label, a figure per series."""
        columns = [
            ["—" if value is None else comma(value) for value in part.values]
            for part in self.series
        ]
        labels = [label.replace("\n", "") for label in self.chart.labels]
        return [(label, [one[index] for one in columns]) for index, label in enumerate(labels)]


def svg_answer(picture: Picture) -> HttpResponse:
    """Return a chart as SVG."""
    return HttpResponse(coloured_svg(picture.chart), content_type="image/svg+xml")
