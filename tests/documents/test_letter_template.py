"""An office's own Word template of letters: filled in, or refused with what is wrong in it."""

import datetime as dt
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import msoffcrypto
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from shokibo.documents.letters.builtin import builtin_docx
from shokibo.documents.letters.letter import Added, CertificationLetter, Decided, letter_of
from shokibo.documents.letters.placeholders import PLACEHOLDERS, ROW, Placeholder
from shokibo.documents.letters.problems import TemplateError
from shokibo.documents.letters.template import LetterTemplate, letter_docx
from shokibo.law.parameters import national_law

DAY = dt.date(2022, 4, 1)
DECIDED = Decided(
    decision="certified",
    addon="dispersal",
    authority="架空県",
    operator="社会福祉法人架空会",
    home="架空学園",
    unit="若葉の家",
    unit_kind="community_home",
    applied_on=dt.date(2022, 4, 5),
    fiscal_year=2022,
    start_month=DAY,
    requested_extra=2,
    certified_extra=1,
    certified_on=dt.date(2022, 4, 20),
    reason="確認した",
)
ADDED = Added(
    number="4架子第12号",
    issued_on=dt.date(2022, 4, 22),
    signatory="架空県知事 架空花子",
    conditions=("届け出ること。", "記録すること。"),
    remark="教示\n二行目",
)
ARTICLES = "子発1004第5号 別紙3(1)、別紙4"
VALUES = {
    "文書番号": "4架子第12号",
    "通知日": "令和4年4月22日",
    "法人名": "社会福祉法人架空会",
    "宛先": "理事長　様",
    "施設名": "架空学園",
    "自治体名": "架空県",
    "発信者": "架空県知事 架空花子",
    "標題": "小規模かつ地域分散化加算認定通知書",
    "本文": letter_of(DECIDED, ADDED, national_law()).opening,
    "生活単位": "若葉の家（地域小規模児童養護施設）",
    "加算の種類": "小規模かつ地域分散化加算",
    "加配する職員": "1名",
    "適用期間": "令和4年4月から令和5年3月まで",
    "申請した加配": "2名",
    "申請した開始月": "令和4年4月",
    "変更前": "加配する職員2名（令和4年4月から令和4年9月まで）",
    "変更後": "加配する職員1名（令和4年10月から令和5年3月まで）",
    "終了日": "令和4年9月30日",
    "根拠": ARTICLES,
    "理由": "確認した",
    "条件": "(1) 届け出ること。\n(2) 記録すること。",
    "付記": "教示\n二行目",
}
"""What each placeholder stands for, in the letter of the decision that has it."""
CHANGE: dict[str, object] = {
    "decision": "changed",
    "start_month": dt.date(2022, 10, 1),
    "earlier_start": DAY,
    "earlier_extra": 2,
}
OF_OTHERS: dict[str, dict[str, object]] = {
    "申請した加配": {"decision": "rejected"},
    "申請した開始月": {"decision": "rejected"},
    "終了日": {"decision": "ended", "ended_on": dt.date(2022, 9, 30)},
    "変更前": CHANGE,
    "変更後": CHANGE,
}


def letter(**more: object) -> CertificationLetter:
    return letter_of(replace(DECIDED, **more), ADDED, national_law())  # type: ignore[arg-type]


def word(draw: Callable[[Document], object]) -> bytes:
    document = docx.Document()
    draw(document)
    return saved(document)


def saved(document: Document) -> bytes:
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def lines(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs]


def one(*paragraphs: str) -> bytes:
    def draw(document: Document) -> None:
        for text in paragraphs:
            document.add_paragraph(text)

    return word(draw)


@pytest.mark.parametrize("placeholder", PLACEHOLDERS, ids=lambda each: each.name)
def test_every_placeholder_has_its_value(placeholder: Placeholder) -> None:
    name = placeholder.name
    template = LetterTemplate.read(one("{{標題}}", f"前{{{{ {name} }}}}後"))
    made = lines(template.filled(letter(**OF_OTHERS.get(name, {}))))
    assert made[1] == f"前{VALUES[name]}後"
    if name in OF_OTHERS:
        assert lines(template.filled(letter()))[1] == "前後"


def test_every_placeholder_is_in_the_test() -> None:
    assert list(VALUES) == [placeholder.name for placeholder in PLACEHOLDERS]


def test_the_built_in_template_gives_the_built_in_letter() -> None:
    template = LetterTemplate.read(builtin_docx())
    assert lines(template.filled(letter())) == lines(letter_docx(letter()))


def test_a_name_may_be_cut_into_runs() -> None:
    def draw(document: Document) -> None:
        paragraph = document.add_paragraph("第")
        for cut in ("{", "{ 施", "設", "名 }", "}は「{{", "標題}}"):
            paragraph.add_run(cut).bold = cut == "設"

    (line,) = lines(LetterTemplate.read(word(draw)).filled(letter()))
    assert line == "第架空学園は「小規模かつ地域分散化加算認定通知書"


@pytest.mark.parametrize("written", ["{{標題}}", "{{ 標題 }}", "｛｛標題｝｝", "{{　標題　}}"])
def test_a_name_is_found_as_it_is_typed(written: str) -> None:
    assert lines(LetterTemplate.read(one(written)).filled(letter())) == [VALUES["標題"]]


def test_headers_footers_and_boxes_are_filled_in() -> None:
    box = (
        f"<w:p {nsdecls('w')}><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{{{{自治体名}}}}</w:t>"
        "</w:r></w:p></w:txbxContent></w:pict></w:r><w:r><w:t>{{標題}}</w:t></w:r></w:p>"
    )

    def draw(document: Document) -> None:
        section = document.sections[0]
        section.header.paragraphs[0].text = "{{文書番号}}"
        section.footer.paragraphs[0].text = "{{通知日}}"
        document.element.body.insert(0, parse_xml(box))

    made = docx.Document(BytesIO(LetterTemplate.read(word(draw)).filled(letter())))
    assert made.sections[0].header.paragraphs[0].text == "4架子第12号"
    assert made.sections[0].footer.paragraphs[0].text == "令和4年4月22日"
    assert made.paragraphs[0].text == VALUES["標題"]
    assert "架空県</w:t>" in made.element.xml


def test_notes_are_filled_in() -> None:
    note = "wordprocessingml.footnotes+xml"

    def draw(document: Document) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        xml = (
            f"<w:footnotes {nsdecls('w')}><w:footnote w:id='1'><w:p><w:r><w:t>{{{{ 根拠 }}}}"
            "</w:t></w:r></w:p></w:footnote></w:footnotes>"
        )
        kind = f"application/vnd.openxmlformats-officedocument.{note}"
        part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
        document.part.relate_to(part, "http://schemas.openxmlformats.org/x/footnotes")
        document.add_paragraph("{{標題}}")

    made = LetterTemplate.read(word(draw)).filled(letter())
    with zipfile.ZipFile(BytesIO(made)) as package:
        assert ARTICLES in package.read("word/footnotes.xml").decode()


def table(*rows: list[str]) -> bytes:
    def draw(document: Document) -> None:
        document.add_paragraph("{{標題}}")
        drawn = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(drawn.add_row().cells, row, strict=True):
                cell.text = text

    return word(draw)


def test_a_row_is_repeated_for_each_fact() -> None:
    template = table(["", "事項"], ["{{項番}} {{項目}}", "{{内容}}({{施設名}})"], ["末", ""])
    made = docx.Document(BytesIO(LetterTemplate.read(template).filled(letter())))
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    facts = letter().facts
    assert rows[0] == ["", "事項"]
    assert rows[-1] == ["末", ""]
    assert rows[1] == ["1 施設名", "架空学園(架空学園)"]
    assert rows[-2] == [f"{len(facts) + 1} 条件", f"{VALUES['条件']}(架空学園)"]
    assert len(rows) == len(facts) + 3


def test_a_blank_paragraph_is_left_out_unless_it_holds_more() -> None:
    template = LetterTemplate.read(one("{{標題}}", "{{ 終了日 }} {{変更前}}", "終了日:{{終了日}}"))
    assert lines(template.filled(letter())) == [VALUES["標題"], "終了日:"]


def test_a_name_that_looks_like_a_placeholder_is_a_name() -> None:
    template = LetterTemplate.read(table(["{{項目}}", "{{内容}} {{施設名}}"]))
    made = docx.Document(BytesIO(template.filled(letter(home="{{宛先}}{{x}}"))))
    assert made.tables[0].rows[0].cells[1].text == "{{宛先}}{{x}} {{宛先}}{{x}}"


def test_what_is_fictitious_is_marked_whatever_the_template() -> None:
    made = letter_of(DECIDED, ADDED, national_law(), fictitious=True)
    assert lines(LetterTemplate.read(one("{{標題}}")).filled(made))[0] == "架空"


def problems(content: bytes) -> list[str]:
    with pytest.raises(TemplateError) as caught:
        LetterTemplate.read(content)
    assert caught.value.message("en")
    return caught.value.message("ja").split("\n")


def test_all_that_is_wrong_is_named_with_its_paragraph_and_the_nearest_name() -> None:
    wrong = one("{{標題}}", "{{ 文書号 }}と{{施設メイ}}", "{{ 通知日", "{{内容}}", "通知日}}")
    first, second, third, fourth, fifth = problems(wrong)
    assert first == (
        "本文の2番目の段落「{{ 文書号 }}と{{施設メイ}}」:"
        "「文書号」という差し込み項目はありません。近い名前:文書番号、本文。"
    )
    assert "「施設メイ」" in second
    assert "施設名" in second
    assert third.startswith("本文の3番目の段落「{{ 通知日」")
    assert "表の行の中に書きます" in fourth
    assert "対になっていません" in fifth


def test_a_wrong_name_in_a_header_is_named_there() -> None:
    def draw(document: Document) -> None:
        document.add_paragraph("{{本文}}")
        document.sections[0].header.paragraphs[0].text = "{{番号}}"

    (problem,) = problems(word(draw))
    assert problem.startswith("ヘッダーの1番目の段落「{{番号}}」")


def test_it_has_to_say_what_was_decided() -> None:
    (problem,) = problems(one("{{施設名}}を認定します。"))
    assert "{{ 標題 }}" in problem


def _changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return packed.getvalue()


def _linked(kind: str) -> bytes:
    def draw(document: Document) -> None:
        document.add_paragraph("{{標題}}")
        address = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
        document.part.relate_to("http://evil.example/x", address, is_external=True)

    return word(draw)


def _encrypted(tmp_path: Path) -> bytes:
    locked = BytesIO()
    msoffcrypto.OfficeFile(BytesIO(one("{{標題}}"))).encrypt("secret", locked)
    return locked.getvalue()


TYPES = "[Content_Types].xml"
PLAIN_MAIN = b"officedocument.wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Wordの文書(.docx)ではありません"),
        (b"%PDF-1.7", "Wordの文書(.docx)ではありません"),
        (b"PK\x03\x04broken", "壊れています"),
        (one("{{標題}}")[:-200], "壊れています"),
        (_changed(one("x"), "word/document.xml", lambda _: b"<broken"), "壊れています"),
        (_changed(one("x"), "_rels/.rels", lambda _: b"<broken"), "壊れています"),
        (_changed(one("x"), TYPES, lambda _: b"<Types/>"), "壊れています"),
        (
            _changed(
                one("x"),
                TYPES,
                lambda data: data.replace(PLAIN_MAIN, b"ms-word.document.macroEnabled.main+xml"),
            ),
            "マクロの入ったファイル",
        ),
        (
            _changed(
                one("x"),
                TYPES,
                lambda data: data.replace(b"document.main+xml", b"template.main+xml"),
            ),
            "Wordのテンプレート(.dotx)です",
        ),
        (_linked("image"), "外にあるファイル"),
        (_linked("subDocument"), "外にあるファイル"),
        (b"\0" * 5_000_001, "5MB"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)
def test_a_file_that_cannot_be_used_is_refused_in_words(content: bytes, words: str) -> None:
    (problem,) = problems(content)
    assert words in problem


@pytest.mark.parametrize(
    "revision",
    [
        b'<w:ins w:id="1" w:author="x"><w:r><w:t>new</w:t></w:r></w:ins>',
        b'<w:del w:id="1" w:author="x"><w:r><w:delText>old</w:delText></w:r></w:del>',
        b'<w:moveFrom w:id="1" w:author="x"><w:r><w:t>moved</w:t></w:r></w:moveFrom>',
        b'<w:r><w:rPr><w:rPrChange w:id="1" w:author="x"/></w:rPr><w:t>bold</w:t></w:r>',
        b'<w:r><w:commentReference w:id="1"/></w:r>',
    ],
)
def test_what_only_the_office_should_read_is_refused(revision: bytes) -> None:
    revised = _changed(
        one("{{標題}}"),
        "word/document.xml",
        lambda data: data.replace(b"</w:p>", revision + b"</w:p>", 1),
    )
    (problem,) = problems(revised)
    assert problem.startswith("本文に変更履歴かコメントが残っています")


def test_what_is_encrypted_is_refused(tmp_path: Path) -> None:
    assert "パスワード" in problems(_encrypted(tmp_path))[0]


def test_another_office_document_or_one_with_objects_is_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr(TYPES, "<Types/>")
    assert "Wordの文書(.docx)ではありません" in problems(packed.getvalue())[0]
    with zipfile.ZipFile(BytesIO(one("x"))) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
        new.writestr("word/embeddings/x.bin", b"x")
    assert "埋め込んだ文書" in problems(packed.getvalue())[0]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = _changed(one("x"), "word/document.xml", lambda _: b" " * 50_000_001)
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(bomb)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, old.read(part))
    assert "大きすぎます" in problems(packed.getvalue())[0]


def test_entities_are_refused() -> None:
    entity = b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    content = _changed(one("x"), "word/document.xml", lambda xml: xml.replace(b"?>", entity, 1))
    assert "壊れています" in problems(content)[0]


def test_a_link_is_left_and_the_template_s_own_template_is_not() -> None:
    assert LetterTemplate.read(_linked("hyperlink"))
    made = LetterTemplate.read(_linked("attachedTemplate")).filled(letter())
    with zipfile.ZipFile(BytesIO(made)) as package:
        assert b"evil.example" not in package.read("word/_rels/document.xml.rels")


def test_names_of_the_repeated_row_are_not_those_of_others() -> None:
    assert not ROW.keys() & VALUES.keys()
