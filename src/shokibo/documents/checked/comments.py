"""The comments of a sheet: findings are added to them, and removed by the next check."""

import re
from collections.abc import Mapping

from lxml import etree

from shokibo.documents.checked.cells import place_of
from shokibo.documents.checked.package import Element, Package

AUTHOR = "shokibo"
_HEAD = "【確認事項】"
_BREAK = f"\n{_HEAD}\n"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_FOLLOWS_DRAWING = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst", "AlternateContent"),
)
"""The elements of a sheet that follow the drawing of its comments."""
_SHAPE = re.compile(rb"<(?:\w+:)?shape\b.*?</(?:\w+:)?shape>", re.DOTALL)
_ROW, _COLUMN = re.compile(rb"Row>\s*(\d+)\s*<"), re.compile(rb"Column>\s*(\d+)\s*<")
_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_TYPE = (
    f'<v:shapetype {_NAMESPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def remove_comments(package: Package, part: str) -> list[str]:
    """Remove an earlier check's comments from a sheet; return their cells."""
    name = package.related(part, "comments")
    if name is None:
        return []
    root = package.tree(name)
    authors = [one.text for one in package.child(root, "authors")]
    ours, gone = [], []
    for comment in list(package.child(root, "commentList")):
        runs = [one for one in comment.iter(package.tag("t")) if _BREAK in (one.text or "")]
        for run in runs:
            run.text = run.text.partition(_BREAK)[0]
            ours.append(comment.get("ref"))
            if not run.text:
                run.getparent().getparent().remove(run.getparent())
        if authors[int(comment.get("authorId"))] == AUTHOR:
            comment.getparent().remove(comment)
            gone.append(comment.get("ref"))
    if ours or gone:
        package.edit(name)
        _remove_shapes(package, part, gone)
    return ours + gone


def add_comments(package: Package, part: str, messages: Mapping[str, str]) -> None:
    """Write a message at each cell, after anything a person has written there."""
    root = package.edit(package.related(part, "comments") or _new_comments(package, part))
    authors, listed = package.child(root, "authors"), package.child(root, "commentList")
    names = [one.text for one in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, package.tag("author")).text = AUTHOR
        names.append(AUTHOR)
    present = {comment.get("ref"): comment for comment in listed}
    made = []
    for reference, message in messages.items():
        if reference in present:
            _run(package, package.child(present[reference], "text"), _BREAK + message)
            continue
        comment = etree.SubElement(listed, package.tag("comment"), ref=reference)
        comment.set("authorId", str(names.index(AUTHOR)))
        _run(package, etree.SubElement(comment, package.tag("text")), message)
        made.append(reference)
    _add_shapes(package, part, made)


def _run(package: Package, text: Element, words: str) -> None:
    run = etree.SubElement(etree.SubElement(text, package.tag("r")), package.tag("t"))
    run.text = words
    run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _new_comments(package: Package, part: str) -> str:
    name = package.free_name("xl/comments{}.xml")
    root = etree.Element(package.tag("comments"), nsmap={None: package.main})
    etree.SubElement(root, package.tag("authors"))
    etree.SubElement(root, package.tag("commentList"))
    package.add_tree(name, root)
    package.declare_type(name, _COMMENTS)
    package.relate(part, "comments", name)
    return name


def _drawing(package: Package, part: str) -> str:
    """Return the part with the comments' shapes; a new one if there is none."""
    if name := package.related(part, "vmlDrawing"):
        return name
    name = package.free_name("xl/drawings/vmlDrawing{}.vml")
    package.set_text(name, f"<xml {_NAMESPACES}></xml>".encode())
    package.declare_default_type("vml", _VML)
    sheet = package.edit(part)
    drawing = etree.Element(package.tag("legacyDrawing"), nsmap={"r": package.relation})
    drawing.set(f"{{{package.relation}}}id", package.relate(part, "vmlDrawing", name))
    at = next(
        (at for at, one in enumerate(sheet) if etree.QName(one).localname in _FOLLOWS_DRAWING),
        len(sheet),
    )
    sheet.insert(at, drawing)
    return name


def _add_shapes(package: Package, part: str, references: list[str]) -> None:
    if not references:
        return
    name = _drawing(package, part)
    drawn = package.text(name)
    first = max((int(number) for number in re.findall(rb"_x0000_s(\d+)", drawn)), default=1024) + 1
    shapes = "".join(_shape(first + at, *place_of(one)) for at, one in enumerate(references))
    if b"_x0000_t202" not in drawn:
        shapes = _SHAPE_TYPE + shapes
    before, end, after = drawn.rpartition(b"</xml>")
    package.set_text(name, before + shapes.encode() + end + after)


def _shape(number: int, row: int, column: int) -> str:
    anchor = f"{column + 1}, 15, {max(row - 2, 0)}, 10, {column + 5}, 15, {row + 5}, 4"
    return (
        f'<v:shape {_NAMESPACES} id="_x0000_s{number}" type="#_x0000_t202" '
        'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox/>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def _remove_shapes(package: Package, part: str, references: list[str]) -> None:
    name = package.related(part, "vmlDrawing")
    if name is None:
        return
    places = {place_of(one) for one in references}

    def stays(shape: re.Match[bytes]) -> bytes:
        row, column = _ROW.search(shape[0]), _COLUMN.search(shape[0])
        is_gone = row and column and (int(row[1]) + 1, int(column[1])) in places
        return b"" if is_gone else shape[0]

    package.set_text(name, _SHAPE.sub(stays, package.text(name)))
