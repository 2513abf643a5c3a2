"""Charts as separate files, for a page or a slide."""

from collections.abc import Sequence

from shokibo.documents.blocks import Figure
from shokibo.documents.drawing.printable import require_printable
from shokibo.documents.drawn_charts import pngs, svg
from shokibo.texts import Text


def chart_files(figures: Sequence[Figure]) -> dict[str, bytes]:
    """Return each chart as SVG and PNG by file name, which begins with its number.

    Raises UnprintableError.
    """
    require_printable((Text(f"図「{f.caption}」", f"figure {f.caption}"), f.chart) for f in figures)
    drawn = pngs(tuple(figure.chart for figure in figures))
    named: dict[str, bytes] = {}
    for number, (figure, png) in enumerate(zip(figures, drawn, strict=True), start=1):
        stem = f"{number:02d}-{figure.sheet}"
        named |= {f"{stem}.svg": svg(figure.chart).encode(), f"{stem}.png": png}
    return named
