"""Fan charts: a line of expected values within bands of where they will probably lie.

Like the plan's charts they are readable in black and white: bands differ in grey, lines in their
dashes. Words come from the caller.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shokibo.documents.charts import FIGURE_INK, FONT, INK, WIDTH, Series
from shokibo.documents.drawn_charts import drawn, sharp, with_halo

_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 24, 12, 12  # pixels around the panels
_PLOT = WIDTH - _LEFT - _RIGHT
_HEIGHT = 165  # pixels of a panel's plot
_MARGIN = 0.08  # share of the panel left free above and below
_GREYS = ("#e9e9e8", "#cbcbca", "#a5a5a4")
_COLOURS = ("#e3ebfd", "#c3d3fb", "#9db7f9")
_DASHES = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [4, 2], [1, 3])
"""The lines' dashes, by position; further lines start over."""


@dataclass(frozen=True)
class Band:
    """Where figures will probably lie: the band's name, and its lower and upper ends by label."""

    name: str
    ends: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Panel:
    """A group's fan: bands, widest first, and lines; the first line's figures are written."""

    title: str
    bands: tuple[Band, ...]
    lines: tuple[Series, ...]


@dataclass(frozen=True)
class FanChart:
    """Stacked panels with the same labels under each; line breaks in labels are kept."""

    labels: tuple[str, ...]
    panels: tuple[Panel, ...]
    unit: str = "人"


def spec(chart: FanChart, *, coloured: bool = False) -> dict[str, Any]:
    """Return a chart in Vega-Lite, in greys or in a page's colours."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "padding": {"left": 4, "right": _RIGHT, "top": _TOP, "bottom": _BOTTOM},
        "vconcat": [_panel(chart, panel, coloured=coloured) for panel in chart.panels],
        "resolve": {"scale": {"fill": "shared", "strokeDash": "shared"}},
        "spacing": 18,
        "config": {
            "font": FONT,
            "concat": {"columns": 1},
            "view": {"stroke": None},
            "title": {"fontSize": 12, "anchor": "start", "fontWeight": "bold", "offset": 12},
            "axis": {"labelFontSize": 10, "titleFontSize": 10, "titleFontWeight": "normal"},
            "axisY": {"gridColor": "#cccccc", "titleAngle": 0, "titleAlign": "left"},
            "text": {"fontSize": 10, "color": FIGURE_INK},
            "legend": {"labelFontSize": 10, "symbolSize": 220, "orient": "top", "title": None},
        },
    }


@lru_cache(maxsize=64)
def svg(chart: FanChart, *, coloured: bool = False) -> str:
    """Draw a chart as SVG, in greys or in a page's colours."""
    return with_halo(drawn(spec(chart, coloured=coloured)))


def png(chart: FanChart) -> bytes:
    """Draw a chart as PNG, as sharp as the plan's charts."""
    (picture,) = sharp((svg(chart),))
    return picture


def _panel(chart: FanChart, panel: Panel, *, coloured: bool) -> dict[str, Any]:
    return {
        "title": panel.title,
        "width": _PLOT,
        "height": _HEIGHT,
        "layer": [
            _bands(chart, panel, _COLOURS if coloured else _GREYS),
            *_lines(chart, panel),
        ],
    }


def _bands(chart: FanChart, panel: Panel, palette: tuple[str, ...]) -> dict[str, Any]:
    names = [band.name for band in panel.bands]
    values = [
        {"label": label, "band": band.name, "low": low, "high": high}
        for band in panel.bands
        for label, (low, high) in zip(chart.labels, band.ends, strict=True)
    ]
    fill = {
        "field": "band",
        "type": "nominal",
        "scale": {"domain": names, "range": list(palette[: len(names)])},
        "legend": {"symbolType": "square"},
    }
    encoding = {
        "x": _x(chart),
        "y": {**_y(chart, panel), "field": "low", "type": "quantitative"},
        "y2": {"field": "high"},
        "fill": fill,
    }
    return {"data": {"values": values}, "mark": {"type": "area"}, "encoding": encoding}


def _lines(chart: FanChart, panel: Panel) -> Iterator[dict[str, Any]]:
    names = [line.name for line in panel.lines]
    points = [
        {"label": label, "line": line.name, "value": float(value)}
        for line in panel.lines
        for label, value in zip(chart.labels, line.values, strict=True)
        if value is not None
    ]
    dash = {
        "field": "line",
        "type": "nominal",
        "scale": {
            "domain": names,
            "range": [_DASHES[number % len(_DASHES)] for number in range(len(names))],
        },
        "legend": {"symbolType": "stroke"},
    }
    at = {"x": _x(chart), "y": {"field": "value", "type": "quantitative"}}
    line = {"type": "line", "color": INK, "strokeWidth": 1.4}
    point = {"type": "point", "size": 30, "filled": True, "color": INK, "opacity": 1}
    data = {"values": points}
    yield {"data": data, "mark": line, "encoding": {**at, "strokeDash": dash}}
    yield {"data": data, "mark": point, "encoding": at}
    first = panel.lines[0]
    figures = [
        {"label": label, "value": float(value), "text": f"{value}"}
        for label, value in zip(chart.labels, first.values, strict=True)
        if value is not None
    ]
    above = {"type": "text", "baseline": "bottom", "dy": -6}
    written = {**at, "text": {"field": "text", "type": "nominal"}}
    yield {"data": {"values": figures}, "mark": above, "encoding": written}


def _x(chart: FanChart) -> dict[str, Any]:
    axis = {
        "title": None,
        "labelAngle": 0,
        "labelExpr": "split(datum.label, '\\n')",
        "labelPadding": 6,
        "ticks": False,
    }
    scale = {"domain": list(chart.labels), "type": "point", "padding": 0.3}
    return {"field": "label", "type": "ordinal", "axis": axis, "scale": scale}


def _y(chart: FanChart, panel: Panel) -> dict[str, Any]:
    """Scale to the panel's values with some room; not from zero, which would flatten the fan."""
    shown = [float(end) for band in panel.bands for ends in band.ends for end in ends]
    shown += [float(value) for line in panel.lines for value in line.values if value is not None]
    room = max((max(shown) - min(shown)) * _MARGIN, 1)
    axis = {
        "title": f"({chart.unit})" if chart.unit.isascii() else f"（{chart.unit}）",
        "titleX": -_LEFT + 24,
        "titleY": -10,
        "tickCount": 5,
        "tickMinStep": 1,
        "domain": False,
        "ticks": False,
        "format": ",d",
        "minExtent": _LEFT - 20,
        "maxExtent": _LEFT - 20,
    }
    domain = [max(min(shown) - room, 0), max(shown) + 2 * room]
    return {"axis": axis, "scale": {"domain": domain, "nice": False, "zero": False}}
