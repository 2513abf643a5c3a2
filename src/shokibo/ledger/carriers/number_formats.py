"""How a sheet shows its numbers: 1 in a cell with the format 000 is shown as 001."""

import re
import zipfile
from collections.abc import Set
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path

from shokibo.ledger.carriers import date_formats, markup
from shokibo.ledger.carriers.archive import sheet_parts, stored_part
from shokibo.ledger.carriers.sheet_facts import Place, styles_of

GENERAL = "General"
_STYLES = "xl/styles.xml"
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    48: "##0.0E+0",
    49: "@",
    **date_formats.BUILT_IN,
}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<skipped>_.|\*.|\[[^\]]*\])'
    r"|(?P<digits>[#0?,.%]|E\+)|(?P<literal>.)"
)
_DIGITS = re.compile(r"(?P<whole>[#0,]*)(?:\.(?P<after>[#0]*))?(?P<power>E\+[#0]*)?(?P<share>%?)")
_MOST_DIGITS = 11
"""The format General shows this many; a longer number is shown with an exponent."""
_MOST_WHOLE = 400
"""More digits before the point than a number in any cell has."""


def number_formats(path: Path, sheet: str, places: Set[Place]) -> dict[Place, str]:
    """Read the formats of some cells of a sheet. Raises ValueError if they are not XML."""
    with zipfile.ZipFile(path) as archive:
        styles = styles_of(stored_part(archive, sheet_parts(archive)[sheet]) or b"")
        xml = stored_part(archive, _STYLES) or b"<styleSheet/>"
    own: dict[int, str] = {}
    formats: list[str] = []
    within: list[str] = []

    def start(name: str, attributes: markup.Attributes) -> None:
        within.append(name)
        if name == "numFmt":
            own[int(attributes.get("numFmtId", ""))] = attributes.get("formatCode", GENERAL)
        elif within[-2:] == ["cellXfs", "xf"]:
            number = int(attributes.get("numFmtId", 0))
            formats.append(own.get(number, _BUILT_IN.get(number, GENERAL)))

    markup.walk(xml, start, lambda _: within.pop())
    by_style = dict(enumerate(formats))
    return {place: by_style.get(styles.get(place, 0), GENERAL) for place in places}


def shown_number(number: int | float, code: str) -> str:
    """Show a number as a format does: its digits, with the literal text around them."""
    before, digits, after = "", "", ""
    shown = code.split(";", maxsplit=1)[0]
    for token in _TOKEN.finditer("" if shown.strip() in (GENERAL, "@") else shown):
        literal = token["quoted"] or token["escaped"] or token["literal"] or ""
        digits += token["digits"] or ""
        if digits:
            after += literal
        else:
            before += literal
    if not digits or "?" in digits:  # a fraction
        return _general(number)
    exact, form = Decimal(str(number)), _DIGITS.fullmatch(digits)
    if form is None:
        return f"{before}{_general(float(exact))}{after}"
    decimals = form["after"] or ""
    if form["power"]:
        return f"{before}{float(exact):.{len(decimals)}E}{after}"
    exact = exact * 100 if form["share"] else exact
    context = Context(prec=_MOST_WHOLE + len(decimals))
    rounded = abs(exact).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, context)
    whole, _, rest = f"{rounded:f}".partition(".")
    whole = whole.zfill(form["whole"].count("0"))
    if "," in form["whole"]:
        whole = f"{int(whole):,}"
    needed = decimals.count("0")
    rest = rest[:needed] + rest[needed:].rstrip("0")
    sign, point = "-" if exact < 0 else "", "." if rest else ""
    return f"{before}{sign}{whole}{point}{rest}{form['share']}{after}"


def _general(number: int | float) -> str:
    text = f"{number:.{_MOST_DIGITS - 1}g}" if number % 1 else f"{number:.0f}"
    if len(text.lstrip("-")) > _MOST_DIGITS or "e" in text:
        digits, power = f"{number:.5E}".split("E")
        return f"{digits.rstrip('0').rstrip('.')}E{power}"
    return text
