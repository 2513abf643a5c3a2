"""The PDF, read back by another reader."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from shokibo.documents.drawing.printable import UnprintableError
from shokibo.documents.drawing.typesetting import typeset
from shokibo.documents.forms.layout import FormSheet
from shokibo.documents.forms.pdf import form_pdf
from shokibo.returns.counted import FormNumber

from .sheets import form, made_row, sheet_of, sheet_with_rows

MM = 72 / 25.4
LIST_HEADING = "3.児童養護施設の小規模かつ地域分散化加算等認定施設一覧"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "form.pdf"


def written(sheet: FormSheet, path: Path) -> PdfReader:
    path.write_bytes(form_pdf(sheet))
    return PdfReader(path)


def pages(reader: PdfReader) -> list[str]:
    """Return the text of every page without its spaces."""
    return [squeezed(page.extract_text()) for page in reader.pages]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def words(sheet: FormSheet) -> list[str]:
    return [
        sheet.heading,
        sheet.number,
        sheet.date,
        sheet.addressee,
        *sheet.bodies,
        sheet.officer,
        sheet.title,
        sheet.opening,
        sheet.units.heading,
        *sheet.units.columns,
        *(each.label for row in sheet.units.rows for each in (row, *row.parts)),
        sheet.backup.heading,
        *sheet.backup.columns,
        sheet.listed.heading,
        *sheet.listed.columns,
        *(note.mark + note.text for note in sheet.notes),
    ]


@pytest.mark.parametrize("number", [1, 2])
def test_every_word_of_the_form_is_on_its_one_page(number: FormNumber, path: Path) -> None:
    sheet = sheet_of(form(number=number))
    (text,) = pages(written(sheet, path))
    assert [word for word in words(sheet) if squeezed(word) not in text] == []


def test_figures_are_printed_with_their_units(path: Path) -> None:
    (text,) = pages(written(sheet_of(form()), path))
    assert "小規模かつ地域分散化された生活単位か所数2か所2か所4か所" in text
    assert "加算申請か所数2か所1か所3か所定員4名1か所0か所1か所" in text
    assert "3か所3か所2か所2か所" in text


def test_the_four_example_rows_are_printed(path: Path) -> None:
    (text,) = pages(written(sheet_of(form()), path))
    assert "1a園4名○4名A園○2b園6名○6名A園○3a園5名○5名B園×4a園5名×4名C園○5名名6名名" in text


@pytest.mark.parametrize(("tenths", "printed"), [(40, "4名"), (48, "4.8名"), (None, "名")])
def test_staff_is_printed_with_a_decimal_only_where_it_is_not_whole(
    tenths: int | None, printed: str, path: Path
) -> None:
    (text,) = pages(written(sheet_with_rows(1, made_row(staff=tenths)), path))
    assert f"1第1の家6名○{printed}架空学園○2名名" in text


@pytest.mark.parametrize(("rows", "count"), [(0, 1), (15, 1), (16, 2), (31, 3), (40, 3)])
def test_the_list_continues_after_fifteen_rows_with_its_headings(
    rows: int, count: int, path: Path
) -> None:
    texts = pages(written(sheet_with_rows(rows), path))
    assert len(texts) == count
    for number, text in enumerate(texts):
        assert text.count(LIST_HEADING) == 1
        assert text.count("本体施設名") == 1
        assert f"{number + 1}/{count}" in text
        assert ("(注1)定員数欄には" in text) == (number == count - 1)
        last = 15 * (number + 1)
        assert (f"第{last}の家" in text) == (last <= rows)
        assert f"第{last + 1}の家" not in text


def test_a_list_too_tall_for_the_first_page_is_kept_together_on_the_next(path: Path) -> None:
    first, second = pages(written(sheet_with_rows(15, made_row(unit_name="長い名前の" * 6)), path))
    assert LIST_HEADING not in first
    assert LIST_HEADING in second
    assert "(注1)定員数欄には" in second


def test_a_list_taller_than_a_page_continues_and_loses_nothing(path: Path) -> None:
    texts = pages(written(sheet_with_rows(15, made_row(unit_name="ぬ" * 200)), path))
    assert "".join(texts).count("ぬ") == 15 * 200
    assert all("本体施設名" in text for text in texts[1:])


def test_variant_characters_are_drawn_as_they_are(path: Path) -> None:
    (text,) = pages(written(sheet_with_rows(1, made_row(unit_name="髙﨑𠮷葛󠄀の家")), path))
    assert "髙﨑𠮷葛" in text
    assert "○" in text
    assert "×" in pages(written(sheet_with_rows(1, made_row(dispersal=False)), path))[0]


def test_a_character_that_can_not_be_drawn_is_named() -> None:
    with pytest.raises(UnprintableError) as caught:
        form_pdf(sheet_with_rows(1, made_row(unit_name="さくら🌸の家")))
    assert "一覧の1行目「さくら🌸の家」:🌸 (U+1F338)" in caught.value.message("ja")


def test_a_defect_of_a_template_is_not_taken_for_a_missing_character() -> None:
    with pytest.raises(typst.TypstError):
        typeset("form.typ", sheet="no JSON")


@pytest.mark.parametrize(
    "name", ['#panic("a")', "*a* _b_ `c`", "$x^2$", "= a", '"+sys.version+"', "// a", "@a <b>"]
)
def test_a_name_is_never_read_as_markup(name: str, path: Path) -> None:
    (text,) = pages(written(sheet_with_rows(1, made_row(unit_name=name)), path))
    assert squeezed(name) in text


@pytest.mark.parametrize("sign", ["W", "カ", "ー", "ｶ", "#", "é"])
def test_a_name_without_a_break_is_broken_at_the_edge_of_its_column(sign: str, path: Path) -> None:
    sheet = sheet_with_rows(1, made_row(unit_name=sign * 40, home_name=sign * 40))
    written(sheet, path)
    lines = positioned(path, sign)
    assert "".join(text for text, _, _ in lines).count(sign) == 80
    unit, home = (35.4 + 9 * MM, 35.4 + 54 * MM), (35.4 + 107 * MM, 35.4 + 149 * MM)
    for _, left, right in lines:
        assert any(low <= left and right <= high for low, high in (unit, home))


def positioned(path: Path, sign: str) -> list[tuple[str, float, float]]:
    """Return the words of a sign alone with their left and right edges on the page, in points."""
    drawn = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True
    )
    found = re.findall(r'<word xMin="([\d.]+)".* xMax="([\d.]+)".*>(.*)</word>', drawn.stdout)
    return [(text, float(left), float(right)) for left, right, text in found if set(text) == {sign}]


@pytest.mark.parametrize("fictitious", [True, False])
def test_every_page_of_a_fictitious_form_says_so(fictitious: bool, path: Path) -> None:
    sheet = sheet_with_rows(31, made_row(home_name="学園"), fictitious=fictitious)
    assert ["架空" in text for text in pages(written(sheet, path))] == [fictitious] * 3


def test_it_is_tagged_and_titled_and_its_language_is_japanese(path: Path) -> None:
    sheet = sheet_of(form())
    reader = written(sheet, path)
    catalog: Any = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == sheet.title
    assert catalog["/Lang"] == "ja-JP"
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in catalog
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]


def test_every_font_is_embedded(path: Path) -> None:
    reader = written(sheet_with_rows(16, made_row(unit_name="髙﨑 ABC")), path)
    resources: list[Any] = [page["/Resources"] for page in reader.pages]
    fonts = [
        descendant.get_object()["/FontDescriptor"]
        for each in resources
        for font in each["/Font"].values()
        for descendant in font["/DescendantFonts"]
    ]
    assert fonts
    assert all("/FontFile3" in font for font in fonts)
    assert {str(font["/FontName"]).split("+")[1].split("-")[0] for font in fonts} == {
        "NotoSerifJP",
        "NewCMMath",
    }


def test_the_same_form_gives_the_same_bytes() -> None:
    sheet = sheet_of(form("setagaya"))
    assert form_pdf(sheet) == form_pdf(sheet)
