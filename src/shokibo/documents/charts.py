"""Charts of the plan: Vega-Lite for pages, and the same as SVG and PNG for documents.

They must be readable in black and white: stacked bars differ in grey and hatching, the line has
points and its name at the end, figures are placed where they belong. Words come from the caller;
nothing is fetched.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width

Figures = tuple[int | Decimal | None, ...]

FONT = "Noto Sans JP"
WIDTH = 540
"""Width of every chart in pixels."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 58, 46, 38  # pixels around the plot
_LETTER, _LETTER_GAP = 10, 7  # pixels of a wide letter, and between the last point and its name
_NAME_LINE = 36  # most halves of a wide letter in a line of the line's name: a third of the width
_BAR, _WIDEST_BAR = 0.6, 90  # as part of the step from bar to bar, and in pixels
_FIGURE = 12  # height in pixels that a figure needs next to another
_LEAST = 10  # least pixels of a bar with a figure: just under 3 mm in a document
_LEGEND_LINE, _LEGEND_ROW = 36, 20  # characters of names in a row of the legend, pixels of a row
_MOST_LABELS = 12
_LEAST_TOP = 2  # below it the ticks would be halves, written as the same whole numbers
_GRID, _MINUS = "#cccccc", "△"
INK, FIGURE_INK = "#1a1a1a", "#191919"  # the second for figures only, so that they can be found


@dataclass(frozen=True)
class Series:
    """A named series of figures; None for an unknown one."""

    name: str
    values: Figures


@dataclass(frozen=True)
class Chart:
    """Bars with a line and points over them, by label: stacked, or side by side if `grouped`.

    `labels` are under the bars, with their line breaks. `unit` is that of all figures, blank if
    the series' names have theirs. `total` is written on top of the bars. `height` is that of the
    plot in pixels.
    """

    labels: tuple[str, ...]
    bars: tuple[Series, ...]
    line: Series | None = None
    unit: str = "人"
    total: Series | None = None
    height: int = 190
    grouped: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, including everything around the plot."""
        return WIDTH, self.height + self.top + _BOTTOM

    @property
    def legend_rows(self) -> int:
        """Rows of the legend above the plot."""
        names = sum(len(series.name) + 2 for series in self.bars)
        return 1 if names <= _LEGEND_LINE else 2

    @property
    def top(self) -> int:
        """Pixels above the plot."""
        return _TOP + _LEGEND_ROW * (self.legend_rows - 1)

    @property
    def right(self) -> int:
        """Pixels to the right of the plot, where the line's name ends."""
        lines = _in_lines(self.line.name) if self.line else ()
        widest = max(map(_halves, lines), default=0)
        return max(_RIGHT, widest * _LETTER // 2 + _LETTER_GAP)

    @property
    def plot(self) -> int:
        """Pixels of the plot's width."""
        return WIDTH - _LEFT - self.right


@dataclass(frozen=True)
class Fill:
    """A fill: its grey, and the pattern drawn on it in a tile of the given size."""

    grey: str
    tile: int = 0
    drawn: str = ""


def _halves(letters: str) -> int:
    return sum(1 + (east_asian_width(letter) in "WFA") for letter in letters)


def _in_lines(name: str) -> list[str]:
    """Break a line's name where it would leave too little of the width to the plot."""
    lines = [""]
    for letter in name:
        if _halves(lines[-1] + letter) > _NAME_LINE:
            lines.append("")
        lines[-1] += letter
    return lines


FILLS = (
    Fill("#9a9a99"),
    Fill("#fefefd", 6, '<path d="M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2" stroke="#444"/>'),
    Fill("#d9d9d8", 6, '<circle cx="3" cy="3" r="1" fill="#222"/>'),
    Fill("#fdfdfc", 6, '<path d="M0,0 l6,6 M0,6 l6,-6" stroke="#666" stroke-width="0.7"/>'),
)
_GREYS = tuple(fill.grey for fill in FILLS)


_COLOURS = ("#9db7f9", "#fff4d4", "#c2e5d1", "#e8e8eb")
"""Fills on pages: light enough for dark figures, and each of a different lightness."""


def spec(chart: Chart, *, coloured: bool = False) -> dict[str, Any]:
    """Return a chart in Vega-Lite: in the greys that documents hatch, or in a page's colours."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": chart.plot,
        "height": chart.height,
        "padding": {"left": _LEFT, "right": chart.right, "top": chart.top, "bottom": _BOTTOM},
        "autosize": "none",
        "layer": [*_bar_layers(chart, _COLOURS if coloured else _GREYS), *_line_layers(chart)],
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 10, "titleFontSize": 10, "titleFontWeight": "normal"},
            "axisY": {"gridColor": _GRID, "titleAngle": 0, "titleAlign": "left"},
            "text": {"fontSize": 10, "color": FIGURE_INK},
            "legend": {"labelFontSize": 10, "symbolSize": 220, "symbolStrokeWidth": 0.8},
        },
    }


def _in_parentheses(unit: str) -> str | None:
    """Write a unit above its axis: in full-width parentheses, or plain ones for English."""
    if not unit.strip():
        return None
    return f"({unit})" if unit.isascii() and unit[0].isalpha() else f"（{unit}）"


def _bar_layers(chart: Chart, palette: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    names = [series.name for series in chart.bars]
    x = _x(chart)
    y_axis: dict[str, Any] = {
        "title": _in_parentheses(chart.unit),
        "titleX": -_LEFT + 4,
        "titleY": -10,
        "tickCount": 5,
        "tickMinStep": 1,
        "domain": False,
        "ticks": False,
        "format": ",d",
    }
    bottom = _bottom(chart)
    if bottom < 0:
        at_zero = {"test": "datum.value === 0", "value": INK}
        y_axis["gridColor"] = {"condition": at_zero, "value": _GRID}
        y_axis["labelExpr"] = f"replace(datum.label, '\u2212', '{_MINUS}')"
    scale = {"domain": [bottom, _top(chart)], "nice": False}
    fills = [palette[number % len(palette)] for number in range(len(names))]
    encoding = {
        "x": x,
        "y": {**_Y, "axis": y_axis, "scale": scale, "stack": None if chart.grouped else "zero"},
        "fill": {
            "field": "name",
            "type": "nominal",
            "scale": {"domain": names, "range": fills},
            "legend": {
                "orient": "top",
                "title": None,
                "symbolType": "square",
                "offset": 20,
                "columns": -(-len(names) // chart.legend_rows),
            },
        },
        "order": {"field": "order", "type": "quantitative"},
        "tooltip": [{"field": field, "title": ""} for field in ("name", "value")],
    }
    pieces = [
        {"label": label, "name": series.name, "order": order, "value": float(value)}
        for order, series in enumerate(chart.bars)
        for label, value in zip(chart.labels, series.values, strict=True)
        if value  # a segment without height would be a line
    ]
    bar = {"type": "bar", "stroke": INK, "strokeWidth": 0.8, "width": _bar_width(chart)}
    figures = {"x": x, "y": _Y, "text": {"field": "text", "type": "nominal"}}
    if chart.grouped:
        side = {"domain": names, "paddingInner": 0, "paddingOuter": _BAR}
        beside = {"xOffset": {"field": "name", "type": "nominal", "scale": side}}
        bar["width"] = {"band": 1}
        yield {"data": {"values": pieces}, "mark": bar, "encoding": {**encoding, **beside}}
        on_top = [{**piece, "text": f"{piece['value']:,.0f}"} for piece in pieces]
        above = {"type": "text", "baseline": "bottom", "dy": -2}
        yield {"data": {"values": on_top}, "mark": above, "encoding": {**figures, **beside}}
        return
    yield {"data": {"values": pieces}, "mark": bar, "encoding": encoding}
    inside = {"values": list(_inside(chart))}
    yield {"data": inside, "mark": {"type": "text", "baseline": "middle"}, "encoding": figures}
    if chart.total:
        columns = enumerate(zip(chart.labels, chart.total.values, strict=True))
        sums = [
            {"label": label, "value": float(value), "text": f"{chart.total.name} {value:,}"}
            for index, (label, value) in columns
            if value and index in _labelled(chart)
        ]
        above = {"type": "text", "baseline": "bottom", "dy": -3}
        yield {"data": {"values": sums}, "mark": above, "encoding": figures}


_Y: dict[str, Any] = {"field": "value", "type": "quantitative"}


def _line_layers(chart: Chart) -> Iterator[dict[str, Any]]:
    if chart.line is None:
        return
    shown, name = _labelled(chart), "\n".join(_in_lines(chart.line.name))
    points = [
        {
            "label": label,
            "value": float(value),
            "name": name,
            "text": _text(value) if index in shown else "",
        }
        for index, (label, value) in enumerate(zip(chart.labels, chart.line.values, strict=True))
        if value is not None
    ]
    data, at = {"values": points}, {"x": _x(chart), "y": _Y}
    line = {"type": "line", "color": INK, "strokeWidth": 1.4}
    point = {"type": "point", "size": 45, "filled": True, "color": INK, "opacity": 1}
    yield {"data": data, "mark": line, "encoding": at}
    yield {"data": data, "mark": point, "encoding": at}
    above = {"type": "text", "baseline": "bottom", "dy": -6}
    text, named = ({**at, "text": {"field": key, "type": "nominal"}} for key in ("text", "name"))
    yield {"data": data, "mark": above, "encoding": text}
    right = {
        "type": "text",
        "align": "left",
        "baseline": "middle",
        "dx": _bar_width(chart) / 2 + 5,
        "lineBreak": "\n",
    }
    yield {"data": {"values": points[-1:]}, "mark": right, "encoding": named}


def _bar_width(chart: Chart) -> float:
    return min(_BAR * chart.plot / len(chart.labels), _WIDEST_BAR)


def _x(chart: Chart) -> dict[str, Any]:
    # an axis with a choice of values would lose its first label
    labelled = json.dumps([chart.labels[index] for index in sorted(_labelled(chart))])
    axis = {
        "title": None,
        "labelAngle": 0,
        "labelExpr": f"indexof({labelled}, datum.label) < 0 ? '' : split(datum.label, '\\n')",
        "labelOverlap": False,
        "labelPadding": 6,
        "ticks": False,
    }
    scale = {"domain": list(chart.labels), "padding": 0}
    return {"field": "label", "type": "ordinal", "axis": axis, "scale": scale}


def _top(chart: Chart) -> float:
    """Where the axis ends, leaving room for a figure above every bar and point."""
    together = max if chart.grouped else sum
    sums = [together(_number(value) for value in column) for column in _columns(chart)]
    points = [_number(value) for value in chart.line.values] if chart.line else []
    return max([*sums, *points, _LEAST_TOP]) * (1 + 2 * _FIGURE / chart.height)


def _bottom(chart: Chart) -> float:
    """Where the axis begins: below zero, with room for the point, only if the line is there."""
    points = [_number(value) for value in chart.line.values] if chart.line else []
    return min([*points, 0]) * (1 + _FIGURE / chart.height)


def _columns(chart: Chart) -> Iterator[Figures]:
    return zip(*(series.values for series in chart.bars), strict=True)


def _inside(chart: Chart) -> Iterator[dict[str, object]]:
    """Return the segments' figures: in the middle, or where there is room next to the line's."""
    pixel = _top(chart) / chart.height
    columns = list(_columns(chart))
    for index in sorted(_labelled(chart)):
        bottom = 0.0
        point = chart.line.values[index] if chart.line else None
        for value in columns[index]:
            size = _number(value)
            edge = _FIGURE * pixel / 2
            places = (bottom + size / 2, bottom + edge, bottom + size - edge)
            free = [at for at in places if point is None or _is_free((at - float(point)) / pixel)]
            bottom += size
            if size >= _LEAST * pixel:
                at = (free or places)[0]
                yield {"label": chart.labels[index], "value": at, "text": _text(value)}


def _is_free(over: float) -> bool:
    """Whether a figure this many pixels above the line's point is clear of the line's figure."""
    return not -_FIGURE < over < 2 * _FIGURE


def _labelled(chart: Chart) -> frozenset[int]:
    """Which bars have figures: all if few; if many, every n-th and the last."""
    count = len(chart.labels)
    step = -(-count // _MOST_LABELS)
    return frozenset(range(count - 1, -1, -step))


def _number(value: int | Decimal | None) -> float:
    return float(value or 0)


def _text(value: int | Decimal | None) -> str:
    return "" if value is None else f"{value:,}".replace("-", _MINUS)
