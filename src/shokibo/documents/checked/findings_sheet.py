"""The sheet that lists a workbook's findings, each with a link to its cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from shokibo.documents.checked.cells import Styles
from shokibo.documents.checked.package import WORKBOOK_PART, Package
from shokibo.documents.drawing.worksheet import wrapped_height
from shokibo.ledger.findings import SEVERITIES, Severity
from shokibo.texts import Language, Text

SHEET = "確認事項"
_MARK = "_shokibo_findings"
"""The hidden name by which the next check recognises the sheet."""
_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_WIDTHS = (8, 34, 100)
_MM_A_LETTER = 1.9
"""Millimetres of a sheet for each unit of a column's width."""
_SIZE = 11
_FONT = f'<sz val="{_SIZE}"/><name val="ＭＳ Ｐゴシック"/><family val="3"/><charset val="128"/>'
_TITLE = Text("台帳の確認事項", "Findings of the ledger")
_HINT = Text(
    "場所を選ぶと、そのセルに移ります。修正して保存し、もう一度確認してください。",
    "Places link to their cells. Correct them, save, and check again.",
)
_NOTHING = Text("確認事項はありません。", "Nothing was found.")
_HEADERS = (Text("重さ", "Severity"), Text("場所", "Place"), Text("内容", "Finding"))


@dataclass(frozen=True)
class Line:
    """A line of the sheet. `target` is what its place links to; blank if it is not a cell."""

    severity: Severity
    place: str
    message: str
    target: str


def write_findings_sheet(
    package: Package, styles: Styles, lines: Sequence[Line], language: Language
) -> None:
    """Add the sheet, or replace an earlier check's, and have the workbook open at it."""
    part = _earlier(package) or _new(package)
    package.add_tree(part, etree.fromstring(_sheet(package, styles, lines, language)))
    _open_at(package, part)


def _earlier(package: Package) -> str | None:
    workbook = package.tree(WORKBOOK_PART)
    names = package.child(workbook, "definedNames")
    marked = [one.text for one in ([] if names is None else names) if one.get("name") == _MARK]
    for name, part in package.sheets().items():
        if f"{_quoted(name)}!$A$1" in marked or f"{name}!$A$1" in marked:
            return part
    return None


def _new(package: Package) -> str:
    workbook = package.edit(WORKBOOK_PART)
    sheets = package.child(workbook, "sheets")
    taken = {sheet.get("name") for sheet in sheets}
    name = next(
        name for number in range(1, len(taken) + 2) if (name := _numbered(number)) not in taken
    )
    part = package.free_name("xl/worksheets/sheet{}.xml")
    package.declare_type(part, _WORKSHEET)
    sheet = etree.SubElement(sheets, package.tag("sheet"), name=name)
    sheet.set("sheetId", str(max(int(one.get("sheetId", "0")) for one in sheets) + 1))
    relation = package.relate(WORKBOOK_PART, "worksheet", part)
    sheet.set(f"{{{package.relation}}}id", relation)
    names = package.child(workbook, "definedNames")
    if names is None:
        names = etree.Element(package.tag("definedNames"))
        workbook.insert(_after_sheets(package), names)
    for defined, target, more in (
        (_MARK, f"{_quoted(name)}!$A$1", {"hidden": "1"}),
        ("_xlnm.Print_Titles", f"{_quoted(name)}!$4:$4", {"localSheetId": str(len(sheets) - 1)}),
    ):
        one = etree.SubElement(names, package.tag("definedName"), name=defined, **more)
        one.text = target
    return part


def _numbered(number: int) -> str:
    return SHEET if number == 1 else f"{SHEET}{number}"


def _after_sheets(package: Package) -> int:
    """Return where the names go: after the sheets and what follows them directly."""
    before = {package.tag(name) for name in ("sheets", "functionGroups", "externalReferences")}
    workbook = package.tree(WORKBOOK_PART)
    return max(at for at, one in enumerate(workbook) if one.tag in before) + 1


def _open_at(package: Package, opened: str) -> None:
    """Have the workbook open at a sheet, the only one selected."""
    parts = list(package.sheets().values())
    views = package.child(package.edit(WORKBOOK_PART), "bookViews")
    for view in [] if views is None else views:
        view.set("activeTab", str(parts.index(opened)))
        view.attrib.pop("firstSheet", None)
    for part in parts:
        if part != opened and b"tabSelected" in package.text(part):
            for view in package.edit(part).iter(package.tag("sheetView")):
                view.attrib.pop("tabSelected", None)


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _sheet(package: Package, styles: Styles, lines: Sequence[Line], language: Language) -> bytes:
    title = styles.add(font='<b/><sz val="14"/>')
    header = styles.add(font=f"<b/>{_FONT}")
    body = styles.add(font=_FONT, wrap=True)
    link = styles.add(
        font=f'<u/><sz val="{_SIZE}"/><color rgb="FF0563C1"/>{_FONT.partition("/>")[2]}', wrap=True
    )
    marks = {severity: styles.coloured(body, severity) for severity in SEVERITIES}
    rows = [_row(1, [(_TITLE.say(language), title)])]
    rows.append(_row(2, [((_HINT if lines else _NOTHING).say(language), 0)]))
    rows.append(_row(4, [(one.say(language), header) for one in _HEADERS]))
    links = []
    for number, line in enumerate(lines, start=5):
        severity = SEVERITIES[line.severity].say(language)
        place = (line.place, link if line.target else body)
        rows.append(_row(number, [(severity, marks[line.severity]), place, (line.message, body)]))
        if line.target:
            links.append(f'<hyperlink ref="B{number}" location={quoteattr(line.target)}/>')
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(_WIDTHS, start=1)
    )
    last = max(len(lines) + 4, 5)
    hyperlinks = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        f'<worksheet xmlns="{package.main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        '<pane ySplit="4" topLeftCell="A5" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>"
        f'<autoFilter ref="A4:C{last}"/>{hyperlinks}'
        '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    ).encode()


def _row(number: int, cells: Sequence[tuple[str, int]]) -> str:
    """Write a row, as high as its texts need; a single text extends over the next columns."""
    written = "".join(
        f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{escape(text)}</t></is></c>'
        for letter, (text, style) in zip("ABC", cells, strict=False)
    )
    heights = [
        wrapped_height(text, width * _MM_A_LETTER, _SIZE)
        for (text, _), width in zip(cells, _WIDTHS, strict=False)
    ]
    height = max(heights) + 4 if len(cells) > 1 else 22
    return f'<row r="{number}" ht="{height:.1f}" customHeight="1">{written}</row>'
