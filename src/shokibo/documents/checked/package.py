"""The parts of a workbook's zip: changed ones are rewritten, the others copied."""

import posixpath
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, cast

from lxml import etree

Element = Any
"""An lxml element; lxml has no type stubs."""
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONSHIPS = f"{_PACKAGE}/relationships"
_TYPES = f"{_PACKAGE}/content-types"
_TYPES_PART = "[Content_Types].xml"
WORKBOOK_PART = "xl/workbook.xml"
_STRICT = "http://purl.oclc.org/ooxml/"
_RELATION = {
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


@dataclass
class Package:
    """A workbook's parts: trees of those that were opened, and which of them have changed."""

    archive: zipfile.ZipFile
    _trees: dict[str, Element] = field(default_factory=dict)
    _changed: set[str] = field(default_factory=set)
    _texts: dict[str, bytes] = field(default_factory=dict)

    @property
    def main(self) -> str:
        """The namespace of the workbook's elements, in either variant of the standard."""
        return cast("str", etree.QName(self.tree(WORKBOOK_PART)).namespace)

    @property
    def relation(self) -> str:
        """The namespace of its relations."""
        return _RELATION[self.main.startswith(_STRICT)]

    def tag(self, name: str) -> str:
        """Return the qualified name of a workbook element."""
        return f"{{{self.main}}}{name}"

    def child(self, parent: Element, name: str) -> Element:
        """Return the first child with a name; None if there is none."""
        return parent.find(self.tag(name))

    def sheets(self) -> dict[str, str]:
        """Return the sheets' parts by name, including added ones."""
        relations = {
            one.get("Id"): posixpath.normpath(posixpath.join("/xl", one.get("Target"))).lstrip("/")
            for one in self.tree(_relations_of(WORKBOOK_PART))
        }
        return {
            sheet.get("name"): relations[sheet.get(f"{{{self.relation}}}id")]
            for sheet in self.child(self.tree(WORKBOOK_PART), "sheets")
        }

    def has(self, name: str) -> bool:
        """Return whether a part exists."""
        return name in self._trees or name in self._texts or name in self.archive.namelist()

    def tree(self, name: str) -> Element:
        """Return the root of a part. Raises ValueError if it is not XML."""
        if name not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            try:
                self._trees[name] = etree.fromstring(self.archive.read(name), parser)
            except etree.XMLSyntaxError as error:
                raise ValueError(name) from error
        return self._trees[name]

    def edit(self, name: str) -> Element:
        """Return the root of a part in order to change it."""
        self._changed.add(name)
        return self.tree(name)

    def add_tree(self, name: str, root: Element) -> None:
        """Add a part, or replace one."""
        self._trees[name] = root
        self._changed.add(name)

    def text(self, name: str) -> bytes:
        """Return a part as it is stored."""
        return self._texts.get(name) or self.archive.read(name)

    def set_text(self, name: str, content: bytes) -> None:
        """Add or replace a part that is not XML."""
        self._texts[name] = content

    def free_name(self, pattern: str) -> str:
        """Return the first unused name of a numbered pattern."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def related(self, part: str, kind: str) -> str | None:
        """Return the part that a part has a kind of relation to; None if there is none."""
        if not self.has(_relations_of(part)):
            return None
        for relation in self.tree(_relations_of(part)):
            if relation.get("Type").endswith(f"/{kind}"):
                target = posixpath.join("/", posixpath.dirname(part), relation.get("Target"))
                return posixpath.normpath(target).lstrip("/")
        return None

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation to a part, and return its id."""
        name = _relations_of(part)
        if not self.has(name):
            root = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap={None: _RELATIONSHIPS})
            self.add_tree(name, root)
        relations = self.edit(name)
        taken = {relation.get("Id") for relation in relations}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        relation = etree.SubElement(relations, f"{{{_RELATIONSHIPS}}}Relationship")
        relation.set("Id", f"rId{number}")
        relation.set("Type", f"{self.relation}/{kind}")
        relation.set("Target", f"/{target}")
        return f"rId{number}"

    def declare_type(self, part: str, content_type: str) -> None:
        """Declare the content type of a part."""
        override = etree.SubElement(self.edit(_TYPES_PART), f"{{{_TYPES}}}Override")
        override.set("PartName", f"/{part}")
        override.set("ContentType", content_type)

    def declare_default_type(self, extension: str, content_type: str) -> None:
        """Declare the content type of all parts with an extension, unless it is declared."""
        types = self.edit(_TYPES_PART)
        if any((one.get("Extension") or "").casefold() == extension for one in types):
            return
        default = etree.Element(f"{{{_TYPES}}}Default")
        default.set("Extension", extension)
        default.set("ContentType", content_type)
        types.insert(0, default)

    def content(self) -> bytes:
        """Return the workbook."""
        changed = self._texts | {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in self._trees.items()
            if name in self._changed
        }
        written = BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry in self.archive.infolist():
                content = changed.pop(entry.filename, None)
                if content is None:
                    content = self.archive.read(entry)
                archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
            for name, content in changed.items():
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return written.getvalue()


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"
