"""Pictures of texts: PNG and SVG files beside a text, or written into it as data."""

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

Kind = Literal["svg", "png"]
KINDS: dict[str, Kind] = {".svg": "svg", ".png": "png"}
_TYPES: dict[str, Kind] = {"image/svg+xml": "svg", "image/png": "png"}
_DATA = re.compile(r"data:(image/[a-z+]+);base64,([A-Za-z0-9+/=]*)")
_NAMED = re.compile(r"(!\[[^\]]*\]\()([^)\s:]+)")
_OTHER_FILE = re.compile(rb"<(?:\w+:)?image\b", re.IGNORECASE)
"""What shows another file in an SVG: a picture has to hold all of itself."""


def names_of(line: str) -> Iterator[str]:
    """Return the files that a line of a text shows."""
    yield from (found[2] for found in _NAMED.finditer(line))


def written_in(source: str, files: Mapping[str, bytes]) -> str:
    """Return a text with the files that it shows written into it; unknown ones stay named."""

    def data(found: re.Match[str]) -> str:
        name = found[2]
        if name not in files:
            return found[0]
        kind = KINDS[name[-4:].casefold()]
        media = next(media for media, of in _TYPES.items() if of == kind)
        return f"{found[1]}data:{media};base64,{b64encode(files[name]).decode()}"

    return _NAMED.sub(data, source)


def content_of(address: str) -> tuple[bytes, Kind] | None:
    """Return a picture that is written into a text; None where it is none that can be drawn."""
    found = _DATA.fullmatch(address)
    if found is None or found[1] not in _TYPES:
        return None
    try:
        content = b64decode(found[2], validate=True)
    except Error:
        return None
    kind = _TYPES[found[1]]
    if _OTHER_FILE.search(content):
        return None
    return (content, kind) if content and as_png(content, kind) else None


@lru_cache(maxsize=32)
def as_png(content: bytes, kind: Kind) -> bytes:
    """Draw a picture as PNG; nothing where it is none."""
    import typst

    from shokibo.documents.charts import sharp

    try:
        return sharp((content,), kind)[0]
    except typst.TypstError:
        return b""
