"""Typeset the templates as PDF, with fonts from packages: the same everywhere."""

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typst import Fonts

_SHARED = "shared.typ"


def typeset(template: str, **inputs: str) -> bytes:
    """Typeset one of our templates as a tagged PDF, with `inputs` for its `sys.inputs`.

    Its texts must be printable: characters that the fonts lack are a bug here, and stop it.
    """
    import typst

    return typst.compile(
        _source(template),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        format="pdf",
        pdf_standards=["ua-1"],
    )


def queried(template: str, label: str, **inputs: str) -> Any:  # noqa: ANN401 - whatever it holds
    """Typeset one of our templates, and return the labelled metadata's value."""
    import typst

    found = typst.query(
        _source(template),
        label,
        field="value",
        one=True,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    return json.loads(found)


def _source(template: str) -> bytes:
    folder = files("shokibo.documents").joinpath("templates")
    return b"\n".join(folder.joinpath(name).read_bytes() for name in (_SHARED, template))


@cache
def _fonts() -> "Fonts":
    import typst
    from pylopdf_fonts_jp import serif_path

    return typst.Fonts(include_system_fonts=False, font_paths=[serif_path().parent])
