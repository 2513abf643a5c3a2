"""What is known of a sheet before it is read is the same in every valid form of its XML."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shokibo.ledger.carriers.sheet_facts import SheetFacts, column_index, facts_of
from shokibo.ledger.raw import column_letter

from .rawbook import END, START

BODY = (
    '<row r="1" spans="1:3"><c r="A1" s="1" t="s"><v>0</v></c><c r="C1"><v>1</v></c></row>'
    '<row r="3"><c r="A3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B3"><f>A1</f></c>'
    '<c r="C3"><f>A1</f><v></v></c><c r="D3" t="str"><f>""</f><v></v></c>'
    '<c r="E3"><f>A1</f><v>7</v></c><c r="AB3" s="2"/></row><row r="4"/>'
)
FACTS = SheetFacts(3, 28, frozenset({(3, 0)}), frozenset({(3, 1), (3, 2)}))


def sheet(body: str) -> str:
    """Return the XML of a sheet with nothing but a body."""
    return START + body + END


def prefixed(xml: str) -> str:
    """Give every element a prefix."""
    named = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", xml)
    return named.replace("xmlns=", "xmlns:x=")


FORMS: dict[str, Callable[[str], str]] = {
    "plain": lambda xml: xml,
    "single quotes": lambda xml: xml.replace('"', "'").replace("<f>''</f>", '<f>""</f>'),
    "spaces": lambda xml: xml.replace('="', ' = "'),
    "lines": lambda xml: xml.replace("><", ">\n<").replace("<c ", "<c\n "),
    "prefix": prefixed,
    "order": lambda xml: xml.replace('<c r="A1" s="1" t="s"', '<c s="1" t="s" r="A1"'),
    "small letters": lambda xml: xml.replace('"AB3"', '"ab3"'),
    "references": lambda xml: xml.replace('"AB3"', '"&#65;B3"'),
    "comment": lambda xml: xml.replace('<row r="4"', '<!-- <row r="99"> --><row r="4"'),
    "CDATA": lambda xml: xml.replace("<f>A1</f>", "<f><![CDATA[A1]]></f>"),
    "sign in a value": lambda xml: xml.replace('<row r="4"', '<row x=">" r="4"'),
    "no encoding": lambda xml: xml.replace(' encoding="UTF-8"', ""),
    "no places": lambda xml: xml.replace(' r="A1"', "").replace(' r="1"', "").replace('r="4"', ""),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_sheet_gives_the_same_facts(form: str) -> None:
    assert facts_of(FORMS[form](sheet(BODY)).encode()) == FACTS


def test_another_encoding_gives_the_same_facts() -> None:
    xml = sheet(BODY).replace("UTF-8", "UTF-16")
    assert facts_of(xml.encode("utf-16")) == FACTS


@pytest.mark.parametrize("attribute", ['t="e"', "t='e'"])
def test_an_error_is_found_whichever_way_its_kind_is_written(attribute: str) -> None:
    xml = sheet(f'<row r="2"><c r="B2" s="1" {attribute}><v>#N/A</v></c></row>')
    assert facts_of(xml.encode()).error_cells == {(2, 1)}


def test_a_cell_far_below_its_row_is_within_the_reach() -> None:
    xml = sheet('<row r="1"><c r="A1048576"><v>1</v></c></row>')
    assert facts_of(xml.encode()).rows == 1_048_576


def test_rows_without_a_cell_are_not_reached() -> None:
    body = '<row r="2"><c r="A2"/></row><row r="1048576" ht="12.8"></row>'
    for xml in (sheet(body), sheet(body + "<!-- -->")):
        assert facts_of(xml.encode()) == SheetFacts(2, 1, frozenset(), frozenset())


@pytest.mark.parametrize(
    "body", ["<row", "<c r=''/>" + "</x>", '<row r="x"/>', "<c r='1A'/>", "<c r='A'/>"]
)
def test_what_has_no_place_or_is_no_xml_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        facts_of(sheet(body).encode())


@pytest.mark.parametrize(
    "declared", ['<!ENTITY a "x">', '<!ENTITY % a "x">', '<!ENTITY a SYSTEM "file:///etc/hosts">']
)
def test_an_entity_is_never_declared(declared: str) -> None:
    xml = sheet(BODY).replace("?>", f"?><!DOCTYPE worksheet [{declared}]>")
    with pytest.raises(ValueError, match="a"):
        facts_of(xml.encode())


CELLS = st.tuples(
    st.integers(1, 1_048_576),
    st.integers(0, 16_383),
    st.sampled_from(["", ' t="e"', ' t="str"', ' s="3" t="n"']),
    st.sampled_from(["", "<v>1</v>", "<v/>", "<f>1</f>", "<f>1</f><v> </v>", "<f/><v>2</v>"]),
)


@given(st.lists(CELLS, max_size=8))
def test_the_quick_look_and_the_parser_see_the_same(
    cells: list[tuple[int, int, str, str]],
) -> None:
    body = "".join(
        f'<row r="{row}"><c r="{column_letter(column)}{row}"{kind}>{content}</c></row>'
        for row, column, kind, content in cells
    )
    assert facts_of(sheet(body).encode()) == facts_of(sheet(f"<!-- -->{body}").encode())


@given(st.integers(0, 20_000))
def test_a_column_s_letters_give_its_index(index: int) -> None:
    assert column_index(column_letter(index)) == index
