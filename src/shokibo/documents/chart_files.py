"""Charts as files of their own, for a page or a slide."""

from collections.abc import Sequence
from pathlib import Path

from shokibo.documents.charts import pngs, svg
from shokibo.documents.plan_document import Figure
from shokibo.files import save


def write_charts(figures: Sequence[Figure], folder: Path) -> list[Path]:
    """Write each chart as SVG and PNG, named by its number; give the files written.

    The folder is made where it is not there. Raises OSError where it can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drawn = pngs(tuple(figure.chart for figure in figures))
    written = []
    for number, (figure, png) in enumerate(zip(figures, drawn, strict=True), start=1):
        for suffix, content in ((".svg", svg(figure.chart).encode()), (".png", png)):
            path = folder / f"{number:02d}-{figure.sheet}{suffix}"
            save(path, content)
            written.append(path)
    return written
