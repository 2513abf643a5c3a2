"""Read a part of a workbook as XML, without anything that could expand beyond what is stored."""

from collections.abc import Callable
from typing import NoReturn
from xml.parsers import expat

Attributes = dict[str, str]


def walk(
    xml: bytes,
    start: Callable[[str, Attributes], object],
    end: Callable[[str], object] = lambda _: None,
    text: Callable[[str], object] = lambda _: None,
) -> None:
    """Call back at each element's start (with its attributes) and end, and for texts between.

    Names are passed without their prefix. Raises ValueError if it is not XML or declares an
    entity, which could expand to any size.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    parser.EndElementHandler = lambda name: end(local(name))
    parser.CharacterDataHandler = text
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, LookupError) as error:  # LookupError: an unknown encoding
        raise ValueError(str(error)) from error


def elements(xml: bytes, name: str) -> list[Attributes]:
    """Return the attributes of all elements with a name, in order. Raises ValueError as `walk`."""
    found: list[Attributes] = []
    walk(xml, lambda at, attributes: found.append(attributes) if at == name else None)
    return found


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def _refuse(*declared: object) -> NoReturn:
    raise ValueError(declared)
