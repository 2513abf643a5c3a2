"""Typeset the templates as PDF, with fonts that packages bring: the same everywhere."""

from importlib.resources import files

_SHARED = "shared.typ"


def typeset(template: str, **inputs: str) -> bytes:
    """Typeset one of our templates as a tagged PDF, with `inputs` for its `sys.inputs`.

    Its texts have to be printable: what the fonts lack is a defect here, and stops it.
    """
    import typst
    from pylopdf_fonts_jp import serif_path

    folder = files("shokibo.documents").joinpath("templates")
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[serif_path().parent])
    return typst.compile(
        b"\n".join(folder.joinpath(name).read_bytes() for name in (_SHARED, template)),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs=inputs,
        format="pdf",
        pdf_standards=["ua-1"],
    )
