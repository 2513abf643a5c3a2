"""Pictures in texts: PNG and SVG files next to a text, or embedded in it as data."""

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
_PNG = b"\x89PNG\r\n\x1a\n"
_NOT_ITSELF = re.compile(
    rb"<(?:\w+:)?(?:image|script|foreignObject|iframe)\b|<!(?:DOCTYPE|ENTITY)|\son\w+\s*=|@import"
    rb"|href\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)
"""What in an SVG shows another file, leads elsewhere or is active: a picture is self-contained."""


def names_of(line: str) -> Iterator[str]:
    """Return the files shown in a line of text."""
    yield from (found[2] for found in _NAMED.finditer(line))


def written_in(source: str, files: Mapping[str, bytes]) -> str:
    """Return a text with its picture files embedded; unknown names are kept."""

    def data(found: re.Match[str]) -> str:
        name = found[2]
        if name not in files:
            return found[0]
        kind = KINDS[name[-4:].casefold()]
        media = next(media for media, of in _TYPES.items() if of == kind)
        return f"{found[1]}data:{media};base64,{b64encode(files[name]).decode()}"

    return _NAMED.sub(data, source)


def content_of(address: str) -> tuple[bytes, Kind] | None:
    """Return a picture embedded in a text; None if it can't be drawn."""
    found = _DATA.fullmatch(address)
    if found is None or found[1] not in _TYPES:
        return None
    try:
        content = b64decode(found[2], validate=True)
    except Error:
        return None
    kind = _TYPES[found[1]]
    return (content, kind) if is_drawable(content, kind) else None


def is_drawable(content: bytes, kind: Kind) -> bool:
    """Whether a picture can be drawn, is self-contained, and has nothing active."""
    if kind == "png":
        return content.startswith(_PNG) and bool(as_png(content, kind))
    return b"<" in content and not _NOT_ITSELF.search(content) and bool(as_png(content, kind))


@lru_cache(maxsize=32)
def as_png(content: bytes, kind: Kind) -> bytes:
    """Draw a picture as PNG; nothing if it is not a picture."""
    import typst

    from shokibo.documents.drawn_charts import sharp

    try:
        return sharp((content,), kind)[0]
    except typst.TypstError:
        return b""
