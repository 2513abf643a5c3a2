"""The Word document's styles in one declaration, with Japanese fonts for East Asian text."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

MINCHO, GOTHIC = "ＭＳ 明朝", "ＭＳ ゴシック"
BULLETS = 1


@dataclass(frozen=True)
class _Style:
    """A paragraph style; sizes and distances are in points, `pitch` in ems from line to line.

    The pitches and distances are those of plan.typ, so that Word breaks its pages where the PDF
    does, whatever height a font gives to its lines.
    """

    id: str
    name: str
    size: float = 10.5
    font: str = MINCHO
    before: float = 0
    after: float = 0
    align: str = "left"
    more: str = ""
    pitch: float = 1.65

    def xml(self) -> str:
        spacing = (
            f'<w:spacing w:before="{_twips(self.before)}" w:after="{_twips(self.after)}"'
            f' w:line="{_twips(self.size * self.pitch)}" w:lineRule="atLeast"/>'
        )
        based = "" if self.id == "Normal" else '<w:basedOn w:val="Normal"/>'
        default = ' w:default="1"' if self.id == "Normal" else ""
        return (
            f'<w:style w:type="paragraph" w:styleId="{self.id}"{default}>'
            f'<w:name w:val="{self.name}"/>{based}<w:qFormat/>'
            f'<w:pPr>{self.more}{spacing}{_INDENTS.get(self.id, "")}<w:jc w:val="{self.align}"/>'
            f"{_OUTLINES.get(self.id, '')}</w:pPr>"
            f"<w:rPr>{_fonts(self.font)}{_size(self.size)}</w:rPr></w:style>"
        )


def _twips(points: float) -> int:
    return round(points * 20)


def _fonts(name: str) -> str:
    return "<w:rFonts " + " ".join(f'w:{use}="{name}"' for use in _USES) + "/>"


_USES = ("ascii", "hAnsi", "eastAsia", "cs")


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _bullet(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{BULLETS}"/></w:numPr>'


_NO_GAPS = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'  # 令和3年, not 令和 3 年
_TOGETHER = "<w:keepNext/><w:keepLines/>"
_NEW_PAGE = "<w:pageBreakBefore/>"
_TO_PAGE = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs>'
_OUTLINES = {f"Heading{level}": f'<w:outlineLvl w:val="{level - 1}"/>' for level in (1, 2, 3)}
_INDENTS = {
    "TOC2": '<w:ind w:left="210"/>',
    "TOC3": '<w:ind w:left="420"/>',
}
_STYLES = (
    _Style("Normal", "Normal", more=_NO_GAPS),
    _Style("Title", "Title", 24, GOTHIC, before=4, after=4, align="center"),
    _Style("Subtitle", "Subtitle", 16, GOTHIC, before=4, after=4, align="center"),
    _Style("ReportTitle", "Report Title", 14, GOTHIC, after=6, align="center", pitch=1.45),
    _Style("ReportSender", "Report Sender", align="right"),
    _Style("Heading1", "heading 1", 16, GOTHIC, 0, 6, "left", f"{_TOGETHER}{_NEW_PAGE}", 1.45),
    _Style("Heading2", "heading 2", 13, GOTHIC, 11, 2, more=_TOGETHER, pitch=1.45),
    _Style("Heading3", "heading 3", 11.5, GOTHIC, 8.5, 1, more=_TOGETHER, pitch=1.45),
    _Style("BodyText", "Body Text", before=0.8, after=0.8, align="both"),
    _Style("OpenText", "Open Text", before=0.8, after=0.8),
    _Style("Lead", "Lead", 10.5, GOTHIC, 7, 1, more="<w:keepNext/>"),
    _Style("ListBullet", "List Bullet", before=0.5, after=0.5, align="both", more=_bullet(0)),
    _Style("ListBullet2", "List Bullet 2", before=0.5, after=0.5, align="both", more=_bullet(1)),
    _Style("Caption", "caption", 9.5, GOTHIC, 9, 2.5, "center", "<w:keepNext/>", 1.45),
    _Style("FigureCaption", "Figure Caption", 9.5, GOTHIC, 0, 4, "center", pitch=1.45),
    _Style("Picture", "Picture", before=12, align="center", more="<w:keepNext/>", pitch=1),
    _Style("TableText", "Table Text", 9, before=0.8, after=0.8, pitch=1.4),
    _Style("TableNote", "Table Note", 8.5),
    _Style("Gap", "Gap", 1, after=4, pitch=1),
    _Style("FootnoteText", "footnote text", 8.5, pitch=1.45),
    _Style("TOCHeading", "TOC Heading", 14, GOTHIC, 0, 12, "center", _NEW_PAGE),
    _Style("TOC1", "toc 1", before=7, after=1, font=GOTHIC, more=_TO_PAGE),
    _Style("TOC2", "toc 2", before=1, after=1, more=_TO_PAGE),
    _Style("TOC3", "toc 3", 10, before=1, after=1, more=_TO_PAGE),
    _Style("Header", "header", 8.5, more='<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>'),
    _Style("Footer", "footer", 9, align="center"),
)
_DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(MINCHO)}{_size(10.5)}"
    '<w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="0"/></w:pPr>'
    "</w:pPrDefault></w:docDefaults>"
)
_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_SIDES = '<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_LINES}</w:tblBorders>'
    f"<w:tblCellMar>{_SIDES}</w:tblCellMar></w:tblPr></w:style>"
)
_LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    f'<w:pStyle w:val="{style}"/><w:suff w:val="nothing"/><w:lvlText w:val="{sign}"/>'
    '<w:lvlJc w:val="left"/>'
    f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'
    f"<w:rPr>{_fonts(MINCHO)}</w:rPr></w:lvl>"
    for level, style, sign, left, hanging in (
        (0, "ListBullet", "・", 210, 210),
        (1, "ListBullet2", "－", 420, 210),
    )
)


def set_up_styles(document: "Document") -> None:
    """Replace the template's styles, list levels and compatibility with the declared ones."""
    _refill(
        document.styles.element,
        _DEFAULTS + "".join(style.xml() for style in _STYLES) + _TABLES,
    )
    _refill(
        document.part.numbering_part.element,
        f'<w:abstractNum w:abstractNumId="{BULLETS}"><w:multiLevelType w:val="multilevel"/>'
        f'{_LEVELS}</w:abstractNum><w:num w:numId="{BULLETS}">'
        f'<w:abstractNumId w:val="{BULLETS}"/></w:num>',
    )
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _refill(element: "BaseOxmlElement", xml: str) -> None:
    element.clear()
    element.extend(list(parse_xml(f"<w:root {nsdecls('w')}>{xml}</w:root>")))
