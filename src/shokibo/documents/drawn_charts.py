"""Charts drawn: as SVG for pages and documents, as PNG where a document takes no other."""

import json
from functools import lru_cache
from typing import Any

from shokibo.documents.charts import FIGURE_INK, FILLS, Chart, spec

SHARPNESS = 2.25
"""Pixels of a PNG per chart pixel: at 155 mm about 200 per inch."""
_HALO = 'stroke="white" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'


@lru_cache(maxsize=128)
def svg(chart: Chart) -> str:
    """Draw a chart as SVG in the font that comes with the program, hatched over its greys."""
    picture, patterns = drawn(spec(chart)), ""
    for number, fill in enumerate(FILLS):
        if fill.drawn:
            side = f'width="{fill.tile}" height="{fill.tile}"'
            patterns += (
                f'<pattern id="hatch{number}" patternUnits="userSpaceOnUse" {side}>'
                f'<rect {side} fill="{fill.grey}"/>{fill.drawn}</pattern>'
            )
            picture = picture.replace(f'fill="{fill.grey}"', f'fill="url(#hatch{number})"')
    head, end, rest = with_halo(picture).partition(">")
    return f"{head}{end}<defs>{patterns}</defs>{rest}"


@lru_cache(maxsize=512)
def coloured_svg(chart: Chart) -> str:
    """Draw a chart as SVG in a page's colours."""
    return with_halo(drawn(spec(chart, coloured=True)))


def drawn(specification: dict[str, Any]) -> str:
    """Draw a Vega-Lite specification as SVG, in the font that comes with the program."""
    import vl_convert
    from pylopdf_fonts_jp import sans_path

    vl_convert.register_font_directory(str(sans_path().parent))
    return str(vl_convert.vegalite_to_svg(specification, vl_version="6.4", allowed_base_urls=[]))


@lru_cache(maxsize=4)
def pngs(charts: tuple[Chart, ...]) -> tuple[bytes, ...]:
    """Draw charts as PNGs, SHARPNESS times as wide as their pixels."""
    return sharp(tuple(svg(chart) for chart in charts))


def sharp(pictures: tuple[str | bytes, ...], kind: str = "svg") -> tuple[bytes, ...]:
    """Draw pictures in SVG, or another format, as PNG, SHARPNESS times as wide as their pixels."""
    import typst
    from pylopdf_fonts_jp import sans_path

    if not pictures:
        return ()
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[sans_path().parent],
    )
    pages = typst.compile(
        _PAGES,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"charts": json.dumps([_numbers(each) for each in pictures]), "kind": kind},
        format="png",
        ppi=SHARPNESS * 96,
    )
    return tuple(pages) if isinstance(pages, list) else (pages,)


_PAGES = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for chart in json(bytes(sys.inputs.charts)) {
  page(image(bytes(chart), format: sys.inputs.kind))
}"""


def _numbers(picture: str | bytes) -> str | list[int]:
    return picture if isinstance(picture, str) else list(picture)


def with_halo(picture: str) -> str:
    """Put a white halo around the figures, which are on bars."""
    return picture.replace(f'fill="{FIGURE_INK}"', f'fill="{FIGURE_INK}" {_HALO}')
